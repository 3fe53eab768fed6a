/** Where the points of the chart of rounds lie: one panel a measure, rounds from left to right, intervals as bars. */
import type { Estimate, RoundFigures } from '../../shared/annotation.ts'
import { roundValues } from '../../shared/round-values.ts'
import { decimal } from '../study/report-words.ts'

export const PANEL_WIDTH = 300
export const PANEL_HEIGHT = 180
const [LEFT, RIGHT, TOP, BOTTOM] = [44, 12, 30, 26]

export interface ChartPoint {
  readonly round: number
  readonly x: number
  readonly y: number
  readonly low: number
  readonly high: number
  readonly label: string
}

export interface ChartPanel {
  readonly title: string
  readonly points: readonly ChartPoint[]
  readonly ticks: readonly { readonly y: number; readonly label: string }[]
  readonly rounds: readonly { readonly x: number; readonly label: string }[]
  /** The panel for those who hear it. */
  readonly said: string
}

export interface Measure {
  readonly title: string
  readonly of: (figures: RoundFigures) => Estimate | null
  readonly digits: number
  /** Whether its axis begins at nothing. */
  readonly fromZero: boolean
}

export const MEASURES: readonly Measure[] = [
  {
    title: 'Edit distance, characters',
    of: ({ editedChars }) => editedChars,
    digits: 0,
    fromZero: true,
  },
  { title: 'CLIP score × 100', of: ({ clip }) => clip, digits: 1, fromZero: false },
]

/** null where no round has the measure. */
export function chartPanel(rounds: readonly RoundFigures[], measure: Measure): ChartPanel | null {
  const { title, of, digits, fromZero } = measure
  const found = rounds.flatMap((one) => {
    const estimate = of(one)
    return estimate ? [{ round: one.round, ...estimate }] : []
  })
  if (found.length === 0) return null
  const all = found.flatMap(({ value, low, high }) => [value, low, high])
  const most = Math.max(...all)
  const least = fromZero ? Math.min(0, ...all) : Math.min(...all)
  const room = Math.max((most - least) * 0.12, 10 ** -digits)
  const [bottom, top] = [fromZero ? least : least - room, most + room]
  const last = Math.max(2, ...rounds.map(({ round }) => round))
  const x = (round: number) => LEFT + ((round - 0.5) / last) * (PANEL_WIDTH - LEFT - RIGHT)
  const y = (value: number) =>
    TOP + (1 - (value - bottom) / (top - bottom)) * (PANEL_HEIGHT - TOP - BOTTOM)
  return {
    title,
    points: found.map(({ round, value, low, high }) => ({
      ...{ round, x: x(round), y: y(value), low: y(low), high: y(high) },
      label: decimal(value, digits),
    })),
    ticks: roundValues(bottom, top).map(({ value, decimals }) => ({
      y: y(value),
      label: decimal(value, decimals),
    })),
    rounds: Array.from({ length: last }, (_, index) => ({
      x: x(index + 1),
      label: String(index + 1),
    })),
    said: `${title}: ${found
      .map(
        ({ round, value, low, high }) =>
          `round ${round} ${decimal(value, digits)}, from ${decimal(low, digits)} to ${decimal(high, digits)}`,
      )
      .join('; ')}`,
  }
}
