/** Fur of straight tapered hairs, which keeps a shaggy drawing small. */
import { clamp, nth, scatter, winding, type Points } from '../geometry.ts'
import type { FleeceOptions, FringeOptions, Pen } from '../pen.ts'

/** Hairs inside a form; the options are those of `Pen.fleece`. */
export const coat = (pen: Pen, form: Points, options: Omit<FleeceOptions, 'curl'>): void => {
  const { gap = 7, len = 9, w = 0.6, color, op = 0.6, flow = () => 1.57, rnd } = options
  const { keep = 1, test } = options
  const hairs: Points[] = []
  for (const [x, y] of scatter(form, gap / clamp(pen.detail, 0.55, 1), rnd)) {
    const angle = flow(x, y) + rnd.r(-0.28, 0.28)
    const l = len * rnd.r(0.7, 1.25)
    if ((keep < 1 && !rnd.chance(keep)) || (test && !test(x, y))) continue
    hairs.push([
      [x, y],
      [x + Math.cos(angle) * l, y + Math.sin(angle) * l],
    ])
  }
  pen.strokes(hairs, { w, color, op, taper: [0.5, 0.05] })
}

/** Hairs that leave the contour; the options are those of `Pen.fringe`. */
export const shag = (pen: Pen, rim: Points, options: FringeOptions): void => {
  const { gap = 5, len = 7, w = 0.8, color, op = 1, flow, rnd, from = 0, to = 1 } = options
  const { out = 0.5 } = options
  const n = rim.length
  const side = winding(rim)
  const hairs: Points[] = []
  let walked = 0
  for (let i = Math.floor(from * n); i < Math.floor(to * n); i++) {
    const [a, b] = [nth(rim, i % n), nth(rim, (i + 1) % n)]
    const step = Math.hypot(b[0] - a[0], b[1] - a[1])
    walked += step
    while (walked > gap) {
      walked -= (gap * rnd.r(0.6, 1.4)) / clamp(pen.detail, 0.55, 1)
      const nx = (side * (b[1] - a[1])) / (step || 1)
      const ny = (-side * (b[0] - a[0])) / (step || 1)
      const angle = flow(a[0], a[1])
      const [fx, fy] = [Math.cos(angle), Math.sin(angle)]
      if (nx * fx + ny * fy < -0.75) continue
      const q = len * rnd.r(0.6, 1.3)
      hairs.push([
        [a[0] - nx * q * 0.3, a[1] - ny * q * 0.3],
        [a[0] + nx * q * out + fx * q * 0.8, a[1] + ny * q * out + fy * q * 0.8],
      ])
    }
  }
  pen.strokes(hairs, { w, color, op, taper: [1.2, 0.05] })
}
