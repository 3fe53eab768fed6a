/** What people wrote of an image, by which the captions of others are measured as in the paper's Table 1. */
import { elsewhereId, isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import { countingFrequencies, frequenciesAreFew } from '../metrics/ngrams.ts'
import {
  corpusScores,
  createJudge,
  METRICS_NOTE,
  type ItemScores,
  type ReferenceScores,
} from '../metrics/reference-scores.ts'
import type { Store } from '../store-port.ts'

/** The seven of the paper's table, in its order, and BLEU-4, which others print. */
export const METRICS = [
  ...(['bleu1', 'meteor', 'rougeL', 'cider', 'npF1', 'npPrecision', 'npRecall'] as const),
  'bleu4',
] as const
export type Metric = (typeof METRICS)[number]

export interface References {
  /** Ids of those who wrote them; their own captions are measured by nothing. */
  readonly by: ReadonlySet<string>
  /** Every caption of theirs of this image, each text once. */
  of(imageId: string): readonly string[]
}

/** The id behind what a person calls a captioner; a name stands for who wrote elsewhere. */
export const captionerCalled = (name: string, known: ReadonlySet<string>): string =>
  isElsewhere(name) || known.has(name) ? name : (elsewhereId(name) ?? name)

/** Null where nobody is named. */
export function referencesBy(
  { captions }: Pick<Store, 'captions'>,
  named: readonly string[],
  known: ReadonlySet<string>,
): References | null {
  if (named.length === 0) return null
  const by = new Set(named.map((name) => captionerCalled(name, known)))
  return {
    by,
    of: (imageId) => [
      ...new Set(
        captions
          .ofImage(imageId)
          .flatMap((cell) =>
            by.has(cell.captionerId) && cell.caption.trim() !== '' ? [cell.caption] : [],
          ),
      ),
    ],
  }
}

/** One measured caption. */
export interface Item {
  readonly imageId: string
  readonly scores: ItemScores
}

export interface Measured {
  readonly scores: ReferenceScores
  /** Over the images that this row and the base row both have; null without one, or where it is itself. */
  readonly deltas: Readonly<Record<Metric, number>> | null
  /** Captions that the differences are over. */
  readonly deltaN: number
  readonly captions: number
}

export interface Measure {
  readonly by: ReadonlySet<string>
  readonly images: { readonly all: number; readonly withReferences: number }
  readonly fewImages: boolean
  /** Null for captions of people themselves (`captionerId` null: the alt-text), and where nobody wrote of the image. */
  item(imageId: string, captionerId: string | null, text: string): Item | null
}

/**
 * One image is one document, whoever's captions are measured, so that every row of a table, and of data, has the same
 * weights. A caption is measured when it is asked for, image by image. Fails with 'not-found' where nobody of the
 * named wrote of any of them.
 */
export async function measureBy(
  by: ReadonlySet<string>,
  texts: ReadonlyMap<string, readonly string[]>,
  breathe: () => Promise<void>,
): Promise<Measure> {
  const written = [...texts.values()].filter((one) => one.length > 0)
  if (written.length === 0)
    throw new RealignError('not-found', 'Nobody named as reference has written of these images', {
      hint: 'Name who wrote captions that were added from a table, as the captioner column of the data says it.',
    })
  const counting = countingFrequencies(written)
  let step = counting.next()
  for (; !step.done; step = counting.next()) await breathe()
  const frequencies = step.value
  const judge = createJudge(frequencies)
  let last: { readonly of: string; readonly scores: Map<string, ItemScores> } | undefined
  const scoresAt = (imageId: string, candidate: string): ItemScores | null => {
    const references = texts.get(imageId) ?? []
    if (references.length === 0) return null
    if (last?.of !== imageId) last = { of: imageId, scores: new Map() }
    const scores = last.scores.get(candidate) ?? judge({ candidate, references })
    last.scores.set(candidate, scores)
    return scores
  }
  return {
    by,
    images: { all: texts.size, withReferences: written.length },
    fewImages: frequenciesAreFew(frequencies),
    item(imageId, captionerId, text) {
      if (captionerId !== null && by.has(captionerId)) return null
      const scores = scoresAt(imageId, text)
      return scores && { imageId, scores }
    },
  }
}

const scoresOf = (items: readonly Item[]): ReferenceScores =>
  corpusScores(items.map(({ scores }) => scores))

function differences(
  items: readonly Item[],
  base: readonly Item[],
): Pick<Measured, 'deltas' | 'deltaN'> {
  const [ours, theirs] = [items, base].map((all) => new Set(all.map(({ imageId }) => imageId)))
  const own = items.filter(({ imageId }) => theirs?.has(imageId))
  if (own.length === 0) return { deltas: null, deltaN: 0 }
  const [a, b] = [own, base.filter(({ imageId }) => ours?.has(imageId))].map(scoresOf)
  const deltas = Object.fromEntries(
    METRICS.map((name) => [name, (a?.[name] ?? 0) - (b?.[name] ?? 0)]),
  ) as Record<Metric, number>
  return { deltas, deltaN: own.length }
}

/** Null where there is nothing to measure. */
export const measured = (items: readonly Item[], base: readonly Item[] | null): Measured | null =>
  items.length === 0
    ? null
    : {
        scores: scoresOf(items),
        ...(base ? differences(items, base) : { deltas: null, deltaN: 0 }),
        captions: items.length,
      }

/** For the footnote: who wrote, what was computed, and where the numbers say little. */
export function measureNotes(
  { by, images: { all, withReferences }, fewImages }: Measure,
  rows: readonly { readonly label: string; readonly of: Measured | null }[],
): readonly string[] {
  const ratios = rows.flatMap(({ label, of }) =>
    of && (of.scores.lengthRatio < 0.5 || of.scores.lengthRatio > 2)
      ? [`${label} ${of.scores.lengthRatio.toFixed(2)}`]
      : [],
  )
  return [
    `References: captions by ${[...by].map(writerOf).join(', ')}, of ${withReferences} of ${all} images.`,
    METRICS_NOTE,
    ...(fewImages
      ? [`CIDEr weighs words by how many images have them: over ${withReferences} it says little.`]
      : []),
    ...(ratios.length > 0
      ? [
          `Captions of another length than the references, words to words: ${ratios.join('; ')}. Reference metrics say little there.`,
        ]
      : []),
  ]
}
