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

/** What images give, image by image: each list of numbers once, for most measures count out of the same captions. */
interface Columns {
  readonly images: number
  readonly lists: readonly Float64Array[]
  /** The list of each measure; NOTHING where all of it is 0. */
  readonly counted: readonly number[]
  readonly of: readonly number[]
}

const NOTHING = -1

const same = (a: Float64Array, b: Float64Array): boolean => {
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false
  return true
}

/** `has` says which images count in a measure. */
function columnsOf(
  rows: readonly ImageCounts[],
  measures: number,
  has: (i: number, m: number) => boolean,
): Columns {
  const lists: Float64Array[] = []
  const keep = (side: 'counted' | 'of') =>
    Array.from({ length: measures }, (_, m) => {
      const list = new Float64Array(rows.length)
      for (let i = 0; i < list.length; i++) if (has(i, m)) list[i] = rows[i]![side][m] ?? 0
      if (list.every((value) => value === 0)) return NOTHING
      const known = lists.findIndex((one) => same(one, list))
      return known >= 0 ? known : lists.push(list) - 1
    })
  return { images: rows.length, counted: keep('counted'), of: keep('of'), lists }
}

/** Ratios of sums under these draws of images; written into `into`. */
function weigh(
  { lists, counted, of }: Columns,
  counts: ArrayLike<number>,
  into: Float64Array,
): void {
  const sums = lists.map((list) => {
    let sum = 0
    for (let i = 0; i < list.length; i++) sum += (counts[i] as number) * (list[i] as number)
    return sum
  })
  for (let m = 0; m < into.length; m++) {
    const total = sums[of[m] as number] ?? 0
    into[m] = total === 0 ? Number.NaN : (sums[counted[m] as number] ?? 0) / total
  }
}

/** Images that have anything to count, and out of how many all together. */
const knownOf = ({ lists, of }: Columns) =>
  of.map((at) => {
    let [images, total] = [0, 0]
    for (const one of lists[at] ?? []) {
      if (one > 0) images++
      total += one
    }
    return { images, of: total }
  })

/** Of one row its ratios; of two the differences of the first to the second. */
function later(
  resampler: Resampler,
  /** Measure by measure: does it go from 0 to 1? */
  shares: readonly boolean[],
  [own, base]: readonly [own: Columns, base?: Columns],
): Later<readonly (Ratio | null)[]> {
  const { images } = own
  if (images === 0) return () => shares.map(() => null)
  const [ours, theirs] = [new Float64Array(shares.length), new Float64Array(shares.length)]
  const measure = (counts: ArrayLike<number>): Float64Array => {
    weigh(own, counts, ours)
    if (!base) return ours
    weigh(base, counts, theirs)
    return ours.map((value, m) => value - (theirs[m] as number))
  }
  const values = measure(new Uint32Array(images).fill(1)).slice()
  const drawn = shares.map(() => new Float64Array(resampler.resamples))
  resampler.draw(images, (counts, b) =>
    measure(counts).forEach((value, m) => (drawn[m]![b] = value)),
  )
  const known = knownOf(own)
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

/** Both sides of the images that have something to count in both rows, measure by measure. */
function paired(
  ours: readonly ImageCounts[],
  theirs: readonly ImageCounts[],
  measures: number,
): readonly [Columns, Columns] {
  const base = new Map(theirs.map((row) => [row.image, row]))
  const own: ImageCounts[] = []
  const other: ImageCounts[] = []
  for (const row of ours) {
    const found = base.get(row.image)
    if (!found) continue
    own.push(row)
    other.push(found)
  }
  const has = (i: number, m: number) => (own[i]!.of[m] ?? 0) > 0 && (other[i]!.of[m] ?? 0) > 0
  return [columnsOf(own, measures, has), columnsOf(other, measures, has)]
}

/** The numbers come once the resampler has run. `base`: null where there is no row to differ from. */
export async function ratiosLater(
  resampler: Resampler,
  shares: readonly boolean[],
  {
    rows,
    base,
    breathe,
  }: {
    readonly rows: readonly ImageCounts[]
    readonly base: readonly ImageCounts[] | null
    readonly breathe: () => Promise<void>
  },
): Promise<Later<RatioRow>> {
  const measures = shares.length
  const ratios = later(resampler, shares, [columnsOf(rows, measures, () => true)])
  await breathe()
  const deltas = base
    ? later(resampler, shares, paired(rows, base, measures))
    : () => shares.map(() => null)
  return () => ({ ratios: ratios(), deltas: deltas() })
}
