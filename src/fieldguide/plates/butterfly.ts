/** Butterflies: seen from above with spread wings, or from the side with folded ones. */
import { mix } from '../colour.ts'
import { ell, nth, tube, wobble, type Point, type Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { BLACK, WINGS, drawWing } from './butterfly-wings.ts'

const HAIR = '#b79a6c'
const BODY = '#3a2d25'

const drawSpreadBody = (pen: Pen, rnd: Rnd): void => {
  const half: Point[] = [
    [4.6, -24],
    [6, -12],
    [5, 0],
    [3.8, 18],
    [2.4, 40],
  ]
  const other = half.map(([x, y]): Point => [-x, y]).reverse()
  const trunk: Point[] = [[0, -30], ...half, [0, 48], ...other]
  pen.shape(trunk, { fill: BODY, edge: 0.9, shade: 0.9, hatch: false, tone: 1 })
  const rings: Point[][] = []
  for (let y = 6; y < 44; y += 6)
    rings.push([
      [-4, y],
      [0, y + 1.6],
      [4, y],
    ])
  pen.strokes(rings, { color: '#d9c7a2', w: 0.8, op: 0.7 })
  const hair: Point[][] = []
  for (let i = 0; i < 26; i++) {
    const [x, y] = [rnd.r(-5, 5), rnd.r(-24, 0)]
    hair.push([
      [x, y],
      [x * 1.15, y + 5],
    ])
  }
  pen.strokes(hair, { color: HAIR, w: 0.7, op: 0.8 })
  pen.shape(ell(0, -32, 4.6, 4.4, 0, 10), {
    fill: '#2d221c',
    edge: 0.7,
    shade: 0.6,
    hatch: false,
    tone: 1,
  })
  pen.spots([ell(-2.6, -33, 1, 1, 0, 6), ell(2.6, -33, 1, 1, 0, 6)], { fill: '#fff6dd' })
}

const drawAntenna = (pen: Pen, points: Points, tilt: number): void => {
  pen.stroke(points, { w: 1.5, color: BLACK, taper: [0.7, 0.7] })
  const [x, y] = nth(points, points.length - 1)
  pen.shape(ell(x, y - 1, 2.6, 3.4, tilt, 8), {
    fill: BLACK,
    edge: 0,
    flat: true,
    hatch: false,
    tone: 1,
  })
}

const drawSpread = (pen: Pen, form: string, c: Morph, rnd: Rnd): void => {
  const j = (a: number): number => rnd.r(-a, a)
  const shapes = WINGS[form] as (typeof WINGS)[string]
  const [lift, drop] = [j(0.05), j(0.04)]
  const turned = (P: Points, a: number, s: number): Point[] =>
    P.map((p): Point => {
      const x = s * (p[0] * Math.cos(a) - p[1] * Math.sin(a))
      const y = p[0] * Math.sin(a) + p[1] * Math.cos(a)
      return p[2] ? [x, y, 1] : [x, y]
    })
  pen.push([1, 0, 0, 1, 0, 6])
  const hind = wobble(shapes.hind, 0.8, rnd)
  const fore = wobble(shapes.fore, 0.8, rnd)
  const key = rnd.i(1, 1e9)
  const common = { form, base: c.base, deep: c.dark }
  for (const s of [-1, 1]) {
    const outline = turned(hind, drop, s)
    const eyespot: Point = [s * 23, 44]
    drawWing(pen, {
      ...common,
      outline,
      root: [s * 3, 0],
      kind: 'hind',
      rnd: rnd.fork(`h${key}`),
      eyespot,
    })
  }
  for (const s of [-1, 1]) {
    const outline = turned(fore, lift, s)
    drawWing(pen, {
      ...common,
      outline,
      root: [s * 2, -12],
      kind: 'fore',
      rnd: rnd.fork(`f${key}`),
      eyespot: [0, 0],
    })
  }
  for (const s of [-1, 1]) {
    const [x, y] = [s * (27 + j(3)), -76 + j(4)]
    drawAntenna(
      pen,
      [
        [s * 1.5, -35],
        [s * 11, -56],
        [x * 0.94, y + 5],
        [x, y],
      ],
      s * 0.5,
    )
  }
  drawSpreadBody(pen, rnd)
  pen.pop()
}

/** Wings turned up over the back: one fore- and one hindwing, seen from the side. */
const folded = (P: Points): Point[] => {
  const a = -1.98
  return P.map((p): Point => {
    const [x, y] = [p[0], -p[1]]
    const u = x * Math.cos(a) - y * Math.sin(a) + 8
    const v = x * Math.sin(a) + y * Math.cos(a) + 22
    return p[2] ? [u, v, 1] : [u, v]
  })
}

const drawFolded = (pen: Pen, form: string, c: Morph, rnd: Rnd): void => {
  const shapes = WINGS[form] as (typeof WINGS)[string]
  // The underside is a little paler than the upper side.
  const common = { form, base: mix(c.base, '#e9d3a0', 0.22), deep: mix(c.dark, '#c9a66a', 0.25) }
  const sag = rnd.r(-3, 3)
  const legs: Point[][] = [
    [
      [29, 21],
      [38, 34],
      [33, 49],
    ],
    [
      [22, 25],
      [30, 38],
      [23, 51],
    ],
    [
      [14, 29],
      [19, 42],
      [9, 53],
    ],
  ]
  pen.strokes(legs, { w: 1.5, color: BLACK, taper: [1, 0.6] })
  const abdomen: Point[] = [
    [18, 22],
    [6, 30],
    [-8, 38],
    [-22, 44 + sag],
    [-34, 46 + sag * 2],
  ]
  const girth = (t: number): number => 10.5 - 2 * t - 5.5 * t * t * t
  pen.shape(tube(abdomen, girth, 5), {
    fill: BODY,
    edge: 0.9,
    smooth: false,
    shade: 0.9,
    hatch: false,
    tone: 1,
  })
  const rings: Point[][] = []
  for (const t of [0.3, 0.48, 0.66, 0.84]) {
    const [x, y] = [18 - 52 * t, 22 + 25 * t + (sag + 3) * t]
    rings.push([
      [x + 1.5, y - 4],
      [x + 2.5, y],
      [x + 4, y + 4],
    ])
  }
  pen.strokes(rings, { color: '#d9c7a2', w: 0.8, op: 0.7 })
  const fore = wobble(folded(shapes.fore), 0.8, rnd)
  const hind = wobble(folded(shapes.hind), 0.8, rnd)
  drawWing(pen, {
    ...common,
    outline: fore,
    root: nth(folded([[2, 12]]), 0),
    kind: 'fore',
    rnd,
    eyespot: [0, 0],
  })
  const eyespot = nth(folded([[26, 44]]), 0)
  drawWing(pen, {
    ...common,
    outline: hind,
    root: nth(folded([[3, 0]]), 0),
    kind: 'hind',
    rnd,
    eyespot,
  })
  const thorax: Point[] = [
    [37, 8],
    [39, 15],
    [33, 23],
    [22, 29],
    [11, 30],
    [9, 24],
    [17, 15],
    [28, 8],
  ]
  pen.shape(thorax, { fill: BODY, edge: 0.9, shade: 0.9, hatch: false, tone: 1 })
  const hair: Point[][] = []
  for (let i = 0; i < 22; i++) {
    const t = rnd.f()
    const [x, y] = [33 - 20 * t, 13 + 13 * t + rnd.r(-5, 5)]
    hair.push([
      [x, y],
      [x - 5, y + 3],
    ])
  }
  pen.strokes(hair, { color: HAIR, w: 0.7, op: 0.8 })
  pen.shape(ell(40, 10, 5.4, 5, 0.3, 10), {
    fill: '#2d221c',
    edge: 0.8,
    shade: 0.7,
    hatch: false,
    tone: 1,
  })
  pen.spots([ell(41.5, 8.5, 1.7, 1.7, 0, 6)], { fill: '#fff6dd' })
  for (const k of [0, 1]) {
    const [x, y] = [68 + k * 12, -26 + k * 10]
    drawAntenna(
      pen,
      [
        [43, 7],
        [53, -8 + k * 3],
        [x - 4, y + 4],
        [x, y],
      ],
      0.7,
    )
  }
  pen.stroke(
    [
      [43, 14],
      [48, 21],
      [44, 27],
      [41, 23],
    ],
    { w: 1, color: BLACK },
  )
}

const MONARCH = { form: 'monarch', morphs: ['orange', 'white'] } as const
const SWALLOWTAIL = { form: 'swallowtail', morphs: ['yellow', 'white'] } as const

export const butterfly: Plate = {
  family: 'butterfly',
  plural: 'butterflies',
  ground: 'none',
  species: [
    {
      id: 'monarch',
      name: 'monarch butterfly',
      latin: 'Danaus plexippus',
      alike: 'viceroy',
      ...MONARCH,
    },
    {
      id: 'viceroy',
      name: 'viceroy butterfly',
      latin: 'Limenitis archippus',
      alike: 'monarch',
      ...MONARCH,
    },
    {
      id: 'old-world-swallowtail',
      name: 'Old World swallowtail',
      latin: 'Papilio machaon',
      alike: 'anise-swallowtail',
      ...SWALLOWTAIL,
    },
    {
      id: 'anise-swallowtail',
      name: 'anise swallowtail',
      latin: 'Papilio zelicaon',
      alike: 'old-world-swallowtail',
      ...SWALLOWTAIL,
    },
    {
      id: 'blue-morpho',
      name: 'blue morpho',
      latin: 'Morpho menelaus',
      form: 'morpho',
      morphs: ['blue'],
    },
    {
      id: 'peacock-butterfly',
      name: 'peacock butterfly',
      latin: 'Aglais io',
      form: 'peacock',
      morphs: ['red'],
    },
  ],
  morphs: {
    orange: { word: 'orange', base: '#e07a1f', dark: '#b04f17', pale: '#f3c88a' },
    yellow: { word: 'yellow', base: '#f0cf4a', dark: '#cf9c34', pale: '#f8e8a8' },
    blue: { word: 'blue', base: '#3b82bd', dark: '#1f4f8c', pale: '#a8cbe6' },
    white: { word: 'white', base: '#f6f1e4', dark: '#cfc4ae', pale: '#fffaf0' },
    red: { word: 'red', base: '#b5392a', dark: '#7d2018', pale: '#e0a08a' },
  },
  poses: {
    spread: 'with its wings spread open',
    'folded-left': 'with folded wings, its head to the left',
    'folded-right': 'with folded wings, its head to the right',
  },
  features: {
    monarch: 'black-veined wings with white-spotted borders',
    swallowtail: 'black-banded wings and a tail on each hindwing',
    morpho: 'broad shining wings with a plain dark border',
    peacock: 'four large eyespots on its wings',
  },
  dims: { up: 88, down: 88, half: 100 },
  draw: (pen, { form, morph, pose, rnd }) => {
    const c = butterfly.morphs[morph] as Morph
    if (pose === 'spread') return drawSpread(pen, form, c, rnd)
    // Folded wings take less room than spread ones: draw them larger.
    const k = 1.22
    pen.push([pose === 'folded-left' ? -k : k, 0, 0, k, pose === 'folded-left' ? 16 : -16, 20])
    drawFolded(pen, form, c, rnd)
    pen.pop()
  },
}
