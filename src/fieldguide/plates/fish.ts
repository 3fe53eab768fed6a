/** Fish seen from the side: banded clownfish, streamlined trout, tall angelfish and long pike. */
import { dark, light, mix } from '../colour.ts'
import { ell, inside, lerp, mat, nth, row, sample, scatter, wobble } from '../geometry.ts'
import type { Point, Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'

interface Anatomy {
  /** Body outline, head to the right; fins lie under it, their rays spring from the first points. */
  readonly body: Points
  readonly fins: readonly Points[]
  readonly pectoral: Points
  readonly eye: Point
  readonly eyeSize: number
  readonly mouth: Points
  readonly gill: Points
  /** Size of the scales. */
  readonly scale: number
}

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

const small = { hatch: false }

const ANATOMY: Readonly<Record<string, Anatomy>> = {
  clown: {
    body: row([
      90, 4, 80, -16, 58, -34, 24, -44, -14, -40, -46, -22, -64, -12, -64, 14, -46, 24, -14, 42, 24,
      46, 58, 36, 80, 20,
    ]),
    fins: [
      row([-58, -10, -58, 12, -72, 28, -90, 32, -99, 14, -100, -8, -92, -28, -74, -26]),
      row([
        52, -34, -30, -32, -46, -42, -44, -58, -28, -62, -10, -58, 4, -52, 18, -60, 36, -60, 50,
        -48,
      ]),
      row([-34, 26, 6, 42, 2, 60, -14, 68, -32, 64, -42, 46]),
      row([48, 38, 24, 44, 16, 62, 26, 74, 40, 70, 50, 54]),
    ],
    pectoral: row([34, 6, 18, -8, 0, -8, -8, 6, -4, 22, 12, 28, 30, 20]),
    eye: [66, -10],
    eyeSize: 8.5,
    mouth: row([91, 6, 83, 10, 76, 8]),
    gill: row([50, -24, 42, -4, 46, 20, 56, 32]),
    scale: 9,
  },
  trout: {
    body: row([
      98, 4, 88, -9, 66, -22, 30, -29, -10, -26, -44, -16, -72, -8, -74, 10, -44, 15, -10, 25, 30,
      30, 64, 25, 88, 14,
    ]),
    fins: [
      row([-68, -8, -68, 9, -84, 26, -102, 36, -96, 2, -102, -34, -84, -24], [3, 4, 5]),
      row([24, -27, -12, -24, -18, -34, -10, -50, 6, -54, 16, -42]),
      row([-38, -16, -52, -13, -62, -24, -56, -30, -46, -26]),
      row([-22, 21, -44, 15, -52, 32, -44, 40, -30, 32]),
      row([12, 28, -6, 26, -16, 42, -6, 48, 6, 40]),
    ],
    pectoral: row([56, 14, 44, 10, 26, 18, 18, 28, 30, 32, 46, 26]),
    eye: [76, -7],
    eyeSize: 6,
    mouth: row([98, 5, 86, 7, 72, 12]),
    gill: row([58, -20, 52, -6, 54, 10, 62, 22]),
    scale: 8,
  },
  angel: {
    body: row([
      76, 6, 66, -8, 50, -26, 28, -42, 2, -44, -24, -30, -42, -12, -46, -6, -46, 12, -40, 18, -22,
      36, 4, 50, 28, 46, 52, 30, 68, 16,
    ]),
    fins: [
      row([-42, -8, -42, 14, -62, 28, -86, 44, -78, 10, -78, -6, -86, -38, -62, -22], [3, 6]),
      row([34, -38, -30, -26, -40, -48, -52, -78, -66, -104, -46, -90, -22, -70, 4, -54], [4]),
      row([30, 44, -28, 30, -40, 54, -54, 84, -68, 108, -46, 96, -20, 76, 6, 58], [4]),
      row([44, 34, 32, 40, 22, 66, 9, 100, 4, 112, 17, 94, 36, 64], [4]),
    ],
    pectoral: row([36, 8, 22, -4, 4, -2, -6, 10, 6, 20, 24, 20]),
    eye: [52, -6],
    eyeSize: 8,
    mouth: row([77, 7, 70, 10, 64, 8]),
    gill: row([38, -22, 30, -4, 32, 16, 42, 28]),
    scale: 7.5,
  },
  pike: {
    body: row([
      104, 0, 94, -7, 74, -9, 58, -18, 20, -22, -30, -20, -66, -11, -80, -6, -80, 10, -66, 13, -30,
      21, 20, 23, 56, 20, 76, 11, 102, 9,
    ]),
    fins: [
      row([-74, -7, -74, 9, -88, 22, -106, 30, -98, 2, -106, -26, -88, -18], [3, 4, 5]),
      row([-34, -19, -62, -11, -74, -26, -66, -40, -50, -42, -38, -32]),
      row([-36, 19, -60, 13, -72, 28, -64, 40, -48, 40, -38, 30]),
      row([4, 22, -14, 21, -22, 32, -12, 38, 0, 32]),
    ],
    pectoral: row([46, 14, 36, 10, 20, 16, 14, 24, 26, 28, 38, 24]),
    eye: [66, -8],
    eyeSize: 5,
    mouth: row([104, 3, 88, 3, 70, 6]),
    gill: row([50, -14, 42, -2, 44, 10, 52, 16]),
    scale: 8,
  },
}

/** A fin with rays that fan from its root (first two points) to its rim. */
const drawFin = ({ pen, c, rnd, j }: Sketch, fin: Points, fill: string): void => {
  pen.shape(wobble(fin, 0.9, rnd), { fill, edge: 0.9, shade: 0.5, ...small })
  const D = sample(fin, true, 6)
  const [a, b] = [nth(fin, 0), nth(fin, 1)]
  const rim = D.slice(8, -2)
  const n = 9
  const rays = Array.from({ length: n }, (_, i): Point[] => {
    const t = (i + 0.5) / n
    const end = nth(rim, Math.floor(t * rim.length))
    const root: Point = [lerp(b[0], a[0], t), lerp(b[1], a[1], t)]
    const k = 0.9 + j(0.04)
    return [root, [lerp(root[0], end[0], k), lerp(root[1], end[1], k)]]
  })
  pen.strokes(rays, { color: mix(c.dark, fill, 0.2), w: 0.8, op: 0.7 })
}

/** Rows of small arcs over the flank. */
const drawScales = ({ pen, c }: Sketch, S: Points, { scale, gill }: Anatomy): void => {
  const arcs: Point[][] = []
  const edge = nth(gill, 1)[0]
  let odd = 0
  for (let y = -46; y < 50; y += scale * 0.62, odd ^= 1)
    for (let x = -90 + odd * scale * 0.5; x < edge; x += scale) {
      const ok = inside(S, x - 2, y - scale * 0.4) && inside(S, x - 2, y + scale * 0.4)
      if (!ok) continue
      arcs.push([
        [x, y - scale * 0.36],
        [x - scale * 0.42, y],
        [x, y + scale * 0.36],
      ])
    }
  pen.strokes(arcs, { color: c.dark, w: 0.7, op: 0.5 })
}

/** Points of a vertical band across the body, from x0 at the back to x1 at the belly. */
const bandAcross = (S: Points, spans: readonly (readonly [x: number, w: number])[]): Point[] => {
  const limits = (x: number): readonly [number, number] => {
    let [top, low] = [1e9, -1e9]
    for (let i = 0; i < S.length; i++) {
      const [p, q] = [nth(S, i), nth(S, (i + 1) % S.length)]
      if (p[0] > x === q[0] > x) continue
      const y = lerp(p[1], q[1], (x - p[0]) / (q[0] - p[0]))
      top = Math.min(top, y)
      low = Math.max(low, y)
    }
    return [top, low]
  }
  const n = spans.length - 1
  const side = (s: 1 | -1): Point[] =>
    spans.map(([x, w], i) => {
      const [top, low] = limits(x + s * w)
      return [x + s * w, lerp(top + 0.6, low - 0.6, i / n)]
    })
  return [...side(1), ...side(-1).reverse()]
}

const drawClownBands = ({ pen, j }: Sketch, S: Points): void => {
  const bands = [
    [
      [44, 6],
      [40, 8],
      [40, 9],
      [44, 8],
      [50, 6],
    ],
    [
      [-2, 8],
      [0, 10],
      [6, 13],
      [0, 10],
      [-4, 8],
    ],
    [
      [-52, 4.5],
      [-50, 5],
      [-49, 6],
      [-50, 5],
      [-52, 4.5],
    ],
  ] as const
  for (const band of bands) {
    const at = j(1.5)
    const P = bandAcross(
      S,
      band.map(([x, w]) => [x + at, w] as const),
    )
    pen.shape(
      bandAcross(
        S,
        band.map(([x, w]) => [x + at, w + 2.6] as const),
      ),
      {
        fill: '#211a18',
        edge: 0,
        flat: true,
        tone: 1,
      },
    )
    pen.shape(P, { fill: '#fbf6ea', edge: 0.4, shade: 0.4, tone: 0, box: S, ...small })
  }
}

const drawTroutSpots = ({ pen, c, rnd }: Sketch, S: Points): void => {
  const spots = scatter(S, 9.5, rnd).filter(
    ([x, y]) => y < 6 && x > -66 && x < 62 && inside(S, x, y - 4),
  )
  pen.spots(
    spots.map(([x, y]) => ell(x, y, 2.5, 2.2, 0, 7)),
    { fill: c.dark },
  )
  const halo = spots.filter(([, y], i) => y > -8 && i % 3 === 0)
  pen.spots(
    halo.map(([x, y]) => ell(x, y + 6, 2.7, 2.5, 0, 7)),
    { fill: pen.medium === 'colour' ? '#c8452f' : '#fff' },
  )
}

const drawAngelBars = ({ pen, c, j }: Sketch, S: Points): void => {
  const bars = [
    [
      [50, 4],
      [52, 4],
      [52, 4],
      [50, 4],
    ],
    [
      [10, 6],
      [10, 7],
      [9, 7],
      [8, 6],
    ],
    [
      [-32, 4],
      [-32, 5],
      [-32, 5],
      [-32, 4],
    ],
  ] as const
  for (const bar of bars) {
    const at = j(1.2)
    const P = bandAcross(
      S,
      bar.map(([x, w]) => [x + at, w] as const),
    )
    pen.shape(P, { fill: dark(c.dark, 0.5), edge: 0.3, shade: 0.3, tone: 0.9, box: S, ...small })
  }
  const sweep = [
    row([8, -44, -4, -62, -36, -84, -52, -92, -30, -72, -12, -50]),
    row([8, 50, -4, 66, -36, 90, -52, 98, -30, 78, -12, 56]),
  ]
  for (const p of sweep)
    pen.shape(p, { fill: dark(c.dark, 0.5), edge: 0, flat: true, op: 0.8, tone: 0.9, ...small })
}

const drawPikeFlecks = ({ pen, c, j }: Sketch, S: Points): void => {
  const flecks: Points[] = []
  for (const [i, y] of [-13, -5, 3, 11].entries())
    for (let x = -66 + (i % 2) * 7; x < 44; x += 14) {
      const [px, py] = [x + j(2), y + j(1.5)]
      if (inside(S, px - 6, py - 3) && inside(S, px + 6, py + 3))
        flecks.push(ell(px, py, 4.6, 1.9, j(0.3), 8))
    }
  pen.spots(flecks, { fill: light(c.pale, 0.3) })
}

const drawHead = ({ pen, c }: Sketch, a: Anatomy): void => {
  if (a !== ANATOMY.clown)
    pen.stroke(a.gill, { color: c.dark, w: 1.8, op: 0.85, taper: [0.2, 0.3] })
  pen.stroke(a.mouth, { color: dark(c.dark, 0.4), w: 1.8, taper: [0.6, 0.2] })
  const [x, y] = a.eye
  const r = a.eyeSize
  pen.shape(ell(x, y, r * 1.15, r * 1.15, 0, 12), { fill: '#241b18', edge: 0, flat: true, tone: 1 })
  pen.shape(ell(x, y, r, r, 0, 12), { fill: '#f0c24a', edge: 0, shade: 0.4, tone: 0, ...small })
  pen.shape(ell(x + 0.6, y, r * 0.62, r * 0.62, 0, 10), {
    fill: '#17110d',
    edge: 0,
    flat: true,
    tone: 1,
  })
  pen.spots([ell(x - r * 0.15, y - r * 0.3, r * 0.2, r * 0.2, 0, 6)], { fill: '#fffaf0' })
}

const PATTERN: Readonly<Record<string, (sketch: Sketch, S: Points) => void>> = {
  clown: drawClownBands,
  trout: drawTroutSpots,
  angel: drawAngelBars,
  pike: drawPikeFlecks,
}

const draw = (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
  const c = fish.morphs[morph] as Morph
  const sketch: Sketch = { pen, c, rnd, j: (amount) => rnd.r(-amount, amount) }
  const a = ANATOMY[form] as Anatomy
  pen.push(mat.scale(pose === 'right' ? 1 : -1, 1), mat.rot(sketch.j(0.06)))
  const clown = form === 'clown'
  const finFill = clown ? c.base : mix(c.base, c.pale, 0.35)
  for (const fin of a.fins) drawFin(sketch, fin, finFill)
  const body = wobble(a.body, 0.8, rnd)
  const S = sample(body, true, 6)
  pen.shape(body, {
    fill: c.base,
    edge: 1.1,
    shade: 0.75,
    angle: 0.15,
    bend: 0.25,
    ...(form === 'pike' ? { tone: 0.66 } : {}),
  })
  if (!clown && pen.medium === 'colour')
    for (const waterline of [3, 9, 15]) {
      const belly = S.filter(([, y]) => y > waterline).map(([x, y]): Point => [x * 0.985, y * 0.96])
      if (belly.length > 3)
        pen.shape(belly, { fill: c.pale, edge: 0, flat: true, op: 0.3, smooth: false })
    }
  drawScales(sketch, S, a)
  PATTERN[form]?.(sketch, S)
  drawHead(sketch, a)
  drawFin(sketch, a.pectoral, clown ? light(c.base, 0.1) : mix(c.base, c.pale, 0.5))
  pen.pop()
}

export const fish: Plate = {
  family: 'fish',
  plural: 'fish',
  ground: 'none',
  species: [
    {
      id: 'ocellaris-clownfish',
      name: 'ocellaris clownfish',
      latin: 'Amphiprion ocellaris',
      form: 'clown',
      morphs: ['orange', 'yellow'],
      alike: 'percula-clownfish',
    },
    {
      id: 'percula-clownfish',
      name: 'percula clownfish',
      latin: 'Amphiprion percula',
      form: 'clown',
      morphs: ['orange', 'yellow'],
      alike: 'ocellaris-clownfish',
    },
    {
      id: 'brown-trout',
      name: 'brown trout',
      latin: 'Salmo trutta',
      form: 'trout',
      morphs: ['gray', 'yellow', 'blue'],
      alike: 'atlantic-salmon',
    },
    {
      id: 'atlantic-salmon',
      name: 'Atlantic salmon',
      latin: 'Salmo salar',
      form: 'trout',
      morphs: ['gray', 'yellow', 'blue'],
      alike: 'brown-trout',
    },
    {
      id: 'freshwater-angelfish',
      name: 'freshwater angelfish',
      latin: 'Pterophyllum scalare',
      form: 'angel',
      morphs: ['yellow', 'blue', 'gray'],
    },
    {
      id: 'northern-pike',
      name: 'northern pike',
      latin: 'Esox lucius',
      form: 'pike',
      morphs: ['gray', 'blue', 'orange'],
    },
  ],
  morphs: {
    orange: { word: 'orange', base: '#e8792a', dark: '#8c3c12', pale: '#f8cf9a' },
    yellow: { word: 'yellow', base: '#ebc244', dark: '#8f6a1a', pale: '#faeab8' },
    blue: { word: 'blue', base: '#4a86b8', dark: '#1d4668', pale: '#c4dce6' },
    gray: { word: 'gray', base: '#8f9390', dark: '#43474a', pale: '#dedfd8' },
  },
  poses: { left: 'facing left', right: 'facing right' },
  features: {
    clown: 'three white bands edged in black around a rounded body',
    trout: 'a streamlined spotted body and a forked tail',
    angel: 'a disc-shaped barred body and long fins',
    pike: 'a long flecked body and a duck-like snout',
  },
  dims: { up: 110, down: 116, half: 110 },
  draw,
}
