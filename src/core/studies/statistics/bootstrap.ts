/** Cluster bootstrap over images: an image is drawn with all its votes, never a vote alone (section 6.1). */
import { mulberry32 } from './mulberry32.ts'
import { wilson, type Interval } from './shares.ts'

/** Quantile of sorted values by linear interpolation (type 7). */
export function quantile(sorted: ArrayLike<number>, q: number): number {
  const at = (sorted.length - 1) * q
  const low = Math.floor(at)
  const a = sorted[low] ?? Number.NaN
  const b = sorted[Math.min(low + 1, sorted.length - 1)] ?? Number.NaN
  return a + (b - a) * (at - low)
}

export interface BootstrapOptions {
  readonly seed: number
  /** Number of resamples. */
  readonly resamples: number
}

/**
 * Draws n image indices with replacement, B times, and hands each draw's multiplicities to `measure`.
 * `counts[i]` = how often image i was drawn. The same seed gives the same draws for every measure.
 */
export function resampleImages(
  images: number,
  { seed, resamples }: BootstrapOptions,
  measure: (counts: Uint32Array, resample: number) => void,
): void {
  const random = mulberry32(seed)
  const counts = new Uint32Array(images)
  for (let b = 0; b < resamples; b++) {
    counts.fill(0)
    for (let i = 0; i < images; i++) {
      const drawn = Math.floor(random() * images)
      counts[drawn] = (counts[drawn] as number) + 1
    }
    measure(counts, b)
  }
}

/** Percentile interval 2.5 / 97.5 of one statistic's resampled values; not-a-number values are left out. */
export function percentileInterval(values: Float64Array): Interval {
  const sorted = values.filter((value) => !Number.isNaN(value)).sort()
  return { low: quantile(sorted, 0.025), high: quantile(sorted, 0.975) }
}

/**
 * Interval of a share of `images`. Where every image says the same, every draw does too, and twelve of twelve would
 * look certain: there it is Wilson's.
 */
export function shareInterval(values: Float64Array, images: number): Interval {
  const [first = Number.NaN] = values
  return values.every((value) => value === first)
    ? wilson(first * images, images)
    : percentileInterval(values)
}

/**
 * Intervals of weighted means. `rows[i]` holds what image i gives to each of k columns (e.g. vote shares),
 * `weights[i]` its denominator. Returns one interval a column, and the resampled values for differences.
 */
export function bootstrapMeans(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  options: BootstrapOptions,
): { readonly intervals: readonly Interval[]; readonly values: readonly Float64Array[] } {
  const columns = rows[0]?.length ?? 0
  const flat = Float64Array.from(rows.flat())
  const values = Array.from({ length: columns }, () => new Float64Array(options.resamples))
  const sums = new Float64Array(columns)
  resampleImages(rows.length, options, (counts, b) => {
    sums.fill(0)
    let total = 0
    for (let i = 0; i < counts.length; i++) {
      const times = counts[i] as number
      if (times === 0) continue
      total += times * (weights[i] as number)
      for (let c = 0; c < columns; c++)
        sums[c] = (sums[c] as number) + times * (flat[i * columns + c] as number)
    }
    for (let c = 0; c < columns; c++)
      (values[c] as Float64Array)[b] = total === 0 ? Number.NaN : (sums[c] as number) / total
  })
  return { intervals: values.map(percentileInterval), values }
}

/** Interval of the difference of two columns under the same resamples. */
export function differenceInterval(a: Float64Array, b: Float64Array) {
  const difference = a.map((value, i) => value - (b[i] as number))
  const atMostZero = difference.reduce((count, value) => count + (value <= 0 ? 1 : 0), 0)
  return { ...percentileInterval(difference), shareAtMostZero: atMostZero / difference.length }
}
