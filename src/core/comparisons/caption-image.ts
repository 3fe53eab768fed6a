/** One image of a run: what is finished is reused, the rest is captioned together, then scored. */
import type { TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { relay } from '../../shared/relay.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { CaptionEvent } from '../ports.ts'
import { originalBytes } from './original-bytes.ts'
import type { PlannedCell } from './plan-comparison.ts'
import { scoreCells, type PlacedCell } from './score-cells.ts'
import { toNewCaption } from './to-new-caption.ts'

type Event = TaskEvent<'comparisons.run'>

export interface ImageJob {
  readonly runId: string
  readonly imageId: string
  readonly plan: readonly PlannedCell[]
  readonly captioner: BundleSummary
  /** Null: captions stay unscored. */
  readonly scorer: BundleSummary | null
  readonly again: boolean
  /** Counted up as cells are saved, so that nothing is lost from the count when the image fails halfway. */
  readonly tally: { cells: number; reused: number; failed: number }
}

/** Fails with the engine's or the file's error; captions saved before stay saved. */
export async function* captionImage(
  deps: Deps,
  job: ImageJob,
  signal: AbortSignal,
): AsyncGenerator<Event, void> {
  for await (const event of captionCells(deps, { ...job, placed: [] }, signal)) {
    addToRun(deps, job, event)
    yield event
  }
}

/** A saved cell becomes one of its run: the run lists its cells in the order of these calls. */
export function addToRun(
  { store }: Deps,
  { runId, tally }: Pick<ImageJob, 'runId' | 'tally'>,
  event: Event,
): void {
  if (event.kind !== 'saved') return
  const { cell, condition, sample, reused } = event
  store.runs.addUse({ runId, cellId: cell.id, altKind: cell.altKind, condition, sample, reused })
  tally.cells++
  if (reused) tally.reused++
}

/** `placed`: cells that are told of, to which these are added; what failed goes on behind them. */
export type CellsJob = ImageJob & { readonly placed: PlacedCell[] }

/** As `captionImage`, for whoever adds the cells to the run. */
export async function* captionCells(
  deps: Deps,
  job: CellsJob,
  signal: AbortSignal,
): AsyncGenerator<Event, void> {
  if (!deps.store.images.card(job.imageId))
    throw new RealignError('not-found', 'This image is not in the workspace')
  const { placed } = job
  const told = new Set(placed.map(({ planned }) => planned))
  const fresh: PlannedCell[] = []
  for (const planned of job.plan) {
    if (told.has(planned)) continue
    const cell = job.again ? undefined : deps.store.captions.find(planned.identity)
    if (!cell) fresh.push(planned)
    else {
      placed.push({ cell, planned })
      yield* announce({ cell, planned, isNew: false })
    }
  }
  const unscored = () =>
    placed.filter(({ cell }) => job.scorer && cell.score?.scorerSha256 !== job.scorer.bundleSha256)
  if (fresh.length === 0 && unscored().length === 0) return
  const leave = yield* relay(deps.queue.enter(signal), (position) => ({
    kind: 'queued' as const,
    position,
  }))
  try {
    if (fresh.length > 0)
      for await (const saved of captionFresh(deps, { job, fresh }, signal)) {
        if ('kind' in saved) yield saved
        else {
          placed.push(saved)
          yield* announce({ ...saved, isNew: true })
        }
      }
    if (unscored().length > 0) yield* scoreCells(deps, { ...job, cells: unscored() }, signal)
  } finally {
    leave()
  }
}

/** One `saved` event for every place that shows the cell; only the first of a new cell is not a reuse. */
function* announce({
  cell,
  planned,
  isNew,
}: PlacedCell & { readonly isNew: boolean }): Generator<Event> {
  for (const [index, { condition, sample, altKind }] of planned.places.entries()) {
    const reused = !isNew || index > 0
    yield { kind: 'saved', cell: { ...cell, altKind }, condition, sample, reused }
  }
}

/** Relays the engine's events and yields each finished caption once it is on disk. */
async function* captionFresh(
  deps: Deps,
  { job, fresh }: { job: ImageJob; fresh: readonly PlannedCell[] },
  signal: AbortSignal,
): AsyncGenerator<Event | PlacedCell, void> {
  const { imageId, runId } = job
  const waiting = new Map(fresh.map((planned) => [planned.key, planned]))
  const first = fresh[0]!.identity // not empty, and settings are the same in all
  const work = deps.engine.caption(
    {
      captionerId: first.captionerId,
      imageId,
      bytes: () => originalBytes(deps, imageId, signal),
      requests: fresh.map(({ key, identity: { altText, seed, prefix } }) => ({
        ...{ key, altText, seed },
        ...(prefix && { prefix }),
      })),
      settings: first.settings,
    },
    signal,
  )
  for await (const event of work) {
    if (event.kind === 'caption') {
      const planned = waiting.get(event.caption.key)
      if (!planned)
        throw new RealignError('engine-crashed', 'The engine answered what nobody asked')
      const caption = toNewCaption(event, { planned, runId, appVersion: deps.appVersion })
      const cell = deps.store.captions.add({ ...caption, createdAt: timestamp(deps) })
      waiting.delete(planned.key)
      yield { cell, planned }
    } else yield* toEvents(event, imageId, waiting)
  }
  if (waiting.size > 0)
    throw new RealignError('engine-crashed', `${waiting.size} captions did not come`, {
      hint: 'Run the comparison again; finished captions are reused.',
    })
}

function* toEvents(
  event: Exclude<CaptionEvent, { kind: 'caption' }>,
  imageId: string,
  waiting: ReadonlyMap<string, PlannedCell>,
): Generator<Event> {
  if (event.kind === 'loading') yield event
  else if (event.kind === 'encoding') yield { kind: 'encoding', imageId }
  else
    for (const { condition, sample } of waiting.get(event.key)?.places ?? [])
      yield { kind: 'token', imageId, condition, sample, text: event.text, tokens: event.tokens }
}
