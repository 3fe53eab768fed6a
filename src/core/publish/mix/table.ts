/** Strategies of mixing alt-texts and captions side by side, as a table fit for a paper. */
import type { MixOptions, MixStrategy } from '../../../shared/contract/publish.ts'
import { kindLabel, nameIn } from '../bundle-names.ts'
import { notesOf } from '../notes.ts'
import type { SelectedImage } from '../selection.ts'
import { textCell, type DocCell, type DocColumn, type TableDoc } from '../table-doc.ts'
import { traceOf, type TableOptions } from '../table3.ts'
import type { Mixes, MixRow } from './figures.ts'
import { mixNotes } from './notes.ts'
import { captionOf } from './pool.ts'

const percent = (value: number): string => `${Number(value.toFixed(2))}\u00a0%`

/** What an image is given; `x` is the top, `p` the share. */
export function strategyLabel(strategy: MixStrategy, { top, share }: MixOptions): string {
  const x = `the top ${percent(top)}`
  const LABELS: Readonly<Record<MixStrategy, string>> = {
    'alt-text': 'alt-text of all',
    caption: 'caption of all',
    share: `caption of ${percent(100 * share)}, alt-text of the rest`,
    'top-alt-text': `alt-text of ${x}`,
    'top-caption': `caption of ${x}`,
    'caption-of-top-alt-text': `caption where the alt-text is of ${x}`,
    'top-alt-text-else-caption': `alt-text of ${x}, else the caption`,
    'top-alt-text-else-good-caption': `alt-text of ${x}, else a caption as good`,
    'top-caption-else-good-alt-text': `caption of ${x}, else an alt-text as good`,
    'joined-else-good-caption': `both joined for ${x} of the alt-texts, else a caption as good`,
    'top-both': `${x} of the alt-texts and of the captions`,
  }
  return LABELS[strategy]
}

type Figures = NonNullable<MixRow['figures']>

const number = (value: number | null | undefined, digits = 0): DocCell => ({
  ...{ kind: 'number', value: value ?? null, digits, delta: null },
})

interface Column {
  readonly label: string
  readonly kind: DocColumn['kind']
  readonly width: number
  cell(row: MixRow & { readonly label: string }): DocCell
}

const column = (
  label: string,
  width: number,
  value: (figures: Figures) => number | null | undefined,
  digits = 0,
): Column => ({
  ...{ label, kind: 'number', width },
  cell: ({ figures }) => number(figures && value(figures), digits),
})

const COLUMNS: readonly Column[] = [
  { label: 'Text of an image', kind: 'text', width: 84, cell: ({ label }) => textCell(label) },
  column('Texts', 20, ({ texts }) => texts),
  column('Alt-texts', 30, ({ of }) => of['alt-text']),
  column('Captions', 30, ({ of }) => of.caption),
  column('Joined', 24, ({ of }) => of.joined),
  column('CLIP from', 20, ({ threshold }) => threshold, 1),
  column('CLIP', 18, ({ clip }) => clip, 1),
  column('Words', 19, ({ words }) => words, 1),
  column('Types', 18, ({ vocabulary }) => vocabulary?.types),
  column('Trigrams', 30, ({ vocabulary }) => vocabulary?.trigrams),
  column('Rep. %', 18, ({ vocabulary }) =>
    vocabulary ? (100 * vocabulary.repeated) / vocabulary.captions : null,
  ),
]
const ROOM = COLUMNS.reduce((sum, { width }) => sum + width, 0)

/** Of every image the caption that is mixed alone: nothing else stands behind the table. */
const mixedOf = (images: readonly SelectedImage[], { pool }: Mixes): readonly SelectedImage[] =>
  images.flatMap((one) => {
    const cell = captionOf(one, pool.row)
    return cell ? [{ ...one, cells: [cell], leftOut: 0 }] : []
  })

export function mixTable(
  images: readonly SelectedImage[],
  { baseline, appVersion, sha256, names }: TableOptions,
  { mixes, mix }: { readonly mixes: Mixes; readonly mix: MixOptions },
): TableDoc {
  const { altKind, captionerId } = mixes.pool.row
  const mixed = mixedOf(images, mixes)
  return {
    title: `Training texts by strategy; captions by ${nameIn(names, captionerId)} (${kindLabel(altKind)})`,
    columns: COLUMNS.map(({ label, kind, width }) => ({ label, kind, share: width / ROOM })),
    groups: [
      {
        picture: null,
        rows: mixes.rows.map((row) =>
          COLUMNS.map(({ cell }) => cell({ ...row, label: strategyLabel(row.strategy, mix) })),
        ),
      },
    ],
    legend: [],
    notes: [
      ...mixNotes(mixes, mix),
      ...notesOf({ ...{ images: mixed, baseline, appVersion, names }, rows: 'texts' }),
    ],
    trace: traceOf(mixed, sha256),
  }
}
