/** What people wrote of an image, by which the captions of others are measured as in the paper's Table 1. */
import { elsewhereId, isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { RealignError } from '../../shared/errors.ts'
import { documentFrequencies, frequenciesAreFew } from '../metrics/ngrams.ts'
import {
  corpusScores,
  createJudge,
  METRICS_NOTE,
  type ItemScores,
  type ReferenceScores,
} from '../metrics/reference-scores.ts'
import type { SelectedImage } from './selection.ts'
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
  /** The image's own alt-text, which the paper measures too; null where it has none. */
  altTextOf(imageId: string): string | null
}

/** Null where nobody is named. A name stands for who wrote elsewhere. Fails with 'not-found' for one who wrote nothing here. */
export function referencesBy(
  { captions, images }: Pick<Store, 'captions' | 'images'>,
  named: readonly string[],
  known: ReadonlySet<string>,
): References | null {
  if (named.length === 0) return null
  const by = new Set(
    named.map((name) =>
      isElsewhere(name) || known.has(name) ? name : (elsewhereId(name) ?? name),
    ),
  )
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
    altTextOf: (imageId) =>
      images.detail(imageId)?.altTexts.findLast(({ kind }) => kind === 'own')?.text ?? null,
  }
}

/** One measured caption. */
export interface Item {
  readonly imageId: string
  readonly scores: ItemScores
}

export interface Measured {
  readonly scores: ReferenceScores
  /** Over the images that this row and its baseline both have; null without a baseline, or where it is itself. */
  readonly deltas: Readonly<Record<Metric, number>> | null
  readonly captions: number
}

export interface Measure {
  readonly by: ReadonlySet<string>
  readonly images: { readonly all: number; readonly withReferences: number }
  readonly fewImages: boolean
  /** Null for captions of people themselves (`captionerId` null: the alt-text), and where nobody wrote of the image. */
  item(imageId: string, captionerId: string | null, text: string): Item | null
  altTextOf(imageId: string): string | null
}

const keyOf = (imageId: string, text: string): string => `${imageId} ${text}`

/**
 * Measures every caption of these images, breathing in between. One image is one document, whoever's captions are
 * measured, so that every row of a table has the same weights. Fails with 'not-found' where nobody of the named wrote
 * of any of them.
 */
export async function measureAll(
  references: References,
  images: () => Iterable<SelectedImage>,
  breathe: () => Promise<void>,
): Promise<Measure> {
  const texts = new Map<string, readonly string[]>()
  for (const { image } of images()) {
    texts.set(image.id, references.of(image.id))
    await breathe()
  }
  const written = [...texts.values()].filter((one) => one.length > 0)
  if (written.length === 0)
    throw new RealignError('not-found', 'Nobody named as reference has written of these images', {
      hint: 'Name who wrote captions that were added from a table, as the captioner column of the data says it.',
    })
  const frequencies = documentFrequencies(written)
  const judge = createJudge(frequencies)
  const scores = new Map<string, ItemScores>()
  for (const { image, cells } of images()) {
    const theirs = texts.get(image.id) ?? []
    if (theirs.length === 0) continue
    const altText = references.altTextOf(image.id)
    const candidates = cells.flatMap(({ cell: { captionerId, caption } }) =>
      references.by.has(captionerId) ? [] : [caption],
    )
    for (const candidate of [...candidates, ...(altText === null ? [] : [altText])]) {
      const key = keyOf(image.id, candidate)
      if (!scores.has(key)) scores.set(key, judge({ candidate, references: theirs }))
      await breathe()
    }
  }
  return {
    by: references.by,
    images: { all: texts.size, withReferences: written.length },
    fewImages: frequenciesAreFew(frequencies),
    altTextOf: (imageId) => references.altTextOf(imageId),
    item(imageId, captionerId, text) {
      if (captionerId !== null && references.by.has(captionerId)) return null
      const found = scores.get(keyOf(imageId, text))
      return found ? { imageId, scores: found } : null
    },
  }
}

const scoresOf = (items: readonly Item[]): ReferenceScores =>
  corpusScores(items.map(({ scores }) => scores))

function deltasOf(items: readonly Item[], baseline: readonly Item[]): Measured['deltas'] {
  const [ours, theirs] = [items, baseline].map((all) => new Set(all.map(({ imageId }) => imageId)))
  const own = items.filter(({ imageId }) => theirs?.has(imageId))
  const base = baseline.filter(({ imageId }) => ours?.has(imageId))
  if (own.length === 0) return null
  const [a, b] = [scoresOf(own), scoresOf(base)]
  return Object.fromEntries(METRICS.map((name) => [name, a[name] - b[name]])) as Record<
    Metric,
    number
  >
}

/** Null where there is nothing to measure. */
export const measured = (
  items: readonly Item[],
  baseline: readonly Item[] | null,
): Measured | null =>
  items.length === 0
    ? null
    : {
        scores: scoresOf(items),
        deltas: baseline && deltasOf(items, baseline),
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
