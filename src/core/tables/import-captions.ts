/** The captions of a table become cells, image by image, and then get their scores like any caption. */
import type { TableCaptions } from '../../shared/contract/tables.ts'
import type { TaskEvent } from '../../shared/contract.ts'
import { writerOf } from '../../shared/elsewhere.ts'
import { isCancelled, RealignError, toWire } from '../../shared/errors.ts'
import type { BundleSummary, Cell, Score } from '../../shared/types.ts'
import { asRun } from '../comparisons/as-run.ts'
import { scoresOf } from '../comparisons/score-cells.ts'
import { timestamp, type Deps } from '../deps.ts'
import { withEngine } from '../job-queue.ts'
import { scorerFor } from '../models/scorer-in-use.ts'
import { isWritten, keepSome, knownOf, sameCaption, type TableFile } from './keep-captions.ts'
import type { TablePlan } from './plan-table.ts'
import type { Step } from './steps.ts'

type Event = TaskEvent<'tables.apply'>

export interface CaptionsJob {
  readonly file: TableFile
  readonly rows: number
  readonly plan: Pick<TablePlan, 'captions' | 'there'>
  readonly breathe: () => Promise<void>
  readonly step: Step
}

const MOST_WRITERS = 20

/** Names of captioners, the first few, each once. */
export const writersOf = (captions: TablePlan['captions']): string[] =>
  [
    ...new Set(
      captions.flatMap(({ captionerId }) => (captionerId === null ? [] : writerOf(captionerId))),
    ),
  ].slice(0, MOST_WRITERS)

/** None where no bundle can score: captions go without, rather than not at all. */
export async function usableScorer(deps: Deps): Promise<BundleSummary | null> {
  try {
    return scorerFor(deps, await deps.engine.bundles(), true)
  } catch (error) {
    if (error instanceof RealignError) return null
    throw error
  }
}

interface Kept {
  readonly cells: readonly Cell[]
  readonly added: number
}

/** Rows in one transaction: a few milliseconds, and what is there when somebody cancels. */
const WRITTEN_AT_ONCE = 50

function* inBatches<T>(lists: Iterable<readonly T[]>): Generator<readonly (readonly T[])[]> {
  let batch: (readonly T[])[] = []
  let size = 0
  for (const list of lists) {
    batch.push(list)
    size += list.length
    if (size < WRITTEN_AT_ONCE) continue
    yield batch
    batch = []
    size = 0
  }
  if (batch.length > 0) yield batch
}

async function* keepAll(
  deps: Deps,
  { file, plan, breathe, step }: CaptionsJob,
  runId: string,
): AsyncGenerator<Event, Kept> {
  const images = Map.groupBy(plan.captions.filter(isWritten), ({ imageId }) => imageId)
  const cells: Cell[] = []
  let added = 0
  for (const some of inBatches(images.values())) {
    await breathe()
    const kept = keepSome(deps, { runId, file, images: some })
    for (const cell of kept.cells) cells.push(cell)
    added += kept.added
    yield step('captions', cells.length)
  }
  return { cells, added }
}

/** The cells of captions that are all here; null where one is missing. */
async function allThere(
  deps: Deps,
  { plan, breathe }: CaptionsJob,
): Promise<readonly Cell[] | null> {
  const cells: Cell[] = []
  const images = Map.groupBy(plan.captions.filter(isWritten), ({ imageId }) => imageId)
  for (const [imageId, captions] of images) {
    await breathe()
    const known = knownOf(deps, imageId)
    for (const caption of captions) {
      const cell = sameCaption(caption, known)
      if (!cell) return null
      cells.push(cell)
    }
  }
  return cells
}

/** Captions in one call of the scorer. */
const SCORED_AT_ONCE = 64
/** After so many failures in a row it is not the image. */
const FAILURES_IN_A_ROW = 3

interface ScoringJob {
  readonly cells: readonly Cell[]
  readonly breathe: () => Promise<void>
  readonly scorer: BundleSummary
  /** Whose encoder a caption was made through; left out, nobody's whom we know. */
  readonly seeing?: (cell: Cell) => BundleSummary | null
  /** Where failures are kept; null where nothing was added. */
  readonly runId: string | null
  readonly step: Step
}

interface Scored {
  readonly scored: number
  readonly problem: string | null
  /** Too many failures in a row: the rest was not tried. */
  readonly gaveUp: boolean
}

/** Captions of one image by one captioner. */
function* inPieces(cells: readonly Cell[]): Generator<readonly [Cell, ...Cell[]]> {
  const alike = Map.groupBy(cells, ({ imageId, captionerId }) => `${imageId} ${captionerId}`)
  for (const some of alike.values())
    for (let at = 0; at < some.length; at += SCORED_AT_ONCE) {
      const [first, ...others] = some.slice(at, at + SCORED_AT_ONCE)
      if (first) yield [first, ...others]
    }
}

/** Scores on their way to the disk, some at once. */
function createScores(deps: Deps) {
  const waiting: (readonly [cellId: string, score: Score])[] = []
  return {
    put(scores: ReadonlyMap<string, Score>): void {
      waiting.push(...scores)
      if (waiting.length >= WRITTEN_AT_ONCE) this.write()
    },
    write(): void {
      const some = waiting.splice(0)
      if (some.length === 0) return
      const at = timestamp(deps)
      deps.store.together(() => {
        for (const [cellId, score] of some) deps.store.captions.addScore(cellId, score, at)
      })
    },
  }
}

/** A picture that cannot be scored costs its own scores. What was scored before a cancel stays. */
export async function* scoreAll(
  deps: Deps,
  { cells, scorer, seeing, runId, breathe, step }: ScoringJob,
  signal: AbortSignal,
): AsyncGenerator<Event, Scored> {
  const kept = createScores(deps)
  let [done, scored, failures] = [0, 0, 0]
  let problem: string | null = null
  try {
    for (const some of inPieces(cells)) {
      await breathe()
      const [first] = some
      const { imageId } = first
      try {
        const job = { imageId, captioner: seeing?.(first) ?? null, scorer, cells: some }
        const scores = await withEngine(deps.queue, signal, () => scoresOf(deps, job, signal))
        kept.put(scores)
        scored += scores.size
        failures = 0
      } catch (error) {
        if (signal.aborted || isCancelled(error)) throw error
        const { code, message } = toWire(error)
        if (code.startsWith('store-')) throw error
        if (runId !== null)
          deps.store.runs.addFailure({ runId, imageId, code, message: `Score: ${message}` })
        problem ??= message
        if (code !== 'image-unreadable') failures++
        if (failures === FAILURES_IN_A_ROW) break
      }
      done += some.length
      yield step('scores', done)
    }
  } finally {
    kept.write()
  }
  return { scored, problem, gaveUp: failures === FAILURES_IN_A_ROW }
}

/** True for a caption that the scorer at hand has not scored. */
const unscoredBy =
  (scorer: BundleSummary) =>
  ({ score }: Cell): boolean =>
    score?.scorerSha256 !== scorer.bundleSha256

async function* scoreMissing(
  deps: Deps,
  { cells, ...how }: Omit<ScoringJob, 'scorer'>,
  signal: AbortSignal,
): AsyncGenerator<Event, Omit<Scored, 'gaveUp'> & { readonly unscored: number }> {
  const scorer = await usableScorer(deps)
  if (!scorer) {
    const unscored = cells.filter(({ score }) => score === null).length
    return { scored: 0, unscored, problem: unscored > 0 ? 'there is no scorer' : null }
  }
  const missing = cells.filter(unscoredBy(scorer))
  const { scored, problem } = yield* scoreAll(deps, { cells: missing, scorer, ...how }, signal)
  return { scored, problem, unscored: missing.length - scored }
}

/**
 * A table whose captions are all here makes no run: it only scores what has no score yet, as after a cancel. A run
 * that is cancelled keeps its cells, and its scores so far.
 */
export async function* importCaptions(
  deps: Deps,
  job: CaptionsJob,
  signal: AbortSignal,
): AsyncGenerator<Event, TableCaptions> {
  const { file, rows, plan, breathe, step } = job
  const writers = writersOf(plan.captions)
  const here = await allThere(deps, job)
  if (here) {
    const scores = yield* scoreMissing(deps, { cells: here, runId: null, breathe, step }, signal)
    return { runId: null, added: 0, there: plan.there + here.length, ...scores, writers }
  }
  const request = {
    table: { file: file.name, fileSha256: file.sha256, rows, captioners: writers },
    imageIds: [...new Set(plan.captions.map(({ imageId }) => imageId))],
  }
  const work = async function* (runId: string) {
    const { cells, added } = yield* keepAll(deps, job, runId)
    const scores = yield* scoreMissing(deps, { cells, runId, breathe, step }, signal)
    const there = plan.there + cells.length - added
    return { added, there, ...scores, failed: scores.unscored, writers }
  }
  const { status: _status, failed: _failed, ...end } = yield* asRun(deps, { request, work }, signal)
  return end
}
