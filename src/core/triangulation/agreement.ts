/**
 * How far two measures order the captions of an image alike: Kendall's tau-b over all pairs of captions of one image,
 *
 *   tau = (C - D) / sqrt((C + D + TA) x (C + D + TB))
 *
 * C and D the concordant and discordant pairs, TA and TB those that A alone or B alone leaves open, all summed over
 * the images before the division: an image of four captions has six pairs or fewer, and a tau of its own that a
 * single tie can make undefined. Captions of different images are never compared. The interval draws images with all
 * their pairs (2.5 and 97.5 % of the draws); where all draws say the same it is Wilson's, over the images.
 */
import type { MeasureAgreement } from '../../shared/contract/triangulation.ts'
import { shareInterval } from '../studies/statistics/bootstrap.ts'
import { columnSums, totalsOf, type ImageRow } from '../studies/statistics/column-sums.ts'
import { kendallTauB, tallyPairs } from '../studies/statistics/rank-correlation.ts'
import type { Later, Resampler } from '../studies/statistics/resampler.ts'
import { imagesIn, thoseWith, type Captions } from './captions.ts'

/** Of fewer images an interval says nothing that the list does not show better. */
export const FEWEST_IMAGES = 10

type Counted = Omit<MeasureAgreement, 'tau' | 'low' | 'high' | 'unknown'>

/** C, D, TA, TB. */
const tauOf = ([concordant = 0, discordant = 0, tiesX = 0, tiesY = 0]: ArrayLike<number> &
  Iterable<number>): number =>
  kendallTauB([], [], { concordant, discordant, tiesX, tiesY, tiesBoth: 0 })

function whyUnknown({ pairs, decidedImages }: Counted, tau: number): MeasureAgreement['unknown'] {
  if (pairs === 0) return 'none'
  if (Number.isNaN(tau)) return 'open'
  return decidedImages < FEWEST_IMAGES ? 'few' : null
}

interface Tallied {
  readonly counted: Counted
  readonly rows: readonly ImageRow[]
}

function* tallied(
  captions: Captions,
  { a, b }: Pick<MeasureAgreement, 'a' | 'b'>,
): Generator<void, Tallied> {
  const columns = [a, b].flatMap((name) => captions.columns.get(name) ?? [])
  const rows: ImageRow[] = []
  let [pairs, decided, images, decidedImages] = [0, 0, 0, 0]
  for (let image = 0; image < imagesIn(captions); image++) {
    const those = thoseWith(captions, image, columns)
    if (those.length < 2) continue
    const [x, y] = columns.map((column) => those.map((at) => column[at] as number))
    const { concordant, discordant, tiesX, tiesY } = tallyPairs(x ?? [], y ?? [])
    pairs += (those.length * (those.length - 1)) / 2
    decided += concordant + discordant
    images++
    if (concordant + discordant > 0) decidedImages++
    rows.push({ image, row: [concordant, discordant, tiesX, tiesY] })
    yield
  }
  return { counted: { a, b, pairs, decided, images, decidedImages }, rows }
}

/** Known once the draws have run; yields often while it counts. */
export function* agreementLater(
  captions: Captions,
  pair: Pick<MeasureAgreement, 'a' | 'b'>,
  resampler: Resampler,
): Generator<void, Later<MeasureAgreement>> {
  const { counted, rows } = yield* tallied(captions, pair)
  const images = imagesIn(captions)
  const sums = columnSums(rows)
  const tau = tauOf(totalsOf(sums, images, 4))
  const unknown = whyUnknown(counted, tau)
  if (unknown !== null) return () => ({ ...counted, tau: null, low: null, high: null, unknown })
  // As a share of 0 to 1, for the interval of draws that all say the same.
  const shares = new Float64Array(resampler.resamples)
  const held = new Float64Array(4)
  // All images are drawn, so that one set of draws serves every pair of measures.
  resampler.draw(images, (counts, b) => {
    sums(counts, held)
    shares[b] = (tauOf(held) + 1) / 2
  })
  return () => {
    // A draw without a decided pair says nothing.
    const said = shares.filter((share) => !Number.isNaN(share))
    const { low, high } = shareInterval(said, counted.decidedImages)
    return { ...counted, tau, low: 2 * low - 1, high: 2 * high - 1, unknown }
  }
}
