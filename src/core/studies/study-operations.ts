/** What the owner of a study may do with it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { modelViewOf } from '../../shared/contract/studies.ts'
import { RealignError } from '../../shared/errors.ts'
import { sealText } from '../../shared/sealed-text.ts'
import { timestamp, type Deps } from '../deps.ts'
import { criteriaInOrder } from './desk.ts'
import { foldEvents, judgementKey } from './fold.ts'
import { guessesFor } from './guesses.ts'
import { planIndex } from './plan-index.ts'
import { cardsOf, pictureOf } from './rate.ts'
import { eventsThatCount } from './report/study-report.ts'
import { withdrawnRaters } from './report/who-counts.ts'
import { studyOf } from './study-of.ts'
import type { StoredStudy, StudyLogEntry } from './study-store.ts'
import { readEvents, runStudyJob } from './study-work.ts'
import { TEMPLATES } from './templates.ts'

function raterOf(study: StoredStudy, rater: number): number {
  if (study.protocol.raters[rater] !== undefined) return rater
  throw new RealignError('not-found', `There is no rater ${rater}`, {
    hint: `Raters are numbered from 0 to ${study.protocol.raters.length - 1}.`,
  })
}

export const listTemplates = (): Output<'studies.templates'> => ({
  templates: TEMPLATES.map(({ id, name, note, reveal, criteria, systems }) => ({
    id,
    name,
    note,
    reveal,
    criteria: [...criteria],
    fewest: systems[0],
    most: systems[1],
  })),
})

/** What decides whether a rater's link works: the last of these. */
const SEAT: ReadonlySet<StudyLogEntry['kind']> = new Set(['link', 'revoke'])

/** Reads every judgement, in pieces: others are served meanwhile. */
export async function getStudy(
  deps: Deps,
  studyId: string,
  signal: AbortSignal,
): Promise<Output<'studies.get'>> {
  const { protocol, plan } = studyOf(deps, studyId)
  const log = deps.store.studies.logOf(studyId)
  const all = await readEvents(deps, studyId, signal)
  const { events } = eventsThatCount({ study: { protocol, plan }, events: all, log })
  const current = foldEvents(events)
  const withdrawn = withdrawnRaters(log)
  const raters = protocol.raters.map((name, rater) => {
    const trials = planIndex(plan).trialsOf(rater)
    const seat = log.findLast((one) => one.rater === rater && SEAT.has(one.kind))
    const done = trials.filter(({ id }) =>
      protocol.criteria.every((one) => current.has(judgementKey(id, one.id))),
    )
    return {
      rater,
      name,
      done: done.length,
      total: trials.length,
      invited: seat?.kind === 'link',
      withdrawn: withdrawn.has(rater),
    }
  })
  const unblinded = log.flatMap(({ kind, at }) => (kind === 'unblind' ? [at] : []))
  return { protocol, progress: { raters, events: events.length, unblinded } }
}

function logEntry(
  deps: Deps,
  entry: Pick<StudyLogEntry, 'studyId' | 'kind'> & Partial<StudyLogEntry>,
): void {
  deps.store.studies.log({
    rater: null,
    tokenSha256: null,
    note: '',
    at: timestamp(deps),
    ...entry,
  })
}

function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32))
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '')
}

/** Whoever took the answers back is not asked again: new ones would never count. */
function assertNotWithdrawn(deps: Deps, { protocol }: StoredStudy, rater: number): void {
  if (!withdrawnRaters(deps.store.studies.logOf(protocol.id)).has(rater)) return
  throw new RealignError('bad-input', 'This rater has withdrawn', {
    hint: 'Add another rater to the study instead.',
  })
}

/** 256 random bits; only their hash is kept. */
export function invite(deps: Deps, { studyId, rater }: Parsed<'studies.invite'>) {
  const study = studyOf(deps, studyId)
  assertNotWithdrawn(deps, study, rater)
  const token = newToken()
  const tokenSha256 = deps.sha256(new TextEncoder().encode(token))
  logEntry(deps, { studyId, kind: 'link', rater: raterOf(study, rater), tokenSha256 })
  return { token }
}

export function revoke(deps: Deps, { studyId, rater }: Parsed<'studies.revoke'>) {
  logEntry(deps, { studyId, kind: 'revoke', rater: raterOf(studyOf(deps, studyId), rater) })
  return {}
}

export function withdraw(deps: Deps, { studyId, rater, note }: Parsed<'studies.withdraw'>) {
  logEntry(deps, { studyId, kind: 'withdraw', rater: raterOf(studyOf(deps, studyId), rater), note })
  return {}
}

/** The first look at the names is logged, once: the report prints when it was, and how much was answered then. */
export async function unblind(deps: Deps, studyId: string, signal: AbortSignal): Promise<void> {
  const study = studyOf(deps, studyId)
  const seen = () => deps.store.studies.logOf(studyId).some(({ kind }) => kind === 'unblind')
  if (seen()) return
  const all = await readEvents(deps, studyId, signal)
  if (seen()) return // another report was asked for at the same time
  const log = deps.store.studies.logOf(studyId)
  const { events } = eventsThatCount({ study, events: all, log })
  const gone = withdrawnRaters(log)
  const planned = study.plan.assignments.filter(({ rater }) => !gone.has(rater)).length
  const whole = planned * study.protocol.criteria.length
  logEntry(deps, {
    studyId,
    kind: 'unblind',
    note: `${foldEvents(events).size} of ${whole} judgements`,
  })
}

const reportJob = ({ studyId, resamples, raterModels }: Parsed<'studies.report'>) =>
  ({ studyId, what: 'report', resamples, raterModels }) as const

export async function reportStudy(
  deps: Deps,
  input: Parsed<'studies.report'>,
  signal: AbortSignal,
): Promise<Output<'studies.report'>> {
  await unblind(deps, input.studyId, signal)
  const { report } = await runStudyJob(deps, reportJob(input), { signal, progress: () => {} })
  return { report }
}

/** The same, telling how far it is. */
export async function* analyseStudy(
  deps: Deps,
  input: Parsed<'studies.analyse'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'studies.analyse'>, Output<'studies.analyse'>> {
  await unblind(deps, input.studyId, signal)
  const told: number[] = []
  let wake = (): void => {}
  const progress = (fraction: number): void => {
    told.splice(0, told.length, fraction)
    wake()
  }
  let done: Output<'studies.analyse'> | undefined
  const work = runStudyJob(deps, reportJob(input), { signal, progress }).then(
    ({ report }) => (done = { report }),
  )
  const ended = work.catch(() => undefined) // told by `await work` below
  for (;;) {
    const fraction = told.pop()
    if (fraction !== undefined) yield { kind: 'progress', fraction }
    else if (done) return done
    else {
      const news = new Promise<void>((resolve) => (wake = resolve))
      await Promise.race([news, ended.then(() => work)])
    }
  }
}

/**
 * One rater's items for a task file. The alt-text is in the file when the study ever shows it; where it comes late
 * it is sealed, so that nobody reads it by looking at the source.
 */
export function taskOf(
  deps: Deps,
  { studyId, rater }: Parsed<'studies.task'>,
): Output<'studies.task'> {
  const study = studyOf(deps, studyId)
  assertNotWithdrawn(deps, study, rater)
  const { protocol, plan } = study
  const { items, trialsOf } = planIndex(plan)
  const shown = trialsOf(raterOf(study, rater)).flatMap((assignment) => {
    const item = items.get(assignment.itemId)
    return item ? [{ assignment, item }] : []
  })
  return {
    task: {
      studyId,
      title: protocol.title,
      instructions: protocol.instructions,
      consent: protocol.consent,
      criteria: criteriaInOrder(protocol),
      reveal: protocol.reveal,
      trials: shown.map(({ assignment, item }) => ({
        trialId: assignment.id,
        altText: protocol.reveal === 'always' ? item.altText : null,
        sealed: protocol.reveal === 'staged' ? sealText(item.altText, assignment.id) : null,
        cards: cardsOf(item, assignment),
        modelView: item.seenBy !== undefined,
      })),
      guesses: guessesFor(study, rater),
    },
    pictures: shown.flatMap(({ assignment: { id }, item }) => [
      { key: id, ...pictureOf(item, 'full') },
      ...(item.seenBy ? [{ key: modelViewOf(id), ...pictureOf(item, 'model') }] : []),
    ]),
  }
}
