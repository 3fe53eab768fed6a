/** The head of an owl: disc, tufts, brows, eyes and bill. */
import { light, mix } from '../colour.ts'
import { TAU, ell, lerp, sample, wobble, type Point } from '../geometry.ts'
import type { ShapeOptions } from '../pen.ts'
import type { OwlSketch } from './owl-sketch.ts'

const HX = 3
const HY = -52
const flat: ShapeOptions = { flat: true, hatch: false, edge: 0 }
const SIDES = [-1, 1] as const

interface Face {
  /** Middle of the face, distance of the eyes from it, and their height. */
  readonly mx: number
  readonly ex: number
  readonly ey: number
}

const EYES: Readonly<
  Record<string, { x: number; y: number; r: number; iris: string; bill: string }>
> = {
  gray: { x: 14.5, y: -1, r: 7.2, iris: '#f2c530', bill: '#e3b23c' },
  barn: { x: 13.5, y: -4, r: 7.2, iris: '#1b1411', bill: '#e6cfa8' },
  screech: { x: 17.5, y: -3, r: 10.6, iris: '#f0b92a', bill: '#a89a7c' },
  snowy: { x: 14.5, y: -4, r: 7.6, iris: '#f2c530', bill: '#4a4038' },
}

const outline = ({ size: { hw, hh }, form, j }: OwlSketch): Point[] => {
  const at = (x: number, y: number): Point => [HX + hw * x, HY + hh * y]
  if (form !== 'screech')
    return [
      [HX - hw, HY + 4],
      at(-0.86, -0.55),
      at(-0.45, -0.95),
      at(0, -1),
      at(0.45, -0.95),
      at(0.86, -0.55),
      [HX + hw, HY + 4],
      at(0.78, 0.6),
      at(0.3, 0.92),
      at(-0.3, 0.92),
      at(-0.78, 0.6),
    ]
  return [
    [HX - hw, HY + 4],
    at(-0.98, -0.5),
    [HX - hw * 0.92 + j(2), HY - hh * 1.5 + j(3), 1],
    at(-0.5, -1),
    at(0, -0.84),
    at(0.5, -1),
    [HX + hw * 0.94 + j(2), HY - hh * 1.5 + j(3), 1],
    at(0.98, -0.5),
    [HX + hw, HY + 4],
    at(0.78, 0.62),
    at(0.3, 0.95),
    at(-0.3, 0.95),
    at(-0.78, 0.62),
  ]
}

const drawHeart = ({ pen, c, rnd }: OwlSketch, { mx, ex, ey }: Face): void => {
  const shape: Point[] = [
    [mx, HY - 22, 1],
    [mx + 14, HY - 33],
    [mx + 30, HY - 22],
    [mx + 32, HY + 2],
    [mx + 18, HY + 26],
    [mx, HY + 36],
    [mx - 19, HY + 26],
    [mx - 33, HY + 2],
    [mx - 31, HY - 22],
    [mx - 14, HY - 33],
  ]
  const heart = wobble(shape, 0.6, rnd)
  const rim = heart.map(([x, y, k]): Point => {
    const [rx, ry] = [mx + (x - mx) * 1.08, HY + (y - HY) * 1.07]
    return k ? [rx, ry, 1] : [rx, ry]
  })
  pen.shape(rim, { fill: mix(c.base, c.dark, 0.35), edge: 0.6, shade: 0.3, hatch: false })
  pen.shape(heart, { fill: '#fbf3e2', edge: 0.5, shade: 0.3 })
  for (const s of SIDES) {
    pen.fleece(sample(heart, true, 4), {
      gap: 5,
      len: 6,
      w: 0.4,
      color: mix(c.base, '#a08c6c', 0.5),
      op: 0.5,
      flow: (x, y) => Math.atan2(y - ey, x - mx - s * ex),
      rnd,
      test: (x) => (x - mx) * s > 2,
    })
    const shadow = { fill: mix('#fbf3e2', c.base, 0.5), op: 0.5, tone: 0.1, ...flat }
    pen.shape(ell(mx + s * (ex - 3), ey + 5, 8, 12, s * 0.5), shadow)
  }
}

const drawDiscs = ({ pen, c, form, rnd, j }: OwlSketch, { mx, ex, ey }: Face): void => {
  const gray = form === 'gray'
  const snowy = form === 'snowy'
  for (const s of SIDES) {
    const [rx, ry] = gray ? [25, 28] : snowy ? [18, 19] : [22, 22]
    const ox = mx + s * (gray ? 20 : snowy ? 15 : 19)
    const oy = HY + (gray ? 2 : 0)
    pen.shape(wobble(ell(ox, oy, rx, ry, s * -0.16, 14), 0.7, rnd), {
      fill: mix(c.pale, c.base, gray ? 0.35 : 0.28),
      edge: snowy ? 0.4 : 1.5,
      line: c.dark,
      shade: 0.35,
      hatch: false,
    })
    if (!gray) {
      pen.fleece(sample(ell(ox, oy, rx * 0.94, ry * 0.94), true, 3), {
        gap: 4.6,
        len: 5,
        w: 0.55,
        color: snowy ? mix(c.base, c.dark, 0.4) : c.dark,
        op: snowy ? 0.4 : 0.65,
        flow: (x, y) => Math.atan2(y - ey, x - mx - s * ex),
        rnd,
      })
      continue
    }
    for (let q = 1; q <= 4; q++) {
      const k = q / 5
      const on = (t: number): Point => [
        lerp(mx + s * ex, ox, k) + Math.cos(t) * rx * k * 1.02,
        lerp(ey, oy, k) + Math.sin(t) * ry * k * 1.02,
      ]
      const ring: Point[][] = []
      for (let a = 0; a < TAU; a += 0.34) ring.push([on(a + j(0.06)), on(a + 0.14), on(a + 0.28)])
      pen.strokes(ring, { color: c.dark, w: 1.25, op: 0.85, taper: [0.4, 0.4] })
    }
  }
}

/** White brows and moustache of the great gray owl. */
const drawGrayBrows = ({ pen, c }: OwlSketch, { mx }: Face): void => {
  for (const s of SIDES) {
    const brow: Point[] = [
      [mx + s, HY + 10],
      [mx + s * 4, HY - 8],
      [mx + s * 14, HY - 24, 1],
      [mx + s * 7, HY - 20],
      [mx, HY - 6],
    ]
    const moustache: Point[] = [
      [mx + s, HY + 26],
      [mx + s * 10, HY + 28],
      [mx + s * 24, HY + 34, 1],
      [mx + s * 12, HY + 37],
      [mx + s * 2, HY + 35],
    ]
    for (const p of [brow, moustache]) pen.shape(p, { fill: '#f3ecdc', ...flat, edge: 0.35 })
  }
  pen.shape(ell(mx, HY + 28, 5, 7, 0, 8), { fill: c.dark, ...flat })
}

const drawTuftBrows = ({ pen, c, size: { hw, hh } }: OwlSketch, { mx }: Face): void => {
  for (const s of SIDES) {
    const brow: Point[] = [
      [mx + s * 3, HY + 2],
      [mx + s * 14, HY - 17],
      [mx + s * 36, HY - 33, 1],
      [mx + s * 24, HY - 25],
      [mx + s * 9, HY - 20],
    ]
    pen.shape(brow, { fill: light(c.pale, 0.25), ...flat, edge: 0.4 })
    const tx = HX + s * hw * 0.9
    const tuft: Point[][] = [
      [
        [HX + s * hw * 0.62, HY - hh * 0.85],
        [tx - s * 2, HY - hh * 1.2],
        [tx, HY - hh * 1.42],
      ],
      [
        [HX + s * hw * 0.82, HY - hh * 0.7],
        [tx, HY - hh],
        [tx + s, HY - hh * 1.3],
      ],
    ]
    pen.strokes(tuft, { color: c.dark, w: 2, taper: [0.8, 0.1] })
  }
}

const drawEyes = ({ pen, c, form }: OwlSketch, { mx, ex, ey }: Face): void => {
  const barn = form === 'barn'
  const { r, iris } = EYES[form] ?? { r: 8, iris: '#f2c530' }
  for (const s of SIDES) {
    const x = mx + s * ex
    const rim = barn ? '#5b4636' : '#2a211b'
    pen.shape(ell(x, ey, r * 1.22, r * 1.2, 0, 12), { fill: rim, tone: 1, ...flat })
    if (barn) pen.shape(ell(x, ey, r, r, 0, 12), { fill: iris, tone: 1, ...flat })
    else {
      const pupil = r * (form === 'screech' ? 0.56 : 0.5)
      pen.shape(ell(x, ey, r, r, 0, 12), {
        fill: iris,
        edge: 0.3,
        shade: 0.5,
        hatch: false,
        tone: 0,
      })
      pen.shape(ell(x + 0.8, ey, pupil, pupil, 0, 10), { fill: '#17110d', tone: 1, ...flat })
    }
    pen.spots([ell(x - r * 0.3, ey - r * 0.36, r * 0.24, r * 0.24, 0, 6)], { fill: '#fffaf0' })
    if (barn) continue
    const lid: Point[] = [
      [x - s * r * 1.15, ey + r * 0.1],
      [x - s * r * 0.2, ey - r * 1.12],
      [x + s * r * 1.3, ey - r * 0.75],
    ]
    pen.stroke(lid, { w: 2, color: c.dark, taper: [0.2, 0.2] })
  }
}

export const drawOwlHead = (sketch: OwlSketch): void => {
  const { pen, c, form, rnd, j } = sketch
  const fx = 7 + j(2)
  const eyes = EYES[form] ?? { x: 14, y: -2, bill: '#a89a7c' }
  const face: Face = { mx: HX + fx * 0.75, ex: eyes.x, ey: HY + eyes.y }
  const head = wobble(outline(sketch), 1.2, rnd)
  const smooth = sample(head, true, 6)
  const tuft = mix(c.base, c.dark, form === 'snowy' ? 0.3 : 0.5)
  const away = (x: number, y: number): number => Math.atan2(y - HY, x - HX - fx)
  const spread = (x: number, y: number): number => Math.atan2(y - HY + 30, x - HX)
  pen.fringe(smooth, { gap: 3.2, len: 5, w: 0.9, color: tuft, flow: spread, rnd, out: 0.4 })
  pen.shape(head, { fill: c.base, edge: 0.95, shade: 0.6, angle: 0.5 })
  const fine = form === 'snowy' ? 0.3 : 0.7
  pen.fleece(smooth, { gap: 5, len: 5.5, w: 0.7, color: c.dark, op: fine, flow: away, rnd })
  pen.fleece(smooth, { gap: 9, len: 4, w: 1, color: c.pale, op: 0.8, flow: away, rnd, keep: 0.7 })
  if (form === 'barn') drawHeart(sketch, face)
  else drawDiscs(sketch, face)
  if (form === 'gray') drawGrayBrows(sketch, face)
  if (form === 'screech') drawTuftBrows(sketch, face)
  drawEyes(sketch, face)
  const mx = face.mx
  const by = HY + (form === 'screech' ? 5 : 8)
  const bill: Point[] = [
    [mx - 4.5, by - 2],
    [mx, by - 6],
    [mx + 5, by - 2],
    [mx + 4.6, by + 8],
    [mx + 1.5, by + 18, 1],
    [mx - 3, by + 9],
  ]
  pen.shape(bill, { fill: eyes.bill, edge: 0.9, shade: 0.8, hatch: false })
  if (form !== 'barn') return
  const ridge: Point[] = [
    [mx, HY - 20],
    [mx - 1, HY - 6],
    [mx, by - 3],
  ]
  pen.stroke(ridge, { color: mix(c.base, c.dark, 0.3), w: 1, op: 0.6 })
}
