/** The order in which one rater meets the items: seeded, no two of a group in a row, repeats far apart. */
import { REPEAT_GAP } from './plan-types.ts'
import { mulberry32, shuffled } from './statistics/mulberry32.ts'

interface Grouped {
  readonly group: string
}

/** A seeded shuffle in which neighbours differ in group wherever that is possible. */
export function spreadGroups<T extends Grouped>(items: readonly T[], seed: number): T[] {
  const random = mulberry32(seed)
  const piles = new Map<string, T[]>()
  for (const item of shuffled(items, random))
    piles.set(item.group, [...(piles.get(item.group) ?? []), item])
  const out: T[] = []
  let last = ''
  while (out.length < items.length) {
    const left = shuffled(
      [...piles.entries()].filter(([, pile]) => pile.length > 0),
      random,
    )
    const allowed = left.filter(([group]) => group !== last)
    const remaining = items.length - out.length
    // A group that fills half of what is left must go now, or it will have to follow itself.
    const pressing = allowed.find(([, pile]) => pile.length * 2 > remaining)
    const [group, pile] = (pressing ?? allowed[0] ?? left[0]) as [string, T[]]
    out.push(pile.pop() as T)
    last = group
  }
  return out
}

/** How many of n items a rater sees twice. */
export const repeatsFor = (n: number, share: number): number =>
  share <= 0 || n <= REPEAT_GAP ? 0 : Math.min(n - REPEAT_GAP, Math.max(5, Math.round(n * share)))

/**
 * Puts repeats into a sequence: early items come again at least REPEAT_GAP places later, spread evenly.
 * Returns [index of the item, is it a repeat] in order.
 */
export function withRepeats(n: number, repeats: number): (readonly [number, boolean])[] {
  const out: (readonly [number, boolean])[] = Array.from({ length: n }, (_, i) => [i, false])
  const sources = n - REPEAT_GAP
  for (let r = repeats - 1; r >= 0; r--) {
    const source = Math.floor((r * sources) / repeats)
    // Every insertion behind shifts nothing before it: go from the last repeat to the first.
    out.splice(source + REPEAT_GAP + 1, 0, [source, true])
  }
  return out
}
