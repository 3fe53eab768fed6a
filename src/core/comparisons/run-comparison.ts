/** The main job: every image under every alt-text; each caption is on disk before anyone hears of it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import { scorerFor } from '../models/scorer-in-use.ts'
import { asRun } from './as-run.ts'
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
  const bundles = await deps.engine.bundles()
  const captioner = chooseBundle(bundles, 'captioner', asked.captionerId)
  const scorer = scorerFor(deps, bundles, asked.score)
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
