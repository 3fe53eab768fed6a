/** A table of captions of which only what is on the screen is in the page, however many rows there are. */
import { memo, useEffect, useLayoutEffect, useRef, type ComponentType, type ReactNode } from 'react'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import { formatCount } from '../../format.ts'
import { openImage, select } from '../../stores/comparison.ts'
import {
  needRows,
  PAGE_ROWS,
  pageOf,
  rowAt,
  useDatasetRows,
  type Places,
} from '../../stores/dataset-rows.ts'
import { showScreen } from '../../stores/screen.ts'
import { BLOCK_ROWS, useWindow, type RowWindow } from './use-window.ts'

export interface WindowedRowProps {
  readonly index: number
  /** Not there until it was read. */
  readonly row: DatasetRow | undefined
  /** Image of the row above. */
  readonly imageBefore: string | undefined
  readonly current: boolean
}

type Row = ComponentType<WindowedRowProps>

export async function openInCompare(row: DatasetRow): Promise<void> {
  showScreen('compare')
  await openImage(row.imageId)
  select(row.cellId)
}

interface BlockProps {
  readonly block: number
  /** Rows of the whole list. */
  readonly rows: number
  /** Px from the top of the list. */
  readonly top: number
  readonly measure: RowWindow['measure']
  /** Place of the current row, -1 where it lies in another block. */
  readonly current: number
  readonly Row: Row
}

/** Draws again only when its own page came, its own row was chosen, or it moved. */
const Block = memo(function Block({ block, rows, top, measure, current, Row }: BlockProps) {
  const from = block * BLOCK_ROWS
  const count = Math.max(0, Math.min(BLOCK_ROWS, rows - from))
  const page = useDatasetRows((state) => pageOf(state, from))
  const imageBefore = useDatasetRows((state) => rowAt(state, from - 1)?.imageId)
  return (
    <div
      ref={measure}
      data-block={block}
      className="ds-block"
      role="presentation"
      style={{ transform: `translateY(${top}px)` }}
    >
      {Array.from({ length: count }, (_, i) => (
        <Row
          key={from + i}
          row={page?.[(from + i) % PAGE_ROWS]}
          index={from + i}
          imageBefore={i === 0 ? imageBefore : page?.[(from + i - 1) % PAGE_ROWS]?.imageId}
          current={from + i === current}
        />
      ))}
    </div>
  )
})

/** Pages asked for ahead of where one scrolls to, and kept behind. */
const AHEAD = 3 * PAGE_ROWS
const BEHIND = PAGE_ROWS

/** Rows are there before they are scrolled to: more of them on the side that comes next. */
function usePages(list: Places | null, first: number, last: number): void {
  const was = useRef(0)
  // Before anything is painted: the pages that are there may be those of another list.
  useLayoutEffect(() => {
    const up = first < was.current
    was.current = first
    if (list)
      needRows(
        list,
        first * BLOCK_ROWS - (up ? AHEAD : BEHIND),
        (last + 1) * BLOCK_ROWS + (up ? BEHIND : AHEAD),
      )
  }, [list, first, last])
}

export interface WindowedTableProps {
  readonly label: string
  readonly list: Places | null
  readonly loading: boolean
  readonly current: number
  /** Another list begins at its top; the same one that grew stays where it was scrolled to. */
  readonly view: number
  readonly head: ReactNode
  readonly Row: Row
}

export function WindowedTable(props: WindowedTableProps) {
  const { label, list, loading, current, view, head, Row } = props
  const rows = list?.cellIds.length ?? 0
  const { scroller, heights, first, last, measure, showRow } = useWindow(rows, view)
  usePages(list, first, last)
  const blocks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  useEffect(() => {
    showRow(current)
    const row = scroller.current?.querySelector<HTMLElement>(`[aria-rowindex="${current + 2}"]`)
    if (row && scroller.current?.contains(document.activeElement))
      row.focus({ preventScroll: true })
  }, [current, showRow, scroller])
  return (
    <div
      className="ds-table sheet"
      role="table"
      aria-label={label}
      aria-rowcount={rows + 1}
      aria-busy={loading}
    >
      {head}
      <div
        className="ds-scroll"
        ref={scroller}
        tabIndex={0}
        role="rowgroup"
        aria-label={`${formatCount(rows)} rows`}
      >
        <div className="ds-space" role="presentation" style={{ height: heights.total }}>
          {blocks.map((block) => (
            <Block
              key={block}
              {...{ block, rows, measure, Row }}
              top={heights.before(block)}
              current={Math.floor(current / BLOCK_ROWS) === block ? current : -1}
            />
          ))}
        </div>
      </div>
    </div>
  )
}
