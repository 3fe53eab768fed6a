/** Identical captions become one card: nobody can rank a text above itself (section 2.4). */
import { seededOrder } from './seeded-order.ts'
import type { Card } from './plan-types.ts'

/** Unicode NFC, trimmed, runs of white space as one space. */
export const foldCaption = (text: string): string =>
  text.normalize('NFC').trim().replace(/\s+/gu, ' ')

/** Levenshtein distance over code points, divided by the longer length. */
export function editDistanceShare(a: string, b: string): number {
  const [x, y] = [[...a], [...b]]
  if (x.length === 0 && y.length === 0) return 0
  let previous = Array.from({ length: y.length + 1 }, (_, j) => j)
  for (let i = 1; i <= x.length; i++) {
    const row = [i]
    for (let j = 1; j <= y.length; j++)
      row.push(
        Math.min(
          (previous[j] as number) + 1,
          (row[j - 1] as number) + 1,
          (previous[j - 1] as number) + Number(x[i - 1] !== y[j - 1]),
        ),
      )
    previous = row
  }
  return (previous[y.length] as number) / Math.max(x.length, y.length)
}

export interface Merged {
  readonly cards: readonly Card[]
  /** Pairs of cards whose texts differ by less than 2 %: shown, but told in the plan. */
  readonly nearlyIdentical: readonly (readonly [number, number])[]
}

/** `captions[system]` → cards in a seeded order, so that the order of systems does not show. */
export function mergeCards(captions: readonly string[], seed: string): Merged {
  const bySame = new Map<string, { text: string; systems: number[] }>()
  captions.forEach((text, system) => {
    const key = foldCaption(text)
    const card = bySame.get(key)
    if (card) card.systems.push(system)
    else bySame.set(key, { text: key, systems: [system] })
  })
  const cards = seededOrder([...bySame.values()], seed)
  const nearlyIdentical: [number, number][] = []
  cards.forEach((a, i) =>
    cards.slice(i + 1).forEach((b, offset) => {
      if (editDistanceShare(a.text, b.text) < 0.02) nearlyIdentical.push([i, i + 1 + offset])
    }),
  )
  return { cards, nearlyIdentical }
}
