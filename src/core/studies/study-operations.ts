/** What the owner of a study may do with it. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { timestamp, type Deps } from '../deps.ts'
import { foldEvents, judgementKey } from './fold.ts'
import { cardsOf, criteriaInOrder, trialsOf } from './rate.ts'
import { studyReport, withdrawnRaters } from './report/study-report.ts'
import type { StoredStudy, StudyLogEntry } from './study-store.ts'
import { TEMPLATES } from './templates.ts'

export function studyOf({ store }: Pick<Deps, 'store'>, studyId: string): StoredStudy {
  const study = store.studies.get(studyId)
  if (study) return study
  throw new RealignError('not-found', 'There is no such study', {
    hint: 'List the studies of this workspace first.',
  })
}

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

export function getStudy(deps: Deps, studyId: string): Output<'studies.get'> {
  const { protocol, plan } = studyOf(deps, studyId)
  const events = deps.store.studies.eventsOf(studyId)
  const current = foldEvents(events)
  const log = deps.store.studies.logOf(studyId)
  const withdrawn = withdrawnRaters(log)
  const raters = protocol.raters.map((name, rater) => {
    const trials = trialsOf(plan, rater)
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

/** 256 random bits; only their hash is kept. */
export function invite(deps: Deps, { studyId, rater }: Parsed<'studies.invite'>) {
  const study = studyOf(deps, studyId)
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

/** The first look at the names is logged, once: the report prints when it was. */
export function unblind(deps: Deps, studyId: string): void {
  const log = deps.store.studies.logOf(studyId)
  if (!log.some(({ kind }) => kind === 'unblind')) logEntry(deps, { studyId, kind: 'unblind' })
}

export function reportStudy(
  deps: Deps,
  { studyId, resamples }: Parsed<'studies.report'>,
): Output<'studies.report'> {
  const study = studyOf(deps, studyId)
  unblind(deps, studyId)
  const report = studyReport({
    study,
    events: deps.store.studies.eventsOf(studyId),
    log: deps.store.studies.logOf(studyId),
    resamples,
    appVersion: deps.appVersion,
    sha256: deps.sha256,
  })
  return { report }
}

/** One rater's items for a task file. The alt-text is in the file when the study ever shows it. */
export function taskOf(
  deps: Deps,
  { studyId, rater }: Parsed<'studies.task'>,
): Output<'studies.task'> {
  const study = studyOf(deps, studyId)
  const { protocol, plan } = study
  const items = new Map(plan.items.map((item) => [item.id, item]))
  const shown = trialsOf(plan, raterOf(study, rater)).flatMap((assignment) => {
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
        altText: protocol.reveal === 'never' ? null : item.altText,
        cards: cardsOf(item, assignment),
      })),
    },
    images: shown.map(({ assignment, item }) => ({
      trialId: assignment.id,
      imageId: item.imageId,
    })),
  }
}
