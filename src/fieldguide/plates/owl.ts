/** Owls: round heads, facial discs and barred wings. */
import { light, mix } from '../colour.ts'
import { clamp, ell, inside, lerp, sample, wobble, type Point } from '../geometry.ts'
import type { ShapeOptions } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import { drawOwlHead } from './owl-head.ts'
import type { OwlSketch } from './owl-sketch.ts'

const SIZES: Readonly<Record<string, OwlSketch['size']>> = {
  gray: { hw: 50, hh: 44, bw: 47 },
  barn: { hw: 40, hh: 41, bw: 37 },
  screech: { hw: 44, hh: 37, bw: 43 },
  snowy: { hw: 41, hh: 36, bw: 48 },
}

const small: ShapeOptions = { hatch: false }

const drawTail = ({ pen, c, j }: OwlSketch): void => {
  for (let i = -2; i <= 2; i++) {
    const x = -17 + i * 6
    const feather: Point[] = [
      [x - 5, 50],
      [x + 5, 50],
      [x + 4, 104 + j(3)],
      [x - 1, 112 + j(2) - Math.abs(i) * 3],
      [x - 6, 103],
    ]
    pen.shape(feather, { fill: mix(c.base, c.dark, 0.25), edge: 0.8, shade: 0.5, ...small })
    const bars = [62, 72, 82, 92].map((y): Point[] => [
      [x - 5, y + 14],
      [x, y + 16],
      [x + 4, y + 13],
    ])
    pen.strokes(bars, { color: c.dark, w: 1.2, op: 0.8 })
  }
}

const CENTRE = 10

/** Dark shafts with cross bars: the breast of most owls. */
const drawStreaks = (sketch: OwlSketch, breast: readonly Point[]): void => {
  const { pen, c, form, rnd, j } = sketch
  const gray = form === 'gray'
  pen.fleece(breast, {
    gap: 6.5,
    len: 9,
    w: 0.5,
    color: mix(c.base, c.dark, 0.2),
    op: 0.55,
    flow: (x) => 1.57 + (x - CENTRE) * 0.008,
    rnd,
  })
  const shafts: { p: Point[]; w: number }[] = []
  const bars: Point[][] = []
  for (let r = 0; r < (gray ? 9 : 8); r++) {
    for (let x = -34 + (r % 2 ? 5.5 : 0); x < 46; x += 11) {
      const px = x + j(1.5)
      const py = -18 + r * 11.5 + j(2)
      if (!inside(breast, px, py) || !inside(breast, px, py + 9)) continue
      const lean = px - CENTRE
      shafts.push({
        p: [
          [px, py - 5],
          [px + lean * 0.03, py + 2],
          [px + lean * 0.07, py + 8],
        ],
        w: gray ? 2.1 : 2.7,
      })
      for (const dy of gray ? [1, 5] : [0, 4.5])
        bars.push([
          [px - 4.6, py + dy - 2.2],
          [px, py + dy + 0.6],
          [px + 4.8, py + dy - 2],
        ])
    }
  }
  pen.strokes(shafts, { color: c.dark, op: 0.92, taper: [0.2, 0.25] })
  pen.strokes(bars, { color: c.dark, w: 0.75, op: 0.75 })
}

const drawBody = (sketch: OwlSketch): void => {
  const { pen, c, form, rnd, j, bw, belly } = sketch
  const tilt = j(2.5)
  const outline: Point[] = [
    [-bw * 0.7, -34],
    [0, -44],
    [bw * 0.72, -30],
    [bw, 2],
    [bw * 0.92 + tilt, 40],
    [bw * 0.55, 76],
    [8, 88],
    [-bw * 0.45, 82],
    [-bw * 0.88, 52],
    [-bw * 1.02, 8],
  ]
  const body = wobble(outline, 1.6, rnd)
  const smooth = sample(body, true, 5)
  const tuft = mix(belly, c.dark, 0.45)
  pen.fringe(smooth, {
    gap: 4,
    len: 8,
    w: 1.1,
    color: tuft,
    flow: () => 1.75,
    rnd,
    from: 0.15,
    to: 0.75,
    out: 0.3,
  })
  pen.shape(body, { fill: belly, edge: 0.85, shade: 0.62, angle: 1.3, bend: 0.2 })
  const breast = smooth.map(([x, y]): Point => [lerp(x, CENTRE, 0.1), lerp(y, 20, 0.06)])
  if (form === 'gray' || form === 'screech') return drawStreaks(sketch, breast)
  const snowy = form === 'snowy'
  pen.fleece(breast, {
    gap: 8,
    len: 6,
    w: 0.45,
    color: mix(c.pale, c.base, 0.75),
    op: 0.7,
    flow: (x) => 1.57 + (x - CENTRE) * 0.006,
    rnd,
  })
  const marks = rows(breast, snowy ? 12 : 10.5, sketch)
  if (snowy)
    pen.strokes(
      marks.map(([x, y]): Point[] => [
        [x - 4.5, y - 1.5],
        [x, y + 1],
        [x + 4.5, y - 1.5],
      ]),
      { color: c.dark, w: 1.3, op: 0.85 },
    )
  else
    pen.spots(
      marks.map(([x, y]) => ell(x, y, 1.15, 1.5, 0, 6)),
      { fill: c.dark },
    )
}

/** Marks in rows over the breast below the face. */
const rows = (form: readonly Point[], gap: number, { j }: OwlSketch): Point[] => {
  const out: Point[] = []
  for (let y = -12, row = 0; y < 90; y += gap, row++)
    for (let x = -50 + (row % 2 ? gap / 2 : 0); x < 56; x += gap) {
      const p: Point = [x + j(gap * 0.3), y + j(gap * 0.3)]
      if (inside(form, p[0], p[1])) out.push(p)
    }
  return out
}

const drawWing = (sketch: OwlSketch): void => {
  const { pen, c, form, rnd, j, bw } = sketch
  const outline: Point[] = [
    [-bw * 0.74, -38],
    [-bw * 0.4, -30],
    [-bw * 0.26, -2],
    [-bw * 0.34, 40],
    [-bw * 0.36, 78],
    [-bw * 0.52, 103, 1],
    [-bw * 0.8, 82],
    [-bw * 1.08, 44],
    [-bw * 1.14, 4],
    [-bw * 1.0, -26],
  ]
  const wing = wobble(outline, 1, rnd)
  const smooth = sample(wing, true, 6)
  pen.shape(wing, { fill: c.base, edge: 1.1, shade: 0.72, angle: 1.2, gap: 1.05 })
  const coverts: Point[] = []
  for (let y = -30, row = 0; y < 26; y += 8.5, row++)
    for (let x = -bw * 1.15 + (row % 2) * 4.6; x < -bw * 0.2; x += 9.2) {
      const [px, py] = [x + j(1), y + j(1)]
      if (inside(smooth, px, py) && inside(smooth, px, py + 6)) coverts.push([px, py])
    }
  for (const [x, y] of coverts) {
    const scale: Point[] = [
      [x - 5, y - 3],
      [x + 5, y - 3],
      [x + 4.2, y + 4],
      [x, y + 8],
      [x - 4.2, y + 4],
    ]
    const tint = mix(c.base, rnd.chance(0.5) ? c.pale : c.dark, rnd.r(0.05, 0.3))
    pen.shape(scale, { fill: tint, edge: 0.55, shade: 0.35, ...small })
  }
  const dotted = coverts.filter(() => rnd.chance(0.55))
  const dotFill = form === 'snowy' ? c.dark : light(c.pale, 0.2)
  pen.spots(
    dotted.map(([x, y]) => ell(x, y + 4.5, 1.5, 2.2, 0, 6)),
    { fill: dotFill },
  )
  const flight = [0, 1, 2, 3, 4, 5].map((i): Point[] => {
    const t = i / 5
    return [
      [lerp(-bw * 1.04, -bw * 0.36, t), 26 + t * 6],
      [lerp(-bw * 0.95, -bw * 0.4, t), 58],
      [lerp(-bw * 0.6, -bw * 0.46, t), lerp(92, 90, t)],
    ]
  })
  pen.strokes(flight, { color: c.dark, w: 1.5, taper: [0.3, 0.3], op: 0.9 })
  const bars: Point[][] = []
  for (let y = 36; y < 94; y += 10)
    for (let i = 0; i < 5; i++) {
      const e = clamp((y - 26) / 66)
      const across = (t: number): number =>
        lerp(lerp(-bw * 1.02, -bw * 0.58, e * e), lerp(-bw * 0.36, -bw * 0.46, e), t)
      const a: Point = [across((i + 0.2) / 5), y + j(1)]
      const b: Point = [across((i + 0.85) / 5), y + 1.5]
      if (inside(smooth, a[0], a[1]) && inside(smooth, b[0], b[1]))
        bars.push([a, [(a[0] + b[0]) / 2, y + 3], b])
    }
  const barTint = form === 'barn' ? c.pale : form === 'snowy' ? c.dark : light(c.pale, 0.1)
  pen.strokes(bars, { color: barTint, w: 2, op: 0.8 })
}

const drawFeet = ({ pen, belly }: OwlSketch): void => {
  for (const x of [2, 24]) {
    const thigh: Point[] = [
      [x - 9, 74],
      [x + 9, 74],
      [x + 7, 92],
      [x, 96],
      [x - 7, 92],
    ]
    pen.shape(thigh, { fill: belly, edge: 0.6, shade: 0.5, ...small })
    for (let i = -1; i <= 1; i++) {
      const tx = x + i * 5.5
      const toe: Point[] = [
        [tx - 3, 88],
        [tx + 3, 88],
        [tx + 3.2, 97],
        [tx + 1, 105, 1],
        [tx - 2.6, 98],
      ]
      pen.shape(toe, { fill: '#b9a077', edge: 0.7, shade: 0.6, ...small })
      const claw: Point[] = [
        [tx + 0.5, 99],
        [tx + 1, 103],
        [tx + 0.3, 107],
      ]
      pen.stroke(claw, { w: 1.5, color: '#2a211b', taper: [1, 0.1] })
    }
  }
}

const draw: Plate['draw'] = (pen, { form, morph, pose, rnd }: DrawOptions) => {
  const c = owl.morphs[morph] as Morph
  const size = SIZES[form] as OwlSketch['size']
  const j = (a: number): number => rnd.r(-a, a)
  const belly =
    form === 'barn' || form === 'snowy' ? light(c.pale, 0.35) : mix(c.pale, c.base, 0.12)
  const sketch: OwlSketch = { pen, c, form, rnd, j, size, bw: size.bw + j(2), belly }
  pen.push([pose === 'perched-left' ? -1 : 1, 0, 0, 1, 0, 0])
  drawTail(sketch)
  drawBody(sketch)
  drawWing(sketch)
  drawFeet(sketch)
  drawOwlHead(sketch)
  pen.pop()
}

const SCREECH = { form: 'screech', morphs: ['gray', 'rufous', 'brown'] } as const

export const owl: Plate = {
  family: 'owl',
  plural: 'owls',
  ground: 'perch',
  species: [
    {
      id: 'great-gray-owl',
      name: 'great gray owl',
      latin: 'Strix nebulosa',
      form: 'gray',
      morphs: ['gray', 'brown'],
    },
    {
      id: 'barn-owl',
      name: 'barn owl',
      latin: 'Tyto alba',
      form: 'barn',
      morphs: ['golden', 'gray', 'brown'],
    },
    {
      id: 'snowy-owl',
      name: 'snowy owl',
      latin: 'Bubo scandiacus',
      form: 'snowy',
      morphs: ['white'],
    },
    {
      id: 'eastern-screech-owl',
      name: 'eastern screech owl',
      latin: 'Megascops asio',
      alike: 'western-screech-owl',
      ...SCREECH,
    },
    {
      id: 'western-screech-owl',
      name: 'western screech owl',
      latin: 'Megascops kennicottii',
      alike: 'eastern-screech-owl',
      ...SCREECH,
    },
  ],
  morphs: {
    gray: { word: 'gray', base: '#8d8a86', dark: '#4a4743', pale: '#dcd6c8' },
    brown: { word: 'brown', base: '#8c6a48', dark: '#48321f', pale: '#e2cfae' },
    rufous: { word: 'rufous', base: '#b4633a', dark: '#5e2a18', pale: '#ecc9a0' },
    golden: { word: 'golden', base: '#c9994f', dark: '#6d4a22', pale: '#f6ead0' },
    white: { word: 'white', base: '#e6e2d8', dark: '#5c564e', pale: '#f7f4ec' },
  },
  poses: {
    'perched-left': 'perched, turned to the left',
    'perched-right': 'perched, turned to the right',
  },
  features: {
    gray: 'a large round head with rings around small yellow eyes',
    barn: 'a pale heart-shaped face and dark eyes',
    screech: 'two pointed ear tufts and big yellow eyes',
    snowy: 'a smooth round white head and barred white feathers',
  },
  dims: { up: 108, down: 102, half: 54 },
  draw,
}
