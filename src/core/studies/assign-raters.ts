/** Who rates what: least-loaded rater first, then the least shared pairs, then the seed (section 2.5). */
import { mulberry32, shuffled } from './statistics/mulberry32.ts'

/** Images that a pair of raters shares on average: N m (m - 1) / (R (R - 1)). */
export const expectedOverlap = (items: number, raters: number, perItem: number): number =>
  raters < 2 ? 0 : (items * perItem * (perItem - 1)) / (raters * (raters - 1))

/** Anchors make every pair share enough to speak of agreement. */
export function anchorsNeeded(items: number, raters: number, perItem: number): number {
  const enough = perItem >= raters || expectedOverlap(items, raters, perItem) >= 10
  return enough ? 0 : Math.min(12, items)
}

/**
 * Rater indices for each of `items` items. The first `anchors` items (of a seeded order) go to everybody.
 * Loads of any two raters differ by at most 1.
 */
export function assignRaters(request: {
  readonly items: number
  readonly raters: number
  readonly perItem: number
  readonly anchors: number
  readonly seed: number
}): number[][] {
  const { items, raters, perItem, anchors, seed } = request
  const random = mulberry32(seed)
  const load = new Uint32Array(raters)
  const shared = Array.from({ length: raters }, () => new Uint32Array(raters))
  const all = Array.from({ length: raters }, (_, r) => r)
  return Array.from({ length: items }, (_, item) => {
    const chosen: number[] = item < anchors ? [...all] : []
    while (chosen.length < Math.min(perItem, raters)) {
      const overlap = (rater: number) =>
        chosen.reduce((sum, other) => sum + ((shared[rater] as Uint32Array)[other] as number), 0)
      const free = shuffled(
        all.filter((rater) => !chosen.includes(rater)),
        random,
      )
      free.sort((a, b) => (load[a] as number) - (load[b] as number) || overlap(a) - overlap(b))
      chosen.push(free[0] as number)
    }
    for (const a of chosen) {
      load[a] = (load[a] as number) + 1
      for (const b of chosen)
        if (a !== b) (shared[a] as Uint32Array)[b] = ((shared[a] as Uint32Array)[b] as number) + 1
    }
    return chosen
  })
}
