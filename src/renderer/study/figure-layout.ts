/** Where the parts of the report's figure lie; SVG user units are px at full width. Pure. */
import type { CriterionReport } from '../../shared/study-report.ts'
import { isNumber } from './report-words.ts'

export const WIDTH = 860
const LEFT = 128
const BAR = 30
const STEP = 44
const TOP = 6

export interface Segment {
  /** null: Tie. */
  readonly system: number | null
  readonly share: number
  readonly x: number
  readonly width: number
}

export interface Bar {
  readonly id: string
  readonly y: number
  readonly segments: readonly Segment[]
}

export interface Bars {
  readonly height: number
  readonly left: number
  readonly bar: number
  readonly bars: readonly Bar[]
}

/** 'majority': images by their winner, Tie last, as Figure 3 counts; 'votes': every vote. */
export type Counting = 'majority' | 'votes'

export const hasShares = ({ shares, votes }: CriterionReport): boolean =>
  votes > 0 && shares.some((row) => isNumber(row.votes.value))

function sharesOf(one: CriterionReport, counting: Counting): (readonly [number | null, number])[] {
  const rows = one.shares.map((row): readonly [number | null, number] => [
    row.system,
    (counting === 'votes' ? row.votes.value : row.majority.value) || 0,
  ])
  return counting === 'votes' ? rows : [...rows, [null, one.tie.value || 0]]
}

export function layoutBars(criteria: readonly CriterionReport[], counting: Counting): Bars {
  const scale = WIDTH - LEFT
  const bars = criteria.filter(hasShares).map((one, line): Bar => {
    let x = LEFT
    const segments = sharesOf(one, counting).map(([system, share]): Segment => {
      const segment = { system, share, x, width: share * scale }
      x += segment.width
      return segment
    })
    return { id: one.id, y: TOP + line * STEP, segments }
  })
  return { height: TOP + bars.length * STEP, left: LEFT, bar: BAR, bars }
}

const ROW = 30
const NAMES = 214
const GAP = 42
const HEAD = 26
const FOOT = 26
const MOST_COLUMNS = 3

export interface Dot {
  readonly value: number
  readonly low: number
  readonly high: number
}

export interface DotRow {
  readonly system: number
  readonly y: number
  readonly votes: Dot | null
  readonly majority: Dot | null
}

export interface DotPanel {
  readonly id: string
  readonly few: boolean
  readonly x: number
  readonly y: number
  readonly width: number
  readonly rows: readonly DotRow[]
  readonly axisY: number
}

export interface Dots {
  readonly height: number
  readonly panels: readonly DotPanel[]
  /** Names stand once before every row of panels. */
  readonly names: readonly { readonly system: number; readonly y: number }[]
}

const dot = (one: { value: number; low: number; high: number }): Dot | null =>
  isNumber(one.value) && isNumber(one.low) && isNumber(one.high) ? one : null

/** One panel a question, three beside each other: a row a system, 0 to 100 %. */
export function layoutDots(criteria: readonly CriterionReport[]): Dots {
  const shown = criteria.filter(hasShares)
  const columns = Math.max(1, Math.min(MOST_COLUMNS, shown.length))
  const width = (WIDTH - NAMES - GAP * (columns - 1) - 14) / columns
  const systems = Math.max(0, ...shown.map(({ shares }) => shares.length))
  const block = HEAD + systems * ROW + FOOT + 10
  const panels = shown.map((one, index): DotPanel => {
    const y = Math.floor(index / columns) * block
    const x = NAMES + (index % columns) * (width + GAP)
    const rows = one.shares.map((row, line): DotRow => ({
      system: row.system,
      y: y + HEAD + line * ROW + ROW / 2,
      votes: dot(row.votes),
      majority: dot(row.majority),
    }))
    return { id: one.id, few: one.fewImages, x, y, width, rows, axisY: y + HEAD + systems * ROW }
  })
  const names = panels
    .filter((_, index) => index % columns === 0)
    .flatMap(({ rows }) => rows.map(({ system, y }) => ({ system, y })))
  return { height: Math.ceil(shown.length / columns) * block, panels, names }
}

/** The figure in one sentence for those who hear it. */
export function figureInWords(
  criteria: readonly CriterionReport[],
  systems: readonly string[],
): string {
  return criteria
    .filter(hasShares)
    .map((one) => {
      const said = [...one.shares]
        .sort((a, b) => b.majority.value - a.majority.value)
        .map((row) => `${systems[row.system] ?? ''} ${Math.round(100 * row.majority.value)} %`)
      return `${one.id}: ${said.join(', ')}, tie ${Math.round(100 * one.tie.value)} %`
    })
    .join('. ')
}
