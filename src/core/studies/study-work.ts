/** The seconds-long part of studies, pure and in steps, so that a host can do it beside its other work. */
import type { Table } from '../../shared/contract/studies.ts'
import { pause } from '../../shared/breather.ts'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import type { StudyReport } from '../../shared/study-report.ts'
import type { Criterion, JudgementEvent } from '../../shared/study-types.ts'
import type { Deps } from '../deps.ts'
import { studyFiles, type StudyFiles } from './export/study-files.ts'
import { cardWins, type CardWins } from './report/card-wins.ts'
import { reportSteps } from './report/study-report.ts'
import { studyOf } from './study-of.ts'
import type { LogLine, StoredStudy } from './study-store.ts'

/** Plain data: it crosses to another thread. */
export interface StudyJob {
  /** 'wins': what raters said of each caption, and no report. */
  readonly what: 'report' | 'full' | 'anonymous' | 'wins'
  readonly study: StoredStudy
  readonly events: readonly JudgementEvent[]
  readonly log: readonly LogLine[]
  readonly resamples: number
  /** Dawid-Skene and one precision a rater, which are off by default. */
  readonly raterModels: boolean
  readonly appVersion: string
}

export interface StudyJobTools {
  readonly sha256: (bytes: Uint8Array) => string
  /** A SQLite file with one table each. */
  readonly sqlite: (tables: readonly Table[]) => Uint8Array
}

export interface StudyJobResult {
  /** Null for wins alone. */
  readonly report: StudyReport | null
  /** Null for a report. */
  readonly files: StudyFiles | null
  /** Of 'wins' alone. */
  readonly wins: readonly CardWins[]
}

/** The same job gives the same bytes. Yields how far it is, 0 to 1. */
export function* studyJob(
  { what, ...job }: StudyJob,
  tools: StudyJobTools,
): Generator<number, StudyJobResult> {
  const nothing = { report: null, files: null, wins: [] }
  switch (what) {
    case 'wins':
      return { ...nothing, wins: cardWins(job) }
    case 'report':
      return { ...nothing, report: yield* reportSteps({ ...job, sha256: tools.sha256 }) }
    default:
      return { ...nothing, ...(yield* studyFiles({ ...job, level: what }, tools)) }
  }
}

export interface Watching {
  readonly signal: AbortSignal
  readonly progress: (fraction: number) => void
}

/** Where jobs run: another thread where the host has one. Fails with 'cancelled' when the signal aborts. */
export interface StudyWorker {
  run(job: StudyJob, watching: Watching): Promise<StudyJobResult>
}

/** Judgements of a study, read in pieces so that whoever else is served does not wait. */
export async function readEvents(
  { store }: Pick<Deps, 'store'>,
  studyId: string,
  signal: AbortSignal,
): Promise<readonly JudgementEvent[]> {
  const all: JudgementEvent[] = []
  let after: number | null = 0
  while (after !== null) {
    const page: ReturnType<typeof store.studies.eventsAfter> = store.studies.eventsAfter(
      studyId,
      after,
      100,
    )
    all.push(...page.events)
    after = page.next
    if (after !== null) await pause()
    throwIfAborted(signal)
  }
  return all
}

/** What a job is done with, gathered from the workspace file. */
async function jobOf(
  deps: Deps,
  { studyId, ...rest }: StudyRequest,
  signal: AbortSignal,
): Promise<StudyJob> {
  const study = studyOf(deps, studyId)
  const events = await readEvents(deps, studyId, signal)
  const log = deps.store.studies.logOf(studyId).map(({ kind, rater, at, note }) => ({
    kind,
    rater,
    at,
    note,
  }))
  return { ...rest, study, events, log, appVersion: deps.appVersion }
}

interface StudyRequest extends Pick<StudyJob, 'what' | 'resamples' | 'raterModels'> {
  readonly studyId: string
}

/** Runs a job of a study that is there. Its progress goes to `progress`. */
export async function runStudyJob(
  deps: Deps,
  request: StudyRequest,
  watching: Watching,
): Promise<{ readonly report: StudyReport; readonly files: StudyFiles | null }> {
  const job = await jobOf(deps, request, watching.signal)
  const { report, files } = await deps.studyWorker.run(job, watching)
  if (!report) throw new RealignError('bug', 'A report was asked for and none was made')
  return { report, files }
}

/** What raters said of each caption. Tells whatever it finds: ask only for studies whose results may be seen. */
export async function studyWins(
  deps: Deps,
  studyId: string,
  signal: AbortSignal,
): Promise<{ readonly criteria: readonly Criterion[]; readonly wins: readonly CardWins[] }> {
  const request = { studyId, what: 'wins', resamples: 0, raterModels: false } as const
  const job = await jobOf(deps, request, signal)
  const { wins } = await deps.studyWorker.run(job, { signal, progress: () => {} })
  return { criteria: job.study.protocol.criteria, wins }
}
