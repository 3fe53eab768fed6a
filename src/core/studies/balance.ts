/** The balance table shown before a study starts: loads, overlaps, slots (section 2.5). */
import { ranksOf } from './card-ranks.ts'
import { isMain, type Plan } from './plan-types.ts'

export interface Balance {
  /** Showings per rater, repeats included. */
  readonly loads: readonly number[]
  /** Fewest and most items shared by any two raters. */
  readonly overlap: { readonly least: number; readonly most: number }
  /** slots[rank][slot] = showings, repeats left out, per number of cards; ranks are those of `card-ranks.ts`. */
  readonly slots: ReadonlyMap<number, readonly (readonly number[])[]>
}

export function balanceOf({ items, assignments, raters }: Plan): Balance {
  const itemOf = new Map(items.map((item) => [item.id, item]))
  const loads = new Array<number>(raters).fill(0)
  const slots = new Map<number, number[][]>()
  const seen: Set<string>[] = Array.from({ length: raters }, () => new Set())
  for (const { itemId, rater, order, repeatOf } of assignments) {
    loads[rater] = (loads[rater] ?? 0) + 1
    const item = itemOf.get(itemId)
    if (repeatOf !== null || !item) continue
    if (isMain(item)) seen[rater]?.add(itemId)
    const k = order.length
    const table = slots.get(k) ?? Array.from({ length: k }, () => new Array<number>(k).fill(0))
    slots.set(k, table)
    ranksOf(item, order).forEach((rank, slot) => {
      const row = table[rank]
      if (row) row[slot] = (row[slot] ?? 0) + 1
    })
  }
  const overlaps: number[] = []
  for (let a = 0; a < raters; a++)
    for (let b = a + 1; b < raters; b++)
      overlaps.push([...(seen[a] ?? [])].filter((item) => seen[b]?.has(item)).length)
  return {
    loads,
    overlap: {
      least: overlaps.length ? Math.min(...overlaps) : 0,
      most: overlaps.length ? Math.max(...overlaps) : 0,
    },
    slots,
  }
}

/** Reading at 238 words a minute (Brysbaert 2019) plus a judging time per item, in hours per rater. */
export function hoursPerRater(plan: Plan, judgingSeconds = 45): number {
  const itemOf = new Map(plan.items.map((item) => [item.id, item]))
  const seconds = plan.assignments.reduce((sum, { itemId }) => {
    const text =
      itemOf
        .get(itemId)
        ?.cards.map((card) => card.text)
        .join(' ') ?? ''
    const words = text.split(/\s+/).filter(Boolean).length
    return sum + (words / 238) * 60 + judgingSeconds
  }, 0)
  return seconds / 3600 / Math.max(1, plan.raters)
}
