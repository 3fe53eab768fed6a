/** Songbirds: perched, seen from the side. */
import { dark, light, mix } from '../colour.ts'
import {
  ell,
  inside,
  lerp,
  row,
  sample,
  scatter,
  wobble,
  type Point,
  type Points,
} from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { drawBill, drawFace } from './songbird-head.ts'

export interface BirdSketch {
  readonly pen: Pen
  readonly c: Morph
  readonly form: string
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

const BLACK = '#241f1e'

const CROWN = row([70, -51, 62, -66, 46, -73, 28, -66, 14, -54])
const CREST = row([70, -51, 62, -64, 48, -76, 28, -90, 12, -100, 16, -80, 12, -58], [4])
const TRUNK = row([
  -10, -38, -36, -8, -56, 14, -46, 28, -24, 40, 12, 48, 40, 38, 58, 14, 66, -14, 71, -36,
])
const BELLY = row([
  67, -20, 61, 8, 42, 35, 12, 47, -24, 39, -38, 28, -8, 20, 18, 6, 38, -10, 56, -28,
])
const BREAST = row([
  70, -47, 60, -61, 48, -62, 41, -48, 38, -28, 28, -8, 28, 12, 40, 24, 54, 18, 62, 2, 66, -18, 70,
  -36,
])
const WING = row(
  [24, -25, 6, -35, -18, -22, -48, 8, -82, 40, -52, 33, -18, 28, 12, 16, 28, -4],
  [4],
)

const crested = (form: string): boolean => form === 'cardinal' || form === 'jay'

const drawTail = ({ pen, c, form, j }: BirdSketch): void => {
  const length = form === 'jay' || form === 'cardinal' ? 1.12 : form === 'warbler' ? 0.9 : 1
  for (let i = 0; i < 4; i++) {
    const drop = i * 4.2
    const [tx, ty] = [-100 * length + i * 5 + j(1.5), 50 * length + drop * 1.7 + j(1)]
    const feather: Point[] = [
      [-40, 4 + drop],
      [-62, 20 + drop],
      [tx - 2, ty],
      [tx + 5, ty + 8],
      [-58, 30 + drop],
      [-34, 16 + drop],
    ]
    pen.shape(feather, {
      fill: mix(c.base, c.dark, 0.35 + i * 0.08),
      edge: 0.8,
      shade: 0.5,
      hatch: false,
    })
    if (form !== 'jay') continue
    const bars = [0.3, 0.45, 0.6, 0.75].map((t): Point[] => {
      const [x, y] = [lerp(-50, tx, t), lerp(16 + drop, ty + 3, t)]
      return [
        [x - 2, y - 4],
        [x + 1, y],
        [x + 2, y + 5],
      ]
    })
    pen.strokes(bars, { color: BLACK, w: 1.5, op: 0.85 })
  }
}

const drawLegs = ({ pen, j }: BirdSketch): void => {
  for (const x of [4, 22]) {
    const foot = x + 4
    pen.stroke(
      [
        [x - 2, 42],
        [x + j(1), 56],
        [foot, 69],
      ],
      { w: 3, color: '#5a4636', taper: [1, 0.8] },
    )
    for (const dx of [-9, 4, 9])
      pen.stroke(
        [
          [foot, 68],
          [foot + dx * 0.6, 68],
          [foot + dx, 74],
        ],
        { w: 2.2, color: '#5a4636', taper: [1, 0.4] },
      )
  }
}

/** Dark drops in rows over the breast of a thrush. */
const drawSpots = ({ pen, rnd }: BirdSketch, belly: Points): void => {
  const drops = scatter(belly, 9, rnd).filter(([x]) => x > -16)
  pen.spots(
    drops.map(([x, y]) => ell(x, y, 1.9, 2.8, 0.5, 7)),
    { fill: '#463425' },
  )
}

const drawBody = (sketch: BirdSketch): void => {
  const { pen, c, form, rnd } = sketch
  const outline = wobble([...(crested(form) ? CREST : CROWN), ...TRUNK], 0.9, rnd)
  const smooth = sample(outline, true, 5)
  const along = (x: number, y: number): number => (y < -40 ? 2.7 : 2.3 - (x + 40) * 0.002)
  pen.fringe(smooth, {
    gap: 5,
    len: crested(form) ? 3 : 5,
    w: 0.8,
    color: mix(c.base, c.dark, 0.4),
    flow: along,
    rnd,
    out: 0.25,
  })
  pen.shape(outline, { fill: c.base, edge: 0.95, shade: 0.65, angle: 0.9 })
  const plain = form === 'cardinal'
  const belly = wobble(BELLY, 0.8, rnd)
  if (!plain)
    pen.shape(belly, { fill: c.pale, edge: 0, shade: 0.5, angle: 0.9, box: outline, tone: 0.08 })
  if (form === 'robin') {
    const orange = c.accent ?? '#d9682b'
    pen.shape(wobble(BREAST, 1.2, rnd), {
      fill: orange,
      edge: 0,
      shade: 0.45,
      tone: 0.7,
      angle: 0.9,
    })
  }
  const inner = smooth.map(([x, y]): Point => [lerp(x, 14, 0.08), lerp(y, -10, 0.08)])
  const fur = { gap: 7, len: 8, w: 0.55, flow: along, rnd }
  pen.fleece(inner, {
    ...fur,
    color: mix(c.base, c.dark, 0.6),
    op: 0.4,
    test: (x, y) => y < x * 0.5,
  })
  pen.fleece(inner, {
    ...fur,
    color: mix(c.pale, c.base, 0.7),
    op: 0.35,
    test: (x, y) => y >= x * 0.5,
  })
  if (form === 'thrush') drawSpots(sketch, sample(belly, true, 4))
}

const drawWing = (sketch: BirdSketch): void => {
  const { pen, c, form, rnd, j } = sketch
  const outline = wobble(WING, 0.8, rnd)
  const smooth = sample(outline, true, 6)
  const tint =
    form === 'jay' || form === 'cardinal' ? mix(c.base, c.dark, 0.12) : mix(c.base, c.dark, 0.25)
  pen.shape(outline, { fill: tint, edge: 1, shade: 0.7, angle: 0.7 })
  const flight = [0, 1, 2, 3, 4].map((i): Point[] => [
    [lerp(10, -34, i / 4), lerp(16, 0, i / 4)],
    [lerp(-22, -52, i / 4), lerp(25, 16, i / 4)],
    [lerp(-56, -74, i / 4), lerp(33, 34, i / 4)],
  ])
  pen.strokes(flight, { color: dark(c.dark, 0.2), w: 1.4, taper: [0.4, 0.3], op: 0.85 })
  for (let r = 0; r < 3; r++)
    for (let i = 0; i < 5; i++) {
      const x = 18 - i * 11 - r * 7 + j(0.8)
      const y = -20 + i * 4.4 + r * 9.5 + j(0.8)
      if (!inside(smooth, x, y) || !inside(smooth, x - 5, y + 4)) continue
      const covert: Point[] = [
        [x + 5, y - 4],
        [x + 4, y + 5],
        [x - 4, y + 8],
        [x - 9, y + 4],
        [x - 3, y - 4],
      ]
      const shade = mix(tint, rnd.chance(0.5) ? c.pale : c.dark, rnd.r(0.05, 0.22))
      pen.shape(covert, { fill: shade, edge: 0.5, shade: 0.3, hatch: false })
    }
  const bar = form === 'jay' ? [0.35, 0.6] : form === 'tit' ? [] : [0.5]
  for (const t of bar) {
    const x = lerp(20, -34, t)
    const stripe: Point[] = [
      [x + 14, lerp(-8, 6, t)],
      [x + 2, lerp(4, 15, t)],
      [x - 10, lerp(13, 24, t)],
    ]
    pen.stroke(stripe, {
      w: form === 'jay' ? 3.6 : 1.6,
      color: light(c.pale, 0.4),
      op: 0.9,
      taper: [0.4, 0.4],
    })
  }
}

const draw: Plate['draw'] = (pen, { form, morph, pose, rnd }) => {
  const c = songbird.morphs[morph] as Morph
  const sketch: BirdSketch = { pen, c, form, rnd, j: (a) => rnd.r(-a, a) }
  const k = pose === 'left' ? -1 : 1
  pen.push([k, 0, 0, 1, k * 12, crested(form) ? 14 : 0])
  drawTail(sketch)
  drawLegs(sketch)
  drawBill(sketch)
  drawBody(sketch)
  drawFace(sketch)
  drawWing(sketch)
  pen.pop()
}

const TIT = { form: 'tit', morphs: ['gray', 'buff'] } as const
const WARBLER = { form: 'warbler', morphs: ['green', 'yellow'] } as const
const THRUSH = { form: 'thrush', morphs: ['brown', 'gray'] } as const

export const songbird: Plate = {
  family: 'songbird',
  plural: 'songbirds',
  ground: 'perch',
  species: [
    {
      id: 'european-robin',
      name: 'European robin',
      latin: 'Erithacus rubecula',
      form: 'robin',
      morphs: ['orange'],
    },
    {
      id: 'northern-cardinal',
      name: 'northern cardinal',
      latin: 'Cardinalis cardinalis',
      form: 'cardinal',
      morphs: ['red', 'buff'],
    },
    {
      id: 'blue-jay',
      name: 'blue jay',
      latin: 'Cyanocitta cristata',
      form: 'jay',
      morphs: ['blue'],
    },
    { id: 'marsh-tit', name: 'marsh tit', latin: 'Poecile palustris', alike: 'willow-tit', ...TIT },
    { id: 'willow-tit', name: 'willow tit', latin: 'Poecile montanus', alike: 'marsh-tit', ...TIT },
    {
      id: 'willow-warbler',
      name: 'willow warbler',
      latin: 'Phylloscopus trochilus',
      alike: 'chiffchaff',
      ...WARBLER,
    },
    {
      id: 'chiffchaff',
      name: 'common chiffchaff',
      latin: 'Phylloscopus collybita',
      alike: 'willow-warbler',
      ...WARBLER,
    },
    {
      id: 'song-thrush',
      name: 'song thrush',
      latin: 'Turdus philomelos',
      alike: 'mistle-thrush',
      ...THRUSH,
    },
    {
      id: 'mistle-thrush',
      name: 'mistle thrush',
      latin: 'Turdus viscivorus',
      alike: 'song-thrush',
      ...THRUSH,
    },
  ],
  morphs: {
    orange: {
      word: 'orange',
      base: '#7d6448',
      dark: '#43321f',
      pale: '#efe6d2',
      accent: '#e0641f',
    },
    red: { word: 'red', base: '#c92a24', dark: '#7a1716', pale: '#dc5a4a', accent: '#f08a3c' },
    blue: { word: 'blue', base: '#4a86c8', dark: '#1f4378', pale: '#f1efe9', accent: '#3a3634' },
    gray: { word: 'gray', base: '#85878c', dark: '#44464a', pale: '#e9e6de', accent: '#3a3634' },
    buff: { word: 'buff', base: '#c79a62', dark: '#74532c', pale: '#f0dfc0', accent: '#e2803a' },
    green: { word: 'green', base: '#7f9440', dark: '#455420', pale: '#ecebc4', accent: '#8a6a44' },
    yellow: {
      word: 'yellow',
      base: '#d6b53a',
      dark: '#84691c',
      pale: '#f9efb8',
      accent: '#8a6a44',
    },
    brown: { word: 'brown', base: '#7c5634', dark: '#432c18', pale: '#efe2c8', accent: '#8a6a44' },
  },
  poses: { left: 'perched, facing left', right: 'perched, facing right' },
  features: {
    robin: 'an orange face and breast above a white belly',
    cardinal: 'a pointed crest, a black mask and a stout bill',
    jay: 'a pointed crest, a dark collar and white wing bars',
    tit: 'a black cap, white cheeks and a small black bib',
    warbler: 'a pale eyebrow, a thin bill and no bold marks',
    thrush: 'a pale breast covered with dark spots',
  },
  focus: { left: [-34, -26], right: [34, -26] },
  dims: { up: 78, down: 76, half: 96 },
  draw,
}
