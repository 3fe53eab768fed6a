/** Figure 3: who comes first, by votes and by images with a majority (section 6.1). */
import type { Estimate, ShareDifference, ShareRow } from '../../../shared/study-report.ts'
import { differenceInterval, shareInterval } from '../statistics/bootstrap.ts'
import { columnSums, totalsOf, type ColumnSums } from '../statistics/column-sums.ts'
import type { Later, Resampler } from '../statistics/resampler.ts'
import { shareDifference, signTest, wilson } from '../statistics/shares.ts'
import { firstShares, WHOLE } from './first-shares.ts'
import { twoWayShares } from './two-way.ts'
import type { Vote } from './votes.ts'

export interface SharesSection {
  readonly shares: readonly ShareRow[]
  readonly tie: Estimate & { readonly images: number }
  readonly differences: readonly ShareDifference[]
}

const add = (rows: readonly (readonly number[])[], columns: number): number[] =>
  Array.from({ length: columns }, (_, c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0))

/** Shares of each of `columns` under every draw; the last column of `sums` is what they are shares of. */
function drawShares(sums: ColumnSums, columns: number, about: readonly [number, Resampler]) {
  const [images, resampler] = about
  const held = new Float64Array(columns + 1)
  const values = Array.from({ length: columns }, () => new Float64Array(resampler.resamples))
  resampler.draw(images, (counts, b) => {
    sums(counts, held)
    const whole = held[columns] as number
    for (let c = 0; c < columns; c++)
      (values[c] as Float64Array)[b] = whole === 0 ? Number.NaN : (held[c] as number) / whole
  })
  return values
}

/** `images[i]` = the votes of image i. */
export function sharesSection(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<SharesSection> {
  const n = images.length
  const rows = images.map((list) =>
    add(
      list.map((vote) => firstShares(vote, systems)),
      systems,
    ),
  )
  // An image goes to the system with more than half of its votes; a divided vote is half a vote only.
  const winner = rows.map((row, i) =>
    row.findIndex((got) => 2 * got > (images[i]?.length ?? 0) * WHOLE),
  )
  const votes = columnSums(
    rows.map((row, image) => ({ image, row: [...row, (images[image]?.length ?? 0) * WHOLE] })),
  )
  const majority = columnSums(
    winner.map((won, image) => ({
      image,
      row: Array.from({ length: systems + 2 }, (_, c) =>
        Number(c === (won < 0 ? systems : won) || c === systems + 1),
      ),
    })),
  )
  const voteDraws = drawShares(votes, systems, [n, resampler])
  const imageDraws = drawShares(majority, systems + 1, [n, resampler])
  const twoWay = twoWayShares(images, systems, resampler)
  const voteTotals = totalsOf(votes, n, systems + 1)
  const imageTotals = totalsOf(majority, n, systems + 2)
  const share = (column: number) => (voteTotals[column] as number) / (voteTotals[systems] as number)
  const interval = (values: Float64Array | undefined) =>
    n === 0 || !values ? { low: Number.NaN, high: Number.NaN } : shareInterval(values, n)
  return () => {
    const both = twoWay()
    const shares = Array.from({ length: systems }, (_, system): ShareRow => {
      const won = imageTotals[system] ?? 0
      const given = both?.[system]
      return {
        system,
        votes: { value: share(system), ...interval(voteDraws[system]) },
        majority: { value: won / n, ...interval(imageDraws[system]) },
        majorityImages: won,
        wilson: wilson(won, n),
        votesTwoWay: given ? { value: share(system), ...given } : null,
      }
    })
    const differences: ShareDifference[] = []
    for (let a = 0; n > 0 && a < systems; a++)
      for (let b = a + 1; b < systems; b++) {
        const [x, y] = [imageTotals[a] ?? 0, imageTotals[b] ?? 0]
        const [xs, ys] = [imageDraws[a], imageDraws[b]]
        if (!xs || !ys) continue
        const { low, high, shareAtMostZero } = differenceInterval(xs, ys)
        const wald = shareDifference(x, y, n)
        differences.push({
          a,
          b,
          difference: { value: wald.difference, low, high },
          shareAtMostZero,
          wald: { low: wald.low, high: wald.high, p: wald.p },
          signP: signTest(x, y),
        })
      }
    const tied = imageTotals[systems] ?? 0
    return {
      shares,
      tie: { value: tied / n, ...interval(imageDraws[systems]), images: tied },
      differences,
    }
  }
}
