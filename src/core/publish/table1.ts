/** Means per condition in the style of the paper's Table 1, each with its difference to the baseline. */
import { nameIn, type BundleNames } from './bundle-names.ts'
import { meansOf, type Mean } from './means.ts'
import { notesOf } from './notes.ts'
import { measureNotes, METRICS, type Measure } from './references.ts'
import type { SelectedImage } from './selection.ts'
import { textCell, type DocCell, type DocColumn, type TableDoc } from './table-doc.ts'
import { kindLabel, traceOf, type TableOptions } from './table3.ts'

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
  { label: 'Alt-text', kind: 'text', share: 0.2 },
  { label: 'Captioner', kind: 'text', share: 0.2 },
  ...[column('CLIP', 0.2), column('n scored', 0.1), column('Words', 0.1)],
  ...[column('Captions', 0.1), column('Images', 0.1)],
]

/** As the paper's Table 1; how many were counted stands in the footnote but for the images. */
const MEASURES: readonly DocColumn[] = [
  { label: 'Alt-text', kind: 'text', share: 0.09 },
  { label: 'Captioner', kind: 'text', share: 0.118 },
  ...['CLIP', 'BLEU-1', 'METEOR', 'ROUGE', 'CIDEr'].map((label) => column(label, 0.087)),
  ...['NP F1', 'NP prec.', 'NP recall'].map((label) => column(label, 0.087)),
  ...[column('Words', 0.056), column('n', 0.04)],
]

const SHOWN = METRICS.filter((name) => name !== 'bleu4')

const labelOf = ({ captionerId }: Mean, names: BundleNames): string =>
  captionerId === null ? 'the alt-text itself' : nameIn(names, captionerId)

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

/** With a measure the paper's eight numbers a row. */
export function table1(
  images: readonly SelectedImage[],
  { measure = null, ...options }: TableOptions & { readonly measure?: Measure | null },
): TableDoc {
  const means = meansOf(images, options.baseline, measure)
  const labelled = means.map((one) => ({
    label: `${labelOf(one, options.names)} (${kindLabel(one.altKind)})`,
    of: one.measured,
  }))
  return {
    title: `Means by kind of alt-text; in brackets the difference to ${kindLabel(options.baseline)}`,
    columns: measure ? MEASURES : COUNTS,
    groups: [
      { picture: null, rows: means.map((one) => row(one, options.names, measure !== null)) },
    ],
    legend: [],
    notes: [
      ...(measure ? measureNotes(measure, labelled) : []),
      ...notesOf({ images, ...options, rows: 'means' }),
    ],
    trace: traceOf(images, options.sha256),
  }
}
