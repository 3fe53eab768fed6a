/** Do votes on one image go together? Intra-image correlation of first places and what it costs (section 2.7). */
import type { ClusteringReport } from '../../../shared/study-report.ts'
import { columnSums, totalsOf } from '../statistics/column-sums.ts'
import { estimateLater, type Later, type Resampler } from '../statistics/resampler.ts'
import { firstShares, WHOLE } from './first-shares.ts'
import type { Vote } from './votes.ts'

/** Columns before the systems: votes, votes squared, squares between, squares of all. */
const [VOTES, VOTES_SQUARED, BETWEEN, ALL, SYSTEMS] = [0, 1, 2, 3, 4]

/**
 * One-way analysis of variance with images as groups, first places (1, or 1/t in a tie of t) as values, summed over
 * systems: (MSB - MSW) / (MSB + (m0 - 1) MSW), where m0 is the mean group size corrected for its spread.
 */
function rhoOf(sums: Float64Array, images: number): number {
  const at = (column: number): number => sums[column] as number
  const n = at(VOTES)
  let total = 0
  for (let c = SYSTEMS; c < sums.length; c++) total += at(c) ** 2
  const between = (at(BETWEEN) - total / n) / (images - 1)
  const within = (at(ALL) - at(BETWEEN)) / (n - images)
  const size = (n - at(VOTES_SQUARED) / n) / (images - 1)
  return (between - within) / (between + (size - 1) * within)
}

/** Null with one image, without two votes on any, or where every vote is the same. */
export function clustering(
  images: readonly (readonly Vote[])[],
  systems: number,
  resampler: Resampler,
): Later<ClusteringReport | null> {
  const rows = images.map((list, image) => {
    const shares = list.map((vote) => firstShares(vote, systems).map((one) => one / WHOLE))
    const totals = Array.from({ length: systems }, (_, s) =>
      shares.reduce((sum, row) => sum + (row[s] ?? 0), 0),
    )
    const m = list.length
    const between = totals.reduce((sum, total) => sum + total * total, 0) / m
    const all = shares.flat().reduce((sum, one) => sum + one * one, 0)
    return { image, row: [m, m * m, between, all, ...totals] }
  })
  const votes = images.reduce((sum, { length }) => sum + length, 0)
  const ordered = images.some((list) => list.some(({ first }) => first !== null))
  if (!ordered || images.length < 2 || votes === images.length) return () => null
  const sums = columnSums(rows)
  const width = SYSTEMS + systems
  const held = new Float64Array(width)
  const value = rhoOf(totalsOf(sums, images.length, width), images.length)
  const later = estimateLater(resampler, images.length, {
    value,
    measure(counts) {
      sums(counts, held)
      return rhoOf(held, images.length)
    },
  })
  return () => {
    const rho = later()
    if (!rho) return null
    const ratersPerImage = votes / images.length
    const designEffect = Math.max(1, 1 + (ratersPerImage - 1) * rho.value)
    return { rho, ratersPerImage, designEffect, effectiveVotes: votes / designEffect }
  }
}
