/** The main job: every image under every alt-text; each caption is on disk before anyone hears of it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { isCancelled, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { timestamp, type Deps } from '../deps.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import type { RunStatus } from '../store-port.ts'
import { captionImage } from './caption-image.ts'
import { planComparison } from './plan-comparison.ts'

type Request = Parsed<'comparisons.run'>
type Event = TaskEvent<'comparisons.run'>

/** These say that no other image would fare better, so the whole run ends with them. */
const ENDS_THE_RUN = new Set(['model-missing', 'model-mismatch', 'model-unsafe', 'store-full'])
/** After so many images in a row that killed the engine, it is not the image. */
const CRASHES_IN_A_ROW = 3

/** The scorer of a run; without one, captions go unscored rather than not at all. */
function scorerFor(bundles: readonly BundleSummary[], wanted: boolean): BundleSummary | null {
  if (!wanted || !bundles.some((one) => one.roles.includes('scorer'))) return null
  return chooseBundle(bundles, 'scorer', undefined)
}

/**
 * Finished captions stay whatever happens: an image that fails is reported and the next one is tried;
 * a cancelled run keeps what it has and is marked so.
 */
export async function* runComparison(
  deps: Deps,
  request: Request,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'comparisons.run'>> {
  const { store, clock } = deps
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', request.captionerId)
  const scorer = scorerFor(bundles, request.score)
  const imageIds = [...new Set(request.imageIds)]
  const runId = store.runs.start({
    request,
    appVersion: deps.appVersion,
    startedAt: timestamp(deps),
  })
  const tally = { cells: 0, reused: 0, failed: 0 }
  const total = imageIds.length
  const startedMs = clock.elapsedMs()
  let status: RunStatus = 'cancelled' // leaving early, by whatever door, is a cancel
  let crashes = 0
  try {
    for (const [index, imageId] of imageIds.entries()) {
      throwIfAborted(signal)
      const msPerImage = index === 0 ? null : (clock.elapsedMs() - startedMs) / index
      const secondsLeft = msPerImage === null ? null : (msPerImage * (total - index)) / 1000
      yield { kind: 'image', imageId, index, total, fraction: index / total, secondsLeft }
      const plan = planComparison(imageId, request, captioner)
      const again = request.again
      try {
        const job = { runId, imageId, plan, captioner, scorer, again, tally }
        yield* captionImage(deps, job, signal)
        crashes = 0
      } catch (error) {
        if (signal.aborted || isCancelled(error)) throw error
        const { code, message, hint = null } = toWire(error)
        crashes = code === 'engine-crashed' ? crashes + 1 : 0
        if (ENDS_THE_RUN.has(code) || crashes === CRASHES_IN_A_ROW) throw error
        store.runs.addFailure({ runId, imageId, code, message })
        yield { kind: 'failed', imageId, stage: 'caption', code, message, hint }
        tally.failed++
      }
    }
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
