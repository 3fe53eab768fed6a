/** Edit distance and score by round, each with its interval: where both are flat, another round changes little. */
import { Download } from 'lucide-react'
import { useRef } from 'react'
import type { RoundFigures } from '../../../../shared/annotation.ts'
import {
  chartPanel,
  MEASURES,
  PANEL_HEIGHT,
  PANEL_WIDTH,
  type ChartPanel,
} from '../../../rounds/figure-chart.ts'
import { Button } from '../../../ui/Button.tsx'
import { saveSvg } from '../../dataset/save-svg.ts'

function Panel({ panel, at }: { readonly panel: ChartPanel; readonly at: number }) {
  const { title, points, ticks, rounds, said } = panel
  return (
    <g transform={`translate(${at * (PANEL_WIDTH + 20)} 0)`} role="img" aria-label={said}>
      <text x={0} y={14} className="name">
        {title}
      </text>
      {ticks.map(({ y, label }) => (
        <g key={y}>
          <path d={`M44 ${y}H${PANEL_WIDTH - 4}`} className="grid" />
          <text x={38} y={y + 4} textAnchor="end" className="tick num">
            {label}
          </text>
        </g>
      ))}
      {rounds.map(({ x, label }) => (
        <text key={label} x={x} y={PANEL_HEIGHT - 6} textAnchor="middle" className="tick num">
          {label}
        </text>
      ))}
      <path
        d={points.map(({ x, y }, index) => `${index === 0 ? 'M' : 'L'}${x} ${y}`).join('')}
        className="range thin"
      />
      {points.map(({ round, x, y, low, high, label }) => (
        <g key={round}>
          <path d={`M${x} ${low}V${high}M${x - 4} ${low}h8M${x - 4} ${high}h8`} className="range" />
          <circle cx={x} cy={y} r={4} className="dot" />
          <text x={x + 8} y={y - 6} className="num">
            {label}
          </text>
        </g>
      ))}
    </g>
  )
}

export function RoundsFigure({ rounds }: { readonly rounds: readonly RoundFigures[] }) {
  const chart = useRef<SVGSVGElement>(null)
  const panels = MEASURES.flatMap((measure) => chartPanel(rounds, measure) ?? [])
  if (panels.length === 0) return null
  const width = panels.length * (PANEL_WIDTH + 20)
  return (
    <div className="report-block">
      <svg
        ref={chart}
        className="figure"
        viewBox={`0 0 ${width} ${PANEL_HEIGHT}`}
        style={{ maxWidth: width }}
        role="group"
        aria-label="Chart of the rounds"
      >
        {panels.map((panel, index) => (
          <Panel key={panel.title} panel={panel} at={index} />
        ))}
      </svg>
      <div className="together">
        <Button
          look="quiet"
          icon={<Download className="icon" aria-hidden="true" />}
          onPress={() => chart.current && saveSvg(chart.current, 'rounds.svg')}
        >
          Save chart as SVG
        </Button>
      </div>
    </div>
  )
}
