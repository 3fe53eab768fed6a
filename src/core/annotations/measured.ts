/** Every image of an annotation with the newest text of each round, and what each text measures; read in pages. */
import type { Rewrite } from '../../shared/annotation.ts'
import type { Deps } from '../deps.ts'
import type { Taxonomy } from '../probes/taxonomy.ts'
import { countedWords } from '../metrics/caption-words.ts'
import { passesOver } from './alt-concepts.ts'
import type { AnnotatedImage, AnnotationPlan, PlacedRewrite } from './annotation-store.ts'
import { lintText } from './lint/lint.ts'
import { charDistance, itemDistance } from './text-distance.ts'
import { newestOf, writtenOf } from './turns.ts'

/** Images in one reading of the file. */
const AT_ONCE = 100

export interface RoundText {
  readonly round: number
  readonly text: string
  /** null of round 1, which nobody wrote here. */
  readonly rewrite: Rewrite | null
}

export interface ImageRounds extends AnnotatedImage {
  /** Round by round, the newest text of each; round 1 is the start. */
  readonly rounds: readonly RoundText[]
  /** Every rewrite, oldest first. */
  readonly versions: readonly Rewrite[]
}

function roundsOf(start: string, versions: readonly Rewrite[]): readonly RoundText[] {
  const rounds: RoundText[] = [{ round: 1, text: start, rewrite: null }]
  for (let round = 2; round <= writtenOf(versions); round++) {
    const rewrite = newestOf(versions, round)
    if (rewrite) rounds.push({ round, text: rewrite.text, rewrite }) // missing only after a salvage
  }
  return rounds
}

/** In the annotation's order; whoever runs it lets others have the thread between two. */
export function* imageRounds(
  { store }: Pick<Deps, 'store'>,
  annotationId: string,
): Generator<ImageRounds, void> {
  for (let after = -1; ;) {
    const images = store.annotations.images(annotationId, after, AT_ONCE)
    const last = images.at(-1)
    if (!last) return
    const written = store.annotations.rewritesAt(annotationId, after + 1, last.place + 1)
    const byImage = Map.groupBy(written, ({ imageId }) => imageId)
    for (const image of images) {
      const versions = byImage.get(image.imageId) ?? []
      yield { ...image, versions, rounds: roundsOf(image.start, versions) }
    }
    if (images.length < AT_ONCE) return
    after = last.place
  }
}

/** Numbers of one text. */
export interface Measured {
  readonly round: number
  readonly annotator: string | null
  readonly words: number
  /** To the round before; null of round 1. */
  readonly edited: { readonly chars: number; readonly words: number } | null
  readonly clip: number | null
  /** To the round before, where both have a score. */
  readonly clipGain: number | null
  readonly seconds: number | null
  /** Lint hits by rule. */
  readonly lint: ReadonlyMap<string, number>
}

export interface Measuring {
  readonly plan: Pick<AnnotationPlan, 'guideline'>
  readonly names: Taxonomy
  /** CLIP score of a text for an image; undefined where it has none. */
  readonly clip: (imageId: string, text: string) => number | undefined
}

/** Seconds of all versions of a round: what is written twice took the time of both. */
const secondsOf = (versions: readonly Rewrite[], round: number): number | null => {
  const spent = versions.reduce((sum, one) => sum + (one.round === round ? one.seconds : 0), 0)
  return spent > 0 ? spent : null
}

export function measure(
  { imageId, altText, rounds, versions }: ImageRounds,
  how: Measuring,
): Measured[] {
  let before: { text: string; words: readonly string[]; clip: number | undefined } | null = null
  return rounds.map(({ round, text, rewrite }) => {
    const words = countedWords(text)
    const clip = how.clip(imageId, text)
    const hits = rewrite
      ? lintText({
          ...{ text, altText, guideline: how.plan.guideline },
          passedOver: () => passesOver(text, altText, how.names),
        })
      : []
    const lint = new Map<string, number>()
    for (const { rule } of hits) lint.set(rule, (lint.get(rule) ?? 0) + 1)
    const measured: Measured = {
      round,
      annotator: rewrite?.annotator ?? null,
      words: words.length,
      edited: before && {
        chars: charDistance(before.text, text),
        words: before.text === text ? 0 : itemDistance(before.words, words),
      },
      clip: clip ?? null,
      clipGain: before?.clip !== undefined && clip !== undefined ? clip - before.clip : null,
      seconds: secondsOf(versions, round),
      lint,
    }
    before = { text, words, clip }
    return measured
  })
}

/** Rewrites in one reading of the file. */
const REWRITES_AT_ONCE = 500

/** Every rewrite of an annotation, in the order they were written. */
export async function* everyRewrite(
  { store }: Pick<Deps, 'store'>,
  annotationId: string,
  breathe: () => Promise<void>,
): AsyncGenerator<PlacedRewrite, void> {
  for (let after: number | null = 0; after !== null;) {
    await breathe()
    const page = store.annotations.rewritesAfter(annotationId, after, REWRITES_AT_ONCE)
    yield* page.rewrites
    after = page.next
  }
}
