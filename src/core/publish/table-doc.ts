/** A table fit for a paper as plain data: every writer (LaTeX, HTML, Markdown) reads this and nothing else. */
import type { TableNumber } from '../../shared/numbers.ts'

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
  | ({ readonly kind: 'number' } & TableNumber)

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
