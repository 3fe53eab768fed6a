/** Images that nobody chose: drawn by a seed, the same on every machine and in whatever order they came in. */
import { sampleOrder } from '../text-statistics/equal-sample.ts'

export interface Drawn {
  readonly seed: number
  readonly images: number
  /** Images that they were drawn from, and how many drawn ones were passed over because they have no fitting caption. */
  readonly of: number
  readonly without: number
}

/** What was read of more images than these is read again when it is their turn: memory stays bounded. */
const MOST_HELD = 2000

/**
 * The `images` ids that come first by a hash of seed and id, among those of which `read` finds something, in the order
 * of `ids`: one more image in the project moves at most one of them. `found` is read once for every image that was
 * tried, for the first MOST_HELD.
 */
export function drawImages<T>(
  ids: readonly string[],
  { images, seed }: { readonly images: number; readonly seed: number },
  read: (id: string) => T | null,
): { readonly found: Iterable<T>; readonly drawn: Drawn } {
  const taken = new Map<string, T | null>()
  let without = 0
  for (const at of sampleOrder(ids, seed)) {
    if (taken.size === images) break
    const id = ids[at] as string
    const one = read(id)
    if (one === null) without++
    else taken.set(id, taken.size < MOST_HELD ? one : null)
  }
  function* inOrder(): Generator<T> {
    for (const id of ids) {
      const one = taken.has(id) ? (taken.get(id) ?? read(id)) : null
      if (one !== null) yield one
    }
  }
  return { found: inOrder(), drawn: { seed, images: taken.size, of: ids.length, without } }
}
