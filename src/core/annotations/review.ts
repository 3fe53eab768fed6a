/** What a text would be as the next version: lint, lengths, edits, concepts of the alt-text, and its score where asked for. */
import type { TextReview } from '../../shared/annotation.ts'
import type { Parsed } from '../../shared/contract.ts'
import { createBreather } from '../../shared/breather.ts'
import { cleanText } from '../clean-text.ts'
import type { Deps } from '../deps.ts'
import { knownNames } from '../grounding/known-names.ts'
import { countedWords } from '../metrics/caption-words.ts'
import { altConcepts, passesOver } from './alt-concepts.ts'
import { begunOf, imageOf } from './annotations.ts'
import { lintText } from './lint/lint.ts'
import { clipOf } from './score-texts.ts'
import { charDistance, wordDistance } from './text-distance.ts'
import { textPieces } from './text-pieces.ts'
import { newestBefore } from './turns.ts'

export async function review(
  deps: Deps,
  { annotationId, imageId, round, text: given, score }: Parsed<'annotations.review'>,
  signal: AbortSignal,
): Promise<TextReview> {
  const { plan } = begunOf(deps, annotationId)
  const { altText, start } = imageOf(deps, annotationId, imageId)
  const versions = deps.store.annotations.rewritesOf(annotationId, imageId)
  const previous = newestBefore(versions, round)?.text ?? start
  const names = await knownNames(deps)
  const { text } = cleanText(given)
  const kept = text.trim() // spaces around a text are none of it
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  const lint = lintText({
    ...{ text, altText, guideline: plan.guideline },
    passedOver: () => passesOver(text, altText, names),
  })
  await breathe()
  const editedChars = charDistance(previous, kept)
  const editedWords = wordDistance(previous, kept)
  await breathe()
  const pieces = textPieces(previous, text)
  await breathe()
  const concepts = altConcepts(text, altText, names)
  return {
    ...{ lint, editedChars, editedWords, pieces, concepts },
    words: countedWords(text).length,
    previousWords: countedWords(previous).length,
    clip: score ? await clipOf(deps, { imageId, text: kept, previous }, signal) : null,
  }
}
