/** Captions rows of different alt-texts in one run, with the policies of a comparison. */
import type { TaskEvent } from '../../shared/contract.ts'
import { isCancelled, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { BundleSummary, GenerationSettings } from '../../shared/types.ts'
import { captionImage } from '../comparisons/caption-image.ts'
import { planComparison } from '../comparisons/plan-comparison.ts'
import type { Deps } from '../deps.ts'
import type { ProbeRow } from './plan-probes.ts'

type Event = TaskEvent<'comparisons.run'>

/** These say that no other image would fare better, so the whole run ends with them. */
const ENDS_THE_RUN = new Set(['model-missing', 'model-mismatch', 'model-unsafe', 'store-full'])
const CRASHES_IN_A_ROW = 3

export interface RowsJob {
  readonly runId: string
  readonly rows: readonly ProbeRow[]
  readonly captioner: BundleSummary
  readonly scorer: BundleSummary | null
  readonly settings: GenerationSettings
  readonly seed: number
  readonly samples: number
}

export interface Tally {
  cells: number
  reused: number
  failed: number
}

/** An image that fails is reported and the next is tried; a cancel leaves what is finished. */
export async function* runRows(
  deps: Deps,
  { runId, rows, captioner, scorer, settings, seed, samples }: RowsJob,
  signal: AbortSignal,
): AsyncGenerator<Event, Tally> {
  const { clock, store } = deps
  const tally: Tally = { cells: 0, reused: 0, failed: 0 }
  const started = clock.elapsedMs()
  const total = rows.length
  let crashes = 0
  for (const [index, { imageId, conditions }] of rows.entries()) {
    throwIfAborted(signal)
    const msPerImage = index === 0 ? null : (clock.elapsedMs() - started) / index
    const secondsLeft = msPerImage === null ? null : (msPerImage * (total - index)) / 1000
    yield { kind: 'image', imageId, index, total, fraction: index / total, secondsLeft }
    const request = { conditions: [...conditions], seed, samples, settings }
    const plan = planComparison(imageId, request, captioner)
    try {
      const job = { runId, imageId, plan, captioner, scorer, again: false, tally }
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
  return tally
}
