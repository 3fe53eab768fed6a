/** The loop of every run: its images, each under its own alt-texts, with one rule for what fails. */
import type { Condition } from '../../shared/contract/comparisons.ts'
import type { TaskEvent } from '../../shared/contract.ts'
import { isCancelled, throwIfAborted, toWire } from '../../shared/errors.ts'
import type { BundleSummary, GenerationSettings } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import { addToRun, type CellsJob } from './caption-image.ts'
import { planComparison } from './plan-comparison.ts'
import { sideBySide } from './side-by-side.ts'

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

/**
 * Captions several images at the same time where the engine gains by it; they are heard one after another, in order. An
 * image that fails is reported and the others go on; a cancel leaves what is finished.
 */
export async function* runRows(
  deps: Deps,
  job: RowsJob,
  signal: AbortSignal,
): AsyncGenerator<Event, Tally> {
  const { clock, store } = deps
  const { runId, rows } = job
  const tally: Tally = { cells: 0, reused: 0, failed: 0 }
  const startedMs = clock.elapsedMs()
  const total = rows.length
  const imageEvent = (index: number, imageId: string): Event => {
    const msPerImage = index === 0 ? null : (clock.elapsedMs() - startedMs) / index
    const secondsLeft = msPerImage === null ? null : (msPerImage * (total - index)) / 1000
    return { kind: 'image', imageId, index, total, fraction: index / total, secondsLeft }
  }
  const images = sideBySide(
    deps,
    { count: total, jobOf: (index) => jobOf(job, index, tally), rows: await rowsFor(deps, job) },
    signal,
  )
  let crashes = 0
  try {
    for (;;) {
      throwIfAborted(signal)
      images.fill()
      const image = images.first()
      if (!image) return tally
      const { imageId } = image.job
      if (!image.heard) {
        image.heard = true
        yield imageEvent(image.index, imageId)
      }
      const event = image.said.shift()
      if (event) {
        addToRun(deps, image.job, event)
        yield event
      } else if (image.state === 'working' || images.triedAlone(image)) await images.change()
      else {
        images.drop()
        if (image.state === 'done') crashes = 0
        else {
          const { error } = image
          if (signal.aborted || isCancelled(error)) throw error
          const { code, message, hint = null } = toWire(error)
          crashes = GONE.has(code) ? crashes + 1 : 0
          if (ENDS_THE_RUN.has(code) || crashes === CRASHES_IN_A_ROW) throw error
          store.runs.addFailure({ runId, imageId, code, message })
          yield { kind: 'failed', imageId, stage: 'caption', code, message, hint }
          tally.failed++
        }
      }
    }
  } finally {
    for (const { job, said } of await images.stop()) addFinished(deps, job, said)
  }
}

/** One image has nothing to be captioned beside. An engine that cannot answer says why when it is asked for captions. */
async function rowsFor({ engine }: Deps, { rows, captioner }: RowsJob): Promise<number> {
  if (rows.length < 2) return 1
  return (await engine.rowsTogether?.(captioner.id).catch(() => 1)) ?? 1
}

function jobOf(
  { runId, rows, captioner, scorer, settings, seed, samples, again = false }: RowsJob,
  index: number,
  tally: Tally,
): CellsJob {
  const { imageId, conditions } = rows[index]!
  const plan = planComparison(imageId, { conditions, seed, samples, settings }, captioner)
  return { runId, imageId, plan, captioner, scorer, again, tally, placed: [] }
}

/** What a run that ends early has not told of is on disk: it stays one of its cells. */
function addFinished(deps: Deps, job: CellsJob, said: readonly Event[]): void {
  try {
    for (const event of said) addToRun(deps, job, event)
  } catch {
    // A full disk must not hide why the run ended.
  }
}
