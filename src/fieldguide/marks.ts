/** The marks of a pen as geometry: tapered strokes, swelling contours, fur and fringes. */
import {
  clamp,
  lerp,
  nth,
  poly,
  sample,
  scatter,
  winding,
  type Point,
  type Points,
} from './geometry.ts'
import type { Rnd } from './random.ts'

interface Marks {
  readonly gap: number
  readonly len: number
  /** Direction of the marks, in radians. */
  readonly flow: (x: number, y: number) => number
  readonly rnd: Rnd
}

/** Path data of a stroke that swells to width `w` and tapers to shares of it at both ends. */
export const taperedStroke = (
  line: Points,
  w: number,
  { taper, per }: { taper: readonly [number, number]; per: number },
): string => {
  const [a, b] = [nth(line, 0), nth(line, line.length - 1)]
  const straight: Points = [a, [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2], b]
  const S = line.length > 2 ? sample(line, false, per) : straight
  const n = S.length
  const left: Point[] = []
  const right: Point[] = []
  for (let i = 0; i < n; i++) {
    const [x, y] = nth(S, i)
    const p = nth(S, Math.max(0, i - 1))
    const q = nth(S, Math.min(n - 1, i + 1))
    const l = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1
    const t = i / (n - 1)
    const h = (w / 2) * (t < 0.5 ? lerp(taper[0], 1, t * 2) : lerp(1, taper[1], t * 2 - 1))
    const dx = ((q[1] - p[1]) / l) * h
    const dy = ((q[0] - p[0]) / l) * h
    left.push([x - dx, y + dy])
    right.push([x + dx, y - dy])
  }
  return poly(left.concat(right.reverse()))
}

/** Path data of a contour that swells where the outline turns away from the light. */
export const swellingContour = (
  D: Points,
  w: number,
  { x: lx, y: ly, tremor }: { x: number; y: number; tremor: (t: number) => number },
): string => {
  const n = D.length
  const s = winding(D)
  const outer: Point[] = []
  const inner: Point[] = []
  for (let i = 0; i < n; i++) {
    const [x, y] = nth(D, i)
    const p = nth(D, (i + n - 1) % n)
    const q = nth(D, (i + 1) % n)
    const l = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1
    const nx = (s * (q[1] - p[1])) / l
    const ny = (-s * (q[0] - p[0])) / l
    const swell = 0.5 + 0.62 * clamp(0.35 + nx * lx + ny * ly)
    const t = w * swell * (1 + 0.28 * tremor(i * 0.37)) * 0.62
    outer.push([x + nx * t, y + ny * t])
    inner.push([x - nx * t * 0.8, y - ny * t * 0.8])
  }
  return poly(outer) + poly(inner.reverse())
}

/** Short curved lines spread over a form. */
export const fleeceMarks = (
  form: Points,
  options: Marks & {
    readonly curl?: number
    readonly keep?: number
    readonly test?: (x: number, y: number) => boolean
  },
): Points[] => {
  const { gap, len, flow, rnd, curl = 0.2, keep = 1, test } = options
  const list: Points[] = []
  for (const [x, y] of scatter(form, gap, rnd)) {
    if (keep < 1 && !rnd.chance(keep)) continue
    if (test && !test(x, y)) continue
    const a = flow(x, y) + rnd.r(-0.22, 0.22)
    const l = len * rnd.r(0.7, 1.25)
    const c = rnd.r(-curl, curl)
    list.push([
      [x, y],
      [x + Math.cos(a + c) * l * 0.5, y + Math.sin(a + c) * l * 0.5],
      [x + Math.cos(a) * l, y + Math.sin(a) * l],
    ])
  }
  return list
}

/** Tufts that leave an outline; `thin` below 1 leaves some out. */
export const fringeMarks = (
  outline: Points,
  options: Marks & {
    readonly thin: number
    readonly from?: number
    readonly to?: number
    readonly out?: number
  },
): Points[] => {
  const { gap, len, flow, rnd, thin, from = 0, to = 1, out = 0.5 } = options
  const n = outline.length
  const s = winding(outline)
  const list: Points[] = []
  let walked = 0
  for (let i = Math.floor(from * n); i < Math.floor(to * n); i++) {
    const a = nth(outline, i % n)
    const b = nth(outline, (i + 1) % n)
    const l = Math.hypot(b[0] - a[0], b[1] - a[1])
    walked += l
    while (walked > gap) {
      walked -= (gap * rnd.r(0.6, 1.4)) / thin
      const nx = (s * (b[1] - a[1])) / (l || 1)
      const ny = (-s * (b[0] - a[0])) / (l || 1)
      const f = flow(a[0], a[1])
      const [fx, fy] = [Math.cos(f), Math.sin(f)]
      if (nx * fx + ny * fy < -0.75) continue
      const q = len * rnd.r(0.6, 1.3)
      const along = (kn: number, kf: number): Point => [
        a[0] + nx * q * kn + fx * q * kf,
        a[1] + ny * q * kn + fy * q * kf,
      ]
      list.push([along(-0.3, 0), along(0.2 * out, 0.4), along(out, 0.8)])
    }
  }
  return list
}
