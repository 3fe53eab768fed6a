/** Proportions of the monkeys, and what their drawings share. */
import { dark, lum } from '../colour.ts'
import { clamp, ell, lerp, tube, type Point, type Points } from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { Morph } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { shag } from './fur.ts'

interface Build {
  readonly tail: string
  readonly tailWidth: readonly [number, number]
  readonly body: string
  readonly arm: string
  readonly farArm: string
  readonly armWidth: readonly [number, number]
  /** Thigh: centre, half sizes, turn. */
  readonly thigh: readonly [x: number, y: number, rx: number, ry: number, turn: number]
  readonly foot: Point
  /** Head: centre and half sizes. */
  readonly head: readonly [x: number, y: number, rx: number, ry: number]
  /** Half size of the ears. */
  readonly ear: number
}

export interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
  readonly form: string
  readonly build: Build
  readonly skin: string
}

export const STOUT: Build = {
  tail: '-38,74 -56,76 -62,62 -58,52',
  tailWidth: [11, 7],
  body: '2,-40 26,-30 36,-4 36,34 26,72 4,88 -26,90 -48,76 -52,44 -46,6 -30,-26',
  arm: '6,-18 16,18 34,44 46,80',
  farArm: '28,-16 42,16 48,44 60,76',
  armWidth: [26, 13],
  thigh: [-10, 60, 33, 25, -0.5],
  foot: [12, 90],
  head: [14, -58, 30, 29],
  ear: 7,
}

export const BUILDS: Readonly<Record<string, Build>> = {
  macaque: STOUT,
  mandrill: {
    ...STOUT,
    tail: '-40,66 -52,58 -56,46',
    tailWidth: [10, 6],
    head: [16, -58, 33, 36],
    ear: 5,
  },
  capuchin: {
    tail: '-28,78 -56,88 -80,70 -80,36 -62,20 -46,32 -52,48 -62,44',
    tailWidth: [11, 5],
    body: '4,-42 22,-34 28,-10 28,28 20,70 2,88 -22,90 -40,76 -42,44 -36,6 -22,-28',
    arm: '4,-22 14,12 24,36 40,52',
    farArm: '20,-20 36,8 44,30 56,46',
    armWidth: [20, 10],
    thigh: [-6, 60, 29, 21, -0.55],
    foot: [12, 90],
    head: [14, -62, 27, 26],
    ear: 7,
  },
  spider: {
    tail: '-22,78 -54,88 -80,66 -84,18 -74,-34 -54,-56 -40,-46 -44,-32 -54,-32',
    tailWidth: [9, 4.5],
    body: '2,-40 16,-34 22,-12 28,24 24,62 6,82 -16,84 -32,72 -32,44 -26,6 -16,-28',
    arm: '0,-24 -6,16 14,44 36,74',
    farArm: '14,-26 44,-34 62,-62 58,-92',
    armWidth: [14, 7.5],
    thigh: [2, 52, 32, 13, -0.85],
    foot: [22, 90],
    head: [8, -62, 20, 21],
    ear: 5,
  },
  tamarin: {
    tail: '-24,78 -52,86 -78,84 -92,66 -96,40',
    tailWidth: [9, 6],
    body: '4,-26 24,-18 32,6 32,40 22,76 0,88 -26,90 -42,76 -44,48 -36,14 -20,-14',
    arm: '10,-4 18,28 28,52 38,80',
    farArm: '28,0 36,28 44,52 52,78',
    armWidth: [17, 9],
    thigh: [-10, 64, 28, 20, -0.5],
    foot: [6, 90],
    head: [16, -44, 27, 25],
    ear: 8,
  },
}

export const bare: ShapeOptions = { flat: true, edge: 0, hatch: false }

export const limb = (
  sketch: Sketch,
  spine: Points,
  o: { readonly width: readonly [number, number]; readonly fill: string },
): void => {
  const { pen, rnd } = sketch
  const [wide, narrow] = o.width
  const form = tube(spine, (t) => lerp(wide, narrow, t) * Math.sqrt(clamp(0.1 + t / 0.1)), 7)
  const fur = dark(o.fill, 0.4)
  shag(pen, form, { gap: 12, len: 5, w: 0.9, color: fur, flow: () => 1.8, rnd, out: 0.4 })
  pen.shape(form, { fill: o.fill, edge: 0.9, smooth: false, shade: 0.7, angle: 0.9 })
}

/** Four fingers or toes fanning from a palm. */
export const hand = (
  sketch: Sketch,
  at: Point,
  o: { readonly turn: number; readonly fill: string },
): void => {
  const { pen } = sketch
  const digits: Point[][] = []
  for (const k of [-0.6, -0.2, 0.2, 0.6]) {
    const a = o.turn + k
    digits.push(
      tube(
        [
          at,
          [at[0] + Math.cos(a) * 7, at[1] + Math.sin(a) * 7],
          [at[0] + Math.cos(a) * 12, at[1] + Math.sin(a) * 12],
        ],
        [4.6, 3.6],
        2,
      ),
    )
  }
  for (const digit of digits)
    pen.shape(digit, { fill: o.fill, edge: 0.55, smooth: false, shade: 0.4, hatch: false })
  pen.shape(ell(at[0], at[1], 6.5, 5.5, o.turn, 9), {
    fill: o.fill,
    edge: 0,
    shade: 0.4,
    hatch: false,
  })
}

/** Fur marks that show in every medium. */
export const fur = (c: Morph): string => (lum(c.base) < 0.38 ? c.pale : dark(c.dark, 0.2))
