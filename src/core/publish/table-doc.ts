/** A table fit for a paper as plain data: every writer (LaTeX, HTML, Markdown) reads this and nothing else. */

/** The three classes that the paper's Table 3 colours. */
export const TABLE_MARKS = ['carried', 'erroneous', 'rejected'] as const
export type TableMarkKind = (typeof TABLE_MARKS)[number]

/** Code points [start, end) of one text. Spans may overlap. */
export interface TableMark {
  readonly start: number
  readonly end: number
  readonly kind: TableMarkKind
  /** `proposed`: by the machine alone; `confirmed`: by a person. */
  readonly state: 'proposed' | 'confirmed'
}

/** A stretch of text under the same marks throughout. */
export interface Piece {
  readonly text: string
  readonly marks: readonly Pick<TableMark, 'kind' | 'state'>[]
}

export type DocCell =
  | { readonly kind: 'text'; readonly pieces: readonly Piece[] }
  | {
      readonly kind: 'number'
      readonly value: number | null
      /** Digits after the point. */
      readonly digits: number
      /** Difference to the baseline, computed from stored numbers; null where there is none. */
      readonly delta: number | null
      /** 95 %, where there is one. */
      readonly interval?: { readonly low: number; readonly high: number }
    }

export interface DocColumn {
  readonly label: string
  readonly kind: 'text' | 'number'
  /** Share of the width; all shares together are 1. */
  readonly share: number
}

/** Rows that belong to one image, or the whole body of a table without pictures. */
export interface DocGroup {
  readonly picture: { readonly imageId: string; readonly name: string } | null
  readonly rows: readonly (readonly DocCell[])[]
}

/** One cell of the workspace behind the table: its id, and what its caption was. */
export interface TraceEntry {
  readonly cellId: string
  /** First 16 hex digits of the sha256 of the caption in UTF-8. */
  readonly sha16: string
}

export interface TableDoc {
  readonly title: string
  readonly columns: readonly DocColumn[]
  readonly groups: readonly DocGroup[]
  /** The marks that occur; the legend names these. */
  readonly legend: readonly TableMarkKind[]
  /** The footnote, one sentence group a line: runs, cells, seeds, captioner, scorer, n. */
  readonly notes: readonly string[]
  readonly trace: readonly TraceEntry[]
}

/** Goes on from the name of the mark, which stands before it in its own colour and shape. */
export const LEGEND: Readonly<Record<TableMarkKind, string>> = {
  carried: ' from the alt-text',
  erroneous: ', not grounded in the image',
  rejected: ', in the alt-text and refused by the caption',
}

export const CONFIRMED_LEGEND = 'Bold marks were confirmed by a person, the others are proposals.'

export const textCell = (text: string): DocCell => ({ kind: 'text', pieces: [{ text, marks: [] }] })

/** On one line, which its column must have room for. */
const intervalText = (low: number, high: number, digits: number): string =>
  `[${low.toFixed(digits)},\u00a0${high.toFixed(digits)}]`

/** "27.3", "-" for none, its interval as "[26.9, 27.8]" and the difference as "(+1.2)". */
export function numberText(cell: Extract<DocCell, { kind: 'number' }>): string {
  const { value, digits, delta, interval } = cell
  if (value === null) return '-'
  return [
    value.toFixed(digits),
    ...(interval ? [intervalText(interval.low, interval.high, digits)] : []),
    ...(delta === null ? [] : [`(${signed(delta, digits)})`]),
  ].join(' ')
}

/** A rounded zero has no sign: "-0.0" would claim a fall. */
function signed(value: number, digits: number): string {
  const text = Math.abs(value).toFixed(digits)
  if (Number(text) === 0) return text
  return `${value < 0 ? '-' : '+'}${text}`
}
