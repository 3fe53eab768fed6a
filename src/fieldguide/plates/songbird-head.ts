/** The head of a songbird: bill, eye, and the cap, mask, brow or collar that tells it. */
import { dark, light, mix } from '../colour.ts'
import { ell, row, wobble, type Point } from '../geometry.ts'
import type { ShapeOptions } from '../pen.ts'
import type { BirdSketch } from './songbird.ts'

const BLACK = '#241f1e'
const flat: ShapeOptions = { edge: 0, flat: true, hatch: false }

/** Depth and length of the bill. */
const BILLS: Readonly<Record<string, readonly [number, number]>> = {
  cardinal: [12, 19],
  jay: [7.5, 25],
  thrush: [6, 24],
  robin: [5, 19],
  tit: [5.5, 14],
  warbler: [3.8, 18],
}

export const drawBill = ({ pen, c, form }: BirdSketch): void => {
  const [depth, length] = BILLS[form] ?? [6, 20]
  const fill =
    form === 'cardinal' ? (c.accent ?? '#f08a3c') : form === 'thrush' ? '#9a7a48' : '#3c342f'
  const upper: Point[] = [
    [66, -45 - depth],
    [74, -44 - depth * 0.75],
    [72 + length, -42, 1],
    [66, -41],
  ]
  const lower: Point[] = [
    [66, -42],
    [70 + length * 0.86, -41.5, 1],
    [74, -40 + depth * 0.55],
    [66, -38 + depth * 0.6],
  ]
  pen.shape(lower, { fill: dark(fill, 0.15), edge: 0.7, shade: 0.5, hatch: false })
  pen.shape(upper, { fill, edge: 0.7, shade: 0.6, hatch: false })
}

const drawCap = ({ pen, rnd }: BirdSketch): void => {
  const cheek = wobble(row([68, -46, 69, -34, 52, -26, 30, -32, 22, -46, 44, -50]), 0.7, rnd)
  pen.shape(cheek, { ...flat, fill: '#f6f1e6', tone: 0 })
  const cap = wobble(
    row([71, -49, 63, -66, 46, -73.5, 27, -66, 10, -50, 4, -42, 24, -48, 48, -49]),
    0.7,
    rnd,
  )
  pen.shape(cap, { fill: BLACK, edge: 0.5, shade: 0.4, tone: 1, hatch: false })
  const bib = wobble(row([70, -40, 66, -26, 58, -24, 56, -34]), 0.5, rnd)
  pen.shape(bib, { ...flat, fill: BLACK, tone: 1 })
}

const drawMask = ({ pen, rnd }: BirdSketch): void => {
  const mask = wobble(
    row([72, -52, 64, -58, 61, -48, 59, -36, 62, -26, 68, -24, 71, -36]),
    0.7,
    rnd,
  )
  pen.shape(mask, { ...flat, fill: BLACK, tone: 1 })
}

const drawCollar = ({ pen, rnd }: BirdSketch): void => {
  const face = wobble(
    row([70, -50, 56, -60, 42, -54, 36, -40, 42, -26, 58, -18, 67, -24, 71, -38]),
    0.7,
    rnd,
  )
  pen.shape(face, { ...flat, fill: '#f3efe8', tone: 0 })
  const collar: Point[] = [
    [24, -64],
    [30, -42],
    [36, -22],
    [50, -10],
    [66, -14],
  ]
  pen.stroke(collar, { w: 4.6, color: BLACK, taper: [0.3, 0.8] })
  pen.stroke(
    [
      [70, -46],
      [62, -50],
      [52, -52],
    ],
    { w: 2, color: BLACK },
  )
}

const drawBrow = ({ pen, c }: BirdSketch): void => {
  pen.stroke(
    [
      [70, -52],
      [56, -60],
      [38, -58],
      [26, -52],
    ],
    { w: 4, color: light(c.pale, 0.5), taper: [0.5, 0.2] },
  )
  pen.stroke(
    [
      [70, -46],
      [54, -50],
      [36, -48],
      [26, -44],
    ],
    { w: 2.2, color: c.dark, taper: [0.6, 0.2] },
  )
}

const drawWhiskers = ({ pen, c }: BirdSketch): void => {
  pen.stroke(
    [
      [68, -38],
      [60, -28],
      [52, -18],
    ],
    { w: 2, color: c.dark, op: 0.8 },
  )
  pen.spots([ell(50, -38, 9, 6, 0.4, 10)], { fill: mix(c.pale, c.base, 0.35), op: 0.7 })
}

/** Everything on the head but the bill, which the feathers overlap. */
export const drawFace = (sketch: BirdSketch): void => {
  const { pen, form } = sketch
  if (form === 'tit') drawCap(sketch)
  if (form === 'cardinal') drawMask(sketch)
  if (form === 'jay') drawCollar(sketch)
  if (form === 'warbler') drawBrow(sketch)
  if (form === 'thrush') drawWhiskers(sketch)
  const [x, y, r] = [54, -52, 5]
  if (form === 'tit') pen.spots([ell(x, y, r * 1.25, r * 1.25, 0, 10)], { fill: '#6d655c' })
  pen.shape(ell(x, y, r, r, 0, 12), { fill: '#17110d', ...flat, tone: 1 })
  pen.spots([ell(x + 1.4, y - 1.8, 1.5, 1.5, 0, 6)], { fill: '#fffaf0' })
}
