/** The loop of every run: image after image, each under its own alt-texts, with one rule for what fails. */
import type { Condition } from '../../shared/contract/comparisons.ts'
import type { TaskEvent } from '../../shared/contract.ts'
import { isCancelled, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { BundleSummary, GenerationSettings } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { captionImage } from './caption-image.ts'
import { planComparison } from './plan-comparison.ts'

type Event = TaskEvent<'comparisons.run'>

/** These say that no other image would fare better, so the whole run ends with them. */
const ENDS_THE_RUN = new Set([
  ...['model-missing', 'model-mismatch', 'model-unsafe', 'store-full'],
  'forbidden', // an endpoint that may not be asked, or that refuses the key
])
/** Whoever was to caption is gone, and may be back for the next image. */
const GONE = new Set(['engine-crashed', 'endpoint-failed'])
/** After so many images in a row that killed the engine or that an endpoint did not answer, it is not the image. */
const CRASHES_IN_A_ROW = 3

export interface RowsJob {
  readonly runId: string
  readonly rows: readonly {
    readonly imageId: string
    readonly conditions: readonly Condition[]
  }[]
  readonly captioner: BundleSummary
  /** Null: captions stay unscored. */
  readonly scorer: BundleSummary | null
  readonly settings: GenerationSettings
  readonly seed: number
  readonly samples: number
  /** Compute again although the same cell is finished. */
  readonly again?: boolean
}

export interface Tally {
  cells: number
  reused: number
  failed: number
}

/** An image that fails is reported and the next is tried; a cancel leaves what is finished. */
export async function* runRows(
  deps: Deps,
  { runId, rows, captioner, scorer, settings, seed, samples, again = false }: RowsJob,
  signal: AbortSignal,
): AsyncGenerator<Event, Tally> {
  const { clock, store } = deps
  const tally: Tally = { cells: 0, reused: 0, failed: 0 }
  const startedMs = clock.elapsedMs()
  const total = rows.length
  let crashes = 0
  for (const [index, { imageId, conditions }] of rows.entries()) {
    throwIfAborted(signal)
    const msPerImage = index === 0 ? null : (clock.elapsedMs() - startedMs) / index
    const secondsLeft = msPerImage === null ? null : (msPerImage * (total - index)) / 1000
    yield { kind: 'image', imageId, index, total, fraction: index / total, secondsLeft }
    const plan = planComparison(imageId, { conditions, seed, samples, settings }, captioner)
    try {
      const job = { runId, imageId, plan, captioner, scorer, again, tally }
      yield* captionImage(deps, job, signal)
      crashes = 0
    } catch (error) {
      if (signal.aborted || isCancelled(error)) throw error
      const { code, message, hint = null } = toWire(error)
      crashes = GONE.has(code) ? crashes + 1 : 0
      if (ENDS_THE_RUN.has(code) || crashes === CRASHES_IN_A_ROW) throw error
      store.runs.addFailure({ runId, imageId, code, message })
      yield { kind: 'failed', imageId, stage: 'caption', code, message, hint }
      tally.failed++
    }
  }
  return tally
}
