/** How far raters agree: Fleiss, Krippendorff, Cohen, Kendall (sections 6.6 to 6.9). */
import { chiSquareTail } from './distributions.ts'

const sum = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0)

/** Fleiss' kappa: `table[i][j]` raters put subject i into category j; the same number of raters in every row. */
export function fleissKappa(table: readonly (readonly number[])[]) {
  const raters = sum(table[0] ?? [])
  const n = table.length
  const observed =
    sum(table.map((row) => (sum(row.map((x) => x * x)) - raters) / (raters * (raters - 1)))) / n
  const categories = table[0]?.length ?? 0
  const expected = sum(
    Array.from({ length: categories }, (_, j) => {
      const share = sum(table.map((row) => row[j] ?? 0)) / (n * raters)
      return share * share
    }),
  )
  return { observed, expected, kappa: (observed - expected) / (1 - expected) }
}

export type AlphaLevel = 'nominal' | 'ordinal' | 'interval' | 'ratio'

/**
 * Krippendorff's alpha: `ratings[rater][unit]`, null = missing. Units with fewer than two ratings drop out.
 * Returns not-a-number when nothing can vary.
 */
export function krippendorffAlpha(
  ratings: readonly (readonly (number | null)[])[],
  level: AlphaLevel,
) {
  const units = Math.max(0, ...ratings.map((row) => row.length))
  const byUnit = Array.from({ length: units }, (_, u) =>
    ratings.map((row) => row[u] ?? null).filter((value): value is number => value !== null),
  ).filter((values) => values.length >= 2)
  const values = [...new Set(byUnit.flat())].sort((a, b) => a - b)
  const index = new Map(values.map((value, i) => [value, i]))
  const k = values.length
  const coincidence = Array.from({ length: k }, () => new Float64Array(k))
  for (const unit of byUnit)
    unit.forEach((a, i) =>
      unit.forEach((b, j) => {
        if (i === j) return
        const row = coincidence[index.get(a) as number] as Float64Array
        const column = index.get(b) as number
        row[column] = (row[column] as number) + 1 / (unit.length - 1)
      }),
    )
  const rowSums = coincidence.map((row) => sum([...row]))
  const n = sum(rowSums)
  const between = (c: number, d: number) => sum(rowSums.slice(c, d + 1))
  const distance = (c: number, d: number): number => {
    const [a, b] = [values[c] as number, values[d] as number]
    if (c === d) return 0
    switch (level) {
      case 'nominal':
        return 1
      case 'interval':
        return (a - b) ** 2
      case 'ratio':
        return a + b === 0 ? 0 : ((a - b) / (a + b)) ** 2
      case 'ordinal': {
        const [low, high] = c < d ? [c, d] : [d, c]
        const ends = ((rowSums[low] as number) + (rowSums[high] as number)) / 2
        return (between(low, high) - ends) ** 2
      }
    }
  }
  let observed = 0
  let expected = 0
  for (let c = 0; c < k; c++)
    for (let d = 0; d < k; d++) {
      const delta = distance(c, d)
      observed += ((coincidence[c] as Float64Array)[d] as number) * delta
      expected += (rowSums[c] as number) * (rowSums[d] as number) * delta
    }
  const alpha = expected === 0 ? Number.NaN : 1 - ((n - 1) * observed) / expected
  return { alpha, rowSums, units: byUnit.length }
}

export type KappaWeights = 'none' | 'linear' | 'quadratic'

/** Cohen's kappa of a square table of two ratings of the same things. */
export function cohenKappa(table: readonly (readonly number[])[], weights: KappaWeights = 'none') {
  const n = sum(table.map((row) => sum(row)))
  const rows = table.map((row) => sum(row) / n)
  const columns = table.map((_, j) => sum(table.map((row) => row[j] ?? 0)) / n)
  const weight = (i: number, j: number) =>
    weights === 'none' ? Number(i !== j) : weights === 'linear' ? Math.abs(i - j) : (i - j) ** 2
  let observed = 0
  let expected = 0
  table.forEach((row, i) =>
    row.forEach((count, j) => {
      observed += weight(i, j) * (count / n)
      expected += weight(i, j) * (rows[i] as number) * (columns[j] as number)
    }),
  )
  return 1 - observed / expected
}

/** Sum of t³ - t over the tie groups of one ranking. */
function tieTerm(ranks: readonly number[]): number {
  const groups = new Map<number, number>()
  for (const rank of ranks) groups.set(rank, (groups.get(rank) ?? 0) + 1)
  return sum([...groups.values()].map((t) => t ** 3 - t))
}

/** Kendall's W of m complete rankings of k things (ties as mean ranks), with Friedman's chi-squared. */
export function kendallW(ranks: readonly (readonly number[])[]) {
  const m = ranks.length
  const k = ranks[0]?.length ?? 0
  const totals = Array.from({ length: k }, (_, j) => sum(ranks.map((row) => row[j] ?? 0)))
  const mean = sum(totals) / k
  const s = sum(totals.map((total) => (total - mean) ** 2))
  const ties = sum(ranks.map(tieTerm))
  const w = (12 * s) / (m * m * (k ** 3 - k) - m * ties)
  const chi2 = m * (k - 1) * w
  return {
    s,
    w,
    chi2,
    df: k - 1,
    p: chiSquareTail(chi2, k - 1),
    meanSpearman: (m * w - 1) / (m - 1),
  }
}
