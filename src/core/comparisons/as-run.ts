/** The frame of everything that writes cells: a run of the store, begun before the work and ended with what became of it. */
import { isCancelled } from '../../shared/errors.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { RunStatus } from '../store-port.ts'

interface RunWork<E, R> {
  /** Kept with the run. */
  readonly request: unknown
  readonly work: (runId: string) => AsyncGenerator<E, R>
}

interface Ended {
  readonly runId: string
  readonly status: 'done' | 'some-failed'
}

/** Answers with what the work answers; where it counts `failed` images, a run with some says so. */
export async function* asRun<E, R extends object>(
  deps: Deps,
  { request, work }: RunWork<E, R>,
  signal: AbortSignal,
): AsyncGenerator<E, R & Ended> {
  const { appVersion } = deps
  const runId = deps.store.runs.start({ request, appVersion, startedAt: timestamp(deps) })
  let status: RunStatus = 'cancelled' // leaving early, by whatever door, is a cancel
  try {
    const result = yield* work(runId)
    const became = 'failed' in result && result.failed !== 0 ? 'some-failed' : 'done'
    status = became
    return { ...result, runId, status: became }
  } catch (error) {
    if (!signal.aborted && !isCancelled(error)) status = 'failed'
    throw error
  } finally {
    endRun(deps, runId, status)
  }
}

/** A full disk must not hide why the run ended; an unended run reads as interrupted on the next start. */
function endRun(deps: Deps, runId: string, status: RunStatus): void {
  try {
    deps.store.runs.end(runId, status, timestamp(deps))
  } catch (error) {
    if (status === 'done' || status === 'some-failed') throw error
  }
}
