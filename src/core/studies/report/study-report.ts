/** The report: a pure function of study, events and log. The same input gives the same bytes. */
import type { StudyReport } from '../../../shared/study-report.ts'
import type { JudgementEvent } from '../../../shared/study-types.ts'
import { canonicalJson } from '../../../shared/canonical-json.ts'
import { answeredTwice, settle } from '../fold.ts'
import { isMain } from '../plan-types.ts'
import { createResampler } from '../statistics/resampler.ts'
import type { LogLine, StoredStudy } from '../study-store.ts'
import { criterionReport } from './criterion-report.ts'
import { methodsParagraph } from './methods.ts'
import { recognition } from './recognition.ts'
import { clipScore, ratersDisagreed, scoreDisagreed, yesDisagreed } from './scores-section.ts'
import { byImage, collectVotes } from './votes.ts'
import { whoCounts, withdrawnRaters } from './who-counts.ts'

export interface ReportInput {
  readonly study: StoredStudy
  readonly events: readonly JudgementEvent[]
  readonly log: readonly LogLine[]
  readonly resamples: number
  /** Also the models that weigh raters; left out, they are not fitted. */
  readonly raterModels?: boolean
  readonly appVersion: string
  readonly sha256: (bytes: Uint8Array) => string
}

/** Events that count: not of raters who withdrew, one an id, in an order of their own. */
export function eventsThatCount(input: Pick<ReportInput, 'study' | 'events' | 'log'>) {
  const gone = withdrawnRaters(input.log)
  const raterOf = new Map(input.study.plan.assignments.map(({ id, rater }) => [id, rater]))
  return settle(
    input.events.filter(({ trialId }) => {
      const rater = raterOf.get(trialId)
      return rater !== undefined && !gone.has(rater)
    }),
  )
}

/** All at once. */
export function studyReport(input: ReportInput): StudyReport {
  const steps = reportSteps(input)
  for (;;) {
    const step = steps.next()
    if (step.done) return step.value
  }
}

/** The same in steps: yields how far the draws are (0 to 1), so that a worker can tell. */
export function* reportSteps(input: ReportInput): Generator<number, StudyReport> {
  const { study, log, resamples } = input
  const { protocol, plan } = study
  const { events, conflicts } = eventsThatCount(input)
  const votes = collectVotes(study, events)
  const withdrawn = withdrawnRaters(log)
  const { raters, quality, excluded } = whoCounts(study, votes, log)
  const flagged = quality.filter(({ flags }) => flags.length > 0).map(({ rater }) => rater)
  const systems = protocol.systems.length
  const resampler = createResampler({ seed: protocol.seed, resamples })
  const criteria = (without: readonly number[]) =>
    votes.map((one) =>
      criterionReport(one, {
        systems,
        resampler,
        raterModels: input.raterModels ?? false,
        rater: (r) => !without.includes(r),
      }),
    )
  const counting = criteria(excluded)
  const unflagged = flagged.length > 0 && flagged.length < raters.length ? criteria(flagged) : null
  yield* resampler.run()
  const main = votes.flatMap((one) => one.main)
  const draft: Omit<StudyReport, 'methods'> = {
    format: 'realign-report-1',
    inputSha256: input.sha256(
      // An event's checksum is over all of it.
      new TextEncoder().encode(
        canonicalJson([
          protocol,
          plan,
          events.map(({ id, checksum }) => `${id} ${checksum}`),
          [...withdrawn].sort(),
        ]),
      ),
    ),
    appVersion: input.appVersion,
    seed: protocol.seed,
    resamples,
    name: protocol.name,
    template: protocol.template,
    reveal: protocol.reveal,
    createdAt: protocol.createdAt,
    contentSha256: protocol.contentSha256,
    unblindedAt: log.find(({ kind }) => kind === 'unblind')?.at ?? null,
    unblindedAfter: log.find(({ kind }) => kind === 'unblind')?.note || null,
    lateRaters: log.flatMap(({ kind, rater }) =>
      kind === 'join' && rater !== null ? [rater] : [],
    ),
    exclusion: protocol.exclusion,
    systems: protocol.systems.map(({ name }) => name),
    counts: {
      images: new Set(plan.items.filter(isMain).map(({ imageId }) => imageId)).size,
      raters: raters.length,
      planned: plan.assignments.length * protocol.criteria.length,
      judgements: main.length,
      repeats: votes.reduce((sum, one) => sum + one.repeats.length, 0),
      hidden: votes.reduce((sum, one) => sum + one.hidden.length, 0),
      conflicts,
      answeredTwice: answeredTwice(events),
      changedAfterReveal: main.filter((vote) => vote.changedAfterReveal).length,
      withdrawnRaters: withdrawn.size,
    },
    excludedRaters: excluded,
    criteria: counting.map((tell) => tell()),
    withoutFlagged: unflagged?.map((tell) => tell()) ?? null,
    raters: quality,
    recognition: recognition(plan, events),
    disagreements: votes.flatMap(({ main, criterion }) =>
      criterion.format === 'flags'
        ? yesDisagreed(byImage(main), criterion)
        : ratersDisagreed(byImage(main), criterion.id),
    ),
    scoreDisagreements: votes.flatMap((one) =>
      scoreDisagreed(byImage(one.main), clipScore, one.criterion.id),
    ),
  }
  return { ...draft, methods: methodsParagraph(draft, protocol) }
}
