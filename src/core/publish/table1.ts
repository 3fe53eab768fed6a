/** Means per condition in the style of the paper's Table 1, each with its difference to the baseline. */
import { nameIn, type BundleNames } from './bundle-names.ts'
import { meansOf, type Mean } from './means.ts'
import { notesOf } from './notes.ts'
import type { SelectedImage } from './selection.ts'
import { textCell, type DocCell, type TableDoc } from './table-doc.ts'
import { kindLabel, traceOf, type TableOptions } from './table3.ts'

const number = (value: number | null, digits: number, delta: number | null = null): DocCell => ({
  kind: 'number',
  value,
  digits,
  delta,
})

const row = (one: Mean, names: BundleNames): readonly DocCell[] => [
  textCell(kindLabel(one.altKind)),
  textCell(nameIn(names, one.captionerId)),
  number(one.clip, 2, one.delta),
  number(one.clipN, 0),
  number(one.words, 1),
  number(one.captions, 0),
  number(one.images, 0),
]

export function table1(images: readonly SelectedImage[], options: TableOptions): TableDoc {
  return {
    title: `Means by kind of alt-text; in brackets the difference to ${kindLabel(options.baseline)}`,
    columns: [
      { label: 'Alt-text', kind: 'text', share: 0.2 },
      { label: 'Captioner', kind: 'text', share: 0.2 },
      { label: 'CLIP', kind: 'number', share: 0.2 },
      { label: 'n scored', kind: 'number', share: 0.1 },
      { label: 'Words', kind: 'number', share: 0.1 },
      { label: 'Captions', kind: 'number', share: 0.1 },
      { label: 'Images', kind: 'number', share: 0.1 },
    ],
    groups: [
      {
        picture: null,
        rows: meansOf(images, options.baseline).map((one) => row(one, options.names)),
      },
    ],
    legend: [],
    notes: notesOf({ images, ...options, rows: 'means' }),
    trace: traceOf(images, options.sha256),
  }
}
