/** Beetles seen from above: ladybirds, stag beetles, chafers and long-horned beetles. */
import { light, mix } from '../colour.ts'
import {
  ell,
  inside,
  lerp,
  mat,
  mirror,
  nth,
  row,
  sample,
  scatter,
  tube,
  wobble,
} from '../geometry.ts'
import type { Point, Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'

/** Right halves; the left is their mirror image. Head up. */
interface Anatomy {
  readonly wing: Points
  /** Pronotum and head, whole outlines. */
  readonly neck: Points
  readonly head: Points
  readonly legs: readonly Points[]
  readonly legWidth: readonly [number, number]
  readonly antenna: Points
  readonly antennaWidth: readonly [number, number]
  readonly eye: readonly [x: number, y: number, r: number]
}

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

const small = { hatch: false }
/** Solid black in print too. */
const solid = { hatch: false, tone: 0.9 }
const BLACK = '#2a2322'

const ANATOMY: Readonly<Record<string, Anatomy>> = {
  lady: {
    wing: row([0, -34, 24, -36, 48, -22, 62, 6, 62, 36, 48, 64, 24, 82, 0, 90], [0, 7]),
    neck: row([-34, -34, -38, -50, -26, -64, 0, -68, 26, -64, 38, -50, 34, -34, 0, -28]),
    head: row([-20, -60, -18, -76, 0, -83, 18, -76, 20, -60, 0, -54]),
    legs: [
      row([30, -30, 52, -44, 64, -54, 76, -56]),
      row([48, 14, 72, 8, 82, 14, 90, 26]),
      row([44, 46, 68, 54, 74, 68, 76, 82]),
    ],
    legWidth: [8, 4],
    antenna: row([12, -78, 22, -88, 30, -88]),
    antennaWidth: [3, 5],
    eye: [13, -72, 4.5],
  },
  stag: {
    wing: row([0, -12, 24, -14, 38, -4, 42, 22, 38, 56, 24, 84, 10, 97, 0, 100], [0, 7]),
    neck: row([-36, -14, -40, -26, -34, -38, 0, -42, 34, -38, 40, -26, 36, -14, 0, -9]),
    head: row([-34, -40, -38, -52, -32, -64, -14, -62, 0, -58, 14, -62, 32, -64, 38, -52, 34, -40]),
    legs: [
      row([30, -22, 54, -34, 62, -52, 74, -66]),
      row([36, 14, 62, 18, 76, 30, 88, 34]),
      row([30, 48, 54, 58, 62, 78, 74, 96]),
    ],
    legWidth: [9, 3.5],
    antenna: row([34, -54, 50, -58, 58, -70, 66, -72]),
    antennaWidth: [2.5, 4.5],
    eye: [34, -54, 4],
  },
  chafer: {
    wing: row([0, -28, 20, -32, 42, -28, 50, -8, 47, 26, 42, 58, 26, 80, 0, 86], [0, 7]),
    neck: row([-42, -28, -44, -38, -32, -58, -14, -68, 14, -68, 32, -58, 44, -38, 42, -28, 0, -20]),
    head: row([-16, -64, -17, -80, -12, -88, 0, -86, 12, -88, 17, -80, 16, -64, 0, -60]),
    legs: [
      row([32, -42, 56, -56, 60, -74, 70, -88]),
      row([44, -2, 68, 2, 80, 16, 92, 22]),
      row([38, 42, 62, 52, 66, 76, 74, 96]),
    ],
    legWidth: [11, 4],
    antenna: row([14, -80, 28, -88, 38, -98]),
    antennaWidth: [2.5, 6],
    eye: [16, -73, 4.5],
  },
  longhorn: {
    wing: row([0, -22, 18, -24, 28, -16, 29, 20, 26, 60, 16, 92, 6, 102, 0, 101], [0, 7]),
    neck: row(
      [-19, -24, -27, -36, -19, -46, -17, -54, 0, -56, 17, -54, 19, -46, 27, -36, 19, -24],
      [1, 7],
    ),
    head: row([-15, -53, -18, -66, -12, -80, 0, -84, 12, -80, 18, -66, 15, -53]),
    legs: [
      row([20, -34, 44, -38, 56, -56, 68, -64]),
      row([24, 0, 50, 8, 62, 26, 74, 34]),
      row([22, 36, 50, 48, 60, 74, 72, 92]),
    ],
    legWidth: [7, 3],
    antenna: row([12, -74, 34, -98, 66, -92, 88, -58, 96, -8, 92, 40]),
    antennaWidth: [5.5, 3],
    eye: [16, -66, 5],
  },
}

const both = (points: Points): readonly Points[] => [points, mirror(points)]

const drawLegs = ({ pen, c, rnd, j }: Sketch, a: Anatomy, fill: string): void => {
  for (const leg of a.legs)
    for (const side of both(leg)) {
      const bent = wobble(side, 1.6, rnd, 1)
      const knee = nth(bent, 1)
      const foot = nth(bent, 3)
      const before = nth(bent, 2)
      pen.shape(tube(bent, a.legWidth, 4), { fill, edge: 0.8, smooth: false, shade: 0.5, ...solid })
      pen.shape(ell(knee[0], knee[1], a.legWidth[0] * 0.5, a.legWidth[0] * 0.42, 0, 8), {
        fill: light(fill, 0.1),
        edge: 0.5,
        shade: 0.5,
        ...solid,
      })
      const out = Math.sign(foot[0])
      const claws = [-1, 1].map((s): Point[] => [
        [foot[0], foot[1]],
        [foot[0] + out * 4 + s * 1.5, foot[1] + (foot[1] - before[1]) * 0.3 + s * 3],
      ])
      pen.strokes(claws, { color: BLACK, w: 1.3, taper: [1, 0.3] })
      const hairs = Array.from({ length: 5 }, (_, i): Point[] => {
        const t = (i + 0.5) / 5
        const [x, y] = [lerp(before[0], foot[0], t), lerp(before[1], foot[1], t)]
        return [
          [x, y],
          [x + out * 2 + j(1), y + 4],
        ]
      })
      pen.strokes(hairs, { color: mix(c.dark, BLACK, 0.5), w: 0.6 })
    }
}

const drawAntennae = ({ pen, c, rnd }: Sketch, a: Anatomy, long: boolean): void => {
  for (const side of both(wobble(a.antenna, 1.5, rnd))) {
    const line = sample(side, false, 6)
    if (!long) {
      const [w0, w1] = a.antennaWidth
      const club = (t: number): number => lerp(w0, w1, t > 0.7 ? 1 : 0)
      pen.shape(tube(side, club, 5), {
        fill: BLACK,
        edge: 0.4,
        smooth: false,
        shade: 0.3,
        ...solid,
      })
      continue
    }
    const n = 11
    for (let i = 0; i < n; i++) {
      const p = nth(line, Math.floor((i / n) * (line.length - 1)))
      const q = nth(line, Math.floor(((i + 1) / n) * (line.length - 1)))
      const w = lerp(a.antennaWidth[0], a.antennaWidth[1], i / n)
      const joint = tube([p, q], [w * 0.7, w * 1.25], 4)
      const fill = i % 2 ? mix(c.base, BLACK, 0.55) : BLACK
      pen.shape(joint, { fill, edge: 0.5, smooth: false, shade: 0.3, ...solid })
    }
  }
}

const drawJaws = ({ pen, c, rnd }: Sketch): void => {
  const jaw = row([
    10, -60, 30, -60, 42, -72, 44, -88, 36, -104, 22, -112, 30, -102, 33, -94, 22, -92, 33, -86, 30,
    -76, 18, -70,
  ])
  for (const side of both(wobble(jaw, 0.8, rnd)))
    pen.shape(
      side.map(([x, y], i): Point => (i === 5 || i === 8 ? [x, y, 1] : [x, y])),
      { fill: mix(c.base, '#7a2a1c', 0.25), edge: 1, shade: 0.8, ...small },
    )
}

/** Small sinks in rows along the wing case. */
const drawGrooves = ({ pen, c }: Sketch, wing: Points, count: number): void => {
  const D = sample(wing, true, 6)
  const lines: Point[][] = []
  for (let i = 1; i <= count; i++) {
    const k = i / (count + 1)
    const line = D.slice(2, -2)
      .map(([x, y]): Point => [x * k, lerp(26, y, 0.55 + 0.4 * k)])
      .filter(([x], q) => q % 5 === 0 && Math.abs(x) > 1.5)
    if (line.length > 2) lines.push(line)
  }
  pen.strokes(lines, { color: c.dark, w: 1, op: 0.7 })
}

const drawLadySpots = ({ pen, j }: Sketch): void => {
  const spots = [
    [26, -2, 9.5],
    [46, 26, 9],
    [22, 50, 11],
  ] as const
  for (const s of [-1, 1])
    for (const [x, y, r] of spots) {
      const round = ell(s * x + j(1.5), y + j(1.5), r + j(1), r * 1.05, 0, 10)
      pen.shape(round, { fill: BLACK, edge: 0, shade: 0.3, tone: 1, ...small })
    }
  pen.shape(ell(0, -25, 9, 11, 0, 10), { fill: BLACK, edge: 0, flat: true, tone: 1 })
  for (const s of [-1, 1]) {
    const patch = row([s * 18, -62, s * 34, -54, s * 36, -42, s * 28, -42, s * 22, -50])
    pen.shape(patch, { fill: '#f8f0dc', edge: 0.4, flat: true, tone: 0 })
    pen.spots([ell(s * 7.5, -73, 3, 2.6, 0, 7)], { fill: '#f8f0dc' })
  }
}

const drawChaferFlecks = ({ pen, c, rnd, j }: Sketch, wing: Points): void => {
  const D = sample(wing, true, 5)
  const list: Points[] = []
  for (const [x, y] of scatter(D, 15, rnd)) {
    if (y < 8 || !inside(D, x + 5, y) || !inside(D, x - 5, y)) continue
    for (const s of [-1, 1])
      list.push(
        row([-4, 0, -1, -1.4 + j(0.5), 4, 0.5, 1, 1.6]).map(([u, v]) => [s * (x + u), y + v]),
      )
  }
  pen.spots(list, { fill: pen.medium === 'colour' ? '#fbf3dc' : BLACK, op: 0.9 })
  const shield = row([-11, -30, 11, -30, 0, -2], [0, 1, 2])
  pen.shape(shield, { fill: mix(c.base, c.pale, 0.5), edge: 0.8, shade: 0.5, ...small })
}

const drawBody = (sketch: Sketch, form: string, a: Anatomy): void => {
  const { pen, c, rnd } = sketch
  const lady = form === 'lady'
  const front = lady ? BLACK : form === 'stag' ? mix(c.dark, BLACK, 0.35) : mix(c.base, c.dark, 0.2)
  pen.shape(wobble(a.head, 0.5, rnd), {
    fill: lady ? BLACK : mix(front, c.dark, 0.4),
    shade: 0.7,
    ...(lady ? solid : small),
  })
  pen.shape(wobble(a.neck, 0.6, rnd), {
    fill: front,
    edge: 1,
    shade: 0.8,
    angle: 0.2,
    ...(lady ? { tone: 0.9 } : {}),
  })
  for (const s of [-1, 1]) {
    const [x, y, r] = a.eye
    pen.shape(ell(s * x, y, r, r * 1.15, 0, 8), { fill: '#191312', edge: 0, flat: true, tone: 1 })
    pen.spots([ell(s * x - 1.2, y - 1.4, r * 0.25, r * 0.25, 0, 6)], { fill: '#fff8e4' })
  }
  const wing = wobble(a.wing, 0.6, rnd).map(([x, y, k]): Point => {
    const p: Point = Math.abs(y - nth(a.wing, 0)[1]) < 2 || Math.abs(x) < 1.5 ? [0.4, y] : [x, y]
    return k ? [p[0], p[1], 1] : p
  })
  for (const side of both(wing))
    pen.shape(side, { fill: c.base, edge: 1.1, shade: 0.85, angle: 1.2, bend: 0.2 })
  if (lady) drawLadySpots(sketch)
  else for (const side of both(wing)) drawGrooves(sketch, side, form === 'longhorn' ? 3 : 4)
  if (form === 'chafer') drawChaferFlecks(sketch, wing)
  else if (!lady)
    pen.shape(
      row([-6, nth(wing, 0)[1] - 3, 6, nth(wing, 0)[1] - 3, 0, nth(wing, 0)[1] + 13], [0, 1, 2]),
      { fill: front, edge: 0.7, shade: 0.4, ...small },
    )
  if (pen.medium !== 'colour') return
  const gloss = sample(wing, true, 6).slice(6, 20)
  const shine = gloss.map(([x, y]): Point => [-x * 0.74, y * 0.9 + 4])
  pen.stroke(shine, { color: light(c.base, 0.75), w: 4.5, op: 0.35 })
  pen.stroke(row([-a.eye[0] * 1.1, nth(a.neck, 3)[1] + 9, -4, nth(a.neck, 4)[1] + 8]), {
    color: light(front, 0.7),
    w: 3,
    op: 0.4,
  })
}

const draw = (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
  const c = beetle.morphs[morph] as Morph
  const sketch: Sketch = { pen, c, rnd, j: (amount) => rnd.r(-amount, amount) }
  const a = ANATOMY[form] as Anatomy
  const turn = 0.5 + sketch.j(0.1)
  pen.push(mat.rot(pose === 'left' ? -turn : turn), mat.move(0, form === 'stag' ? 4 : 0))
  const legs = form === 'chafer' || form === 'longhorn' ? mix(c.dark, BLACK, 0.3) : BLACK
  drawLegs(sketch, a, legs)
  drawAntennae(sketch, a, form === 'longhorn')
  if (form === 'stag') drawJaws(sketch)
  drawBody(sketch, form, a)
  pen.pop()
}

export const beetle: Plate = {
  family: 'beetle',
  plural: 'beetles',
  ground: 'none',
  species: [
    {
      id: 'seven-spot-ladybird',
      name: 'seven-spot ladybird',
      latin: 'Coccinella septempunctata',
      form: 'lady',
      morphs: ['red', 'brown'],
      alike: 'scarce-seven-spot-ladybird',
    },
    {
      id: 'scarce-seven-spot-ladybird',
      name: 'scarce seven-spot ladybird',
      latin: 'Coccinella magnifica',
      form: 'lady',
      morphs: ['red', 'brown'],
      alike: 'seven-spot-ladybird',
    },
    {
      id: 'european-stag-beetle',
      name: 'European stag beetle',
      latin: 'Lucanus cervus',
      form: 'stag',
      morphs: ['brown', 'red', 'blue'],
    },
    {
      id: 'rose-chafer',
      name: 'rose chafer',
      latin: 'Cetonia aurata',
      form: 'chafer',
      morphs: ['green', 'blue', 'red'],
      alike: 'noble-chafer',
    },
    {
      id: 'noble-chafer',
      name: 'noble chafer',
      latin: 'Gnorimus nobilis',
      form: 'chafer',
      morphs: ['green', 'blue', 'red'],
      alike: 'rose-chafer',
    },
    {
      id: 'musk-beetle',
      name: 'musk beetle',
      latin: 'Aromia moschata',
      form: 'longhorn',
      morphs: ['green', 'blue', 'brown'],
    },
  ],
  morphs: {
    red: { word: 'red', base: '#c9352a', dark: '#6e1812', pale: '#f0a888' },
    green: { word: 'green', base: '#4f8f3e', dark: '#1f4a22', pale: '#c4dc94' },
    blue: { word: 'blue', base: '#3f6fae', dark: '#1a2f5c', pale: '#a9c8e6' },
    brown: { word: 'brown', base: '#8a5630', dark: '#42220f', pale: '#dcb888' },
  },
  poses: {
    left: 'pointing to the upper left',
    right: 'pointing to the upper right',
  },
  features: {
    lady: 'a round domed body with seven black spots',
    stag: 'huge antler-like jaws in front of a broad head',
    chafer: 'a broad body with pale flecks and a pale triangle',
    longhorn: 'a slender body and antennae longer than the body',
  },
  dims: { up: 120, down: 132, half: 124 },
  draw,
}
