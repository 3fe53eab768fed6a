/** The seconds-long part of studies, pure and in steps, so that a host can do it beside its other work. */
import type { Table } from '../../shared/contract/studies.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import type { StudyReport } from '../../shared/study-report.ts'
import type { JudgementEvent } from '../../shared/study-types.ts'
import type { Deps } from '../deps.ts'
import { studyFiles, type StudyFiles } from './export/study-files.ts'
import { reportSteps } from './report/study-report.ts'
import { studyOf } from './study-of.ts'
import type { LogLine, StoredStudy } from './study-store.ts'

/** Plain data: it crosses to another thread. */
export interface StudyJob {
  readonly what: 'report' | 'full' | 'anonymous'
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
  readonly report: StudyReport
  /** Null for a report. */
  readonly files: StudyFiles | null
}

/** The same job gives the same bytes. Yields how far it is, 0 to 1. */
export function* studyJob(
  { what, ...job }: StudyJob,
  tools: StudyJobTools,
): Generator<number, StudyJobResult> {
  if (what !== 'report') return yield* studyFiles({ ...job, level: what }, tools)
  return { report: yield* reportSteps({ ...job, sha256: tools.sha256 }), files: null }
}

export interface Watching {
  readonly signal: AbortSignal
  readonly progress: (fraction: number) => void
}

/** Where jobs run: another thread where the host has one. Fails with 'cancelled' when the signal aborts. */
export interface StudyWorker {
  run(job: StudyJob, watching: Watching): Promise<StudyJobResult>
}

const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

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

/** Runs a job of a study that is there. Its progress goes to `progress`. */
export async function runStudyJob(
  deps: Deps,
  request: {
    readonly studyId: string
    readonly what: StudyJob['what']
    readonly resamples: number
    readonly raterModels: boolean
  },
  watching: Watching,
): Promise<StudyJobResult> {
  const { studyId, ...rest } = request
  const study = studyOf(deps, studyId)
  const events = await readEvents(deps, studyId, watching.signal)
  const log = deps.store.studies.logOf(studyId).map(({ kind, rater, at, note }) => ({
    kind,
    rater,
    at,
    note,
  }))
  return deps.studyWorker.run(
    { ...rest, study, events, log, appVersion: deps.appVersion },
    watching,
  )
}
