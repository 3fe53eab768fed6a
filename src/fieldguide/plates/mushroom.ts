/** Mushrooms: a warted toadstool, stout boletes, ridged funnels, morels and ink caps. */
import { dark, light, mix } from '../colour.ts'
import { ell, inside, lerp, mat, row, sample, scatter, tube, wobble } from '../geometry.ts'
import type { Point, Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

const small = { hatch: false }
const STEM = '#efe5cf'

/** The stem's middle line leans to the right; everything on top follows it. */
const SPINE = row([-14, 92, -10, 60, -2, 24, 10, -20])

const drawStem = (sketch: Sketch, width: (t: number) => number, fill: string): Points => {
  const { pen, rnd } = sketch
  const stem = tube(SPINE, width, 6, false)
  pen.shape(stem, { fill, edge: 1, smooth: false, shade: 0.75, angle: 1.4 })
  pen.fleece(stem, {
    gap: 8,
    len: 12,
    w: 0.6,
    color: dark(fill, 0.55),
    op: 0.55,
    flow: () => -1.3,
    rnd,
  })
  return stem
}

const drawGrass = ({ pen, j }: Sketch): void => {
  const blades = Array.from({ length: 13 }, (_, i): Point[] => {
    const x = -52 + i * 6.2 + j(2)
    const lean = j(9)
    const h = 10 + Math.abs(j(12))
    return [
      [x, 97],
      [x + lean * 0.3, 97 - h * 0.6],
      [x + lean, 97 - h],
    ]
  })
  pen.strokes(blades, { color: '#66743c', w: 2.2, taper: [1, 0.1] })
}

const drawAgaric = (sketch: Sketch): void => {
  const { pen, c, rnd, j } = sketch
  drawStem(sketch, (t) => lerp(24, 15, t) + (t < 0.22 ? 26 * (0.22 - t) * 4 : 0), STEM)
  const rings = [76, 68].map((y, i): Point[] => [
    [-25 + i * 3, y - 1],
    [-12, y + 5],
    [1 - i, y - 2],
  ])
  pen.strokes(rings, { color: '#8a7752', w: 2, op: 0.7 })
  const ring = row([-10, -4, 20, -6, 28, 16, 16, 12, 8, 22, -2, 14, -14, 20], [2, 4, 6])
  pen.shape(wobble(ring, 1, rnd), { fill: light(STEM, 0.3), edge: 0.8, shade: 0.6, ...small })
  pen.push(mat.move(12, -30), mat.rot(0.15 + j(0.04)))
  pen.shape(ell(0, 4, 67, 13), { fill: '#e9dcbd', edge: 0.8, shade: 0.6, ...small })
  const gills = Array.from({ length: 19 }, (_, i): Point[] => {
    const x = -60 + i * 6.7
    return [
      [x * 0.3, 2],
      [x, 6 + 8 * Math.sqrt(1 - (x / 68) ** 2)],
    ]
  })
  pen.strokes(gills, { color: '#8c7a55', w: 0.7, op: 0.7 })
  const cap = wobble(
    row([
      -74, 6, -70, -18, -50, -44, -20, -60, 14, -62, 46, -48, 68, -22, 75, 6, 40, 1, 0, -1, -40, 1,
    ]),
    1.4,
    rnd,
  )
  pen.shape(cap, { fill: c.base, edge: 1.1, shade: 0.75, angle: 0.4, bend: 0.4, tone: 0.8 })
  const S = sample(cap, true, 5).map(([x, y]): Point => [x * 0.97, y * 0.94 - 2])
  for (const [x, y] of scatter(S, 18.5, rnd)) {
    const r = rnd.r(3.2, 6.4) * (1 - Math.abs(x) / 170)
    const wart = wobble(ell(x, y, r * 1.15, r * 0.85, j(0.5), 8), 1.1, rnd, 1.1)
    pen.shape(wart, {
      fill: c.word === 'white' ? '#b79d70' : '#fbf3e0',
      edge: 0.6,
      shade: 0.4,
      tone: 0,
      ...small,
    })
  }
  pen.pop()
}

const drawBolete = (sketch: Sketch): void => {
  const { pen, c, rnd, j } = sketch
  const stem = drawStem(
    sketch,
    (t) => lerp(66, 36, Math.sqrt(t)) - (t < 0.08 ? 60 * (0.08 - t) * 4 : 0),
    '#e4d2ac',
  )
  const net: Point[][] = []
  for (let y = -8; y < 62; y += 10)
    for (const s of [-1, 1]) {
      const mid = lerp(6, -11, (y + 10) / 80)
      net.push([
        [mid - 17, y],
        [mid + j(1), y + 6 * s],
        [mid + 17, y + 12 * s],
      ])
    }
  pen.strokes(
    net.filter((p) => p.every(([x, y]) => inside(stem, x, y))),
    { color: '#a8895a', w: 0.9, op: 0.8 },
  )
  pen.push(mat.move(12, -30), mat.rot(0.13 + j(0.04)))
  const tubes = wobble(row([-58, -2, 58, -2, 56, 12, 30, 20, 0, 22, -32, 20, -56, 12]), 1, rnd)
  pen.shape(tubes, { fill: '#d9cf8a', edge: 0.9, shade: 0.6, ...small })
  pen.spots(
    scatter(tubes, 6, rnd).map(([x, y]) => ell(x, y, 1, 1.3, 0, 5)),
    { fill: '#8d8448' },
  )
  const cap = wobble(
    row([
      -66, 6, -70, -10, -60, -38, -34, -58, 2, -64, 38, -56, 62, -36, 71, -8, 66, 7, 34, 10, 0, 11,
      -34, 10,
    ]),
    1.6,
    rnd,
  )
  pen.shape(cap, { fill: c.base, edge: 1.2, shade: 0.85, angle: 0.4, bend: 0.4 })
  const gloss = row([-46, -30, -24, -48, 6, -54, -10, -46, -32, -32])
  pen.spots([gloss], { fill: light(c.base, 0.6), op: 0.45 })
  pen.pop()
}

const drawChanterelle = (sketch: Sketch): void => {
  const { pen, c, rnd, j } = sketch
  pen.push(mat.move(0, 0))
  const far = wobble(
    row([-70, -50, -46, -65, -8, -70, 34, -67, 64, -57, 78, -36, 50, -16, 0, -22, -44, -30]),
    3,
    rnd,
    1.1,
  )
  pen.shape(far, { fill: mix(c.base, c.dark, 0.28), edge: 1, shade: 0.8, angle: 0.2 })
  const funnel = wobble(
    row([
      -70, -50, -52, -38, -34, -46, -14, -32, 8, -42, 26, -27, 46, -34, 60, -22, 78, -34, 64, -8,
      42, 18, 20, 44, 4, 70, 0, 92, -14, 96, -28, 92, -26, 66, -34, 40, -48, 8, -64, -26,
    ]),
    1.6,
    rnd,
  )
  pen.shape(funnel, { fill: c.base, edge: 1.1, shade: 0.7, angle: 1.2, bend: 0.2 })
  const ridges: Point[][] = []
  const n = 13
  for (let i = 0; i <= n; i++) {
    const t = i / n
    const top: Point = [lerp(-63, 68, t) + j(1), lerp(-36, -22, t) - 4 * (i % 2) + 6]
    const foot: Point = [lerp(-25, -3, t), 62 + j(8)]
    const mid: Point = [lerp(top[0], foot[0], 0.62), lerp(top[1], foot[1], 0.45)]
    ridges.push([top, mid, foot])
    if (i < n && i % 2)
      ridges.push([[top[0] + 6, top[1] + 2], [lerp(top[0] + 6, foot[0], 0.35), top[1] + 22], mid])
  }
  pen.strokes(ridges, { color: c.dark, w: 1.7, op: 0.85, taper: [0.6, 0.1] })
  const lights = ridges.map((r) => r.map(([x, y]): Point => [x + 2.2, y + 1]))
  if (pen.medium === 'colour') pen.strokes(lights, { color: light(c.base, 0.5), w: 1, op: 0.6 })
  pen.pop()
}

const drawMorel = (sketch: Sketch): void => {
  const { pen, c, rnd, j } = sketch
  drawStem(sketch, (t) => lerp(44, 30, t) + (t < 0.15 ? 40 * (0.15 - t) : 0), STEM)
  pen.push(mat.move(12, -14), mat.rot(0.17 + j(0.03)))
  const cap = wobble(
    row([
      -36, 30, -44, 8, -42, -24, -30, -58, -10, -84, 6, -88, 20, -76, 36, -44, 44, -10, 44, 16, 34,
      32, 0, 38,
    ]),
    2.2,
    rnd,
    0.9,
  )
  pen.shape(cap, { fill: mix(c.base, c.pale, 0.3), edge: 1.2, shade: 0.6, ...small, tone: 0.2 })
  const S = sample(cap, true, 4)
  let odd = 0
  for (let y = -76; y < 34; y += 14, odd ^= 1)
    for (let x = -48 + odd * 7.5; x < 50; x += 15) {
      const px = x + j(1.5)
      const py = y + j(1.5)
      const ok = [-6, 6].every((d) => inside(S, px + d, py) && inside(S, px, py + d))
      if (!ok) continue
      const pit = wobble(ell(px, py, 5.4, 7, j(0.2), 7), 1.3, rnd, 1.2)
      pen.shape(pit, { fill: dark(c.base, 0.45), edge: 0.5, shade: 0.8, tone: 0.9, ...small })
    }
  pen.pop()
}

const drawInkCap = (sketch: Sketch): void => {
  const { pen, c, rnd, j } = sketch
  drawStem(sketch, (t) => lerp(19, 14, t) + (t < 0.12 ? 30 * (0.12 - t) : 0), STEM)
  pen.push(mat.move(4, 0), mat.rot(0.13 + j(0.03)))
  const cap = wobble(
    row([
      -32, 48, -34, 20, -30, -30, -22, -70, -6, -92, 10, -92, 24, -70, 32, -30, 36, 20, 34, 48, 16,
      43, 0, 50, -16, 43,
    ]),
    1.2,
    rnd,
  )
  pen.shape(cap, { fill: mix(c.base, '#fff8e6', 0.1), edge: 1.1, shade: 0.7, angle: 1.35 })
  const S = sample(cap, true, 5)
  for (let y = -58; y < 40; y += 15)
    for (let x = -30; x < 34; x += 12) {
      const px = x + j(4)
      const py = y + j(4)
      if (!inside(S, px - 5, py) || !inside(S, px + 5, py + 6)) continue
      const scale = row(
        [px - 5, py - 4, px + 5, py - 4, px + 6, py + 3, px + j(3), py + 11, px - 6, py + 3],
        [3],
      )
      pen.shape(scale, {
        fill: mix(c.base, c.dark, rnd.r(0.2, 0.5)),
        edge: 0.6,
        shade: 0.4,
        ...small,
      })
    }
  const crown = wobble(
    row([-20, -66, -8, -86, 2, -92, 12, -88, 22, -66, 10, -60, 0, -66, -10, -58]),
    1,
    rnd,
  )
  pen.shape(crown, { fill: mix(c.base, c.dark, 0.45), edge: 0.8, shade: 0.6, ...small })
  const ink = row(
    [-33, 37, -20, 32, -6, 36, 8, 31, 22, 36, 35, 36, 34, 48, 16, 43, 0, 50, -16, 43, -32, 48],
    [0, 5, 6, 10],
  )
  pen.shape(ink, { fill: '#453a38', edge: 0.5, shade: 0.5, tone: 0.9, ...small })
  const hem = Array.from({ length: 16 }, (_, i): Point[] => [
    [-30 + i * 4.1, 46 + j(2)],
    [-29 + i * 3.9, 34],
    [-28 + i * 3.7, 24 + j(6)],
  ])
  pen.strokes(hem, { color: '#2c2422', w: 1.9, op: 0.85 })
  pen.pop()
}

const draw = (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
  const c = mushroom.morphs[morph] as Morph
  const sketch: Sketch = { pen, c, rnd, j: (amount) => rnd.r(-amount, amount) }
  const skew = 0.1 + sketch.j(0.04)
  const side = pose === 'left' ? -1 : 1
  pen.push(mat.scale(side, 1), [1, 0, -skew, 1, skew * 90, 0])
  pen.push(mat.move(-12, 0))
  if (form === 'agaric') drawAgaric(sketch)
  else if (form === 'bolete') drawBolete(sketch)
  else if (form === 'chanterelle') drawChanterelle(sketch)
  else if (form === 'morel') drawMorel(sketch)
  else drawInkCap(sketch)
  drawGrass(sketch)
  pen.pop().pop()
}

export const mushroom: Plate = {
  family: 'mushroom',
  plural: 'mushrooms',
  ground: 'ground',
  species: [
    {
      id: 'fly-agaric',
      name: 'fly agaric',
      latin: 'Amanita muscaria',
      form: 'agaric',
      morphs: ['red', 'yellow', 'white'],
    },
    {
      id: 'penny-bun',
      name: 'penny bun',
      latin: 'Boletus edulis',
      form: 'bolete',
      morphs: ['brown', 'red', 'yellow'],
      alike: 'bitter-bolete',
    },
    {
      id: 'bitter-bolete',
      name: 'bitter bolete',
      latin: 'Tylopilus felleus',
      form: 'bolete',
      morphs: ['brown', 'red', 'yellow'],
      alike: 'penny-bun',
    },
    {
      id: 'golden-chanterelle',
      name: 'golden chanterelle',
      latin: 'Cantharellus cibarius',
      form: 'chanterelle',
      morphs: ['yellow', 'white', 'red'],
      alike: 'false-chanterelle',
    },
    {
      id: 'false-chanterelle',
      name: 'false chanterelle',
      latin: 'Hygrophoropsis aurantiaca',
      form: 'chanterelle',
      morphs: ['yellow', 'white', 'red'],
      alike: 'golden-chanterelle',
    },
    {
      id: 'common-morel',
      name: 'common morel',
      latin: 'Morchella esculenta',
      form: 'morel',
      morphs: ['brown', 'yellow'],
    },
    {
      id: 'shaggy-ink-cap',
      name: 'shaggy ink cap',
      latin: 'Coprinus comatus',
      form: 'inkcap',
      morphs: ['white', 'brown'],
    },
  ],
  morphs: {
    red: { word: 'red', base: '#c8382a', dark: '#7a1c14', pale: '#efb9a0' },
    brown: { word: 'brown', base: '#8a5a34', dark: '#4a2c16', pale: '#d9b88c' },
    yellow: { word: 'yellow', base: '#e8b23a', dark: '#a06a14', pale: '#f8e2a4' },
    white: { word: 'white', base: '#f3ede0', dark: '#a5957c', pale: '#ffffff' },
  },
  poses: { left: 'leaning to the left', right: 'leaning to the right' },
  features: {
    agaric: 'a broad warted cap, a ring and a bulbous base',
    bolete: 'a thick bun-shaped cap on a stout swollen stem',
    chanterelle: 'a wavy funnel with forked ridges',
    morel: 'a tall cap pitted like a honeycomb',
    inkcap: 'a tall shaggy bell-shaped cap with a dark inky hem',
  },
  dims: { up: 106, down: 100, half: 94 },
  draw,
}
