/** Occlusion: leave out one alt-text word, or one patch of the picture, and see which caption words fall. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Cell } from '../../shared/types.ts'
import { asRun } from '../comparisons/as-run.ts'
import { captionImage } from '../comparisons/caption-image.ts'
import { planComparison } from '../comparisons/plan-comparison.ts'
import type { Deps } from '../deps.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import { changesAgainst } from './changed-phrases.ts'
import { knownNames } from './known-names.ts'
import { lensSubject, readContexts, type LensSubject, type WantedContext } from './lens-readings.ts'
import { readText } from './phrases.ts'
import type { LensReading } from './store-port.ts'
import { placeTokens, wordStretches, type TokenNumbers } from './stretches.ts'
import { tokenise, type Token } from './tokens.ts'

/** A caption word whose log-probability falls by this much (nats) hangs on the alt-text word. */
const ARC_AT_LEAST = 0.5
const MOST_ARCS = 60
const MOST_WORDS = 128

const own = ({ altText }: Cell): WantedContext => ({ altText, image: 'own', alternatives: false })

/** The alt-text without one of its words, with the spaces closed up. */
export function withoutWord(altText: string, { at, text }: Token): string {
  const [before, after] = [altText.slice(0, at), altText.slice(at + text.length)]
  return `${before.trimEnd()} ${after.trimStart()}`.replace(/\s+([,.;:!?])/gu, '$1').trim()
}

interface Subject extends LensSubject {
  readonly texts: readonly string[]
}

async function open(deps: Deps, cellId: string): Promise<Subject> {
  const subject = await lensSubject(deps, cellId)
  const { captionerId } = subject.cell
  return { ...subject, texts: await deps.engine.tokenTexts(captionerId, subject.stored.tokenIds) }
}

/** Caption words with the lifts of `other` in place of the empty context: own minus other. */
function words({ cell, texts }: Subject, ownReading: LensReading, other: LensReading) {
  const numbers: TokenNumbers = {
    places: placeTokens(cell.caption, texts),
    own: ownReading.logProbs,
    empty: other.logProbs,
    mean: other.logProbs,
  }
  return wordStretches(cell.caption, numbers)
}

export async function* occludeWords(
  deps: Deps,
  { cellId, recaption }: Parsed<'lens.occludeWords'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'lens.occludeWords'>, Output<'lens.occludeWords'>> {
  const subject = await open(deps, cellId)
  const { cell } = subject
  const altWords = tokenise(cell.altText).slice(0, MOST_WORDS)
  const variants = altWords.map((word) => withoutWord(cell.altText, word))
  const contexts = [
    own(cell),
    ...variants.map((altText) => ({ altText, image: 'own', alternatives: false }) as const),
  ]
  const [ownReading, ...others] = yield* readContexts(deps, { subject, contexts }, signal)
  if (!ownReading) throw new RealignError('bug', 'The own context was not read')
  const effects = others.map((other) => words(subject, ownReading, other).map((w) => w.altLift))
  const again = recaption ? yield* recaptioned(deps, { cell, variants }, signal) : null
  const taxonomy = again ? await knownNames(deps) : null
  return {
    cellId,
    words: words(subject, ownReading, ownReading),
    altWords: altWords.map((word, i) => {
      const next = again?.[i]
      return {
        text: word.text,
        start: word.start,
        end: word.end,
        effects: effects[i] ?? [],
        recaption:
          next && taxonomy
            ? {
                cellId: next.id,
                caption: next.caption,
                changedWords: changesAgainst(
                  readText(cell.caption, taxonomy),
                  next.caption,
                ).flatMap(({ run: { from, to } }) =>
                  Array.from({ length: to - from }, (_, n) => from + n),
                ),
              }
            : null,
      }
    }),
    arcs: effects
      .flatMap((list, altWord) => list.map((effect, word) => ({ altWord, word, effect })))
      .filter(({ effect }) => effect >= ARC_AT_LEAST)
      .sort((a, b) => b.effect - a.effect)
      .slice(0, MOST_ARCS),
  }
}

/** Captions of the same image, settings and seed without each word; kept as cells like any other. */
async function* recaptioned(
  deps: Deps,
  { cell, variants }: { readonly cell: Cell; readonly variants: readonly string[] },
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'lens.occludeWords'>, readonly (Cell | undefined)[]> {
  const { settings, seed } = cell.provenance
  const captioner = chooseBundle(await deps.engine.bundles(), 'captioner', cell.captionerId)
  const conditions = variants.map((text) => ({ altKind: 'free' as const, text }))
  const request = { conditions, seed, samples: 1, settings }
  if (conditions.length === 0) return []
  const work = async function* (
    runId: string,
  ): AsyncGenerator<
    TaskEvent<'lens.occludeWords'>,
    { readonly made: readonly (Cell | undefined)[] }
  > {
    const made: (Cell | undefined)[] = []
    const tally = { cells: 0, reused: 0, failed: 0 }
    const plan = planComparison(cell.imageId, request, captioner)
    const job = { runId, imageId: cell.imageId, plan, captioner, scorer: null, again: false, tally }
    for await (const event of captionImage(deps, job, signal)) {
      if (event.kind === 'saved') made[event.condition] = event.cell
      if (event.kind === 'loading') yield event
    }
    return { made }
  }
  const kept = { occlusionOf: cell.id, imageIds: [cell.imageId], ...request }
  return (yield* asRun(deps, { request: kept, work }, signal)).made
}

export async function* occludeImage(
  deps: Deps,
  { cellId, grid }: Parsed<'lens.occludeImage'>,
  signal: AbortSignal,
): AsyncGenerator<TaskEvent<'lens.occludeImage'>, Output<'lens.occludeImage'>> {
  const subject = await open(deps, cellId)
  const { cell } = subject
  const patches = Array.from({ length: grid * grid }, (_, patch) => ({
    altText: cell.altText,
    image: { kind: 'occluded', grid, cell: patch } as const,
    alternatives: false,
  }))
  const contexts = [own(cell), ...patches]
  const [ownReading, ...others] = yield* readContexts(deps, { subject, contexts }, signal)
  if (!ownReading) throw new RealignError('bug', 'The own context was not read')
  const falls = others.map((other) => words(subject, ownReading, other).map((one) => one.altLift))
  const captionWords = words(subject, ownReading, ownReading)
  const total = (reading: LensReading) => reading.logProbs.reduce((sum, one) => sum + one, 0)
  return {
    cellId,
    grid,
    words: captionWords,
    maps: captionWords.map((_, word) => falls.map((list) => list[word] ?? 0)),
    whole: others.map((other) => total(ownReading) - total(other)),
  }
}
