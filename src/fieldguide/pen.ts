/** A Pen draws one form in three media: colour drawing, ink drawing and woodcut. */
import { dark, light, lum, mix } from './colour.ts'
import {
  bounds,
  clamp,
  curve,
  mat,
  noise1,
  num,
  poly,
  sample,
  type Matrix,
  type Point,
  type Points,
} from './geometry.ts'
import { hatching, type HatchOptions } from './hatching.ts'
import { fleeceMarks, fringeMarks, swellingContour, taperedStroke } from './marks.ts'
import { Rnd } from './random.ts'

export type Medium = 'colour' | 'ink' | 'woodcut'

export const PAPER: Readonly<Record<Medium, string>> = {
  colour: '#f5ecd7',
  ink: '#f7f1e1',
  woodcut: '#f4efe1',
}
export const INK: Readonly<Record<Medium, string>> = {
  colour: '#33261c',
  ink: '#26201b',
  woodcut: '#17130f',
}

const LINE_WIDTH: Readonly<Record<Medium, number>> = { colour: 0.85, ink: 0.95, woodcut: 1.6 }

// The shadow falls to the lower right, always.
const LX = 0.6
const LY = 0.68

export interface PenOptions {
  readonly medium?: Medium
  readonly seed?: string | number
  /** Below 1: fewer marks and plain contours, for small renderings. */
  readonly detail?: number
  /** Shared counter that keeps gradient ids unique over several pens of one picture. */
  readonly ids?: { n: number }
}

export interface ShapeOptions {
  readonly fill?: string
  /** Width of the contour; 0 for none. */
  readonly edge?: number
  /** Smooth curve through the points (default), or straight lines. */
  readonly smooth?: boolean
  /** Strength of the form shading. */
  readonly shade?: number
  /** No shading at all. */
  readonly flat?: boolean
  readonly op?: number
  /** Direction, bend and relative gap of the hatching. */
  readonly angle?: number
  readonly bend?: number
  readonly gap?: number
  readonly hatch?: boolean
  readonly line?: string
  /** Darkness from 0 to 1 in ink and woodcut, where it is not that of the fill. */
  readonly tone?: number
  readonly lift?: number
  /** Form whose bounds carry the shading, when this one is part of it. */
  readonly box?: Points
}

export interface StrokeOptions {
  readonly w?: number
  readonly color?: string
  readonly op?: number
  /** Relative width at both ends. */
  readonly taper?: readonly [number, number]
}

export interface MarkedStroke {
  readonly p: Points
  readonly w?: number
}

export interface FleeceOptions {
  readonly gap?: number
  readonly len?: number
  readonly w?: number
  readonly color: string
  readonly op?: number
  /** Direction of the marks, in radians. */
  readonly flow?: (x: number, y: number) => number
  readonly rnd: Rnd
  readonly curl?: number
  readonly keep?: number
  readonly test?: (x: number, y: number) => boolean
}

export interface FringeOptions {
  readonly gap?: number
  readonly len?: number
  readonly w?: number
  readonly color: string
  readonly op?: number
  readonly flow: (x: number, y: number) => number
  readonly rnd: Rnd
  /** Part of the outline, from 0 to 1. */
  readonly from?: number
  readonly to?: number
  readonly out?: number
}

const isMarked = (s: Points | MarkedStroke): s is MarkedStroke => 'p' in s

export class Pen {
  readonly medium: Medium
  readonly detail: number
  readonly out: string[] = []
  readonly defs: string[] = []
  readonly rnd: Rnd
  private readonly ids: { n: number }
  private m: Matrix = mat.id
  private k = 1
  private readonly stack: [Matrix, number][] = []

  constructor({ medium = 'colour', seed = 1, detail = 1, ids = { n: 0 } }: PenOptions = {}) {
    this.medium = medium
    this.detail = detail
    this.ids = ids
    this.rnd = new Rnd(`pen${seed}`)
  }

  get ink(): string {
    return INK[this.medium]
  }

  get paper(): string {
    return PAPER[this.medium]
  }

  /** Enter transformed coordinates; `pop` leaves them. */
  push(...transforms: Matrix[]): this {
    this.stack.push([this.m, this.k])
    for (const t of transforms) this.m = mat.mul(this.m, t)
    this.k = Math.sqrt(Math.abs(this.m[0] * this.m[3] - this.m[1] * this.m[2]))
    return this
  }

  pop(): this {
    const saved = this.stack.pop()
    if (saved) [this.m, this.k] = saved
    return this
  }

  /** A closed form: fill, form shading, hatching, and a contour that swells on the shadow side. */
  shape(points: Points, options: ShapeOptions = {}): Point[] {
    const { fill = '#888888', edge = 1, smooth = true, line } = options
    const C = this.place(points)
    const D = smooth ? sample(C, true, this.detail < 1 ? 4 : 6) : C
    const d = smooth ? curve(C) : poly(C)
    if (this.medium === 'colour') this.paint(D, d, options)
    else this.engrave(D, d, options)
    if (edge > 0) {
      const own = dark(mix(fill, this.ink, 0.62), 0.12)
      this.contour(D, this.lineWidth(edge), line ?? (this.medium === 'colour' ? own : this.ink))
    }
    return D
  }

  /** One tapered stroke. */
  stroke(points: Points, options: StrokeOptions = {}): void {
    this.strokes([points], options)
  }

  /** Many tapered strokes of one colour, as one path. */
  strokes(list: readonly (Points | MarkedStroke)[], options: StrokeOptions = {}): void {
    const { w = 1, color, op = 1, taper = [0.15, 0.15] } = options
    if (!list.length) return
    let d = ''
    for (const s of list) {
      const [points, width] = isMarked(s) ? [s.p, s.w ?? w] : [s, w]
      const line = this.place(points)
      d += taperedStroke(line, this.lineWidth(width), { taper, per: this.detail < 1 ? 3 : 4 })
    }
    this.path(d, color ? this.tint(color) : this.ink, op)
  }

  /** Small flat forms of one colour, as one path. */
  spots(list: readonly Points[], { fill, op = 1 }: { fill: string; op?: number }): void {
    if (!list.length) return
    this.path(list.map((p) => curve(this.place(p))).join(''), this.tint(fill), op)
  }

  /** Fur or feather marks inside a form. */
  fleece(form: Points, options: FleeceOptions): void {
    const { gap = 7, len = 9, w = 0.6, color, op = 0.6, flow = () => 1.57 } = options
    const spread = gap / clamp(this.detail, 0.55, 1)
    const marks = fleeceMarks(form, { ...options, gap: spread, len, flow })
    this.strokes(marks, { w, color, op, taper: [0.5, 0.05] })
  }

  /** Soft silhouettes: tufts that leave the contour. */
  fringe(outline: Points, options: FringeOptions): void {
    const { gap = 5, len = 7, w = 0.8, color, op = 1 } = options
    const marks = fringeMarks(outline, { ...options, gap, len, thin: clamp(this.detail, 0.55, 1) })
    this.strokes(marks, { w, color, op, taper: [0.9, 0.05] })
  }

  private place(points: Points): Point[] {
    const m = this.m
    return points.map((p): Point => {
      const x = m[0] * p[0] + m[2] * p[1] + m[4]
      const y = m[1] * p[0] + m[3] * p[1] + m[5]
      return p[2] ? [x, y, 1] : [x, y]
    })
  }

  private path(d: string, fill: string, op = 1): void {
    if (d) this.out.push(`<path d="${d}" fill="${fill}"${op < 1 ? ` opacity="${op}"` : ''}/>`)
  }

  /** A mark's colour; without colour it is ink or paper, whichever is nearer. */
  private tint(colour: string): string {
    if (this.medium === 'colour') return colour
    return lum(colour) < 0.5 ? this.ink : this.paper
  }

  private lineWidth(width: number): number {
    const scale = 0.75 + 0.85 * this.k
    return width * scale * LINE_WIDTH[this.medium] * (this.detail < 1 ? 1.15 : 1)
  }

  private glow(at: readonly [cx: number, cy: number, r: number], stops: readonly string[]): string {
    const id = `g${this.ids.n++}`
    const [inner, middle, outer] = stops
    const [cx, cy, r] = at.map(num)
    this.defs.push(
      `<radialGradient id="${id}" gradientUnits="userSpaceOnUse" cx="${cx}" cy="${cy}" r="${r}">` +
        `<stop offset="0" stop-color="${inner}"/><stop offset="0.42" stop-color="${middle}"/>` +
        `<stop offset="1" stop-color="${outer}"/></radialGradient>`,
    )
    return `url(#${id})`
  }

  /** Size and light of a form: centre, half sizes, and how deep in shadow a place lies. */
  private lighting(D: Points, box: Points | undefined) {
    const [x0, y0, x1, y1] = bounds(box ? this.place(box) : D)
    const cx = (x0 + x1) / 2
    const cy = (y0 + y1) / 2
    const hw = Math.max(1, (x1 - x0) / 2)
    const hh = Math.max(1, (y1 - y0) / 2)
    const shadow = (x: number, y: number): number => {
      const u = (x - cx) / hw
      const v = (y - cy) / hh
      return clamp(0.22 + 0.5 * (u * LX + v * LY) + 0.2 * (u * u + v * v))
    }
    return { cx, cy, hw, hh, R: Math.max(hw, hh), shadow }
  }

  private paint(D: Points, d: string, options: ShapeOptions): void {
    const { fill = '#888888', shade = 0.6, flat = false, op = 1, lift = 0 } = options
    const { angle = 0.62, bend = 0, gap = 1, hatch = true, box } = options
    if (flat || shade <= 0) return this.path(d, fill, op)
    const { cx, cy, hw, hh, R, shadow } = this.lighting(D, box)
    const at = [cx - hw * 0.35, cy - hh * 0.42, R * 1.55] as const
    const stops = [light(fill, 0.3 * shade + lift), fill, dark(fill, 0.62 * shade)]
    this.path(d, this.glow(at, stops), op)
    if (!hatch || shade <= 0.2 || R <= 10) return
    const tone = (x: number, y: number): number => clamp((shadow(x, y) - 0.42) * 1.7 * shade)
    this.path(
      this.hatch(D, { angle, bend, gap: 4.2 * gap, gain: 0.34, tone }),
      dark(fill, 0.62),
      0.5,
    )
  }

  private engrave(D: Points, d: string, options: ShapeOptions): void {
    const { fill = '#888888', shade = 0.6, flat = false, hatch = true, box } = options
    const { angle = 0.62, bend = 0, gap = 1 } = options
    const base = options.tone ?? clamp(1.02 - Math.pow(lum(fill), 0.75))
    const wood = this.medium === 'woodcut'
    const solid = base > (flat ? 0.5 : wood ? 0.72 : 0.86)
    this.path(d, solid ? this.ink : this.paper)
    const { R, shadow } = this.lighting(D, box)
    if (!hatch || R <= 5 || (solid && flat)) return
    if (solid) {
      const tone = (x: number, y: number): number =>
        clamp((0.42 - shadow(x, y)) * 2.1 * Math.max(0.4, shade))
      const lines = { angle, bend, gap: (wood ? 7.5 : 5) * gap, gain: 0.5, tone }
      this.path(this.hatch(D, lines), this.paper)
      return
    }
    const tone = (x: number, y: number): number => {
      if (flat) return base * 0.8
      const form = shade * (shadow(x, y) - 0.34) * (wood ? 1.5 : 1.15)
      return clamp(base * 0.72 + form - (wood ? 0.1 : 0.06))
    }
    const lines = { angle, bend, gap: (wood ? 7 : 4.3) * gap, gain: wood ? 0.95 : 0.62, tone }
    this.path(this.hatch(D, lines), this.ink)
  }

  private hatch(D: Points, lines: Omit<HatchOptions, 'rnd'>): string {
    const coarse = this.detail < 1 ? 1 / Math.max(0.45, this.detail) : 1
    const gap = lines.gap * coarse * (0.72 + 0.2 * Math.min(2.2, this.k))
    return hatching(D, { ...lines, gap, rnd: this.rnd })
  }

  private contour(D: Points, w: number, color: string): void {
    if (w < 0.9 || this.detail < 0.6) {
      this.out.push(
        `<path d="${poly(D)}" fill="none" stroke="${color}" stroke-width="${num(w)}" stroke-linejoin="round"/>`,
      )
      return
    }
    const d = swellingContour(D, w, { x: LX, y: LY, tremor: noise1(this.rnd.i(1, 1e9)) })
    this.out.push(`<path d="${d}" fill="${color}" fill-rule="evenodd"/>`)
  }
}
