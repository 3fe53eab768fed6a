/** Are lower places noisier? Plackett-Luce on first places only against the rest of each ranking (section 2.3). */
import type { LowerPlacesReport } from '../../../shared/study-report.ts'
import { percentileInterval } from '../statistics/bootstrap.ts'
import { fitChoices, type Choice } from '../statistics/choice-model.ts'
import { columnSums, totalsOf, type ImageRow } from '../statistics/column-sums.ts'
import type { Later, Resampler } from '../statistics/resampler.ts'
import { systemsAt, type Vote } from './votes.ts'

/** Two fits a draw: the first of them are enough for an interval of a side question. */
const MOST_DRAWS = 500

/** Systems best first, as far as the ranking is strict; the rest of them behind. */
function strictOrder(vote: Vote): { readonly ranked: number[]; readonly open: number[] } | null {
  if (vote.answer.format !== 'ranking') return null
  const buckets = vote.answer.order.map((bucket) =>
    bucket.flatMap((slot) => [...systemsAt(vote, slot - 1)]),
  )
  const tie = buckets.findIndex(({ length }) => length !== 1)
  const strict = tie < 0 ? buckets.length : tie
  return { ranked: buckets.slice(0, strict).flat(), open: buckets.slice(strict).flat() }
}

interface Cells {
  /** Column of (stage, systems still in the choice, chosen). */
  readonly at: Map<string, number>
  readonly sets: Map<string, { readonly lower: boolean; readonly systems: readonly number[] }>
}

/** One row a vote: every choice that its ranking makes, until one place is shared. */
function stageRows(images: readonly (readonly Vote[])[]): { rows: ImageRow[]; cells: Cells } {
  const cells: Cells = { at: new Map(), sets: new Map() }
  const chosen = images.flatMap((votes, image) =>
    votes.flatMap((vote) => {
      const order = strictOrder(vote)
      if (!order) return []
      const all = [...order.ranked, ...order.open]
      const columns = order.ranked.flatMap((system, stage) => {
        const left = all.slice(stage).sort((a, b) => a - b)
        if (left.length < 2) return []
        const set = `${stage > 0 ? 'lower' : 'first'} ${left.join()}`
        cells.sets.set(set, { lower: stage > 0, systems: left })
        for (const one of left)
          if (!cells.at.has(`${set} ${one}`)) cells.at.set(`${set} ${one}`, cells.at.size)
        return [cells.at.get(`${set} ${system}`) as number]
      })
      return [{ image, columns }]
    }),
  )
  const rows = chosen.map((one) => ({ ...one, row: one.columns.map(() => 1) }))
  return { rows, cells }
}

/** The choices of one half of the places: options once, and the column that counts each of them. */
function choicesOf(cells: Cells, lower: boolean) {
  return [...cells.sets].flatMap(([set, one]) =>
    one.lower === lower
      ? [
          {
            options: one.systems.map((system) => [{ parameter: system, value: 1 }]),
            columns: one.systems.map((system) => cells.at.get(`${set} ${system}`) as number),
          },
        ]
      : [],
  )
}

/** Log-worths centred on 0, or null when some system never wins or loses at these places. */
function fit(
  places: ReturnType<typeof choicesOf>,
  sums: Float64Array,
  about: { readonly systems: number; readonly start?: Float64Array },
): Float64Array | null {
  const choices = places.map(({ options, columns }): Choice => ({
    options,
    counts: columns.map((column) => sums[column] as number),
  }))
  const { start, systems } = about
  const options = { parameters: systems, fixed: [0], ...(start && { start }) }
  const { converged, estimates } = fitChoices(choices, options)
  if (!converged) return null
  const mean = estimates.reduce((a, b) => a + b, 0) / systems
  return estimates.map((one) => one - mean)
}

/** Slope of `lower` on `first`, both centred: 1 when both say the same, 0 when the lower places are noise. */
function slope(first: Float64Array, lower: Float64Array): number {
  let [xy, xx] = [0, 0]
  first.forEach((x, i) => {
    xy += x * (lower[i] as number)
    xx += x * x
  })
  return xx === 0 ? Number.NaN : xy / xx
}

/** Null without rankings of three systems or more, or when too few votes tell one of the two. */
export function lowerPlaces(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<LowerPlacesReport | null> {
  const { rows, cells } = stageRows(images)
  if (systems < 3 || rows.length === 0) return () => null
  const sums = columnSums(rows)
  const totals = totalsOf(sums, images.length, cells.at.size)
  const [above, below] = [choicesOf(cells, false), choicesOf(cells, true)]
  const first = fit(above, totals, { systems })
  const lower = fit(below, totals, { systems })
  if (!first || !lower) return () => null
  const draws = Math.min(MOST_DRAWS, resampler.resamples)
  const values = new Float64Array(draws)
  const held = new Float64Array(cells.at.size)
  resampler.draw(images.length, (counts, b) => {
    if (b >= draws) return
    sums(counts, held)
    const one = fit(above, held, { systems, start: first })
    const two = one && fit(below, held, { systems, start: lower })
    values[b] = one && two ? slope(one, two) : Number.NaN
  })
  return () => ({
    votes: rows.length,
    first: Array.from(first),
    lower: Array.from(lower),
    ratio: { value: slope(first, lower), ...percentileInterval(values) },
    draws: values.filter((value) => !Number.isNaN(value)).length,
  })
}
