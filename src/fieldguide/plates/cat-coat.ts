/** Coats and legs of the cats: stripes, rosettes, folds and long fur. */
import { dark, light, mix } from '../colour.ts'
import {
  clamp,
  ell,
  inside,
  lerp,
  sample,
  scatter,
  tube,
  wobble,
  type Point,
  type Points,
} from '../geometry.ts'
import { marking, type Sketch } from './cat-sketch.ts'
import { coat, shag } from './fur.ts'
import { outline } from './outline.ts'

export const bands = (spine: Points, width: (t: number) => number, count: number): Point[][] => {
  const line = sample(spine, false, 8)
  const out: Point[][] = []
  for (let i = 1; i <= count; i++) {
    const t = i / (count + 0.6)
    const at = Math.floor(t * (line.length - 2))
    const [p, q] = [line[at] ?? [0, 0], line[at + 1] ?? [0, 1]]
    const l = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1
    const h = width(t) * 0.46
    const [nx, ny] = [(-(q[1] - p[1]) / l) * h, ((q[0] - p[0]) / l) * h]
    out.push([
      [p[0] + nx, p[1] + ny],
      [p[0] + (q[0] - p[0]) * 0.6, p[1] + (q[1] - p[1]) * 0.6],
      [p[0] - nx, p[1] - ny],
    ])
  }
  return out
}

export const leg = (sketch: Sketch, spine: Points, fill: string): void => {
  const { pen, c, form, build, mark, rnd } = sketch
  const width = (t: number): number =>
    lerp(22, 13, t) * build.limb * Math.sqrt(clamp(0.1 + t / 0.14))
  const foot = spine[spine.length - 1] ?? [0, 0]
  pen.shape(tube(spine, width, 7), { fill, edge: 0.8, smooth: false, shade: 0.6, angle: 1.2 })
  if (form === 'tabby')
    pen.strokes(bands(spine, width, 5), { w: 2.6, color: mark, op: 0.8, taper: [0.7, 0.4] })
  if (form === 'spotted')
    pen.spots(
      bands(spine, width, 5).map((b) =>
        ell((b[0]?.[0] ?? 0) - 3 - rnd.r(2, 8), b[0]?.[1] ?? 0, 3, 2.4, 0.3, 7),
      ),
      { fill: mark, op: 0.85 },
    )
  const w = 10 * build.limb
  const [x, y] = [foot[0] + 3, 90]
  const paw =
    form === 'siamese' ? mix(c.dark, c.base, 0.1) : form === 'longhair' ? light(c.pale, 0.2) : fill
  pen.shape(
    outline(`${x - w},${y}! ${x - w},${y - 8} ${x},${y - 11} ${x + w},${y - 8} ${x + w + 1},${y}!`),
    { fill: paw, edge: 0.9, shade: 0.5, hatch: false },
  )
  pen.strokes(
    [-0.35, 0.3].map((k): Point[] => [
      [x + w * k, y],
      [x + w * k, y - 5],
    ]),
    { w: 1, color: dark(paw, 0.6) },
  )
}

export const drawCoat = (sketch: Sketch, body: Points): void => {
  const { pen, c, form, mark, rnd, build } = sketch
  const inner = sample(body, true, 4)
  if (form === 'tabby') {
    const stripes: Point[][] = []
    for (let i = 0; i < 8; i++) {
      const y = -18 + i * 12 + rnd.r(-1.5, 1.5)
      const reach = 20 + rnd.r(0, 14)
      const start = inner
        .filter((p) => Math.abs(p[1] - y) < 5)
        .reduce((m, p) => Math.min(m, p[0]), 0)
      stripes.push([
        [start + 2, y - 3],
        [start + reach * 0.6, y + 3],
        [start + reach, y + 12],
      ])
    }
    pen.strokes(stripes, { w: 4.2, color: mark, op: 0.85, taper: [0.9, 0.1] })
  } else if (form === 'spotted') {
    const spots = scatter(inner, 14, rnd).filter(
      ([x, y]) => x < 20 && inside(inner, x - 7, y) && inside(inner, x, y + 6),
    )
    pen.spots(
      spots.map(([x, y]) => wobble(ell(x, y, 5.4, 4, rnd.r(0.2, 1.2), 8), 0.7, rnd)),
      { fill: mark, op: 0.9 },
    )
    pen.spots(
      spots.filter(() => rnd.chance(0.6)).map(([x, y]) => ell(x, y, 2.2, 1.6, 0.5, 6)),
      { fill: c.base },
    )
  } else if (form === 'sphynx') {
    const folds: Point[][] = []
    for (let i = 0; i < 7; i++) {
      const y = -26 + i * 9
      folds.push([
        [-22 - i * 2.5, y + rnd.r(-1, 1)],
        [-4, y + 7],
        [20, y + rnd.r(-2, 2)],
      ])
    }
    pen.strokes(folds.slice(0, 5), { w: 1.1, color: marking(c), op: 0.6 })
    return
  }
  const long = form === 'longhair'
  coat(pen, inner, {
    gap: long ? 11 : 13,
    len: long ? 13 : 6,
    w: 0.7,
    color: marking(c),
    op: 0.45,
    flow: (x) => 1.75 - x * 0.006,
    rnd,
    test: (_, y) => y > -20,
  })
  if (build.breadth < 0.8) return
  const bib = wobble(outline('6,-32 30,-28 36,0 34,30 24,44 12,30 4,0'), 1, rnd)
  pen.shape(bib, {
    fill: long ? light(c.pale, 0.15) : mix(c.base, c.pale, 0.5),
    edge: 0,
    shade: 0.3,
    hatch: false,
  })
  if (long)
    shag(pen, sample(bib, true, 4), {
      gap: 5,
      len: 12,
      w: 1.1,
      color: mix(c.pale, c.dark, 0.4),
      flow: (x) => 1.57 + (18 - x) * 0.02,
      rnd,
      out: 0.3,
    })
}
