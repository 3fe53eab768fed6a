/** Four small panels over the rounds: length, likeness to the round before and to the first, score. */
import type { RefObject } from 'react'
import type { SelfRound } from '../../../shared/contract/probes.ts'
import { shownNumber } from '../../../shared/numbers.ts'
import { plural } from '../../format.ts'
import { roundMeans, type RoundMeasure, type RoundMean } from './round-means.ts'

const PANELS: readonly {
  readonly measure: RoundMeasure
  readonly title: string
  readonly digits: number
}[] = [
  { measure: 'words', title: 'Words', digits: 1 },
  { measure: 'toPrevious', title: 'Alike: round before', digits: 2 },
  { measure: 'toFirst', title: 'Alike: first round', digits: 2 },
  { measure: 'clip', title: 'Score', digits: 1 },
]
const WIDTH = 600
const HEIGHT = 168
/** Of a panel; below it stands what the lines are. */
const FOOT = 22
const GAP = 18
const PANEL = (WIDTH - GAP * 3) / 4
const [TOP, BOTTOM, LEFT, RIGHT] = [38, 26 + FOOT, 30, 6]

/** More of them are a blot. */
const MOST_LINES = 200

/** Likeness runs from 0 to 1; the others over what was found, with room. */
function scaleOf(measure: RoundMeasure, values: readonly number[]): readonly [number, number] {
  if (measure === 'toPrevious' || measure === 'toFirst') return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(1, (high - low) * 0.2)
  return [low - room, high + room]
}

export interface RoundsChartProps {
  readonly rounds: readonly SelfRound[]
  readonly chart: RefObject<SVGSVGElement | null>
}

/** The ends of the scale that are labelled: those of likeness, else of what was found. */
function endsOf(measure: RoundMeasure, values: readonly number[]): readonly number[] {
  if (measure === 'toPrevious' || measure === 'toFirst') return [0, 1]
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return low === high ? [low] : [low, high]
}

const say = (means: readonly RoundMean[], digits: number): string =>
  means.map(({ round, mean }) => `round ${round + 1}: ${shownNumber(mean, digits)}`).join(', ')

function Panel({
  rounds,
  panel,
}: {
  readonly rounds: readonly SelfRound[]
  readonly panel: (typeof PANELS)[number]
}) {
  const { measure, title, digits } = panel
  const means = roundMeans(rounds, measure)
  const last = Math.max(1, ...rounds.map(({ round }) => round))
  const values = rounds.flatMap((one) => one[measure] ?? [])
  const [low, high] = scaleOf(measure, values)
  const x = (round: number) => LEFT + (round / last) * (PANEL - LEFT - RIGHT)
  const y = (value: number) => TOP + (1 - (value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM)
  const line = (points: readonly { readonly round: number; readonly value: number }[]) =>
    points.map(({ round, value }, i) => `${i === 0 ? 'M' : 'L'}${x(round)} ${y(value)}`).join('')
  const images = [...Map.groupBy(rounds, ({ imageId }) => imageId).values()].slice(0, MOST_LINES)
  return (
    <g role="img" aria-label={`${title}: ${means.length === 0 ? 'none' : say(means, digits)}`}>
      <text x={0} y={14} className="panel-title">
        {title}
      </text>
      <path d={`M${LEFT - 8} ${TOP - 2}V${HEIGHT - BOTTOM + 4}H${PANEL}`} className="axis" />
      {values.length > 0 &&
        endsOf(measure, values).map((value) => (
          <text key={value} x={LEFT - 12} y={y(value) + 4} textAnchor="end" className="tick-label">
            {measure === 'words' || value % 1 === 0 ? Math.round(value) : shownNumber(value, 1)}
          </text>
        ))}
      {images.map((some, index) => (
        <path
          key={index}
          d={line(
            some.flatMap((one) =>
              one[measure] === null ? [] : [{ round: one.round, value: one[measure] }],
            ),
          )}
          className="each"
        />
      ))}
      <path
        d={line(means.map(({ round, mean }) => ({ round, value: mean })))}
        className="interval"
      />
      {means.map(({ round, mean }) => (
        <circle key={round} cx={x(round)} cy={y(mean)} r={2.6} className="dot" />
      ))}
      {means.length > 0 && (
        <text x={PANEL} y={28} textAnchor="end" className="value">
          {[means[0], means.at(-1)].map((one) => one && shownNumber(one.mean, digits)).join(' → ')}
        </text>
      )}
      <text x={x(0)} y={HEIGHT - FOOT - 8} className="tick-label" textAnchor="middle">
        1
      </text>
      <text x={x(last)} y={HEIGHT - FOOT - 8} className="tick-label" textAnchor="middle">
        {last + 1}
      </text>
    </g>
  )
}

export function RoundsChart({ rounds, chart }: RoundsChartProps) {
  const count = new Set(rounds.map(({ imageId }) => imageId)).size
  return (
    <svg
      ref={chart}
      className="profile-chart rounds"
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      width={WIDTH}
      height={HEIGHT}
      role="group"
      aria-label="Self-rounds, mean over images in front of each image"
    >
      <text x={0} y={HEIGHT - 4} className="tick-label">
        By round. Dots: mean of {plural(count, 'image')}; grey: each image
        {count > MOST_LINES && `, the first ${MOST_LINES}`}. Alike: 1 is the same words.
      </text>
      {PANELS.map((panel, index) => (
        <g key={panel.measure} transform={`translate(${index * (PANEL + GAP)} 0)`}>
          <Panel rounds={rounds} panel={panel} />
        </g>
      ))}
    </svg>
  )
}
