/** Raters whose judgements count: not of who withdrew, nor of whom the study's own rules leave out. */
import type { StudyReport } from '../../../shared/study-report.ts'
import type { LogLine, StoredStudy } from '../study-store.ts'
import { FASTER_THAN_READING, ratersSection } from './raters-section.ts'
import type { CriterionVotes } from './votes.ts'

export const withdrawnRaters = (log: readonly Pick<LogLine, 'kind' | 'rater'>[]) =>
  new Set(log.flatMap(({ kind, rater }) => (kind === 'withdraw' && rater !== null ? [rater] : [])))

export interface WhoCounts {
  /** Those who did not withdraw. */
  readonly raters: readonly number[]
  readonly quality: StudyReport['raters']
  /** By the study's rules, where they exclude. */
  readonly excluded: readonly number[]
}

export function whoCounts(
  { protocol: { raters: names, exclusion } }: StoredStudy,
  votes: readonly CriterionVotes[],
  log: readonly LogLine[],
): WhoCounts {
  const withdrawn = withdrawnRaters(log)
  const raters = names.map((_, rater) => rater).filter((rater) => !withdrawn.has(rater))
  const quality = ratersSection(votes, raters, exclusion)
  const byRules = quality.filter(({ flags }) => flags.some((one) => one !== FASTER_THAN_READING))
  const excluded = exclusion.action === 'exclude' ? byRules.map(({ rater }) => rater) : []
  return { raters, quality, excluded }
}
