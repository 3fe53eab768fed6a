/** The captions of a table become cells, image by image, and then get their scores like any caption. */
import type { TableCaptions } from '../../shared/contract/tables.ts'
import type { TaskEvent } from '../../shared/contract.ts'
import { writerOf } from '../../shared/elsewhere.ts'
import type { BundleSummary, Cell } from '../../shared/types.ts'
import { asRun } from '../comparisons/as-run.ts'
import { intoCaptions, scoreAll, type ScoreAllJob, type Scored } from '../comparisons/score-all.ts'
import type { Deps } from '../deps.ts'
import { usableScorer } from '../models/scorer-in-use.ts'
import { relay } from '../../shared/relay.ts'
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

interface ScoringJob {
  readonly cells: readonly Cell[]
  readonly breathe: () => Promise<void>
  /** Where failures are kept; null where nothing was added. */
  readonly runId: string | null
  readonly step: Step
}

/** True for a caption that the scorer at hand has not scored. */
const unscoredBy =
  (scorer: BundleSummary) =>
  ({ score }: Cell): boolean =>
    score?.scorerSha256 !== scorer.bundleSha256

async function* scoreMissing(
  deps: Deps,
  { cells, breathe, runId, step }: ScoringJob,
  signal: AbortSignal,
): AsyncGenerator<Event, Omit<Scored, 'gaveUp'> & { readonly unscored: number }> {
  const { store } = deps
  const scorer = await usableScorer(deps)
  if (!scorer) {
    const unscored = cells.filter(({ score }) => score === null).length
    return { scored: 0, unscored, problem: unscored > 0 ? 'there is no scorer' : null }
  }
  const missing = cells.filter(unscoredBy(scorer))
  const failed: ScoreAllJob<Cell>['failed'] = (imageId, code, message) => {
    if (runId !== null)
      store.runs.addFailure({ runId, imageId, code, message: `Score: ${message}` })
  }
  const work = scoreAll(
    deps,
    { cells: missing, scorer, breathe, keep: intoCaptions(deps), failed },
    signal,
  )
  const { scored, problem } = yield* relay(work, (done) => step('scores', done))
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
