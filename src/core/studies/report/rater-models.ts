/** Models that weigh raters (section 6.14), off by default: Dawid-Skene of first choices, one precision a rater. */
import type { RaterModelsReport } from '../../../shared/study-report.ts'
import { dawidSkene, type Said } from '../statistics/dawid-skene.ts'
import { judgePrecision, type Duel } from '../statistics/judge-precision.ts'
import { systemsAt, type Vote } from './votes.ts'

/** Pairs that the vote decides, each system against each. */
function duels(vote: Vote, rater: number): Duel[] {
  const { relation, assignment } = vote
  const slots = assignment.order.map((_, slot) => slot)
  return slots.flatMap((i) =>
    slots.flatMap((j) =>
      relation?.(i, j) === 1
        ? systemsAt(vote, i).flatMap((winner) =>
            systemsAt(vote, j).map((loser) => ({ rater, winner, loser })),
          )
        : [],
    ),
  )
}

/** Null when nothing was ordered, or by one rater alone. */
export function raterModels(
  images: readonly (readonly Vote[])[],
  systems: number,
): RaterModelsReport | null {
  const votes = images.flat()
  const raters = [...new Set(votes.map(({ rater }) => rater))].sort((a, b) => a - b)
  const place = new Map(raters.map((rater, at) => [rater, at]))
  const said = images.flatMap((list, item) =>
    list.flatMap((vote): Said[] => {
      if (!vote.first) return []
      const top = vote.first.flatMap((slot) => [...systemsAt(vote, slot)])
      const category = top.length === 1 ? (top[0] as number) : systems
      return [{ item, rater: place.get(vote.rater) ?? 0, category }]
    }),
  )
  if (raters.length < 2 || said.length === 0) return null
  const size = { items: images.length, raters: raters.length, categories: systems + 1 }
  const { shares, errors, posterior, steps } = dawidSkene(said, size)
  const fit = judgePrecision(
    votes.flatMap((vote) => duels(vote, place.get(vote.rater) ?? 0)),
    { systems, raters: raters.length },
  )
  const won = posterior.map((row) => row.indexOf(Math.max(...row)))
  return {
    raters: raters.map((rater, at) => ({
      rater,
      accuracy: shares.reduce(
        (sum, share, c) => sum + share * (errors[at]?.[c]?.[c] ?? Number.NaN),
        0,
      ),
      precision: fit.precisions[at] ?? Number.NaN,
    })),
    systems: Array.from({ length: systems }, (_, system) => ({
      system,
      share: shares[system] ?? Number.NaN,
      images: won.filter((one) => one === system).length,
      logWorth: fit.logWorths[system] ?? Number.NaN,
    })),
    tie: { share: shares[systems] ?? Number.NaN, images: won.filter((c) => c === systems).length },
    steps,
    converged: fit.converged,
  }
}
