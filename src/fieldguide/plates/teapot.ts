/** Teapots: known by their ware and shape; things without a Latin name. */
import { dark, light, mix } from '../colour.ts'
import {
  ell,
  lerp,
  mirror,
  row,
  sample,
  tube,
  wobble,
  type Point,
  type Points,
} from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'

/** Right half of the body from the neck down to the foot; the left half mirrors it. */
const HALVES: Readonly<Record<string, readonly number[]>> = {
  round: [22, -44, 44, -36, 62, -8, 62, 24, 46, 52, 30, 62],
  pear: [17, -52, 26, -38, 44, -10, 58, 22, 54, 48, 34, 62],
  iron: [24, -18, 56, -12, 72, 10, 72, 28, 58, 50, 34, 60],
  painted: [26, -46, 46, -42, 56, -20, 58, 10, 44, 44, 30, 62],
  silver: [32, -40, 54, -40, 56, -34, 56, 46, 52, 56, 34, 60],
}
const CORNERS: Readonly<Record<string, readonly number[]>> = { silver: [1, 3] }

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly form: string
  readonly rnd: Rnd
  readonly body: Points
  /** Height of the neck, where the lid sits, and half its width. */
  readonly neck: { readonly y: number; readonly half: number }
}

const SPOUTS: Readonly<Record<string, readonly number[]>> = {
  round: [48, 30, 74, 22, 80, -10, 98, -30],
  pear: [44, 34, 70, 24, 72, -14, 88, -38],
  iron: [62, 26, 80, 18, 86, 4, 98, -8],
  painted: [46, 24, 76, 18, 76, -22, 96, -44],
  silver: [50, 40, 72, 28, 82, -10, 100, -32],
}

const drawSpout = ({ pen, c, form }: Sketch): void => {
  const spine = row(SPOUTS[form] ?? [])
  const wide = form === 'iron' ? 24 : 30
  const outline = tube(spine, (t) => lerp(wide, 11, Math.sqrt(t)), 6, false)
  pen.shape(outline, { fill: c.base, smooth: false, edge: 1, shade: 0.7, angle: 1.1 })
  const end = spine[spine.length - 1] ?? [98, -30]
  pen.shape(ell(end[0], end[1] + 0.5, 6.4, 3, -0.7, 10), {
    fill: dark(c.dark, 0.4),
    edge: 0.6,
    flat: true,
    hatch: false,
    tone: 1,
  })
}

const drawHandle = ({ pen, c, form }: Sketch): void => {
  if (form === 'iron') {
    const arch = row([-52, -8, -52, -50, -30, -76, 0, -82, 30, -76, 52, -50, 52, -8])
    pen.shape(
      tube(arch, () => 7, 6),
      { fill: mix(c.base, c.dark, 0.4), smooth: false, edge: 1, shade: 0.5, hatch: false },
    )
    const grip = row([-24, -77, 0, -82.5, 24, -77])
    pen.shape(
      tube(grip, () => 11, 5),
      { fill: '#8a6a44', smooth: false, edge: 0.9, shade: 0.6, hatch: false },
    )
    return
  }
  const square = form === 'silver'
  const loop = square
    ? row([-50, -28, -84, -38, -98, -22, -92, 10, -76, 36, -50, 42])
    : row([form === 'pear' ? -26 : -46, -28, -76, -36, -98, -14, -92, 14, -74, 34, -50, 36])
  const wood = square ? '#3d2c22' : c.base
  pen.shape(
    tube(loop, (t) => 12 - 3 * Math.abs(t - 0.4), 6),
    { fill: wood, smooth: false, edge: 1, shade: 0.7, hatch: false },
  )
}

const drawLid = ({ pen, c, form, neck: { y, half }, rnd }: Sketch): void => {
  const rise = form === 'iron' ? 9 : form === 'silver' ? 12 : form === 'pear' ? 15 : 17
  const dome: Point[] = [
    [-half, y + 2],
    [-half * 0.75, y - rise * 0.62],
    [0, y - rise],
    [half * 0.75, y - rise * 0.62],
    [half, y + 2],
    [0, y + 6],
  ]
  pen.shape(wobble(dome, 0.4, rnd), { fill: c.base, edge: 1, shade: 0.7, hatch: false })
  const knob =
    form === 'silver'
      ? '#3d2c22'
      : form === 'painted'
        ? (c.accent ?? c.base)
        : mix(c.base, c.dark, 0.2)
  pen.shape(ell(0, y - rise - 6, 8, 7.5, 0, 12), { fill: knob, edge: 1, shade: 0.8, hatch: false })
  pen.strokes(
    [
      [
        [-half, y + 1],
        [0, y + 6],
        [half, y + 1],
      ],
    ],
    { color: dark(c.dark, 0.2), w: 1.8, taper: [0.6, 0.6] },
  )
}

/** Raised dots in rows, as cast on Japanese iron pots. */
const drawHobnails = ({ pen, c }: Sketch): void => {
  const bright: Points[] = []
  const shadow: Points[] = []
  for (let r = 0; r < 5; r++)
    for (let i = -5; i <= 5; i++) {
      const t = (i + (r % 2 ? 0.5 : 0)) / 5.8
      if (Math.abs(t) > 0.93) continue
      const x = Math.sin(t * 1.4) * 68
      const y = -2 + r * 11 + Math.cos(t * 1.5) * 3
      shadow.push(ell(x + 0.8, y + 0.9, 3.2, 3.2, 0, 8))
      bright.push(ell(x - 0.4, y - 0.4, 2.4, 2.4, 0, 8))
    }
  pen.spots(shadow, { fill: dark(c.dark, 0.3), op: 0.9 })
  pen.spots(bright, { fill: light(c.base, 0.55), op: 0.9 })
}

/** A spray of blossoms and leaves over the belly, and bands above and below. */
const drawPainting = ({ pen, c, rnd }: Sketch): void => {
  const ink = c.accent ?? c.dark
  for (const [y, w, n] of [
    [-34, 2.4, 46],
    [38, 2.4, 44],
  ] as const)
    pen.stroke(
      [
        [-n, y - 3],
        [0, y + 4],
        [n, y - 3],
      ],
      { w, color: ink, taper: [0.8, 0.8] },
    )
  const stem = row([-40, 22, -20, 8, 2, 10, 22, -6, 40, -14])
  pen.stroke(stem, { w: 1.8, color: ink, taper: [0.5, 0.3] })
  const petals: Points[] = []
  const hearts: Points[] = []
  for (const [x, y, r] of [
    [-28, 6, 10],
    [4, -2, 13],
    [32, -18, 9],
    [24, 16, 8],
    [-12, 24, 8],
    [-34, -16, 7],
  ] as const) {
    const turn = rnd.r(0, 1)
    for (let k = 0; k < 5; k++) {
      const a = turn + (k / 5) * Math.PI * 2
      petals.push(
        ell(x + Math.cos(a) * r * 0.55, y + Math.sin(a) * r * 0.55, r * 0.5, r * 0.36, a, 9),
      )
    }
    hearts.push(ell(x, y, r * 0.24, r * 0.24, 0, 8))
  }
  pen.spots(petals, { fill: ink })
  pen.spots(hearts, { fill: '#f6d66a' })
  const leaves = [
    [-16, 12, 0.5],
    [14, 6, -0.8],
    [38, -4, 0.4],
    [-44, 8, -0.6],
    [8, 26, 0.2],
  ] as const
  pen.spots(
    leaves.map(([x, y, a]) => ell(x, y, 7, 2.8, a, 8)),
    { fill: mix(ink, '#3f6b3a', 0.35) },
  )
}

const drawFluting = ({ pen, c }: Sketch): void => {
  for (const y of [-30, 42])
    pen.stroke(
      [
        [-55, y],
        [0, y + 5],
        [55, y],
      ],
      { w: 2, color: c.dark, taper: [0.8, 0.8] },
    )
  const flutes = [-44, -30, -15, 0, 15, 30, 44].map((x): Point[] => [
    [x, -24],
    [x * 1.01, 8],
    [x, 40],
  ])
  pen.strokes(flutes, { w: 1.1, color: c.dark, op: 0.7 })
}

/** The shine of a glaze: a window and a rim light. */
const drawGlaze = ({ pen, c, form }: Sketch): void => {
  if (form === 'iron') return
  const strong = form === 'pear' || form === 'painted' ? 0.35 : 0.85
  if (pen.medium === 'colour') {
    const window = row([-40, -14, -32, -28, -22, -30, -26, -12, -32, 6, -42, 8])
    pen.shape(window, {
      fill: light(c.base, 0.75),
      edge: 0,
      flat: true,
      hatch: false,
      op: strong * 0.6,
    })
    pen.stroke(
      [
        [46, 20],
        [44, 34],
        [34, 48],
      ],
      { w: 3, color: light(c.base, 0.6), op: strong * 0.4 },
    )
  }
}

const draw: Plate['draw'] = (pen, { form, morph, pose, rnd }) => {
  const c = teapot.morphs[morph] as Morph
  const half = row(HALVES[form] ?? [], CORNERS[form] ?? [])
  const body = wobble([...half, ...mirror(half).reverse()], 0.5, rnd)
  const [nx, ny] = half[0] ?? [20, -44]
  const sketch: Sketch = { pen, c, form, rnd, body, neck: { y: ny, half: nx } }
  pen.push([pose === 'spout-left' ? -1 : 1, 0, 0, 1, 0, 8])
  drawHandle(sketch)
  drawSpout(sketch)
  pen.shape(row([-36, 56, 36, 56, 40, 67, -40, 67]), {
    fill: mix(c.base, c.dark, 0.3),
    edge: 1,
    shade: 0.5,
    hatch: false,
  })
  pen.shape(body, { fill: c.base, edge: 1.15, shade: 0.8, angle: 1.0, bend: 0.25 })
  if (form === 'iron') drawHobnails(sketch)
  if (form === 'painted') drawPainting(sketch)
  if (form === 'silver') drawFluting(sketch)
  if (form === 'pear') {
    const rings = [-34, -30, 50].map((y): Point[] => {
      const w = y < 0 ? 27 - (y + 34) * -0.8 : 50
      return [
        [-w, y],
        [0, y + 5],
        [w, y],
      ]
    })
    pen.strokes(rings, { w: 1.2, color: c.dark, op: 0.7 })
    const grain = sample(body, true, 3).map(([x, y]): Point => [x * 0.92, y * 0.92])
    pen.fleece(grain, { gap: 9, len: 2.5, w: 0.6, color: c.dark, op: 0.35, rnd, flow: () => 0.3 })
  }
  drawLid(sketch)
  drawGlaze(sketch)
  pen.pop()
}

const ROUND = { form: 'round', morphs: ['brown'], latin: '' } as const
const PEAR = { form: 'pear', morphs: ['red', 'gray'], latin: '' } as const
const PAINTED = { form: 'painted', morphs: ['blue', 'pink'], latin: '' } as const

export const teapot: Plate = {
  family: 'teapot',
  plural: 'teapots',
  ground: 'table',
  species: [
    { id: 'brown-betty', name: 'Brown Betty', alike: 'rockingham-teapot', ...ROUND },
    { id: 'rockingham-teapot', name: 'Rockingham teapot', alike: 'brown-betty', ...ROUND },
    { id: 'yixing-teapot', name: 'Yixing teapot', alike: 'chaozhou-teapot', ...PEAR },
    { id: 'chaozhou-teapot', name: 'Chaozhou teapot', alike: 'yixing-teapot', ...PEAR },
    { id: 'meissen-teapot', name: 'Meissen teapot', alike: 'worcester-teapot', ...PAINTED },
    { id: 'worcester-teapot', name: 'Worcester teapot', alike: 'meissen-teapot', ...PAINTED },
    { id: 'tetsubin', name: 'tetsubin', latin: '', form: 'iron', morphs: ['black', 'green'] },
    {
      id: 'georgian-silver-teapot',
      name: 'Georgian silver teapot',
      latin: '',
      form: 'silver',
      morphs: ['silver'],
    },
  ],
  morphs: {
    brown: { word: 'brown', base: '#6e3f22', dark: '#3a1f10', pale: '#b98a5c' },
    green: { word: 'green', base: '#3f6f4a', dark: '#1f3d27', pale: '#9fc0a0' },
    red: { word: 'red', base: '#a9482f', dark: '#622516', pale: '#dba082' },
    gray: { word: 'gray', base: '#85807a', dark: '#4a4642', pale: '#c4beb4' },
    blue: { word: 'blue', base: '#eef1f4', dark: '#8fa4bc', pale: '#ffffff', accent: '#2b55a8' },
    pink: { word: 'pink', base: '#faeef0', dark: '#c79aa4', pale: '#ffffff', accent: '#c43a68' },
    black: { word: 'black', base: '#35353a', dark: '#17171a', pale: '#8a8a90' },
    silver: { word: 'silver', base: '#c3c7cc', dark: '#6c7076', pale: '#f4f6f8' },
  },
  poses: {
    'spout-left': 'with its spout to the left',
    'spout-right': 'with its spout to the right',
  },
  features: {
    round: 'a globe-shaped glazed body and a knobbed lid',
    pear: 'an unglazed pear-shaped body with fine rings',
    painted: 'a white body painted with blossoms',
    iron: 'a low dotted body and an arched handle',
    silver: 'a straight fluted body and a dark wooden handle',
  },
  dims: { up: 82, down: 74, half: 106 },
  draw,
}
