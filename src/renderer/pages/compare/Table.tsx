/** The sheet that a paper figure is cut from: image, alt-texts, captions by captioner. */
import { useEffect, useMemo, useRef } from 'react'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import { baselineCell, effectiveBaseline, scoreRange, type Baseline } from '../../sheet/baseline.ts'
import type { Column, Row, SheetModel } from '../../sheet/sheet-model.ts'
import { useComparison } from '../../stores/comparison.ts'
import { selectedFold, useCurrentSheet } from '../../stores/current-sheet.ts'
import { plural } from '../../format.ts'
import { KIND_NAMES } from '../../kinds.ts'
import { fillColumn, fillPresentColumn, useMissing } from '../../stores/fill-column.ts'
import { useMarks } from '../../stores/marks.ts'
import { useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { AltCell } from './AltCell.tsx'
import { CaptionCell } from './CaptionCell.tsx'
import { ColumnHead } from './ColumnHead.tsx'
import { useFollowWritten } from './follow-written.ts'
import { FreshImage } from './FreshImage.tsx'
import { ImageColumn } from './ImageColumn.tsx'
import { LiveCaption } from './LiveCaption.tsx'
import { MarkLegend } from './MarkLegend.tsx'
import { titleOf } from '../../captioners.ts'
import { useSideways } from './use-sideways.ts'

function baselineName(sheet: SheetModel, baseline: Baseline | null): string {
  if (!baseline) return ''
  if (baseline.kind === 'column') return 'baseline: pinned column'
  const row = sheet.rows.find(({ key }) => key === baseline.key)
  return row ? `baseline: ${KIND_NAMES[row.altKind].toLowerCase()}` : ''
}

interface TableRowProps {
  readonly sheet: SheetModel
  readonly row: Row
  readonly baseline: Baseline | null
  readonly selected: string | null
  readonly range: readonly [number, number]
}

/** Only a captioner that is here can be asked for what is missing. */
function Absent({ column, row }: { readonly column: Column; readonly row: Row }) {
  if (isElsewhere(column.captionerId))
    return <p className="dim absent">no caption was read for this alt-text</p>
  return (
    <p className="dim absent">
      not captioned yet{' '}
      <button type="button" className="offer" onClick={() => fillColumn(column, row.key)}>
        Caption
      </button>
    </p>
  )
}

function TableRow({ sheet, row, baseline, selected, range }: TableRowProps) {
  const holds = row.places.some(
    (place) =>
      place.folds.some(({ id }) => id === selected) ||
      place.live.some(({ key }) => key === selected),
  )
  const pinned = baseline?.kind === 'row' && baseline.key === row.key
  const folds = row.places.flatMap((place) => place.folds)
  return (
    <div className={holds ? 'row sel' : 'row'} role="row">
      <AltCell
        {...{ row, pinned }}
        fold={folds.find(({ id }) => id === selected) ?? folds[0] ?? null}
      />
      {row.places.map((place, index) => {
        const column = sheet.columns[index] as Column
        const base = baselineCell(sheet, baseline, { row: row.key, column: column.key })
        return (
          <div key={column.key} role="cell" className="place">
            {place.folds.map((fold) => (
              <CaptionCell
                key={fold.id}
                {...{ fold, base, range }}
                samples={place.samples}
                selected={fold.id === selected}
              />
            ))}
            {place.live.map((one) => (
              <LiveCaption key={one.key} live={one} selected={one.key === selected} />
            ))}
            {place.folds.length + place.live.length === 0 && <Absent {...{ column, row }} />}
          </div>
        )
      })}
    </div>
  )
}

/** Where all that stands here was made elsewhere, the next thing one wants is ours beside it. */
function OursBeside() {
  const missing = useMissing()
  const chosen = useSettings((state) => state.captionerId)
  const name = useStatus(({ bundles, status }) =>
    titleOf(bundles, chosen ?? status?.defaultCaptioner ?? ''),
  )
  if (missing === 0) return null
  return (
    <div className="ours-beside">
      <Button keys="⇧S" onPress={fillPresentColumn}>
        Caption {plural(missing, 'row')} with {name}
      </Button>
    </div>
  )
}

export function Table() {
  const sheet = useCurrentSheet()
  const loaded = useComparison((state) => state.loaded)
  const cells = useComparison((state) => state.cells)
  const selected = useComparison((state) => state.selected)
  const pinned = useComparison((state) => state.baseline)
  const differences = useComparison((state) => state.showDifferences)
  const marks = useMarks((state) => state.shown)
  const baseline = effectiveBaseline(sheet, pinned)
  const range = useMemo(() => scoreRange(cells), [cells])
  const shown = selectedFold(sheet, selected)
  const scroller = useRef<HTMLDivElement>(null)
  const imageId = useComparison((state) => state.imageId)
  // Another image is read from its top.
  useEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [imageId])
  useFollowWritten(scroller, sheet, shown)
  const columns = { '--columns': Math.max(1, sheet.columns.length) } as React.CSSProperties
  const rows = useRef<HTMLDivElement>(null)
  const sideways = useSideways(rows, sheet.columns.length)
  const several = sheet.columns.length > 1 ? ' several' : ''
  return (
    <div className="scroll" tabIndex={-1} ref={scroller}>
      <div className={marks ? 'sheet marking' : 'sheet'}>
        <div className={`t3${several}`} style={columns}>
          <div className="image-side">
            <div className="label image-head" aria-hidden="true">
              Image
            </div>
            <ImageColumn />
          </div>
          {loaded && sheet.rows.length === 0 ? (
            <FreshImage />
          ) : (
            <div
              className={`rows${several}${sideways ? ' sideways' : ''}`}
              ref={rows}
              role="table"
              aria-label="Captions of this image under each alt-text"
              aria-busy={!loaded}
            >
              <div className="thead" role="row">
                <span role="columnheader" className="label">
                  Alt-text
                </span>
                {sheet.columns.map((column, index) => (
                  <ColumnHead
                    key={column.key}
                    {...{ sheet, column, baseline }}
                    note={index === 0 ? baselineName(sheet, baseline) : ''}
                  />
                ))}
              </div>
              {sheet.rows.map((row) => (
                <TableRow key={row.key} {...{ sheet, row, baseline, range }} selected={shown} />
              ))}
            </div>
          )}
        </div>
        {sheet.columns.length > 0 &&
          sheet.columns.every(({ captionerId }) => isElsewhere(captionerId)) && <OursBeside />}
        {marks && <MarkLegend sheet={sheet} />}
        {differences && baseline && (
          <p className="legend">
            <span>
              <span className="differs">{marks ? 'Grey ground' : 'Dotted underline'}</span>: not in
              the caption of the baseline.
            </span>
          </p>
        )}
      </div>
    </div>
  )
}
