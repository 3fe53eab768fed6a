/** The main job: every image under every alt-text; each caption is on disk before anyone hears of it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { isCancelled } from '../../shared/errors.ts'
import { timestamp, type Deps } from '../deps.ts'
import { chooseBundle, scorerFor } from '../models/choose-bundle.ts'
import type { RunStatus } from '../store-port.ts'
import { runRows, type RowsJob } from './run-rows.ts'

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
  const { store } = deps
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', asked.captionerId)
  const scorer = scorerFor(bundles, asked.score)
  const runId = store.runs.start({
    request: asked.request,
    appVersion: deps.appVersion,
    startedAt: timestamp(deps),
  })
  let status: RunStatus = 'cancelled' // leaving early, by whatever door, is a cancel
  try {
    const { rows, settings, seed, samples, again } = asked
    const job = { runId, rows, captioner, scorer, settings, seed, samples, again }
    const tally = yield* runRows(deps, job, signal)
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
export function endRun(deps: Deps, runId: string, status: RunStatus): void {
  try {
    deps.store.runs.end(runId, status, timestamp(deps))
  } catch (error) {
    if (status === 'done' || status === 'some-failed') throw error
  }
}
