/** Where the publisher gets marks from: the machine's proposals and people's decisions, folded. */
import type { Mark } from '../../shared/contract/grounding.ts'
import type { Cell } from '../../shared/types.ts'
import { foldMarks, standing } from '../grounding/fold-marks.ts'
import type { Store } from '../store-port.ts'
import { TABLE_MARKS, type TableMark } from './table-doc.ts'

export interface MarksOfCell {
  /** What the table colours: marks that stand, of the paper's three classes. */
  readonly altText: readonly TableMark[]
  readonly caption: readonly TableMark[]
  /** All of them, overruled ones too, for data. */
  readonly all: readonly Mark[]
}

export type MarksOf = (cell: Cell) => MarksOfCell

const NONE: MarksOfCell = { altText: [], caption: [], all: [] }
export const noMarks: MarksOf = () => NONE

const toTable = (marks: readonly Mark[], place: Mark['place']): readonly TableMark[] =>
  marks.flatMap((mark): TableMark[] => {
    const kind = TABLE_MARKS.find((one) => one === mark.markClass)
    if (!kind || mark.place !== place) return []
    const state = mark.status === 'confirmed' ? 'confirmed' : 'proposed'
    return [{ start: mark.start, end: mark.end, kind, state }]
  })

export const storedMarks =
  ({ marks: store }: Pick<Store, 'marks'>): MarksOf =>
  (cell) => {
    const { marks } = foldMarks(cell, store.of(cell.id))
    const stand = standing(marks)
    return { altText: toTable(stand, 'alt-text'), caption: toTable(stand, 'caption'), all: marks }
  }
