/** Means of self-rounds, round by round. */
import type { SelfRound } from '../../../shared/contract/probes.ts'

export type RoundMeasure = 'words' | 'toPrevious' | 'toFirst' | 'clip'

export interface RoundMean {
  readonly round: number
  readonly mean: number
  readonly n: number
}

/** Rounds in which no image has the measure are left out. */
export function roundMeans(
  rounds: readonly SelfRound[],
  measure: RoundMeasure,
): readonly RoundMean[] {
  const byRound = Map.groupBy(rounds, ({ round }) => round)
  return [...byRound].flatMap(([round, some]): readonly RoundMean[] => {
    const values = some.flatMap((one) => one[measure] ?? [])
    if (values.length === 0) return []
    return [
      { round, mean: values.reduce((sum, one) => sum + one, 0) / values.length, n: values.length },
    ]
  })
}
