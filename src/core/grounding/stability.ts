/** How much a caption changes when only the seed does. */
import { similarity } from '../evaluation/names.ts'
import type { SeededCell } from './profile-port.ts'

export interface Stability {
  /** Image, alt-text and settings with more than one seed. */
  readonly groups: number
  /** Share of pairs of seeds with the same caption; null where there is no pair. */
  readonly identical: number | null
  /** Mean Dice coefficient of their words. */
  readonly similarity: number | null
}

/** Every pair within a group counts the same within it, and every group the same. */
export function stability(cells: readonly SeededCell[]): Stability {
  const groups = Map.groupBy(new Map(cells.map((cell) => [cell.id, cell])).values(), (cell) =>
    JSON.stringify([cell.imageId, cell.altText, cell.captionerId, cell.settings]),
  )
  const shares: { identical: number; similarity: number }[] = []
  for (const group of groups.values()) {
    const captions = [...new Map(group.map((cell) => [cell.seed, cell.caption])).values()]
    let [pairs, same, alike] = [0, 0, 0]
    captions.forEach((a, i) =>
      captions.slice(i + 1).forEach((b) => {
        pairs++
        same += Number(a === b)
        alike += similarity(a, b)
      }),
    )
    if (pairs > 0) shares.push({ identical: same / pairs, similarity: alike / pairs })
  }
  const mean = (key: 'identical' | 'similarity') =>
    shares.length === 0 ? null : shares.reduce((sum, one) => sum + one[key], 0) / shares.length
  return { groups: shares.length, identical: mean('identical'), similarity: mean('similarity') }
}
