/** The plan of a study: made once from its seed, stored, and never reshuffled. */
import { RealignError } from '../../shared/errors.ts'
import { anchorsNeeded, assignRaters } from './assign-raters.ts'
import { cardsOf } from './card-ranks.ts'
import { createRowChooser } from './choose-rows.ts'
import {
  isMain,
  type Assignment,
  type Plan,
  type PlanRequest,
  type StudyItem,
} from './plan-types.ts'
import { hashText, seededOrder } from './seeded-order.ts'
import { repeatsFor, spreadGroups, withRepeats } from './sequence.ts'

const bad = (message: string, hint: string) => new RealignError('bad-input', message, { hint })

function check({ items, raters, ratersPerItem }: PlanRequest): void {
  if (items.length === 0) throw bad('A study needs at least one item', 'Choose images first.')
  if (raters < 1) throw bad('A study needs at least one rater', 'Add a rater.')
  if (ratersPerItem < 1 || ratersPerItem > raters)
    throw bad(
      `${ratersPerItem} raters an item cannot be had from ${raters}`,
      'Lower raters per item or add raters.',
    )
  const wrong = items.find(({ cards }) => cards.length < 2 || cards.length > 8)
  if (wrong)
    throw bad(
      `Item ${wrong.id} has ${wrong.cards.length} different captions`,
      'An item needs 2 to 8; leave out items whose captions are all the same.',
    )
}

/** One rater's showings in the order in which they come, repeats among them. */
export function raterSequence(
  list: readonly StudyItem[],
  about: {
    readonly rater: number
    readonly seed: number
    readonly repeatShare: number
    /** The order of an item's cards at this showing. */
    readonly show: (item: StudyItem, again: boolean) => readonly number[]
  },
): Assignment[] {
  const { rater, seed, repeatShare, show } = about
  const order = spreadGroups(list, hashText(`${seed}/sequence/${rater}`))
  return withRepeats(order.length, repeatsFor(order.length, repeatShare)).map(
    ([index, again], position) => {
      const item = order[index] as StudyItem
      const id = `${item.id}/${rater}`
      return {
        id: again ? `${id}/repeat` : id,
        itemId: item.id,
        rater,
        position,
        order: show(item, again),
        repeatOf: again ? id : null,
      }
    },
  )
}

/** Quality items go to everybody; main items to `ratersPerItem` raters; anchors to all. */
export function makePlan(request: PlanRequest): Plan {
  check(request)
  const { seed, raters, ratersPerItem, repeatShare } = request
  const quality = request.items.filter((item) => !isMain(item))
  const main = seededOrder(request.items.filter(isMain), `${seed}/items`)
  const anchors = request.anchors ?? anchorsNeeded(main.length, raters, ratersPerItem)
  const chosen = assignRaters({
    items: main.length,
    raters,
    perItem: ratersPerItem,
    anchors,
    seed: hashText(`${seed}/raters`),
  })
  const items: StudyItem[] = [
    ...main.map((item, i) => ({ ...item, kind: i < anchors ? ('anchor' as const) : item.kind })),
    ...quality,
  ]
  const rows = createRowChooser(hashText(`${seed}/rows`))
  const taken = new Map<string, Set<number>>()
  const show = (item: StudyItem, rater: number): readonly number[] => {
    const used = taken.get(item.id) ?? new Set<number>()
    taken.set(item.id, used)
    const row = rows.next(item.cards.length, rater, used)
    used.add(row)
    return cardsOf(item, rows.order(item.cards.length, row))
  }
  // Rows are dealt item by item, so that balance does not depend on the raters' own sequences.
  const first = new Map<string, readonly number[]>()
  const own: StudyItem[][] = Array.from({ length: raters }, () => [])
  items.forEach((item, i) => {
    const everybody = Array.from({ length: raters }, (_, r) => r)
    for (const rater of chosen[i] ?? everybody) {
      first.set(`${item.id}/${rater}`, show(item, rater))
      own[rater]?.push(item)
    }
  })
  const assignments = own.flatMap((list, rater) =>
    raterSequence(list, {
      rater,
      seed,
      repeatShare,
      show: (item, again) => (again ? show(item, rater) : (first.get(`${item.id}/${rater}`) ?? [])),
    }),
  )
  return { seed, raters, items, assignments }
}
