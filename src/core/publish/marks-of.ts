/** Where the publisher gets marks from; a workspace without any publishes plain text. */
import type { Cell } from '../../shared/types.ts'
import type { TableMark } from './table-doc.ts'

export interface MarksOfCell {
  readonly altText: readonly TableMark[]
  readonly caption: readonly TableMark[]
}

export type MarksOf = (cell: Cell) => MarksOfCell

const NONE: MarksOfCell = { altText: [], caption: [] }
export const noMarks: MarksOf = () => NONE
