/** Figure 3: who comes first, by votes and by images with a majority (section 6.1). */
import type { Estimate, ShareDifference, ShareRow } from '../../../shared/study-report.ts'
import {
  bootstrapMeans,
  differenceInterval,
  type BootstrapOptions,
} from '../statistics/bootstrap.ts'
import { shareDifference, signTest, wilson } from '../statistics/shares.ts'
import { systemsAt, type Vote } from './votes.ts'

export interface SharesSection {
  readonly shares: readonly ShareRow[]
  readonly tie: Estimate & { readonly images: number }
  readonly differences: readonly ShareDifference[]
}

/** One vote as shares of a first place: merged systems and ties divide it. */
export function firstShares(vote: Vote, systems: number): number[] {
  const row = new Array<number>(systems).fill(0)
  const top = (vote.first ?? []).flatMap((slot) => [...systemsAt(vote, slot)])
  for (const system of top) row[system] = (row[system] ?? 0) + 1 / top.length
  return row
}

const add = (rows: readonly (readonly number[])[], columns: number): number[] =>
  Array.from({ length: columns }, (_, c) => rows.reduce((sum, row) => sum + (row[c] ?? 0), 0))

/** `images[i]` = the votes of image i. The draws of both bootstraps are the same. */
export function sharesSection(
  images: readonly (readonly Vote[])[],
  systems: number,
  options: BootstrapOptions,
): SharesSection {
  const votes = images.map((list) =>
    add(
      list.map((vote) => firstShares(vote, systems)),
      systems,
    ),
  )
  const given = images.map((list) => list.length)
  // An image goes to the system with more than half of its votes; a divided vote is half a vote only.
  const winner = votes.map((row, i) => row.findIndex((got) => got > (given[i] ?? 0) / 2 + 1e-9))
  const majority = winner.map((won) =>
    Array.from({ length: systems + 1 }, (_, c) => Number(c === (won < 0 ? systems : won))),
  )
  const n = images.length
  const votesBoot = bootstrapMeans(votes, given, options)
  const majorityBoot = bootstrapMeans(majority, new Array<number>(n).fill(1), options)
  const allVotes = given.reduce((a, b) => a + b, 0)
  const voteTotals = add(votes, systems)
  const imageTotals = add(majority, systems + 1)
  const none = { low: Number.NaN, high: Number.NaN }
  const shares = Array.from({ length: systems }, (_, system): ShareRow => {
    const won = imageTotals[system] ?? 0
    return {
      system,
      votes: {
        value: (voteTotals[system] ?? 0) / allVotes,
        ...(votesBoot.intervals[system] ?? none),
      },
      majority: { value: won / n, ...(majorityBoot.intervals[system] ?? none) },
      majorityImages: won,
      wilson: wilson(won, n),
    }
  })
  const differences: ShareDifference[] = []
  for (let a = 0; a < systems; a++)
    for (let b = a + 1; b < systems; b++) {
      const [x, y] = [imageTotals[a] ?? 0, imageTotals[b] ?? 0]
      const [xs, ys] = [majorityBoot.values[a], majorityBoot.values[b]]
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
  const tie = { value: tied / n, ...(majorityBoot.intervals[systems] ?? none), images: tied }
  return { shares, tie, differences }
}
