/** Designs are about systems: cards are numbered anew on every image, so that a row of a design names ranks instead. */
import type { StudyItem } from './plan-types.ts'

type Cards = Pick<StudyItem, 'cards'>

/** Cards in the order of their systems; planted ones, which stand for none, as they are. */
export const cardsBySystem = ({ cards }: Cards): readonly number[] =>
  cards
    .map((_, card) => card)
    .sort((a, b) => {
      const [x, y] = [a, b].map((card) => Math.min(...(cards[card]?.systems ?? [])))
      return x === y ? a - b : (x ?? 0) - (y ?? 0)
    })

/** The cards that stand in the slots of a row. */
export function cardsOf(item: Cards, row: readonly number[]): readonly number[] {
  const cards = cardsBySystem(item)
  return row.map((rank) => cards[rank] ?? rank)
}

/** The row that these cards make. */
export function ranksOf(item: Cards, order: readonly number[]): readonly number[] {
  const cards = cardsBySystem(item)
  return order.map((card) => cards.indexOf(card))
}
