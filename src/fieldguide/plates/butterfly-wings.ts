/** The wings of a butterfly: rays from the root give veins, the cells between carry the colour. */
import { light, mix } from '../colour.ts'
import { clamp, ell, lerp, nth, row, sample, type Point, type Points } from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { Rnd } from '../random.ts'

export type WingKind = 'fore' | 'hind'

export interface Wing {
  readonly outline: Points
  readonly root: Point
  readonly kind: WingKind
  readonly form: string
  readonly base: string
  readonly deep: string
  readonly rnd: Rnd
  /** Where the red eyespot of a swallowtail's hindwing sits. */
  readonly eyespot: Point
}

export const BLACK = '#221a17'

export const WINGS: Readonly<Record<string, Readonly<Record<WingKind, Points>>>> = {
  monarch: {
    fore: row([
      3, -16, 30, -50, 62, -74, 84, -80, 96, -72, 94, -54, 82, -34, 78, -16, 72, -2, 44, 2, 8, 4,
    ]),
    hind: row([4, -4, 34, -4, 66, 2, 76, 20, 70, 42, 54, 60, 34, 66, 18, 54, 8, 30]),
  },
  swallowtail: {
    fore: row([3, -16, 30, -54, 62, -78, 86, -84, 95, -76, 88, -50, 80, -24, 72, -4, 40, 2, 8, 4]),
    hind: row([
      4, -4, 32, -4, 62, 0, 70, 16, 66, 32, 60, 42, 57, 54, 60, 74, 54, 86, 48, 76, 44, 56, 34, 56,
      20, 50, 8, 30,
    ]),
  },
  morpho: {
    fore: row([3, -16, 28, -52, 60, -76, 84, -80, 96, -70, 92, -46, 84, -24, 78, -6, 44, 4, 8, 5]),
    hind: row([4, -4, 36, -2, 70, 2, 82, 20, 78, 44, 64, 62, 44, 70, 24, 62, 8, 32]),
  },
  peacock: {
    fore: row(
      [3, -16, 28, -48, 58, -72, 82, -76, 90, -66, 84, -52, 86, -34, 80, -14, 72, -2, 44, 3, 8, 4],
      [4],
    ),
    hind: row([4, -4, 34, -4, 66, 0, 76, 16, 74, 34, 64, 50, 48, 58, 28, 60, 16, 50, 8, 30], [5]),
  },
}

interface Pattern {
  /** How far out the coloured cells reach and where they start, as shares of the ray. */
  readonly margin: Readonly<Record<WingKind, number>>
  readonly start: Readonly<Record<WingKind, number>>
  /** Half the width of a vein, as a share of a cell. */
  readonly vein: number
}

const PATTERNS: Readonly<Record<string, Pattern>> = {
  monarch: { margin: { fore: 0.87, hind: 0.87 }, start: { fore: 0.4, hind: 0.4 }, vein: 0.085 },
  swallowtail: { margin: { fore: 0.83, hind: 0.7 }, start: { fore: 0.36, hind: 0.4 }, vein: 0.075 },
  morpho: { margin: { fore: 0.88, hind: 0.88 }, start: { fore: 0.06, hind: 0.06 }, vein: 0.012 },
  peacock: { margin: { fore: 0.93, hind: 0.92 }, start: { fore: 0.06, hind: 0.06 }, vein: 0.01 },
}

/** Measures on a wing: the rim at share t of its way round, and points along a ray. */
const rays = ({ outline, root, kind }: Wing) => {
  const rim = sample(outline, true, 8)
  const [from, to] = kind === 'fore' ? [0.16, 0.86] : [0.14, 0.93]
  return {
    from,
    to,
    at: (t: number): Point => nth(rim, Math.floor(clamp(t, 0, 0.999) * rim.length)),
    ray: (p: Point, k: number): Point => [lerp(root[0], p[0], k), lerp(root[1], p[1], k)],
  }
}
type Rays = ReturnType<typeof rays>

/** The outer end of cell i, shorter where the tip of the wing is black. */
const reach = ({ form, kind }: Wing, i: number, tm: number): number => {
  const margin = PATTERNS[form]?.margin[kind] ?? 0.87
  if (kind === 'fore' && i < 2.5 && form === 'monarch') return [0.62, 0.62, 0.7][i] ?? margin
  if (kind === 'fore' && i < 2.5 && form === 'swallowtail') return 0.8
  if (kind === 'hind' && form === 'swallowtail' && tm > 0.5 && tm < 0.72) return 0.56
  return margin
}

const drawCells = (pen: Pen, wing: Wing, { from, to, at, ray }: Rays): void => {
  const { form, kind, rnd, root, base, deep } = wing
  const pattern = PATTERNS[form] as Pattern
  const count = kind === 'fore' ? 7 : 8
  const dense = form === 'morpho' || form === 'peacock'
  for (let i = 0; i < count; i++) {
    const t0 = lerp(from, to, (i + pattern.vein) / count)
    const t1 = lerp(from, to, (i + 1 - pattern.vein) / count)
    const tm = (t0 + t1) / 2
    const s = pattern.start[kind] + rnd.r(-0.02, 0.02)
    const e = reach(wing, i, tm) + rnd.r(-0.015, 0.015)
    const edge = (t1 - t0) * 0.1
    const cell: Point[] = [
      ray(at(t0), s + 0.02),
      ray(at(t0), (s + e) / 2),
      ray(at(t0 + edge), e - 0.02),
      ray(at(tm), e + 0.015),
      ray(at(t1 - edge), e - 0.02),
      ray(at(t1), (s + e) / 2),
      ray(at(t1), s + 0.02),
      ray(at(tm), s - 0.01),
    ]
    const out = nth(cell, 3)
    pen.shape(cell, {
      fill: mix(base, deep, rnd.r(0, 0.18)),
      edge: 0,
      shade: 0.55,
      box: wing.outline,
      hatch: pen.medium !== 'colour' && dense,
      tone: form === 'peacock' ? 0.55 : form === 'morpho' ? 0.42 : 0.08,
      angle: Math.atan2(out[1] - root[1], out[0] - root[0]),
    })
  }
}

/** The long cell next to the body. */
const drawDiscal = (pen: Pen, wing: Wing, { from, to, at, ray }: Rays): void => {
  const { form, kind, base, deep } = wing
  const banded = form === 'swallowtail' && kind === 'fore'
  const p0 = at(lerp(from, to, 0.12))
  const p1 = at(lerp(from, to, kind === 'fore' ? 0.62 : 0.75))
  const pm = at(lerp(from, to, 0.38))
  const k = 0.36
  const common: ShapeOptions = { edge: 0, shade: 0.55, box: wing.outline, hatch: false }
  const cell: Point[] = [
    ray(p0, 0.08),
    ray(p0, k * 0.95),
    ray(pm, k * 0.98),
    ray(p1, k * 0.95),
    ray(p1, 0.1),
  ]
  pen.shape(cell, {
    ...common,
    fill: banded ? mix(base, BLACK, 0.72) : mix(base, deep, 0.1),
    tone: banded ? 1 : 0.08,
  })
  if (!banded) return
  for (const b of [0.2, 0.31]) {
    const band: Point[] = [
      ray(p0, b),
      ray(pm, b + 0.02),
      ray(p1, b),
      ray(p1, b + 0.045),
      ray(pm, b + 0.07),
      ray(p0, b + 0.05),
    ]
    pen.shape(band, { ...common, fill: base, tone: 0.05 })
  }
}

/** Scales as fine strokes along the rays, and the shine of a morpho. */
const drawScales = (pen: Pen, wing: Wing, { from, to, at, ray }: Rays): void => {
  const { form, kind, rnd, base, deep } = wing
  const scales: Point[][] = []
  for (let i = 0; i < 70 * pen.detail; i++) {
    const k = rnd.r(0.3, 0.8)
    const p = at(rnd.r(from, to))
    scales.push([ray(p, k), ray(p, k + rnd.r(0.04, 0.1))])
  }
  const colour = pen.medium === 'colour'
  if (colour) pen.strokes(scales, { color: deep, w: 0.5, op: 0.45 })
  if (form !== 'morpho') return
  const count = kind === 'fore' ? 7 : 8
  const rayAt = (i: number, ks: readonly number[]): Point[] => {
    const p = at(lerp(from, to, i / count))
    return ks.map((k) => ray(p, k))
  }
  const veins = Array.from({ length: count + 1 }, (_, i) => rayAt(i, [0.05, 0.5, 0.97]))
  pen.strokes(veins, { color: BLACK, w: 0.85, op: 0.75 })
  const shine = Array.from({ length: count - 1 }, (_, i) => rayAt(i + 1.45, [0.3, 0.55, 0.78]))
  if (colour) pen.strokes(shine, { color: light(base, 0.6), w: 3.2, op: 0.35 })
}

const MONARCH_TIP = [
  [0.2, 0.76, 3.2],
  [0.27, 0.8, 3.4],
  [0.34, 0.78, 3],
  [0.24, 0.68, 2.6],
  [0.31, 0.7, 2.6],
] as const

const drawMarginDots = (pen: Pen, { form, kind }: Wing, { from, to, at, ray }: Rays): void => {
  const dots: Points[] = []
  const dot = (p: Point, k: number, r: number): void => {
    const [x, y] = ray(p, k)
    dots.push(ell(x, y, r, r, 0, 6))
  }
  const count = form === 'monarch' ? 15 : 8
  for (let i = 0; i < count; i++) {
    const p = at(lerp(from, to, (i + 0.5) / count))
    if (form === 'monarch') {
      dot(p, 0.955, 1.15)
      if (i % 2 === 0) dot(p, 0.905, 1.5)
    } else if (form === 'morpho' && kind === 'fore' && i < 7) dot(p, 0.945, 1.3)
  }
  if (form === 'monarch' && kind === 'fore') {
    for (const [t, k, r] of MONARCH_TIP) {
      const [x, y] = ray(at(t), k)
      dots.push(ell(x, y, r, r * 0.75, -0.7, 8))
    }
  }
  pen.spots(dots, { fill: '#fbf4e0' })
}

const drawSwallowtailMarks = (pen: Pen, wing: Wing, { from, to, at, ray }: Rays): void => {
  const { kind, root, base, eyespot } = wing
  const moons: Points[] = []
  for (let i = 0; i < 8; i++) {
    if (kind === 'hind' && Math.abs(i - 4.5) < 1.3) continue
    const p = at(lerp(from, kind === 'fore' ? to : 0.86, (i + 0.5) / 8))
    const [x, y] = ray(p, 0.935)
    moons.push(ell(x, y, 3.4, 2, Math.atan2(p[1] - root[1], p[0] - root[0]) + 1.57, 8))
  }
  pen.spots(moons, { fill: light(base, 0.15) })
  if (kind === 'fore') return
  const blue: Points[] = []
  for (let i = 0; i < 7; i++) {
    const [x, y] = ray(at(lerp(from + 0.06, 0.84, (i + 0.5) / 7)), i > 2 && i < 5 ? 0.62 : 0.78)
    blue.push(ell(x, y, 3.6, 2.8, 0.4, 8))
  }
  pen.spots(blue, { fill: pen.medium === 'colour' ? '#6a94c4' : '#ffffff' })
  const eye = { fill: '#c8452c', edge: 0.7, shade: 0.4, hatch: false, tone: 0.2 }
  pen.shape(ell(eyespot[0], eyespot[1], 5, 5.4, 0, 10), eye)
}

/** The four great eyes of the peacock butterfly. */
const drawEyes = (pen: Pen, wing: Wing, { at, ray }: Rays): void => {
  const fore = wing.kind === 'fore'
  const [x, y] = ray(at(fore ? 0.33 : 0.4), fore ? 0.76 : 0.7)
  const discs = fore
    ? ([
        [14, '#e8c565', 0.05],
        [10.5, '#2c2440', 1],
        [6, '#7f9fd6', 0.2],
      ] as const)
    : ([
        [15, '#d9cdb0', 0.02],
        [11.5, '#1f1a2c', 1],
        [6.5, '#5b86d0', 0.25],
      ] as const)
  for (const [r, fill, tone] of discs)
    pen.shape(ell(x, y, r, r * 0.92, 0, 14), { fill, tone, edge: 0.3, flat: true, hatch: false })
  const glints: Points[] = [ell(x - 3, y - 3, 2, 1.6, 0, 7)]
  if (fore)
    for (let i = 0; i < 4; i++)
      glints.push(
        ell(x - Math.sign(x - wing.root[0]) * (16 - i * 2), y + 2 + i * 9, 1.6, 1.6, 0, 6),
      )
  pen.spots(glints, { fill: '#fbf4e0' })
}

export const drawWing = (pen: Pen, wing: Wing): void => {
  const { form, deep } = wing
  const r = rays(wing)
  const edge = form === 'morpho' ? mix(BLACK, deep, 0.12) : form === 'peacock' ? '#4a3a30' : BLACK
  // Solid in ink too: without its black the pattern of the wing is lost.
  const rim = { fill: edge, edge: 0.9, shade: 0.25, tone: form === 'peacock' ? 0.8 : 1 }
  pen.shape(wing.outline, { ...rim, hatch: pen.medium === 'colour' })
  drawCells(pen, wing, r)
  if (form === 'monarch' || form === 'swallowtail') drawDiscal(pen, wing, r)
  drawScales(pen, wing, r)
  drawMarginDots(pen, wing, r)
  if (form === 'swallowtail') drawSwallowtailMarks(pen, wing, r)
  if (form === 'peacock') drawEyes(pen, wing, r)
}
