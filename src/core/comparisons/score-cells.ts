/** CLIP scores of saved captions. A scorer that fails costs the scores, never the captions. */
import type { TaskEvent } from '../../shared/contract.ts'
import { isCancelled, RealignError, toWire } from '../../shared/errors.ts'
import type { BundleSummary, Cell, Score } from '../../shared/types.ts'
import { timestamp, type Deps } from '../deps.ts'
import type { CaptionScore } from '../ports.ts'
import type { ImageJob } from './caption-image.ts'
import { originalBytes } from './original-bytes.ts'
import type { PlannedCell } from './plan-comparison.ts'

type Event = TaskEvent<'comparisons.run'>

export interface PlacedCell {
  readonly cell: Cell
  readonly planned: PlannedCell
}

export interface ScoreCellsJob extends Pick<ImageJob, 'runId' | 'imageId' | 'scorer' | 'tally'> {
  readonly captioner: Seeing
  readonly cells: readonly PlacedCell[]
}

/** Whose encoder it sees through; null for whoever wrote elsewhere, of whom nothing is shared. */
export type Seeing = Pick<BundleSummary, 'encoderSha256'> | null

/** The score as it is kept, with the warning where captioner and scorer see through the same encoder. */
export function toScore(
  { key: _key, ...score }: CaptionScore,
  captioner: Seeing,
  scorer: Pick<BundleSummary, 'encoderSha256'>,
): Score {
  if (!Number.isFinite(score.clip) || !Number.isFinite(score.clipS))
    throw new RealignError('engine-crashed', 'The scorer gave a score that is no number')
  const sharesEncoder = captioner?.encoderSha256 === scorer.encoderSha256
  return { ...score, perSentence: [...score.perSentence], sharesEncoder }
}

/** A text with a key of its own. */
export type Scorable = Pick<Cell, 'id' | 'caption'>

interface ScoreJob {
  readonly imageId: string
  readonly captioner: Seeing
  readonly scorer: BundleSummary
  readonly cells: readonly Scorable[]
}

/** Scores by cell, nothing written. Runs while the caller holds the engine, whose error it fails with. */
export async function scoresOf(
  deps: Deps,
  { imageId, captioner, scorer, cells }: ScoreJob,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Score>> {
  const captions = cells.map(({ id, caption }) => ({ key: id, text: caption }))
  const bytes = () => originalBytes(deps, imageId, signal)
  const found = await deps.engine.score({ scorerId: scorer.id, imageId, bytes, captions }, signal)
  return new Map(found.map((one) => [one.key, toScore(one, captioner, scorer)]))
}

/** Runs while the caller holds the engine. Yields `scored` for each place, or one `failed`. */
export async function* scoreCells(
  deps: Deps,
  job: ScoreCellsJob,
  signal: AbortSignal,
): AsyncGenerator<Event, void> {
  const { imageId, runId, captioner, scorer, cells, tally } = job
  if (!scorer) return
  let scores: ReadonlyMap<string, Score>
  try {
    const job = { imageId, captioner, scorer, cells: cells.map(({ cell }) => cell) }
    scores = await scoresOf(deps, job, signal)
  } catch (error) {
    if (signal.aborted || isCancelled(error)) throw error
    const { code, message, hint = null } = toWire(error)
    deps.store.runs.addFailure({ runId, imageId, code, message: `Score: ${message}` })
    tally.failed++
    yield { kind: 'failed', imageId, stage: 'score', code, message, hint }
    return
  }
  for (const { cell, planned } of cells) {
    const score = scores.get(cell.id)
    if (!score) continue
    const scored = deps.store.captions.addScore(cell.id, score, timestamp(deps))
    for (const { condition, sample, altKind } of planned.places)
      yield { kind: 'scored', cell: { ...scored, altKind }, condition, sample }
  }
}
