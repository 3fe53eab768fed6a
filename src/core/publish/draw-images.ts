/** Images that nobody chose: drawn by a seed, the same on every machine and in whatever order they came in. */
import { sampleOrder } from '../text-statistics/equal-sample.ts'

export interface Drawn {
  readonly seed: number
  readonly images: number
  /** Images that they were drawn from, and how many drawn ones were passed over because they have no fitting caption. */
  readonly of: number
  readonly without: number
}

/**
 * The `images` ids that come first by a hash of seed and id, among those that `fits`, in the order of `ids`: one more
 * image in the project moves at most one of them.
 */
export function drawImages(
  ids: readonly string[],
  { images, seed }: { readonly images: number; readonly seed: number },
  fits: (id: string) => boolean,
): { readonly ids: readonly string[]; readonly drawn: Drawn } {
  const taken = new Set<string>()
  let without = 0
  for (const at of sampleOrder(ids, seed)) {
    if (taken.size === images) break
    const id = ids[at] as string
    if (fits(id)) taken.add(id)
    else without++
  }
  return {
    ids: ids.filter((id) => taken.has(id)),
    drawn: { seed, images: taken.size, of: ids.length, without },
  }
}
