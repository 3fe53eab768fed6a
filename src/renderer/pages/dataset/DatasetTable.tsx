/** The table of every image under every condition: only what is on the screen is in the page, however many rows there are. */
import { memo, useEffect, useRef } from 'react'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import { formatCount } from '../../format.ts'
import { openImage, select } from '../../stores/comparison.ts'
import { changeQuery, useDataset, type Listing, type Query } from '../../stores/dataset.ts'
import { needRows, PAGE_ROWS, pageOf, rowAt, useDatasetRows } from '../../stores/dataset-rows.ts'
import { showScreen } from '../../stores/screen.ts'
import { DatasetRowView } from './DatasetRowView.tsx'
import { BLOCK_ROWS, useWindow, type RowWindow } from './use-window.ts'

const HEADS: readonly { readonly title: string; readonly sort: Query['sort'] | null }[] = [
  { title: 'Image', sort: 'place' },
  { title: 'Alt-text', sort: null },
  { title: 'Caption', sort: null },
  { title: 'Score', sort: 'score' },
  { title: 'Carried', sort: 'carried' },
  { title: 'Rejected', sort: 'rejected' },
  { title: 'Erroneous', sort: 'erroneous' },
  { title: 'Lift', sort: 'lift' },
]

/** The first press of a number sorts the largest up, the second the smallest. */
function sortBy(sort: NonNullable<Query['sort']>): void {
  const { query } = useDataset.getState()
  const same = (query.sort ?? 'place') === sort
  changeQuery({ sort, descending: same ? !(query.descending ?? false) : sort !== 'place' })
}

function Head() {
  const query = useDataset((state) => state.query)
  const sort = query.sort ?? 'place'
  return (
    <div className="ds-head" role="rowgroup">
      <div role="row" className="ds-grid" aria-rowindex={1}>
        {HEADS.map((head) => {
          const active = head.sort === sort
          return (
            <div
              key={head.title}
              role="columnheader"
              className="label"
              aria-sort={
                head.sort === null
                  ? undefined
                  : active
                    ? query.descending
                      ? 'descending'
                      : 'ascending'
                    : 'none'
              }
            >
              {head.sort === null ? (
                head.title
              ) : (
                <button type="button" onClick={() => head.sort && sortBy(head.sort)}>
                  {head.title}
                  <span aria-hidden="true">{active ? (query.descending ? ' ↓' : ' ↑') : ''}</span>
                </button>
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

async function openInCompare(row: DatasetRow): Promise<void> {
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
}

const choose = (index: number): void => useDataset.setState({ current: index })
const open = (row: DatasetRow): void => void openInCompare(row)

/** Draws again only when its own page came, its own row was chosen, or it moved. */
const Block = memo(function Block({ block, rows, top, measure }: BlockProps) {
  const from = block * BLOCK_ROWS
  const count = Math.max(0, Math.min(BLOCK_ROWS, rows - from))
  const page = useDatasetRows((state) => pageOf(state, from))
  const imageBefore = useDatasetRows((state) => rowAt(state, from - 1)?.imageId)
  const current = useDataset((one) =>
    one.current >= from && one.current < from + count ? one.current : -1,
  )
  const comparing = useDataset((one) => one.query.against !== undefined)
  const grouped = useDataset((one) => (one.query.sort ?? 'place') === 'place')
  return (
    <div
      ref={measure}
      data-block={block}
      className="ds-block"
      role="presentation"
      style={{ transform: `translateY(${top}px)` }}
    >
      {Array.from({ length: count }, (_, i) => {
        const row = page?.[(from + i) % PAGE_ROWS]
        const before = i === 0 ? imageBefore : page?.[(from + i - 1) % PAGE_ROWS]?.imageId
        return (
          <DatasetRowView
            key={from + i}
            row={row}
            index={from + i}
            withImage={!grouped || row?.imageId !== before}
            comparing={comparing}
            current={from + i === current}
            onChoose={choose}
            onOpen={open}
          />
        )
      })}
    </div>
  )
})

/** Pages asked for ahead of where one scrolls to, and kept behind. */
const AHEAD = 3 * PAGE_ROWS
const BEHIND = PAGE_ROWS

/** Rows are there before they are scrolled to: more of them on the side that comes next. */
function usePages(list: Listing | null, first: number, last: number): void {
  const was = useRef(0)
  useEffect(() => {
    const up = first < was.current
    was.current = first
    needRows(
      first * BLOCK_ROWS - (up ? AHEAD : BEHIND),
      (last + 1) * BLOCK_ROWS + (up ? BEHIND : AHEAD),
    )
  }, [list, first, last])
}

export function DatasetTable() {
  const list = useDataset((state) => state.list)
  const loading = useDataset((state) => state.loading)
  const current = useDataset((state) => state.current)
  const view = useDataset((state) => state.view)
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
      aria-label="Captions of the dataset"
      aria-rowcount={rows + 1}
      aria-busy={loading}
    >
      <Head />
      <div
        className="ds-scroll"
        ref={scroller}
        tabIndex={0}
        role="rowgroup"
        aria-label={`${formatCount(rows)} rows`}
      >
        <div className="ds-space" role="presentation" style={{ height: heights.total }}>
          {blocks.map((block) => (
            <Block key={block} {...{ block, rows, measure }} top={heights.before(block)} />
          ))}
        </div>
      </div>
    </div>
  )
}
