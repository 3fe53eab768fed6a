/** Four panels of rates with their intervals, one row a kind of alt-text (or captioner, class, group); every bar opens its cells. */
import type { RefObject } from 'react'
import type { ProfileRow } from '../../../shared/contract/grounding.ts'
import type { AltKind } from '../../../shared/types.ts'
import { KIND_NAMES } from '../../kinds.ts'
import { nameOf, useStatus } from '../../stores/status.ts'
import { MEASURES, openBar, type Measure } from '../../stores/profile.ts'

const WIDTH = 1120
const LABEL = 168
const GAP = 28
const ROW = 22
const TOP = 42
const BOTTOM = 24
const COUNT = 52
const PANEL = (WIDTH - LABEL - GAP * 3) / 4
/** Length of the scale from 0 to 100 %. */
const SCALE = PANEL - COUNT

const percent = (value: number): string => `${Math.round(value * 100)} %`

export type LabelOf = (row: ProfileRow) => string

/** Kinds are named as everywhere; a class or group is its own text. Rows of several captioners name theirs. */
export function labelsOf(
  rows: readonly ProfileRow[],
  captionerName: (id: string) => string,
): LabelOf {
  const several = new Set(rows.map(({ captionerId }) => captionerId)).size > 1
  return ({ by, value, captionerId }) => {
    if (by === 'captioner') return captionerName(value)
    const name = by === 'kind' ? (KIND_NAMES[value as AltKind] ?? value) : value
    return several && captionerId !== null ? `${name}, ${captionerName(captionerId)}` : name
  }
}

const short = (text: string): string => (text.length > 26 ? `${text.slice(0, 25)}…` : text)

interface BarProps {
  readonly label: string
  readonly row: ProfileRow
  readonly measure: Measure
  readonly y: number
}

function Bar({ label, row, measure, y }: BarProps) {
  const rate = row[measure]
  const { value, low, high, n, images } = rate
  if (value === null)
    return (
      <text x={4} y={y + 15} className="none">
        no cell could show it
      </text>
    )
  const said = `${label}, ${measure}: ${percent(value)}, 95 % interval ${percent(low)} to ${percent(high)}, ${n} cells of ${images} images`
  const open = () => void openBar(row, measure, label)
  return (
    <g
      role="button"
      tabIndex={0}
      className="bar-button"
      aria-label={`${said}. Show the cells`}
      onClick={open}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        open()
      }}
    >
      <title>{said}</title>
      <rect x={0} y={y} width={PANEL} height={ROW} className="hit" />
      <rect x={0} y={y + 5} width={value * SCALE} height={ROW - 10} rx={1.5} className="rate" />
      <path
        d={`M${low * SCALE} ${y + ROW / 2}H${high * SCALE}M${low * SCALE} ${y + 8}v${ROW - 16}M${high * SCALE} ${y + 8}v${ROW - 16}`}
        className="interval"
      />
      <text x={SCALE + 8} y={y + 15} className="value">
        {percent(value)}
      </text>
    </g>
  )
}

const TICKS = [0, 0.25, 0.5, 0.75, 1]

export interface ProfileChartProps {
  readonly rows: readonly ProfileRow[]
  readonly chart: RefObject<SVGSVGElement | null>
  readonly title: string
}

export function ProfileChart({ rows, chart, title }: ProfileChartProps) {
  const height = TOP + rows.length * ROW + BOTTOM
  const bundles = useStatus((state) => state.bundles)
  const labelOf = labelsOf(rows, (id) => nameOf(bundles, id))
  return (
    <svg
      ref={chart}
      className="profile-chart"
      viewBox={`0 0 ${WIDTH} ${height}`}
      width={WIDTH}
      height={height}
      role="group"
      aria-label={title}
    >
      {rows.map((row, index) => (
        <text
          key={index}
          x={LABEL - 14}
          y={TOP + index * ROW + 15}
          className="row-label"
          textAnchor="end"
        >
          <title>{labelOf(row)}</title>
          {short(labelOf(row))}
        </text>
      ))}
      {MEASURES.map(({ measure, title: name, about }, panel) => (
        <g key={measure} transform={`translate(${LABEL + panel * (PANEL + GAP)} 0)`}>
          <text x={0} y={14} className="panel-title">
            {name}
            <title>{about}</title>
          </text>
          <text x={0} y={30} className="panel-about">
            n {rows.reduce((sum, row) => sum + row[measure].n, 0)}
          </text>
          {TICKS.map((tick) => (
            <path
              key={tick}
              d={`M${tick * SCALE} ${TOP - 4}V${height - BOTTOM + 4}`}
              className={tick === 0 ? 'axis' : 'grid'}
            />
          ))}
          {[0, 0.5, 1].map((tick) => (
            <text
              key={tick}
              x={tick * SCALE}
              y={height - 6}
              textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
              className="tick-label"
            >
              {percent(tick)}
            </text>
          ))}
          {rows.map((row, index) => (
            <Bar key={index} {...{ row, measure }} label={labelOf(row)} y={TOP + index * ROW} />
          ))}
        </g>
      ))}
    </svg>
  )
}
