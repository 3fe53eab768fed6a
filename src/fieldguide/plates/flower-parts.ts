/** What flowers are made of: stems, leaves and single petals. */
import { dark, mix } from '../colour.ts'
import { tube, type Point, type Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { Morph } from '../plate.ts'
import type { Rnd } from '../random.ts'

export interface Bloom {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
  readonly green: string
}

export const at = (points: Points, x: number, y: number, angle: number): Point[] => {
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)]
  return points.map((p): Point => {
    const [u, v] = [x + p[0] * cos - p[1] * sin, y + p[0] * sin + p[1] * cos]
    return p[2] ? [u, v, 1] : [u, v]
  })
}

/** A leaf from its foot along +x, with midrib and side veins. */
export const leaf = (
  b: Bloom,
  place: readonly [x: number, y: number, angle: number, length: number],
  o: {
    readonly wide: number
    readonly teeth?: number
    readonly bow?: number
  },
): void => {
  const { pen, rnd, green, j } = b
  const [x, y, angle, length] = place
  const { wide, teeth = 0, bow = 0 } = o
  const rim: Point[] = []
  const other: Point[] = []
  const steps = teeth ? teeth * 2 : 6
  for (let i = 0; i <= steps; i++) {
    const t = i / steps
    const belly = Math.pow(Math.sin(Math.PI * Math.min(1, t * 0.94 + 0.03)), 0.8)
    const cut = teeth && i % 2 ? 0.45 : 1
    const mid = bow * Math.sin(Math.PI * t)
    rim.push([t * length, mid - wide * belly * cut * rnd.r(0.92, 1.08)])
    other.unshift([t * length, mid + wide * belly * cut * rnd.r(0.92, 1.08)])
  }
  const tip: Point = [length * 1.04, 0, 1]
  const form = at([...rim, tip, ...other], x, y, angle)
  const tint = mix(green, rnd.chance(0.5) ? '#8fa45a' : '#3d5c3c', rnd.r(0, 0.3))
  pen.shape(form, { fill: tint, edge: 0.9, shade: 0.6, angle: angle + 0.5, gap: 1.1 })
  const rib: Point[] = [
    [0, 0],
    [length * 0.5, bow],
    [length * 0.96, 0],
  ]
  pen.stroke(at(rib, x, y, angle), { w: 1.1, color: dark(tint, 0.45), op: 0.8 })
  if (wide < 6) return
  const veins: Point[][] = []
  for (let i = 1; i < 6; i++)
    for (const s of [-1, 1]) {
      const u = (i / 6.5) * length
      const foot = bow * Math.sin((Math.PI * u) / length)
      veins.push(
        at(
          [
            [u, foot],
            [u + length * 0.1, foot + s * wide * (0.55 + j(0.08))],
          ],
          x,
          y,
          angle,
        ),
      )
    }
  pen.strokes(veins, { w: 0.6, color: dark(tint, 0.4), op: 0.55 })
}

export const stem = (b: Bloom, spine: Points, width: readonly [number, number]): void => {
  b.pen.shape(tube(spine, width, 5), {
    fill: b.green,
    edge: 0.9,
    smooth: false,
    shade: 0.8,
    hatch: false,
  })
}

/** One petal from its foot along +x, with fine lines towards the tip. */
export const petal = (
  b: Bloom,
  form: Points,
  o: { readonly fill: string; readonly lines?: Points[]; readonly edge?: number },
): void => {
  const { pen } = b
  pen.shape(form, {
    fill: o.fill,
    edge: o.edge ?? 0.8,
    shade: 0.5,
    hatch: pen.medium !== 'colour',
    gap: 1.2,
  })
  if (o.lines) pen.strokes(o.lines, { w: 0.55, color: dark(o.fill, 0.35), op: 0.5 })
}
