/** Points, closed curves, tubes and transforms: the shapes that plates are made of. */
import type { Rnd } from './random.ts'

/** x, y, and 1 where the curve has a corner instead of a smooth bend. */
export type Point = readonly [x: number, y: number, corner?: 1]
export type Points = readonly Point[]
export type Matrix = readonly [number, number, number, number, number, number]
export type Box = readonly [x0: number, y0: number, x1: number, y1: number]

export const TAU = Math.PI * 2

export const clamp = (x: number, a = 0, b = 1): number => Math.max(a, Math.min(b, x))

export const lerp = (a: number, b: number, t: number): number => a + (b - a) * t

const ORIGIN: Point = [0, 0]

/** The point at a whole index that is known to be in range. */
export const nth = (points: Points, index: number): Point => points[index] ?? ORIGIN

/** Smooth noise in [-1, 1] along a line. */
export const noise1 = (seed: number): ((x: number) => number) => {
  const at = (i: number): number => {
    let t = Math.imul(i ^ seed, 0x9e3779b1)
    t ^= t >>> 15
    t = Math.imul(t, 0x85ebca6b)
    t ^= t >>> 13
    return ((t >>> 0) / 4294967296) * 2 - 1
  }
  return (x) => {
    const i = Math.floor(x)
    const f = x - i
    return lerp(at(i), at(i + 1), f * f * (3 - 2 * f))
  }
}

/** The points of an ellipse: centre, radii, rotation, number of points. */
export const ell = (
  ...[cx, cy, rx, ry = rx, rot = 0, n = 14]: [
    cx: number,
    cy: number,
    rx: number,
    ry?: number,
    rot?: number,
    n?: number,
  ]
): Point[] => {
  const c = Math.cos(rot)
  const s = Math.sin(rot)
  return Array.from({ length: n }, (_, i): Point => {
    const a = (i / n) * TAU
    const x = Math.cos(a) * rx
    const y = Math.sin(a) * ry
    return [cx + x * c - y * s, cy + x * s + y * c]
  })
}

/** The same form drawn by a less steady hand. */
export const wobble = (
  ...[points, amp, rnd, freq = 0.35]: [points: Points, amp: number, rnd: Rnd, freq?: number]
): Point[] => {
  const a = noise1(rnd.i(1, 1e9))
  const b = noise1(rnd.i(1, 1e9))
  return points.map((p, i): Point => {
    const x = p[0] + amp * a(i * freq + 0.5)
    const y = p[1] + amp * b(i * freq + 9.5)
    return p[2] ? [x, y, 1] : [x, y]
  })
}

type Segment = readonly [Point, Point, Point, Point]

/** The Bézier segment of a Catmull-Rom curve between points i and i + 1. */
const segment = (points: Points, i: number, closed: boolean): Segment => {
  const n = points.length
  const get = (k: number): Point => nth(points, closed ? (k + n) % n : clamp(k, 0, n - 1))
  const [p0, p1, p2, p3] = [get(i - 1), get(i), get(i + 1), get(i + 2)]
  const k = 1 / 6
  return [
    p1,
    p1[2] ? p1 : [p1[0] + (p2[0] - p0[0]) * k, p1[1] + (p2[1] - p0[1]) * k],
    p2[2] ? p2 : [p2[0] - (p3[0] - p1[0]) * k, p2[1] - (p3[1] - p1[1]) * k],
    p2,
  ]
}

/** Points along the smooth curve through the given points, `per` for each segment. */
export const sample = (points: Points, closed = true, per = 6): Point[] => {
  const out: Point[] = []
  const n = closed ? points.length : points.length - 1
  for (let i = 0; i < n; i++) {
    const [a, b, c, d] = segment(points, i, closed)
    for (let j = 0; j < per; j++) {
      const t = j / per
      const u = 1 - t
      const [k0, k1, k2, k3] = [u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t]
      out.push([
        k0 * a[0] + k1 * b[0] + k2 * c[0] + k3 * d[0],
        k0 * a[1] + k1 * b[1] + k2 * c[1] + k3 * d[1],
      ])
    }
  }
  if (!closed) {
    const end = nth(points, points.length - 1)
    out.push([end[0], end[1]])
  }
  return out
}

/** A number as SVG text, to a tenth of a unit. */
export const num = (v: number): string => (Math.round(v * 10) / 10).toString()

const pair = (p: Point): string => `${num(p[0])} ${num(p[1])}`

/** SVG path data of straight lines. */
export const poly = (points: Points, close = true): string =>
  `M${points.map(pair).join('L')}${close ? 'Z' : ''}`

/** SVG path data of the smooth curve through the points. */
export const curve = (points: Points, closed = true): string => {
  let d = `M${pair(nth(points, 0))}`
  const n = closed ? points.length : points.length - 1
  for (let i = 0; i < n; i++) {
    const [, b, c, e] = segment(points, i, closed)
    d += `C${pair(b)} ${pair(c)} ${pair(e)}`
  }
  return d + (closed ? 'Z' : '')
}

/** Whether (x, y) lies inside a polygon. */
export const inside = (polygon: Points, x: number, y: number): boolean => {
  let within = false
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = nth(polygon, i)
    const b = nth(polygon, j)
    if (a[1] > y !== b[1] > y && x < ((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
      within = !within
  }
  return within
}

export const bounds = (points: Points): Box => {
  let [x0, y0, x1, y1] = [1e9, 1e9, -1e9, -1e9]
  for (const [x, y] of points) {
    if (x < x0) x0 = x
    if (x > x1) x1 = x
    if (y < y0) y0 = y
    if (y > y1) y1 = y
  }
  return [x0, y0, x1, y1]
}

/** Twice the signed area: its sign tells the winding. */
export const winding = (points: Points): 1 | -1 => {
  let area = 0
  for (let i = 0; i < points.length; i++) {
    const a = nth(points, i)
    const b = nth(points, (i + 1) % points.length)
    area += a[0] * b[1] - b[0] * a[1]
  }
  return area > 0 ? 1 : -1
}

/** The outline of a limb, tail, stem or handle around a spine; draw it with `smooth: false`. */
export const tube = (
  ...[spine, width, per = 7, cap = true]: [
    spine: Points,
    width: readonly [number, number] | ((t: number) => number),
    per?: number,
    cap?: boolean,
  ]
): Point[] => {
  const S = sample(spine, false, per)
  const n = S.length
  const left: Point[] = []
  const right: Point[] = []
  const w = typeof width === 'function' ? width : (t: number) => lerp(width[0], width[1], t)
  for (let i = 0; i < n; i++) {
    const p = nth(S, Math.max(0, i - 1))
    const q = nth(S, Math.min(n - 1, i + 1))
    const l = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1
    const nx = -(q[1] - p[1]) / l
    const ny = (q[0] - p[0]) / l
    const h = w(i / (n - 1)) / 2
    const c = nth(S, i)
    left.push([c[0] + nx * h, c[1] + ny * h])
    right.push([c[0] - nx * h, c[1] - ny * h])
  }
  if (cap) {
    const e = nth(S, n - 1)
    const p = nth(S, n - 2)
    const l = Math.hypot(e[0] - p[0], e[1] - p[1]) || 1
    const h = w(1) / 2
    left.push([e[0] + ((e[0] - p[0]) / l) * h * 0.9, e[1] + ((e[1] - p[1]) / l) * h * 0.9])
  }
  return left.concat(right.reverse())
}

/** Points spread over a polygon, about `gap` apart. */
export const scatter = (polygon: Points, gap: number, rnd: Rnd): Point[] => {
  const [x0, y0, x1, y1] = bounds(polygon)
  const out: Point[] = []
  let row = 0
  for (let y = y0 + gap / 2; y < y1; y += gap, row++) {
    for (let x = x0 + (row % 2 ? gap : gap / 2); x < x1; x += gap) {
      const px = x + rnd.r(-0.35, 0.35) * gap
      const py = y + rnd.r(-0.35, 0.35) * gap
      if (inside(polygon, px, py)) out.push([px, py])
    }
  }
  return out
}

/** The form seen in a mirror that stands at x = 0. */
export const mirror = (points: Points): Point[] =>
  points.map((p): Point => (p[2] ? [-p[0], p[1], 1] : [-p[0], p[1]]))

/** Affine transforms in SVG order (a b c d e f). */
export const mat = {
  id: [1, 0, 0, 1, 0, 0] as Matrix,
  mul: (m: Matrix, k: Matrix): Matrix => [
    m[0] * k[0] + m[2] * k[1],
    m[1] * k[0] + m[3] * k[1],
    m[0] * k[2] + m[2] * k[3],
    m[1] * k[2] + m[3] * k[3],
    m[0] * k[4] + m[2] * k[5] + m[4],
    m[1] * k[4] + m[3] * k[5] + m[5],
  ],
  rot: (a: number): Matrix => [Math.cos(a), Math.sin(a), -Math.sin(a), Math.cos(a), 0, 0],
  move: (x: number, y: number): Matrix => [1, 0, 0, 1, x, y],
  scale: (x: number, y = x): Matrix => [x, 0, 0, y, 0, 0],
}

/** Points from a flat row x0, y0, x1, y1, …; the points whose index is listed are corners. */
export const row = (flat: readonly number[], corners: readonly number[] = []): Point[] =>
  Array.from({ length: flat.length >> 1 }, (_, i): Point => {
    const [x = 0, y = 0] = [flat[2 * i], flat[2 * i + 1]]
    return corners.includes(i) ? [x, y, 1] : [x, y]
  })
