/** CLIP scores of texts of an annotation, by image, text and scorer: a text that comes again is not scored again. */
import type { TextReview } from '../../shared/annotation.ts'
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { isCancelled, RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { createBreather } from '../../shared/breather.ts'
import { scoreCounted } from '../comparisons/score-all.ts'
import { scoresOf } from '../comparisons/score-cells.ts'
import { timestamp, type Deps } from '../deps.ts'
import { withEngine } from '../job-queue.ts'
import { usableScorer } from '../models/scorer-in-use.ts'
import { begunOf } from './annotations.ts'

interface Asked {
  readonly imageId: string
  readonly text: string
  readonly previous: string
}

async function scoreBoth(
  deps: Deps,
  { imageId, text, previous, scorer }: Asked & { readonly scorer: BundleSummary },
  signal: AbortSignal,
): Promise<TextReview['clip']> {
  const { annotations } = deps.store
  const known = (one: string) => annotations.clip(imageId, one, scorer.bundleSha256)
  const wanted = [...new Set([text, previous])].filter(
    (one) => one !== '' && known(one) === undefined,
  )
  if (wanted.length > 0) {
    const cells = wanted.map((caption, index) => ({ id: String(index), caption }))
    const job = { imageId, captioner: null, scorer, cells }
    const scores = await withEngine(deps.queue, signal, () => scoresOf(deps, job, signal))
    const found = cells.flatMap(({ id, caption }) => {
      const score = scores.get(id)
      return score ? [{ imageId, text: caption, score }] : []
    })
    annotations.addScores(found, timestamp(deps))
  }
  const now = known(text)
  if (now === undefined) return null
  return { now, previous: known(previous) ?? null, scorerId: scorer.id }
}

/** null where no score is to be had: there is no scorer, or the picture cannot be read. */
export async function clipOf(
  deps: Deps,
  asked: Asked,
  signal: AbortSignal,
): Promise<TextReview['clip']> {
  const scorer = await usableScorer(deps)
  if (!scorer || asked.text === '') return null
  try {
    return await scoreBoth(deps, { ...asked, scorer }, signal)
  } catch (error) {
    if (signal.aborted || isCancelled(error) || !(error instanceof RealignError)) throw error
    if (error.code.startsWith('store-')) throw error
    return null
  }
}

/** Every text that has none. A cancel keeps what was scored; a picture that cannot be read costs its own scores. */
export async function* scoreTexts(
  deps: Deps,
  { annotationId }: Parsed<'annotations.score'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'annotations.score'>, Output<'annotations.score'>> {
  const { annotations } = deps.store
  begunOf(deps, annotationId)
  const scorer = await usableScorer(deps)
  if (!scorer)
    throw new RealignError('model-missing', 'There is no scorer to score texts with', {
      hint: 'Models lists the bundles found, and the folder to put one into.',
    })
  const texts = annotations.unscored(annotationId, scorer.bundleSha256)
  const cells = texts.map(({ imageId, text }, index) => ({
    ...{ id: String(index), imageId, caption: text },
  }))
  return yield* scoreCounted(
    deps,
    {
      cells,
      scorer,
      breathe: createBreather(signal, deps.clock.elapsedMs),
      keep: (scores) =>
        annotations.addScores(
          scores.map(([id, score]) => ({ ...texts[Number(id)]!, score })),
          timestamp(deps),
        ),
    },
    signal,
  )
}
