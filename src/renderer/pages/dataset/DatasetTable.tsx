/** The table of every image under every condition: only what is on the screen is in the page, however many rows there are. */
import { useCallback, useEffect } from 'react'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import { formatCount } from '../../format.ts'
import { openImage, select } from '../../stores/comparison.ts'
import { changeQuery, useDataset, type Query } from '../../stores/dataset.ts'
import { needRows, rowAt, useDatasetRows } from '../../stores/dataset-rows.ts'
import { showScreen } from '../../stores/screen.ts'
import { DatasetRowView } from './DatasetRowView.tsx'
import { BLOCK_ROWS, useWindow, type RowWindow } from './use-window.ts'

const HEADS: readonly { readonly title: string; readonly sort: Query['sort'] | null }[] = [
  { title: 'Image', sort: 'place' },
  { title: 'Alt-text', sort: null },
  { title: 'Generated caption', sort: null },
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

interface BlocksProps extends Pick<RowWindow, 'first' | 'last' | 'heights' | 'measure'> {
  readonly rows: number
}

function Blocks({ first, last, heights, measure, rows }: BlocksProps) {
  const state = useDatasetRows()
  const current = useDataset((one) => one.current)
  const comparing = useDataset((one) => one.query.against !== undefined)
  const grouped = useDataset((one) => (one.query.sort ?? 'place') === 'place')
  const choose = useCallback((index: number) => useDataset.setState({ current: index }), [])
  const open = useCallback((row: DatasetRow) => void openInCompare(row), [])
  const blocks = Array.from({ length: Math.max(0, last - first + 1) }, (_, i) => first + i)
  return blocks.map((block) => {
    const from = block * BLOCK_ROWS
    const count = Math.max(0, Math.min(BLOCK_ROWS, rows - from))
    return (
      <div
        key={block}
        ref={measure}
        data-block={block}
        className="ds-block"
        role="presentation"
        style={{ transform: `translateY(${heights.before(block)}px)` }}
      >
        {Array.from({ length: count }, (_, i) => {
          const row = rowAt(state, from + i)
          const before = rowAt(state, from + i - 1)
          return (
            <DatasetRowView
              key={from + i}
              row={row}
              index={from + i}
              withImage={!grouped || row?.imageId !== before?.imageId}
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
}

export function DatasetTable() {
  const list = useDataset((state) => state.list)
  const loading = useDataset((state) => state.loading)
  const current = useDataset((state) => state.current)
  const view = useDataset((state) => state.view)
  const rows = list?.cellIds.length ?? 0
  const { scroller, heights, first, last, measure, showRow } = useWindow(rows, view)
  useEffect(() => {
    // One more view on either side than is drawn: pages are there before they are scrolled to.
    const spare = (last - first + 1) * BLOCK_ROWS
    needRows(first * BLOCK_ROWS - spare, (last + 1) * BLOCK_ROWS + spare)
  }, [list, first, last])
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
          <Blocks {...{ first, last, heights, measure, rows }} />
        </div>
      </div>
    </div>
  )
}
