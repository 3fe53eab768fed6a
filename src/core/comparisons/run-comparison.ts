/** The main job: every image under every alt-text; each caption is on disk before anyone hears of it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { isCancelled } from '../../shared/errors.ts'
import { timestamp, type Deps } from '../deps.ts'
import { chooseBundle, scorerFor } from '../models/choose-bundle.ts'
import type { RunStatus } from '../store-port.ts'
import { runRows } from './run-rows.ts'

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
  const { store } = deps
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', request.captionerId)
  const scorer = scorerFor(bundles, request.score)
  const imageIds = [...new Set(request.imageIds)]
  const runId = store.runs.start({
    request,
    appVersion: deps.appVersion,
    startedAt: timestamp(deps),
  })
  let status: RunStatus = 'cancelled' // leaving early, by whatever door, is a cancel
  try {
    const { conditions, settings, seed, samples, again } = request
    const rows = imageIds.map((imageId) => ({ imageId, conditions }))
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
function endRun(deps: Deps, runId: string, status: RunStatus): void {
  try {
    deps.store.runs.end(runId, status, timestamp(deps))
  } catch (error) {
    if (status === 'done' || status === 'some-failed') throw error
  }
}
