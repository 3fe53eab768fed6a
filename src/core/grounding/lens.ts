/** The token lens: one caption under every alt-text of its row, under none, and without its picture. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import type { LensContext } from '../../shared/contract/grounding.ts'
import type { AltKind } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import { largestDifference } from '../comparisons/replay-cell.ts'
import type { Deps } from '../deps.ts'
import { knownNames } from './known-names.ts'
import {
  imageName,
  lensSubject,
  readContexts,
  type LensSubject,
  type WantedContext,
} from './lens-readings.ts'
import { conceptsOf, readText } from './phrases.ts'
import type { LensReading } from './store-port.ts'
import { placeTokens, stretch, sumTokens, wordStretches, type TokenNumbers } from './stretches.ts'

/** Force-decoded numbers may differ from those of generation by this much (issue 4, item 2). */
export const AGREEMENT = 1e-4

interface NamedContext extends WantedContext {
  readonly altKind: AltKind
}

/** Own, empty and mean first; then the other alt-texts of the row, each once. */
function contextsOf(deps: Deps, { cell }: LensSubject, more: readonly string[]): NamedContext[] {
  const row = deps.store.captions
    .ofImage(cell.imageId)
    .filter((one) => one.captionerId === cell.captionerId)
  const wanted: NamedContext[] = [
    { altKind: cell.altKind, altText: cell.altText, image: 'own', alternatives: true },
    { altKind: cell.altKind, altText: cell.altText, image: 'mean', alternatives: true },
  ]
  const seen = new Set([cell.altText])
  const add = (altKind: AltKind, altText: string) => {
    if (seen.has(altText)) return
    seen.add(altText)
    wanted.push({ altKind, altText, image: 'own', alternatives: true })
  }
  add('empty', '')
  for (const { altKind, altText } of row) add(altKind, altText)
  for (const text of more) add('free', cleanText(text).text)
  return wanted
}

export async function* computeLens(
  deps: Deps,
  { cellId, altTexts, alternatives }: Parsed<'lens.compute'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'lens.compute'>, Output<'lens.compute'>> {
  const subject = await lensSubject(deps, cellId)
  const { cell, stored } = subject
  const wanted = contextsOf(deps, subject, altTexts)
  const readings = yield* readContexts(deps, { subject, contexts: wanted }, signal)
  const texts = await deps.engine.tokenTexts(cell.captionerId, stored.tokenIds)
  const at = (image: string, altText: string): number =>
    wanted.findIndex((one) => one.image === image && one.altText === altText)
  const logProbsAt = (index: number): readonly number[] => readings[index]?.logProbs ?? []
  const [own, mean, empty] = [0, 1, at('own', '')]
  const numbers: TokenNumbers = {
    places: placeTokens(cell.caption, texts),
    own: logProbsAt(own),
    mean: logProbsAt(mean),
    empty: logProbsAt(empty),
  }
  const generationDiff = largestDifference(numbers.own, stored.logProbs)
  const read = readText(cell.caption, await knownNames(deps))
  return {
    cellId,
    caption: cell.caption,
    tokens: stored.tokenIds.map((id, i) => ({
      id,
      text: texts[i] ?? '',
      ...numbers.places[i]!,
      fromToken: i,
      toToken: i + 1,
      ...sumTokens(numbers, i, i + 1),
    })),
    words: wordStretches(cell.caption, numbers),
    phrases: conceptsOf(read).map(({ from, to }) =>
      stretch(cell.caption, numbers, {
        start: read.tokens[from]!.start,
        end: read.tokens[to - 1]!.end,
      }),
    ),
    whole: wholeCaption(cell.caption, numbers),
    contexts: wanted.map((one, i) => toContext(one, { key: String(i), alternatives }, readings[i])),
    own: String(own),
    empty: String(empty),
    mean: String(mean),
    generationDiff,
    agrees: generationDiff <= AGREEMENT,
  }
}

/** The end token too: that the caption ends here is part of what was said. */
const wholeCaption = (caption: string, numbers: TokenNumbers) => ({
  text: caption,
  start: 0,
  end: Array.from(caption).length,
  fromToken: 0,
  toToken: numbers.own.length,
  ...sumTokens(numbers, 0, numbers.own.length),
})

const toContext = (
  { altKind, altText, image }: NamedContext,
  { key, alternatives }: { readonly key: string; readonly alternatives: number },
  reading: LensReading | undefined,
): LensContext => ({
  key,
  altKind,
  altText,
  image: imageName(image),
  logProbs: [...(reading?.logProbs ?? [])],
  ranks: [...(reading?.ranks ?? [])],
  alternatives: (reading?.alternatives ?? []).map((list) => list.slice(0, alternatives)),
  sum: (reading?.logProbs ?? []).reduce((total, value) => total + value, 0),
})
