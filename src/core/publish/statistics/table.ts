/** How captions are written, as a table fit for a paper: a row for every captioner and kind of alt-text. */
import type { Ratio } from '../../text-statistics/ratios.ts'
import { ALT_TEXT_ITSELF, baseLabel } from '../base-row.ts'
import { kindLabel, nameIn, type BundleNames } from '../bundle-names.ts'
import { notesOf } from '../notes.ts'
import type { SelectedImage } from '../selection.ts'
import { textCell, type DocCell, type DocColumn, type TableDoc } from '../table-doc.ts'
import { traceOf, type TableOptions } from '../table3.ts'
import type { MeasureName } from './collect.ts'
import type { Statistics, StatisticsRow } from './figures.ts'
import { statisticsNotes } from './notes.ts'

interface Column {
  readonly label: string
  readonly kind: DocColumn['kind']
  /** Beside those of the others. */
  readonly width: number
  cell(row: StatisticsRow, names: BundleNames): DocCell
}

const plain = (found: { readonly value: number | null } | null, digits = 0): DocCell => ({
  ...{ kind: 'number', digits, delta: null },
  value: found && found.value,
})

function estimate(
  found: Ratio | null,
  delta: Ratio | null,
  { digits = 1, times = 1 } = {},
): DocCell {
  return {
    ...{ kind: 'number', digits },
    value: found && times * found.value,
    delta: delta && times * delta.value,
    ...(found && { interval: { low: times * found.low, high: times * found.high } }),
  }
}

const measured = (
  label: string,
  name: MeasureName,
  { width, ...how }: { width: number; digits?: number; times?: number },
): Column => ({
  ...{ label, kind: 'number', width },
  cell: ({ ratios, deltas }) => estimate(ratios[name], deltas[name], how),
})

function openingOf({ opening, ratios }: StatisticsRow): DocCell {
  const share = ratios.opening
  return textCell(share ? `${opening} ${(100 * share.value).toFixed(0)}\u00a0%` : '-')
}

/** As wide as heads, "[33.7, 36.4]" and "[76, 100]" are. */
const COLUMNS: readonly Column[] = [
  { label: 'Alt-text', kind: 'text', width: 24, cell: (row) => textCell(kindLabel(row.altKind)) },
  {
    ...{ label: 'Captioner', kind: 'text', width: 34 },
    cell: ({ captionerId }, names) =>
      textCell(captionerId === null ? ALT_TEXT_ITSELF : nameIn(names, captionerId)),
  },
  { label: 'Opening', kind: 'text', width: 33, cell: openingOf },
  { label: 'n', kind: 'number', width: 14, cell: ({ captions }) => plain({ value: captions }) },
  measured('Words', 'words', { width: 34, digits: 1 }),
  {
    ...{ label: 'Quartiles', kind: 'number', width: 28 },
    cell: ({ quartiles }) => textCell(quartiles.map((one) => one.toFixed(0)).join('/')),
  },
  { label: 'Sent.', kind: 'number', width: 16, cell: (row) => plain(row.ratios.sentences, 1) },
  {
    ...{ label: 'Types', kind: 'number', width: 18 },
    cell: ({ vocabulary }) => plain(vocabulary && { value: vocabulary.types }),
  },
  {
    ...{ label: 'MATTR', kind: 'number', width: 24 },
    cell: ({ vocabulary }) => plain(vocabulary && { value: vocabulary.mattr }, 2),
  },
  {
    ...{ label: '3-grams', kind: 'number', width: 24 },
    cell: ({ vocabulary }) => plain(vocabulary && { value: vocabulary.trigrams }),
  },
  {
    ...{ label: 'Rep. %', kind: 'number', width: 15 },
    cell: ({ vocabulary }) =>
      plain(vocabulary && { value: (100 * vocabulary.repeated) / vocabulary.captions }),
  },
  measured('Entities %', 'entities', { width: 28, digits: 0, times: 100 }),
  measured('Copied %', 'copied', { width: 27, digits: 0, times: 100 }),
]
const ROOM = COLUMNS.reduce((sum, { width }) => sum + width, 0)

export function statisticsTable(
  images: readonly SelectedImage[],
  { baseline, appVersion, sha256, names }: TableOptions,
  statistics: Statistics,
): TableDoc {
  const to = baseLabel(statistics.base, names)
  return {
    title: `How captions are written; in round brackets the difference to ${to}`,
    columns: COLUMNS.map(({ label, kind, width }) => ({ label, kind, share: width / ROOM })),
    groups: [
      {
        picture: null,
        rows: statistics.rows.map((row) => COLUMNS.map(({ cell }) => cell(row, names))),
      },
    ],
    legend: [],
    notes: [
      ...statisticsNotes(statistics, names),
      ...notesOf({ ...{ images, baseline, appVersion, names }, rows: 'texts' }),
    ],
    trace: traceOf(images, sha256),
  }
}
