/** The poodle: clipped balls of curls on thin legs. */
import { mix } from '../colour.ts'
import { TAU, tube, wobble, type Point } from '../geometry.ts'
import { drawFace, marking, type Sketch } from './dog-sketch.ts'
import { outline } from './outline.ts'

/** A clipped ball of curls. */
const curls = (
  { pen, c, rnd }: Sketch,
  place: readonly [x: number, y: number, rx: number, ry: number],
): void => {
  const [x, y, rx, ry] = place
  const n = Math.max(7, Math.round((rx + ry) / 4.4))
  const rim: Point[] = []
  for (let i = 0; i < n * 2; i++) {
    const a = (i / (n * 2)) * TAU
    const k = (i % 2 ? 1.06 : 0.93) * rnd.r(0.97, 1.03)
    rim.push([x + Math.cos(a) * rx * k, y + Math.sin(a) * ry * k])
  }
  pen.shape(rim, { fill: c.base, edge: 0.6, shade: 0.75, gap: 1.4 })
  const marks: Point[][] = []
  const count = Math.round((rx * ry) / 26)
  for (let i = 0; i < count; i++) {
    const [a, r] = [i * 2.4, Math.sqrt((i + 0.4) / count) * 0.84]
    const [px, py] = [x + Math.cos(a) * rx * r, y + Math.sin(a) * ry * r]
    const s = rnd.r(2.6, 3.8)
    marks.push([
      [px - s, py - s * 0.2],
      [px, py + s * 0.8],
      [px + s, py - s * 0.3],
    ])
  }
  pen.strokes(marks, { w: 0.8, color: marking(c), op: 0.6 })
}

export const drawPoodle = (sketch: Sketch): void => {
  const { pen, c, rnd, j } = sketch
  const skin = mix(c.base, c.dark, 0.12)
  const limb = (spine: string, width: readonly [number, number], fill = skin): void => {
    pen.shape(tube(outline(spine), width, 5), {
      fill,
      edge: 0.9,
      smooth: false,
      shade: 0.6,
      hatch: false,
    })
  }
  const far: Sketch = { ...sketch, c: { ...c, base: mix(c.base, c.dark, 0.35) } }
  const feet = (x: number, fill: string): void => {
    pen.shape(outline(`${x - 6},80! ${x - 6},73 ${x + 2},70 ${x + 11},76 ${x + 12},80!`), {
      fill,
      edge: 0.9,
      shade: 0.4,
      hatch: false,
    })
  }
  const dim = far.c.base
  limb('-36,4 -28,26 -38,46 -36,76', [13, 6], dim)
  feet(-37, dim)
  curls(far, [-37, 57, 10, 12])
  limb('34,6 43,40 43,76', [9, 6], dim)
  feet(43, dim)
  curls(far, [43, 57, 9, 12])
  const wag = j(4)
  limb(`-58,-16 -68,-32 ${-72 + wag},-50`, [5, 4])
  curls(sketch, [-73 + wag, -58, 12, 12])
  pen.shape(
    wobble(outline('-60,-14 -52,-28 -20,-28 20,-34 30,6 0,14 -22,6 -38,10 -58,6'), 0.8, rnd),
    { fill: skin, edge: 1, shade: 0.6 },
  )
  limb('-52,0 -44,24 -59,46 -56,76', [19, 6.5])
  feet(-57, skin)
  curls(sketch, [-58, 56, 11.5, 13.5])
  curls(sketch, [-49, -12, 17, 17])
  limb('26,6 27,40 27,76', [10, 7])
  feet(27, skin)
  curls(sketch, [27, 57, 11, 14])
  limb('34,-28 44,-48 52,-66', [26, 20])
  curls(sketch, [20, -12, 36, 33])
  pen.shape(
    wobble(outline('50,-80 64,-78 72,-70 92,-64 95,-58 90,-53 74,-52 62,-50 52,-56'), 0.5, rnd),
    { fill: skin, edge: 1, shade: 0.6, hatch: false },
  )
  curls(sketch, [50, -85, 19, 14])
  curls(sketch, [43, -59, 11, 20])
  drawFace(sketch, { eye: [67, -70], nose: [93, -60], mouth: '92,-56 82,-57 74,-58' })
}
