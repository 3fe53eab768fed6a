/** Means per condition in the style of the paper's Table 1, each with its difference to the base row. */
import { ALT_TEXT_ITSELF, baseLabel } from './base-row.ts'
import { kindLabel, nameIn, type BundleNames } from './bundle-names.ts'
import type { Mean } from './means.ts'
import { notesOf } from './notes.ts'
import { measureNotes, METRICS } from './references.ts'
import type { SelectedImage } from './selection.ts'
import { textCell, type DocCell, type DocColumn, type TableDoc } from './table-doc.ts'
import type { Means } from './table1-means.ts'
import { traceOf, type TableOptions } from './table3.ts'

const number = (
  value: number | null,
  digits: number,
  delta: number | null | undefined = null,
): DocCell => ({
  kind: 'number',
  value,
  digits,
  delta,
})

const column = (label: string, share: number): DocColumn => ({ label, kind: 'number', share })

const COUNTS: readonly DocColumn[] = [
  { label: 'Alt-text', kind: 'text', share: 0.19 },
  { label: 'Captioner', kind: 'text', share: 0.19 },
  ...[column('CLIP', 0.19), column('n scored', 0.1), column('Words', 0.1)],
  ...[column('Captions', 0.13), column('Images', 0.1)],
]

/** As the paper's Table 1; how many were counted stands in the footnote but for the images. As wide as heads and "(+100.0)" are. */
const MEASURES: readonly DocColumn[] = [
  { label: 'Alt-text', kind: 'text', share: 0.0792 },
  { label: 'Captioner', kind: 'text', share: 0.1189 },
  ...[column('CLIP', 0.0767), column('BLEU-1', 0.0865), column('METEOR', 0.1012)],
  ...[column('ROUGE', 0.0865), column('CIDEr', 0.0888)],
  ...['NP F1', 'NP prec.', 'NP recall'].map((label) => column(label, 0.0871)),
  ...[column('Words', 0.0625), column('n', 0.0384)],
]

const SHOWN = METRICS.filter((name) => name !== 'bleu4')

const labelOf = ({ captionerId }: Mean, names: BundleNames): string =>
  captionerId === null ? ALT_TEXT_ITSELF : nameIn(names, captionerId)

function row(one: Mean, names: BundleNames, measures: boolean): readonly DocCell[] {
  const head = [textCell(kindLabel(one.altKind)), textCell(labelOf(one, names))]
  if (!measures)
    return [
      ...head,
      ...[number(one.clip, 2, one.delta), number(one.clipN, 0), number(one.words, 1)],
      ...[number(one.captions, 0), number(one.images, 0)],
    ]
  const { measured } = one
  return [
    ...head,
    number(one.clip, 1, one.delta),
    ...SHOWN.map((name) => number(measured?.scores[name] ?? null, 1, measured?.deltas?.[name])),
    ...[number(one.words, 1), number(measured?.captions ?? one.captions, 0)],
  ]
}

/** "A (own) 3 of 5" of rows whose differences are over fewer captions than their means. */
function fewer(rows: readonly Mean[], called: (one: Mean) => string): readonly string[] {
  const told = rows.flatMap((one) => {
    const { measured, clipN, deltaN } = one
    const [over, of] = measured?.deltas
      ? [measured.deltaN, measured.captions]
      : one.delta === null
        ? [0, 0]
        : [deltaN, clipN]
    return over < of ? [`${called(one)} ${over} of ${of}`] : []
  })
  return told.length > 0
    ? [`Differences over fewer captions than the row: ${told.join('; ')}.`]
    : []
}

function altTextNotes({ altTexts }: Means): readonly string[] {
  if (!altTexts?.shown || altTexts.texts.size === 0) return []
  const { texts, scores, images } = altTexts
  const without = images - texts.size
  const missing = without === 0 ? '' : `; ${without} without one, left out of its means`
  const clip =
    scores.size === texts.size
      ? 'Its CLIP is by the scorer of the captions'
      : `Its CLIP, by the scorer of the captions, is known for ${scores.size} of ${texts.size} (realign export table1 --score-alt-texts)`
  return [`The alt-text itself: of ${texts.size} of ${images} images${missing}. ${clip}.`]
}

/** With references the paper's eight numbers a row. */
export function table1(
  images: readonly SelectedImage[],
  { baseline, appVersion, sha256, names }: TableOptions,
  means: Means,
): TableDoc {
  const { rows, base, measure } = means
  const to = baseLabel(base, names)
  const called = (one: Mean): string =>
    one.captionerId === null
      ? ALT_TEXT_ITSELF
      : `${labelOf(one, names)} (${kindLabel(one.altKind)})`
  const brackets =
    base.kind === 'baseline'
      ? `In brackets: difference to the same captioner under the ${to} alt-text, over the images that have both.`
      : `In brackets: difference to ${to}, over the images that have both.`
  return {
    title: `Means by kind of alt-text; in brackets the difference to ${to}`,
    columns: measure ? MEASURES : COUNTS,
    groups: [{ picture: null, rows: rows.map((one) => row(one, names, measure !== null)) }],
    legend: [],
    notes: [
      brackets,
      ...fewer(rows, called),
      ...altTextNotes(means),
      ...(measure
        ? measureNotes(
            measure,
            rows.map((one) => ({ label: called(one), of: one.measured })),
          )
        : []),
      ...notesOf({ ...{ images, baseline, appVersion, names }, rows: 'means' }),
    ],
    trace: traceOf(images, sha256),
  }
}
