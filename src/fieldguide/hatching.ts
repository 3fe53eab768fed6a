/** Engraver's hatching: parallel or bent lines whose thickness carries the tone. */
import { bounds, nth, poly, type Point, type Points } from './geometry.ts'
import type { Rnd } from './random.ts'

export interface HatchOptions {
  /** Radians. */
  readonly angle?: number
  readonly bend?: number
  /** Distance of the lines, and the share of it that full tone fills. */
  readonly gap: number
  readonly gain: number
  /** Tone from 0 to 1 at a place on the canvas; below `min` the line breaks. */
  readonly tone: (x: number, y: number) => number
  readonly min?: number
  readonly rnd: Rnd
}

/** Where a horizontal line at height y crosses the polygon, left to right. */
const crossings = (polygon: Points, y: number): number[] => {
  const xs: number[] = []
  for (let i = 0, j = polygon.length - 1; i < polygon.length; j = i++) {
    const a = nth(polygon, i)
    const b = nth(polygon, j)
    if (a[1] > y !== b[1] > y) xs.push(((b[0] - a[0]) * (y - a[1])) / (b[1] - a[1]) + a[0])
  }
  return xs.sort((a, b) => a - b)
}

/** SVG path data of the hatching inside a polygon; '' when no line is long enough. */
export const hatching = (polygon: Points, options: HatchOptions): string => {
  const { angle = 0.6, bend = 0, gap, gain, tone, min = 0.1, rnd } = options
  const [x0, y0, x1, y1] = bounds(polygon)
  const cx = (x0 + x1) / 2
  const cy = (y0 + y1) / 2
  const c = Math.cos(angle)
  const s = Math.sin(angle)
  const bow = bend / Math.max(10, x1 - x0, y1 - y0)
  // Turn and unbend the form, so that the lines are horizontal while we cut them.
  const turned = polygon.map(([x, y]): Point => {
    const dx = x - cx
    const dy = y - cy
    const u = dx * c + dy * s
    return [u, -dx * s + dy * c - bow * u * u]
  })
  const back = (u: number, v: number): Point => {
    const w = v + bow * u * u
    return [cx + u * c - w * s, cy + u * s + w * c]
  }
  const [, top, , bottom] = bounds(turned)
  const step = Math.max(3, gap * 1.3)
  let out = ''
  let run: [u: number, tone: number][] = []
  const flush = (y: number): void => {
    if (run.length > 1) {
      const upper: Point[] = []
      const lower: Point[] = []
      run.forEach(([u, t], i) => {
        const end = i === 0 || i === run.length - 1
        const h = gap * 0.5 * gain * t * (end ? 0.25 : 1)
        upper.push(back(u, y - h))
        lower.push(back(u, y + h))
      })
      out += poly(upper.concat(lower.reverse()))
    }
    run = []
  }
  for (let y = top + gap * rnd.r(0.2, 0.8); y < bottom; y += gap * rnd.r(0.88, 1.12)) {
    const xs = crossings(turned, y)
    for (let k = 0; k + 1 < xs.length; k += 2) {
      const stop = (xs[k + 1] ?? 0) - 0.5
      for (let u = (xs[k] ?? 0) + 0.5; ; u += step) {
        const uu = Math.min(u, stop)
        const [qx, qy] = back(uu, y)
        const t = tone(qx, qy)
        if (t > min) run.push([uu, t])
        else flush(y)
        if (u >= stop) break
      }
      flush(y)
    }
  }
  return out
}
