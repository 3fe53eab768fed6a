/** CLIP scores of many texts that are there already, image by image, kept some at once. */
import { isCancelled, toWire, type ErrorCode } from '../../shared/errors.ts'
import type { BundleSummary, Score } from '../../shared/types.ts'
import { relay } from '../../shared/relay.ts'
import { timestamp, type Deps } from '../deps.ts'
import { withEngine } from '../job-queue.ts'
import { scoresOf, type Scorable, type Seeing } from './score-cells.ts'

/** Captions in one call of the scorer. */
const SCORED_AT_ONCE = 64
/** Scores in one transaction: a few milliseconds. */
const WRITTEN_AT_ONCE = 50
/** After so many failures in a row it is not the image. */
const FAILURES_IN_A_ROW = 3

interface OfImage extends Scorable {
  readonly imageId: string
}

export interface ScoreAllJob<Text extends OfImage> {
  readonly cells: readonly Text[]
  /** Through whose encoder a caption was made; left out, nobody's whom we know. */
  readonly seeing?: (cell: Text) => Seeing
  readonly breathe: () => Promise<void>
  readonly scorer: BundleSummary
  /** Writes scores by the ids of their texts, in one transaction. */
  readonly keep: (scores: readonly (readonly [id: string, score: Score])[]) => void
  /** An image whose texts got no scores. */
  readonly failed?: (imageId: string, code: ErrorCode, message: string) => void
}

export interface Scored {
  readonly scored: number
  readonly problem: string | null
  /** So many failures in a row that the rest was not tried. */
  readonly gaveUp: boolean
}

/** Texts of one image that were made through one encoder. */
function* inPieces<Text extends OfImage>({
  cells,
  seeing = () => null,
}: ScoreAllJob<Text>): Generator<{ imageId: string; captioner: Seeing; some: readonly Text[] }> {
  for (const [imageId, ofImage] of Map.groupBy(cells, (cell) => cell.imageId))
    for (const alike of Map.groupBy(ofImage, (cell) => seeing(cell)?.encoderSha256).values())
      for (let at = 0; at < alike.length; at += SCORED_AT_ONCE) {
        const some = alike.slice(at, at + SCORED_AT_ONCE)
        yield { imageId, captioner: some[0] ? seeing(some[0]) : null, some }
      }
}

/** Scores on their way to the disk, some at once. */
function createScores(keep: ScoreAllJob<OfImage>['keep']) {
  const waiting: (readonly [id: string, score: Score])[] = []
  return {
    put(scores: ReadonlyMap<string, Score>): void {
      waiting.push(...scores)
      if (waiting.length >= WRITTEN_AT_ONCE) this.write()
    },
    write(): void {
      const some = waiting.splice(0)
      if (some.length > 0) keep(some)
    },
  }
}

/** A picture that cannot be scored costs its own scores. What was scored before a cancel stays. Yields how many were tried. */
export async function* scoreAll<Text extends OfImage>(
  deps: Deps,
  job: ScoreAllJob<Text>,
  signal: AbortSignal,
): AsyncGenerator<number, Scored> {
  const { scorer, breathe, keep, failed } = job
  const kept = createScores(keep)
  let [done, scored, failures] = [0, 0, 0]
  let problem: string | null = null
  try {
    for (const { imageId, captioner, some } of inPieces(job)) {
      await breathe()
      try {
        const piece = { imageId, captioner, scorer, cells: some }
        const scores = await withEngine(deps.queue, signal, () => scoresOf(deps, piece, signal))
        kept.put(scores)
        scored += scores.size
        failures = 0
      } catch (error) {
        if (signal.aborted || isCancelled(error)) throw error
        const { code, message } = toWire(error)
        if (code.startsWith('store-')) throw error
        failed?.(imageId, code, message)
        problem ??= message
        if (code !== 'image-unreadable') failures++
        if (failures === FAILURES_IN_A_ROW) break
      }
      done += some.length
      yield done
    }
  } finally {
    kept.write()
  }
  return { scored, problem, gaveUp: failures === FAILURES_IN_A_ROW }
}

/** Keeps scores of captions, whose ids are those of their cells. */
export const intoCaptions =
  (deps: Pick<Deps, 'store' | 'clock'>): ScoreAllJob<OfImage>['keep'] =>
  (scores) => {
    const { store } = deps
    const at = timestamp(deps)
    store.together(() => {
      for (const [cellId, score] of scores) store.captions.addScore(cellId, score, at)
    })
  }

interface Counted {
  readonly kind: 'progress'
  readonly done: number
  readonly total: number
}

/** The same, told as a count from 0 on; what was not scored failed, tried or not. */
export async function* scoreCounted<Text extends OfImage>(
  deps: Deps,
  job: ScoreAllJob<Text>,
  signal: AbortSignal,
): AsyncGenerator<Counted, { scored: number; failed: number; problem: string | null }> {
  const total = job.cells.length
  const counted = (done: number): Counted => ({ kind: 'progress', done, total })
  yield counted(0)
  const { scored, problem } = yield* relay(scoreAll(deps, job, signal), counted)
  return { scored, failed: total - scored, problem }
}
