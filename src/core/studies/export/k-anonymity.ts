/** Whether an anonymous export still tells raters apart by what surrounds their answers (section 8). */
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { eventsThatCount } from '../report/study-report.ts'
import { withdrawnRaters } from '../report/who-counts.ts'
import type { StoredStudy, StudyLogEntry } from '../study-store.ts'

/** Fewer raters than this with one profile could be guessed by somebody who knows who did how much. */
const FEWEST = 3

/**
 * A profile is what the export says of a rater besides the answers: items planned, items answered, withdrawn or
 * not. Somebody who knows that one person stopped early would find that person's line.
 */
export function anonymityWarnings(
  study: StoredStudy,
  events: readonly JudgementEvent[],
  log: readonly Pick<StudyLogEntry, 'kind' | 'rater' | 'at'>[],
): readonly string[] {
  const { protocol, plan } = study
  const gone = withdrawnRaters(log)
  const answered = new Set(
    eventsThatCount({ study, events, log }).events.map(({ trialId }) => trialId),
  )
  const profiles = new Map<string, string[]>()
  protocol.raters.forEach((name, rater) => {
    const own = plan.assignments.filter((one) => one.rater === rater)
    const done = own.filter(({ id }) => answered.has(id)).length
    const profile = gone.has(rater)
      ? 'withdrew'
      : `${own.length} items planned, ${done} of them answered`
    profiles.set(profile, [...(profiles.get(profile) ?? []), name])
  })
  return [...profiles]
    .filter(([, names]) => names.length < FEWEST)
    .map(([profile, names]) =>
      names.length === 1
        ? `Only ${names[0]} fits "${profile}": somebody who knows who that was can tell these answers apart.`
        : `Only ${names.join(' and ')} fit "${profile}": fewer than ${FEWEST} raters share this profile.`,
    )
}
