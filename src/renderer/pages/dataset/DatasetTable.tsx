/** Every image under every condition, sorted by what one presses. */
import { memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import { changeQuery, useDataset, type Query } from '../../stores/dataset.ts'
import { DatasetRowView } from './DatasetRowView.tsx'
import { openInCompare, WindowedTable, type WindowedRowProps } from './WindowedTable.tsx'

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

const choose = (index: number): void => useDataset.setState({ current: index })
const open = (row: DatasetRow): void => void openInCompare(row)

const Row = memo(function Row({ index, row, imageBefore, current }: WindowedRowProps) {
  const comparing = useDataset((one) => one.query.against !== undefined)
  const grouped = useDataset((one) => (one.query.sort ?? 'place') === 'place')
  return (
    <DatasetRowView
      row={row}
      index={index}
      withImage={!grouped || row?.imageId !== imageBefore}
      comparing={comparing}
      current={current}
      onChoose={choose}
      onOpen={open}
    />
  )
})

export function DatasetTable() {
  const { list, loading, current, view } = useDataset(
    useShallow(({ list, loading, current, view }) => ({ list, loading, current, view })),
  )
  return (
    <WindowedTable
      label="Captions of the dataset"
      {...{ list, loading, current, view, Row }}
      head={<Head />}
    />
  )
}
