/** Means and shares of captions with intervals over images, and their differences to another row over the images that both have. */
import type { Estimate } from '../../shared/study-report.ts'
import { percentileInterval, shareInterval } from '../studies/statistics/bootstrap.ts'
import type { Later, Resampler } from '../studies/statistics/resampler.ts'

/** What one image gives to each measure: what is counted, and out of how many (captions, entities). */
export interface ImageCounts {
  readonly image: number
  readonly counted: readonly number[]
  readonly of: readonly number[]
}

export interface Ratio extends Estimate {
  /** Images that have anything to count. */
  readonly images: number
  /** What the mean or share is over, of all images together. */
  readonly of: number
}

export interface RatioRow {
  /** Measure by measure; null where nothing is to be counted. */
  readonly ratios: readonly (Ratio | null)[]
  readonly deltas: readonly (Ratio | null)[]
}

/** Image by image, measure after measure. */
interface Flat {
  readonly counted: Float64Array
  readonly of: Float64Array
}

function flat(rows: readonly ImageCounts[], measures: number): Flat {
  const [counted, of] = [rows, rows].map(() => new Float64Array(rows.length * measures)) as [
    Float64Array,
    Float64Array,
  ]
  rows.forEach((row, i) => {
    counted.set(row.counted, i * measures)
    of.set(row.of, i * measures)
  })
  return { counted, of }
}

/** Ratios of sums under these draws of images; written into `into`. */
function weigh({ counted, of }: Flat, counts: ArrayLike<number>, into: Float64Array): void {
  const measures = into.length
  const [sums, totals] = [new Float64Array(measures), new Float64Array(measures)]
  for (let i = 0; i < counts.length; i++) {
    const times = counts[i] as number
    if (times === 0) continue
    for (let m = 0; m < measures; m++) {
      const at = i * measures + m
      sums[m] = (sums[m] as number) + times * (counted[at] as number)
      totals[m] = (totals[m] as number) + times * (of[at] as number)
    }
  }
  for (let m = 0; m < measures; m++)
    into[m] = totals[m] === 0 ? Number.NaN : (sums[m] as number) / (totals[m] as number)
}

const imagesWith = (flats: readonly Flat[], images: number, measures: number) =>
  Array.from({ length: measures }, (_, m) => {
    let [n, total] = [0, 0]
    for (let i = 0; i < images; i++) {
      const at = i * measures + m
      if (flats.every(({ of }) => (of[at] as number) > 0)) n++
      total += flats[0]?.of[at] ?? 0
    }
    return { images: n, of: total }
  })

interface About {
  readonly images: number
  readonly flats: readonly Flat[]
  /** Measure by measure: does it go from 0 to 1? */
  readonly shares: readonly boolean[]
}

/** Of one row its ratios; of two the differences of the first to the second. */
function later(
  resampler: Resampler,
  { images, flats, shares }: About,
): Later<readonly (Ratio | null)[]> {
  const measures = shares.length
  if (images === 0) return () => shares.map(() => null)
  const [ours, theirs] = [new Float64Array(measures), new Float64Array(measures)]
  const [own, base] = flats
  const measure = (counts: ArrayLike<number>): Float64Array => {
    if (own) weigh(own, counts, ours)
    if (!base) return ours
    weigh(base, counts, theirs)
    return ours.map((value, m) => value - (theirs[m] as number))
  }
  const values = measure(new Uint32Array(images).fill(1)).slice()
  const drawn = shares.map(() => new Float64Array(resampler.resamples))
  resampler.draw(images, (counts, b) =>
    measure(counts).forEach((value, m) => (drawn[m]![b] = value)),
  )
  const known = imagesWith(flats, images, measures)
  return () =>
    shares.map((share, m) => {
      const value = values[m] as number
      if (Number.isNaN(value)) return null
      const told = drawn[m]!.filter((one) => !Number.isNaN(one)) // a draw may miss all that has anything
      const interval =
        share && !base ? shareInterval(told, known[m]!.images) : percentileInterval(told)
      return { value, ...interval, ...known[m]! }
    })
}

/** Images that have something to count in both rows, measure by measure: elsewhere both give nothing. */
function paired(ours: readonly ImageCounts[], theirs: readonly ImageCounts[]) {
  const base = new Map(theirs.map((row) => [row.image, row]))
  const pairs = ours.flatMap((row) => {
    const other = base.get(row.image)
    return other ? [[row, other] as const] : []
  })
  const both = (one: ImageCounts, other: ImageCounts): ImageCounts => {
    const has = one.of.map((of, m) => of > 0 && (other.of[m] ?? 0) > 0)
    return {
      image: one.image,
      counted: one.counted.map((value, m) => (has[m] ? value : 0)),
      of: one.of.map((value, m) => (has[m] ? value : 0)),
    }
  }
  return {
    own: pairs.map(([a, b]) => both(a, b)),
    base: pairs.map(([a, b]) => both(b, a)),
  }
}

/** The numbers come once the resampler has run. `base`: null where there is no row to differ from. */
export function ratiosLater(
  resampler: Resampler,
  shares: readonly boolean[],
  {
    rows,
    base,
  }: { readonly rows: readonly ImageCounts[]; readonly base: readonly ImageCounts[] | null },
): Later<RatioRow> {
  const measures = shares.length
  const ratios = later(resampler, { images: rows.length, flats: [flat(rows, measures)], shares })
  const pairs = base && paired(rows, base)
  const deltas = pairs
    ? later(resampler, {
        images: pairs.own.length,
        flats: [flat(pairs.own, measures), flat(pairs.base, measures)],
        shares,
      })
    : () => shares.map(() => null)
  return () => ({ ratios: ratios(), deltas: deltas() })
}
