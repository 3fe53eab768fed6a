/** Four panels of rates with their intervals, one row a kind of alt-text (or captioner, class, group); every bar opens its cells. */
import type { RefObject } from 'react'
import type { ProfileRow } from '../../../shared/contract/grounding.ts'
import type { AltKind } from '../../../shared/types.ts'
import { shortened } from '../../format.ts'
import { KIND_NAMES } from '../../kinds.ts'
import { useStatus } from '../../stores/status.ts'
import { MEASURES, openBar, type Measure } from '../../stores/profile.ts'
import { nameOf } from '../../captioners.ts'

const WIDTH = 1120
/** Room for the labels of rows: what the longest takes, within bounds. */
const LABEL = { least: 168, most: 290, gap: 14, letter: 7.2 } as const
const GAP = 28
const ROW = 22
const TOP = 42
const BOTTOM = 24
const COUNT = 52

const percent = (value: number): string => `${Math.round(value * 100)} %`

type LabelOf = (row: ProfileRow) => string

/** Kinds are named as everywhere; a class or group is its own text. Rows of several captioners name theirs. */
function labelsOf(rows: readonly ProfileRow[], captionerName: (id: string) => string): LabelOf {
  const several = new Set(rows.map(({ captionerId }) => captionerId)).size > 1
  return ({ by, value, captionerId }) => {
    if (by === 'captioner') return captionerName(value)
    const name = by === 'kind' ? (KIND_NAMES[value as AltKind] ?? value) : value
    return several && captionerId !== null ? `${name}, ${captionerName(captionerId)}` : name
  }
}

interface Layout {
  readonly label: number
  readonly panel: number
  /** Length of the scale from 0 to 100 %. */
  readonly scale: number
}

function layoutOf(labels: readonly string[]): Layout {
  const longest = Math.max(0, ...labels.map(({ length }) => length))
  const wanted = LABEL.gap + longest * LABEL.letter
  const label = Math.min(LABEL.most, Math.max(LABEL.least, wanted))
  const panel = (WIDTH - label - GAP * 3) / 4
  return { label, panel, scale: panel - COUNT }
}

function short(text: string, { label }: Layout): string {
  const room = Math.floor((label - LABEL.gap) / LABEL.letter)
  return shortened(text, room)
}

interface BarProps {
  readonly label: string
  readonly row: ProfileRow
  readonly measure: Measure
  readonly layout: Layout
  readonly y: number
}

function Bar({ label, row, measure, layout: { panel, scale }, y }: BarProps) {
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
      <rect x={0} y={y} width={panel} height={ROW} className="hit" />
      <rect x={0} y={y + 5} width={value * scale} height={ROW - 10} rx={1.5} className="rate" />
      <path
        d={`M${low * scale} ${y + ROW / 2}H${high * scale}M${low * scale} ${y + 8}v${ROW - 16}M${high * scale} ${y + 8}v${ROW - 16}`}
        className="interval"
      />
      <text x={scale + 8} y={y + 15} className="value">
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
  const layout = layoutOf(rows.map(labelOf))
  const { label, panel, scale } = layout
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
          x={label - LABEL.gap}
          y={TOP + index * ROW + 15}
          className="row-label"
          textAnchor="end"
        >
          <title>{labelOf(row)}</title>
          {short(labelOf(row), layout)}
        </text>
      ))}
      {MEASURES.map(({ measure, title: name, about }, at) => (
        <g key={measure} transform={`translate(${label + at * (panel + GAP)} 0)`}>
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
              d={`M${tick * scale} ${TOP - 4}V${height - BOTTOM + 4}`}
              className={tick === 0 ? 'axis' : 'grid'}
            />
          ))}
          {[0, 0.5, 1].map((tick) => (
            <text
              key={tick}
              x={tick * scale}
              y={height - 6}
              textAnchor={tick === 0 ? 'start' : tick === 1 ? 'end' : 'middle'}
              className="tick-label"
            >
              {percent(tick)}
            </text>
          ))}
          {rows.map((row, index) => (
            <Bar
              key={index}
              {...{ row, measure, layout }}
              label={labelOf(row)}
              y={TOP + index * ROW}
            />
          ))}
        </g>
      ))}
    </svg>
  )
}
