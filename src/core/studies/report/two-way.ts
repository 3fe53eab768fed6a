/** Vote shares when raters are drawn as well as images: what another panel would have said (section 6.1). */
import { shareInterval } from '../statistics/bootstrap.ts'
import { columnSums } from '../statistics/column-sums.ts'
import { mulberry32 } from '../statistics/mulberry32.ts'
import type { Later, Resampler } from '../statistics/resampler.ts'
import type { Interval } from '../statistics/shares.ts'
import { firstShares, WHOLE } from './first-shares.ts'
import type { Vote } from './votes.ts'

/** Fewer raters than this say too little of other raters. */
export const FEWEST_RATERS = 6

/**
 * One interval a system, or null with fewer than six raters. A vote weighs (times its image was drawn) x (times its
 * rater was drawn); raters come from a stream of their own, so that images are drawn as everywhere else.
 */
export function twoWayShares(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<readonly Interval[] | null> {
  const raters = [...new Set(images.flat().map(({ rater }) => rater))].sort((a, b) => a - b)
  if (raters.length < FEWEST_RATERS) return () => null
  const place = new Map(raters.map((rater, at) => [rater, at]))
  const width = systems + 1
  // Each rater has columns of their own, so that one pass over the votes serves all of them.
  const sums = columnSums(
    images.flatMap((votes, image) =>
      votes.map((vote) => {
        const from = width * (place.get(vote.rater) as number)
        return {
          image,
          row: [...firstShares(vote, systems), WHOLE],
          columns: Array.from({ length: width }, (_, c) => from + c),
        }
      }),
    ),
  )
  const random = mulberry32(resampler.seed ^ 0x7a7e25)
  const times = new Uint32Array(place.size)
  const [held, total] = [new Float64Array(width * place.size), new Float64Array(width)]
  const values = Array.from({ length: systems }, () => new Float64Array(resampler.resamples))
  resampler.draw(images.length, (counts, b) => {
    times.fill(0)
    for (let r = 0; r < times.length; r++) {
      const drawn = Math.floor(random() * times.length)
      times[drawn] = (times[drawn] as number) + 1
    }
    sums(counts, held)
    total.fill(0)
    for (let at = 0; at < held.length; at++) {
      const c = at % width
      const weight = times[(at - c) / width] as number
      total[c] = (total[c] as number) + weight * (held[at] as number)
    }
    const whole = total[systems] as number
    for (let c = 0; c < systems; c++)
      (values[c] as Float64Array)[b] = whole === 0 ? Number.NaN : (total[c] as number) / whole
  })
  return () => values.map((one) => shareInterval(one, images.length))
}
