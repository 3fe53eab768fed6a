/** What the lines mean: under the table, so that a figure cut from it can stand alone. */
import { useMemo } from 'react'
import { MARK_LEGEND } from '../../grounding/mark-words.ts'
import { marksOfFold, useMarks } from '../../stores/marks.ts'
import type { SheetModel } from '../../sheet/sheet-model.ts'
import { CLASS_WORDS } from '../../grounding/mark-words.ts'

export function MarkLegend({ sheet }: { readonly sheet: SheetModel }) {
  const byCell = useMarks((state) => state.byCell)
  const marks = useMemo(
    () =>
      sheet.rows
        .flatMap((row) => row.places.flatMap((place) => place.folds))
        .flatMap((fold) => marksOfFold(byCell, fold.cellIds)),
    [sheet, byCell],
  )
  if (marks.length === 0) return null
  const has = (test: (mark: (typeof marks)[number]) => boolean) => marks.some(test)
  return (
    <p className="legend">
      {MARK_LEGEND.filter(
        ({ markClass, always }) => always || has((mark) => mark.markClass === markClass),
      ).map(({ markClass }) => (
        <span key={markClass}>
          <span className={`m ${markClass} decided`}>{CLASS_WORDS[markClass].name}</span>{' '}
          {CLASS_WORDS[markClass].means}
        </span>
      ))}
      <span>
        Line only: proposed by the machine. Filled: confirmed by a person.
        {has(({ status }) => status === 'overruled') && (
          <>
            {' '}
            <span className="m overruled">Crossed</span>: overruled.
          </>
        )}
      </span>
    </p>
  )
}
