/** What the cars are made of: wheels, fenders, bonnets, seats and windows. */
import { dark, mix } from '../colour.ts'
import { ell, TAU, tube, wobble, type Point } from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { Morph } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { outline } from './outline.ts'

export interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
}

export const BRASS = '#cfa24a'

const LEATHER = '#8a5433'

export const CANVAS = '#4a423c'

const GLASS = '#c8d6d2'

export const panel: ShapeOptions = { edge: 1, shade: 0.6, angle: 0.25 }

export const trim: ShapeOptions = { edge: 0.7, shade: 0.5, hatch: false }

export const part = ({ pen, rnd }: Sketch, text: string, options: ShapeOptions): void => {
  pen.shape(wobble(outline(text), 0.35, rnd), options)
}

export const wheel = (
  { pen }: Sketch,
  at: readonly [x: number, y: number, r: number],
  spokes: number,
): void => {
  const [x, y, r] = at
  pen.shape(ell(x, y, r, r, 0, 16), {
    fill: '#3b3734',
    edge: 1,
    shade: 0.5,
    hatch: false,
    tone: 0.9,
  })
  pen.shape(ell(x, y, r * 0.77, r * 0.77, 0, 14), {
    fill: '#efe3c8',
    edge: 0.7,
    shade: 0.3,
    hatch: false,
    tone: 0,
  })
  const rays = Array.from({ length: spokes }, (_, i): Point[] => {
    const a = (i / spokes) * TAU + 0.1
    return [
      [x + Math.cos(a) * 3, y + Math.sin(a) * 3],
      [x + Math.cos(a) * r * 0.75, y + Math.sin(a) * r * 0.75],
    ]
  })
  pen.strokes(rays, { w: spokes > 14 ? 0.8 : 1.9, color: '#6b4a2c', taper: [1, 0.8] })
  pen.shape(ell(x, y, r * 0.23, r * 0.23, 0, 9), {
    fill: BRASS,
    edge: 0.8,
    shade: 0.6,
    hatch: false,
    tone: 0.3,
  })
}

export const fender = ({ pen, c }: Sketch, spine: string, width = 7): void => {
  pen.shape(
    tube(outline(spine), (t) => width * (0.75 + 0.4 * Math.sin(Math.PI * t)), 6),
    { fill: mix(c.base, c.dark, 0.35), edge: 0.9, smooth: false, shade: 0.5, hatch: false },
  )
}

export const lamp = ({ pen }: Sketch, x: number, y: number): void => {
  pen.shape(outline(`${x - 7},${y - 4} ${x + 1},${y - 7} ${x + 1},${y + 7} ${x - 7},${y + 4}`), {
    fill: BRASS,
    ...trim,
    tone: 0.35,
  })
  pen.shape(ell(x + 2, y, 2.6, 7.2, 0, 10), { fill: '#f6e9b8', ...trim, tone: 0 })
}

export const seat = (sketch: Sketch, x: number, y: number, high: number): void => {
  const { pen } = sketch
  part(
    sketch,
    `${x - 6},${y} ${x - 9},${y - high * 0.8} ${x - 6},${y - high} ${x},${y - high} ${x + 4},${y - 6} ${x + 17},${y - 6} ${x + 18},${y}`,
    { fill: LEATHER, ...trim, tone: 0.5 },
  )
  pen.strokes(
    [0.3, 0.55, 0.8].map((k): Point[] => [
      [x - 7, y - high * k],
      [x + 1, y - high * k + 1],
    ]),
    { w: 0.7, color: dark(LEATHER, 0.5) },
  )
}

export const steering = ({ pen }: Sketch, x: number, y: number): void => {
  pen.stroke(
    [
      [x + 16, y + 20],
      [x, y],
    ],
    { w: 1.6, color: '#3b2f28', taper: [1, 1] },
  )
  pen.stroke(
    [
      [x - 4, y + 8],
      [x, y],
      [x + 5, y - 8],
    ],
    { w: 2.6, color: '#3b2f28', taper: [0.8, 0.8] },
  )
}

export const windscreen = (sketch: Sketch, text: string): void => {
  part(sketch, text, { fill: GLASS, edge: 1, shade: 0.2, hatch: false, line: '#7a5a2a', tone: 0 })
}

export const window = (
  sketch: Sketch,
  box: readonly [x0: number, y0: number, x1: number, y1: number],
): void => {
  const { pen } = sketch
  const [x0, y0, x1, y1] = box
  part(
    sketch,
    `${x0},${y1}! ${x0},${y0 + 4} ${x0 + 4},${y0} ${x1 - 4},${y0} ${x1},${y0 + 4} ${x1},${y1}!`,
    { fill: GLASS, edge: 1, shade: 0.35, hatch: false, tone: 0 },
  )
  const w = x1 - x0
  pen.strokes(
    [0.25, 0.45].map((k): Point[] => [
      [x0 + w * k, y1 - 4],
      [x0 + w * (k + 0.35), y0 + 5],
    ]),
    { w: 1, color: '#8ea5a2', op: 0.8 },
  )
}

/** Radiator, bonnet with louvres, and lamp; `x` is where the bonnet begins. */
export const bonnet = (sketch: Sketch, x: number, top: number): void => {
  const { pen, c } = sketch
  part(sketch, `${x},${top}! ${x},31! 86,31! 86,${top + 5}! 70,${top + 2}`, {
    fill: c.base,
    ...panel,
  })
  const louvres: Point[][] = []
  for (let u = x + 9; u < 80; u += 4.5)
    louvres.push([
      [u, top + 13],
      [u + 1.2, 25],
    ])
  pen.strokes(louvres, { w: 1.2, color: c.dark, op: 0.9, taper: [0.6, 0.6] })
  pen.stroke(
    [
      [x, top + 8],
      [60, top + 9],
      [86, top + 11],
    ],
    { w: 0.9, color: c.pale, op: 0.9, taper: [1, 1] },
  )
  part(sketch, `85,${top + 3}! 92,${top + 2} 93,31! 85,32!`, { fill: BRASS, ...trim, tone: 0.3 })
  pen.shape(ell(89, top - 1, 2.4, 2.4, 0, 8), { fill: BRASS, ...trim })
}

export const chassis = (sketch: Sketch): void => {
  part(sketch, '-88,29! 92,29! 92,36! -88,36!', {
    fill: '#3d3733',
    edge: 0.7,
    shade: 0.2,
    hatch: false,
    tone: 0.9,
  })
  part(sketch, '-36,40! 34,40! 34,45! -36,45!', { fill: '#5a4636', ...trim, tone: 0.7 })
}

export const running = (
  sketch: Sketch,
  wheels: readonly [rear: number, front: number, r: number],
): void => {
  const [rear, front, r] = wheels
  const y = 62 - r
  wheel(sketch, [rear, y, r], 10)
  wheel(sketch, [front, y, r], 10)
  fender(
    sketch,
    `${front + 27},${y} ${front + 20},${y - 18} ${front},${y - 26} ${front - 20},${y - 18} ${front - 28},${y - 2} 32,42`,
  )
  fender(
    sketch,
    `${rear - 27},${y} ${rear - 20},${y - 18} ${rear},${y - 26} ${rear + 20},${y - 18} ${rear + 26},${y - 4} -34,42`,
  )
}

export const coachLines = ({ pen, c }: Sketch, lines: readonly string[]): void => {
  pen.strokes(lines.map(outline), { w: 1.1, color: c.dark, taper: [0.9, 0.9] })
}
