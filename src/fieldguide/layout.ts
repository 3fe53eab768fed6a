/** Where things stand in a picture: sizes, positions and groups, far enough apart to be told at 64 pixels. */
import type { Plate } from './plate.ts'
import type { Rnd } from './random.ts'

/** Side of the square picture, in the units of its drawing. */
export const SIDE = 512

export type Size = 'small' | 'medium' | 'large' | 'close-up'

export interface Place {
  readonly x: number
  readonly y: number
  readonly scale: number
}

export interface Layout {
  readonly count: 1 | 2 | 3
  /** Null for groups, whose size follows from their number. */
  readonly size: Size | null
  /** 'upper left', 'center', … or for groups 'side by side', … */
  readonly position: string
  readonly places: readonly Place[]
}

const COLUMNS = ['left', 'middle', 'right'] as const
const ROWS = ['upper', 'middle', 'lower'] as const

const POSITIONS: readonly string[] = ROWS.flatMap((row) =>
  COLUMNS.map((column) => {
    if (row === 'middle') return column === 'middle' ? 'center' : column
    return `${row} ${column}`
  }),
)

/** The larger extent of a thing of each size, as a share of the picture. */
const EXTENT: Readonly<Record<Size, number>> = {
  small: 0.4,
  medium: 0.57,
  large: 0.86,
  'close-up': 1.45,
}

const GROUPS: Readonly<
  Record<string, { extent: number; at: readonly (readonly [number, number])[] }>
> = {
  'side by side': {
    extent: 0.45,
    at: [
      [0.26, 0.5],
      [0.74, 0.5],
    ],
  },
  'one above the other': {
    extent: 0.45,
    at: [
      [0.5, 0.26],
      [0.5, 0.74],
    ],
  },
  'one above and two below': {
    extent: 0.43,
    at: [
      [0.5, 0.27],
      [0.26, 0.73],
      [0.74, 0.73],
    ],
  },
  'two above and one below': {
    extent: 0.43,
    at: [
      [0.26, 0.27],
      [0.74, 0.27],
      [0.5, 0.73],
    ],
  },
}

/** The scale at which a thing's larger extent is the given share of the picture. */
const scaleOf = (plate: Plate, extent: number): number =>
  (extent * SIDE) / Math.max(plate.dims.up + plate.dims.down, plate.dims.half * 2)

const groupLayout = (plate: Plate, count: 2 | 3, rnd: Rnd): Layout => {
  const names = Object.keys(GROUPS).filter((name) => GROUPS[name]?.at.length === count)
  const position = rnd.pick(names)
  const { extent, at } = GROUPS[position] ?? { extent: 0.45, at: [] }
  const scale = scaleOf(plate, extent) * rnd.r(0.96, 1.04)
  const places = at.map(([x, y]) => ({
    x: (x + rnd.r(-0.015, 0.015)) * SIDE,
    y: (y + rnd.r(-0.015, 0.015)) * SIDE,
    scale,
  }))
  return { count, size: null, position, places }
}

const offset = (position: string, words: readonly [string, string]): number =>
  position.includes(words[0]) ? -1 : position.includes(words[1]) ? 1 : 0

export const layOut = (plate: Plate, pose: string, rnd: Rnd): Layout => {
  const count = Number(rnd.weighted({ '1': 7, '2': 2, '3': 1.4 })) as 1 | 2 | 3
  if (count !== 1) return groupLayout(plate, count, rnd)
  const size = rnd.weighted<Size>({ small: 3, medium: 3, large: 2.4, 'close-up': 1 })
  const roams = size === 'small' || size === 'medium'
  const position = roams ? rnd.pick(POSITIONS) : 'center'
  const scale = scaleOf(plate, EXTENT[size]) * rnd.r(0.95, 1.05)
  const reach = size === 'small' ? 0.28 : 0.18
  const j = (): number => rnd.r(-0.02, 0.02)
  const x = (0.5 + reach * offset(position, ['left', 'right']) + j()) * SIDE
  const y = (0.5 + reach * offset(position, ['upper', 'lower']) + j()) * SIDE
  // A close-up shows the telling part: heads, caps, blossoms.
  const [fx, fy] = plate.focus?.[pose] ?? [0, -0.4 * plate.dims.up]
  const near = size === 'close-up' ? scale : 0
  return { count, size, position, places: [{ x: x - fx * near, y: y - fy * near, scale }] }
}

/** Every value that `layOut` can give, for tests and documentation. */
export const LAYOUT_WORDS = {
  positions: POSITIONS,
  groups: Object.keys(GROUPS),
  sizes: Object.keys(EXTENT) as readonly Size[],
}
