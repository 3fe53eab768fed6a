/** Captions that two measures see otherwise, the furthest apart first, with what every measure says of them. */
import { memo } from 'react'
import { useShallow } from 'zustand/react/shallow'
import type { MeasuredPlace, TriangulationMeasure } from '../../../shared/contract/triangulation.ts'
import type { DatasetRow } from '../../../shared/contract/dataset.ts'
import { shownDifference } from '../../../shared/numbers.ts'
import {
  disagreementInWords,
  MEASURE_WORDS,
  measureValue,
  placeInWords,
} from '../../../shared/triangulation-words.ts'
import { useTriangulation } from '../../stores/triangulation.ts'
import { MarkedCaption, RowShell } from './RowShell.tsx'
import { openInCompare, WindowedTable, type WindowedRowProps } from './WindowedTable.tsx'

const HEADS = ['Image', 'Alt-text', 'Caption', 'Values and places', 'Disagreement']

const head = (
  <div className="ds-head" role="rowgroup">
    <div role="row" className="ds-grid" aria-rowindex={1}>
      {HEADS.map((title) => (
        <div
          key={title}
          role="columnheader"
          className={title === 'Values and places' ? 'label left' : 'label'}
          aria-sort={title === 'Disagreement' ? 'descending' : undefined}
        >
          {title}
        </div>
      ))}
    </div>
  </div>
)

/** Of the pair that sorts the list. */
function Chosen({ places }: { readonly places: readonly MeasuredPlace[] }) {
  return (
    <ul className="tri-pair">
      {places.map((place) => (
        <li key={place.measure}>
          <span>{MEASURE_WORDS[place.measure].short}</span>
          <span className="num">{measureValue(place)}</span>
          <span className="num dim">{placeInWords(place)}</span>
        </li>
      ))}
    </ul>
  )
}

/** Of all other measures, on as few lines as will do. */
function Others({ places }: { readonly places: readonly MeasuredPlace[] }) {
  return (
    <ul className="tri-others">
      {places.map((place) => (
        <li key={place.measure} className="num">
          {MEASURE_WORDS[place.measure].short} {measureValue(place)}{' '}
          <span className="dim">{placeInWords(place)}</span>
        </li>
      ))}
    </ul>
  )
}

const choose = (index: number): void => useTriangulation.setState({ current: index })
const open = (row: DatasetRow): void => void openInCompare(row)

const Row = memo(function Row({ index, row, current }: WindowedRowProps) {
  const one = useTriangulation((state) => state.captions[index])
  const by: readonly TriangulationMeasure[] = useTriangulation((state) => state.result?.by) ?? []
  const places = one?.measures ?? []
  const chosen = by.flatMap((name) => places.find(({ measure }) => measure === name) ?? [])
  return (
    <RowShell {...{ row, index, current, withImage: true, onChoose: choose, onOpen: open }}>
      <div role="cell" className="ds-caption">
        {row ? <MarkedCaption row={row} /> : <p className="caption dim">…</p>}
        <p className="said">{disagreementInWords(places, by)}</p>
        <Others places={places.filter(({ measure }) => !by.includes(measure))} />
      </div>
      <div role="cell">
        <Chosen places={chosen} />
      </div>
      <div role="cell" className="num score-cell">
        {one && shownDifference(one.disagreement, 2)}
      </div>
    </RowShell>
  )
})

export function TriangulationTable() {
  const { list, current, view, progress } = useTriangulation(
    useShallow(({ list, current, view, progress }) => ({ list, current, view, progress })),
  )
  const measures = useTriangulation((state) => state.result?.measures.length ?? 0)
  if (list && list.cellIds.length === 0)
    return (
      <div className="centred">
        <div className="empty">
          <p>
            {measures > 1
              ? 'No caption here that these two see otherwise.'
              : 'No image here has two captions that could be held against one another. Caption images under several alt-texts, in Compare or with a probe pack.'}
          </p>
        </div>
      </div>
    )
  return (
    <div className="tri-list">
      <WindowedTable
        label="Captions that disagree"
        {...{ list, current, view, head, Row }}
        loading={progress !== null}
      />
    </div>
  )
}
