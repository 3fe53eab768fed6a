/** The alt-text of a row: its kind, its words, and which of them the caption carried or rejected. */
import { useMemo } from 'react'
import { KindChip } from '../../components/KindGlyph.tsx'
import { sourcesOf } from '../../grounding/shown-marks.ts'
import type { Fold, Row } from '../../sheet/sheet-model.ts'
import { marksOfFold, useMarks } from '../../stores/marks.ts'
import { MarkedText } from './MarkedText.tsx'

export interface AltCellProps {
  readonly row: Row
  /** The caption whose marks the words wear; null while the row has none. */
  readonly fold: Fold | null
  readonly pinned: boolean
}

function AltWords({ text, fold }: { readonly text: string; readonly fold: Fold }) {
  const byCell = useMarks((state) => state.byCell)
  const shown = useMarks((state) => state.shown)
  const marks = useMemo(() => {
    const all = shown ? marksOfFold(byCell, fold.cellIds) : []
    return [...all.filter(({ place }) => place === 'alt-text'), ...sourcesOf(all)]
  }, [byCell, shown, fold.cellIds])
  return <MarkedText text={text} place="alt-text" foldId={fold.id} marks={marks} />
}

export function AltCell({ row, fold, pinned }: AltCellProps) {
  return (
    <div className="altcell" role="rowheader">
      <KindChip kind={row.altKind} />
      <div className="alt">
        {row.altText === '' ? (
          <span className="dim">“”</span>
        ) : (
          <>“{fold ? <AltWords text={row.altText} fold={fold} /> : row.altText}”</>
        )}
      </div>
      {pinned && <span className="label">baseline</span>}
    </div>
  )
}
