/** CLIP scores of the images' own alt-texts, by the scorer of the captions that Table 1 sets beside them. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { createBreather } from '../../shared/breather.ts'
import { RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { scoreCounted } from '../comparisons/score-all.ts'
import { timestamp, type Deps } from '../deps.ts'
import { selectImages } from './selection.ts'
import { surveyOf, type Survey } from './survey.ts'

async function scorerOf({ engine }: Deps, { scorer }: Survey): Promise<BundleSummary> {
  if (!scorer)
    throw new RealignError('not-found', 'No caption of this selection has a CLIP score', {
      hint: 'Score captions first: alt-texts are scored by the same scorer.',
    })
  const { scorerId, scorerSha256 } = scorer
  const found = (await engine.bundles()).find(
    ({ roles, bundleSha256 }) => roles.includes('scorer') && bundleSha256 === scorerSha256,
  )
  if (found) return found
  throw new RealignError(
    'model-missing',
    `The scorer of these captions, ${scorerId} (sha256 ${scorerSha256.slice(0, 12)}), is not here`,
    { hint: 'Put its bundle back into the folder of models, or score the captions again.' },
  )
}

/** A cancel keeps what was scored; a picture that cannot be read costs its own score. */
export async function* scoreAltTexts(
  deps: Deps,
  { selection }: Parsed<'publish.scoreAltTexts'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'publish.scoreAltTexts'>, Output<'publish.scoreAltTexts'>> {
  const { annotations } = deps.store
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const survey = await surveyOf(deps.store, selectImages(deps.store, selection), null, breathe)
  if (survey.altTexts.size === 0)
    throw new RealignError('not-found', 'No image of this selection has an alt-text of its own', {
      hint: 'Give images their alt-texts: a table in the Library, or realign import --table.',
    })
  const scorer = await scorerOf(deps, survey)
  const cells = [...survey.altTexts].flatMap(([imageId, caption]) =>
    annotations.clip(imageId, caption, scorer.bundleSha256) === undefined
      ? [{ id: imageId, imageId, caption }]
      : [],
  )
  return yield* scoreCounted(
    deps,
    {
      ...{ cells, scorer, breathe },
      keep: (scores) =>
        annotations.addScores(
          scores.map(([imageId, score]) => ({
            ...{ imageId, score },
            text: survey.altTexts.get(imageId) ?? '',
          })),
          timestamp(deps),
        ),
    },
    signal,
  )
}
