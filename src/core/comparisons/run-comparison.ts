/** The main job: every image under every alt-text; each caption is on disk before anyone hears of it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { isCancelled } from '../../shared/errors.ts'
import { timestamp, type Deps } from '../deps.ts'
import { chooseBundle, scorerFor } from '../models/choose-bundle.ts'
import type { RunStatus } from '../store-port.ts'
import { runRows, type RowsJob, type Tally } from './run-rows.ts'

type Request = Parsed<'comparisons.run'>
type Event = TaskEvent<'comparisons.run'>

/**
 * Finished captions stay whatever happens: an image that fails is reported and the next one is tried;
 * a cancelled run keeps what it has and is marked so.
 */
export async function* runComparison(
  deps: Deps,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'comparisons.run'>> {
  const { conditions } = request
  const rows = [...new Set(request.imageIds)].map((imageId) => ({ imageId, conditions }))
  return yield* runAsked(deps, { ...request, rows, request }, signal)
}

export interface AskedRows extends Pick<
  Request,
  'captionerId' | 'settings' | 'seed' | 'samples' | 'again' | 'score'
> {
  readonly rows: RowsJob['rows']
  /** Kept with the run. */
  readonly request: unknown
}

/** A run of images that may each have alt-texts of their own. */
export async function* runAsked(
  deps: Deps,
  asked: AskedRows,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'comparisons.run'>> {
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', asked.captionerId)
  const scorer = scorerFor(bundles, asked.score)
  const { request, rows, settings, seed, samples, again } = asked
  return yield* asRun(
    deps,
    {
      request,
      work: (runId) =>
        runRows(deps, { runId, rows, captioner, scorer, settings, seed, samples, again }, signal),
    },
    signal,
  )
}

interface RunWork {
  /** Kept with the run. */
  readonly request: unknown
  readonly work: (runId: string) => AsyncGenerator<Event, Tally>
}

/** Work as a run of the store: begun before it, and ended with what became of it. */
export async function* asRun(
  deps: Deps,
  { request, work }: RunWork,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'comparisons.run'>> {
  const { appVersion } = deps
  const runId = deps.store.runs.start({ request, appVersion, startedAt: timestamp(deps) })
  let status: RunStatus = 'cancelled' // leaving early, by whatever door, is a cancel
  try {
    const tally = yield* work(runId)
    status = tally.failed === 0 ? 'done' : 'some-failed'
    return { runId, status, ...tally }
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
