/** Motor cars of the coach-built years, in side view. */
import { dark, light, mix } from '../colour.ts'
import { ell, TAU, tube, wobble, type Point } from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { outline } from './outline.ts'

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
}

const BRASS = '#cfa24a'
const LEATHER = '#8a5433'
const CANVAS = '#4a423c'
const GLASS = '#c8d6d2'
const panel: ShapeOptions = { edge: 1, shade: 0.6, angle: 0.25 }
const trim: ShapeOptions = { edge: 0.7, shade: 0.5, hatch: false }

const part = ({ pen, rnd }: Sketch, text: string, options: ShapeOptions): void => {
  pen.shape(wobble(outline(text), 0.35, rnd), options)
}

const wheel = (
  { pen }: Sketch,
  at: readonly [x: number, y: number, r: number],
  spokes: number,
): void => {
  const [x, y, r] = at
  pen.shape(ell(x, y, r, r, 0, 16), {
    fill: '#3b3734',
    edge: 1,
    shade: 0.5,
    hatch: false,
    tone: 0.9,
  })
  pen.shape(ell(x, y, r * 0.77, r * 0.77, 0, 14), {
    fill: '#efe3c8',
    edge: 0.7,
    shade: 0.3,
    hatch: false,
    tone: 0,
  })
  const rays = Array.from({ length: spokes }, (_, i): Point[] => {
    const a = (i / spokes) * TAU + 0.1
    return [
      [x + Math.cos(a) * 3, y + Math.sin(a) * 3],
      [x + Math.cos(a) * r * 0.75, y + Math.sin(a) * r * 0.75],
    ]
  })
  pen.strokes(rays, { w: spokes > 14 ? 0.8 : 1.9, color: '#6b4a2c', taper: [1, 0.8] })
  pen.shape(ell(x, y, r * 0.23, r * 0.23, 0, 9), {
    fill: BRASS,
    edge: 0.8,
    shade: 0.6,
    hatch: false,
    tone: 0.3,
  })
}

const fender = ({ pen, c }: Sketch, spine: string, width = 7): void => {
  pen.shape(
    tube(outline(spine), (t) => width * (0.75 + 0.4 * Math.sin(Math.PI * t)), 6),
    { fill: mix(c.base, c.dark, 0.35), edge: 0.9, smooth: false, shade: 0.5, hatch: false },
  )
}

const lamp = ({ pen }: Sketch, x: number, y: number): void => {
  pen.shape(outline(`${x - 7},${y - 4} ${x + 1},${y - 7} ${x + 1},${y + 7} ${x - 7},${y + 4}`), {
    fill: BRASS,
    ...trim,
    tone: 0.35,
  })
  pen.shape(ell(x + 2, y, 2.6, 7.2, 0, 10), { fill: '#f6e9b8', ...trim, tone: 0 })
}

const seat = (sketch: Sketch, x: number, y: number, high: number): void => {
  const { pen } = sketch
  part(
    sketch,
    `${x - 6},${y} ${x - 9},${y - high * 0.8} ${x - 6},${y - high} ${x},${y - high} ${x + 4},${y - 6} ${x + 17},${y - 6} ${x + 18},${y}`,
    { fill: LEATHER, ...trim, tone: 0.5 },
  )
  pen.strokes(
    [0.3, 0.55, 0.8].map((k): Point[] => [
      [x - 7, y - high * k],
      [x + 1, y - high * k + 1],
    ]),
    { w: 0.7, color: dark(LEATHER, 0.5) },
  )
}

const steering = ({ pen }: Sketch, x: number, y: number): void => {
  pen.stroke(
    [
      [x + 16, y + 20],
      [x, y],
    ],
    { w: 1.6, color: '#3b2f28', taper: [1, 1] },
  )
  pen.stroke(
    [
      [x - 4, y + 8],
      [x, y],
      [x + 5, y - 8],
    ],
    { w: 2.6, color: '#3b2f28', taper: [0.8, 0.8] },
  )
}

const windscreen = (sketch: Sketch, text: string): void => {
  part(sketch, text, { fill: GLASS, edge: 1, shade: 0.2, hatch: false, line: '#7a5a2a', tone: 0 })
}

const window = (
  sketch: Sketch,
  box: readonly [x0: number, y0: number, x1: number, y1: number],
): void => {
  const { pen } = sketch
  const [x0, y0, x1, y1] = box
  part(
    sketch,
    `${x0},${y1}! ${x0},${y0 + 4} ${x0 + 4},${y0} ${x1 - 4},${y0} ${x1},${y0 + 4} ${x1},${y1}!`,
    { fill: GLASS, edge: 1, shade: 0.35, hatch: false, tone: 0 },
  )
  const w = x1 - x0
  pen.strokes(
    [0.25, 0.45].map((k): Point[] => [
      [x0 + w * k, y1 - 4],
      [x0 + w * (k + 0.35), y0 + 5],
    ]),
    { w: 1, color: '#8ea5a2', op: 0.8 },
  )
}

/** Radiator, bonnet with louvres, and lamp; `x` is where the bonnet begins. */
const bonnet = (sketch: Sketch, x: number, top: number): void => {
  const { pen, c } = sketch
  part(sketch, `${x},${top}! ${x},31! 86,31! 86,${top + 5}! 70,${top + 2}`, {
    fill: c.base,
    ...panel,
  })
  const louvres: Point[][] = []
  for (let u = x + 9; u < 80; u += 4.5)
    louvres.push([
      [u, top + 13],
      [u + 1.2, 25],
    ])
  pen.strokes(louvres, { w: 1.2, color: c.dark, op: 0.9, taper: [0.6, 0.6] })
  pen.stroke(
    [
      [x, top + 8],
      [60, top + 9],
      [86, top + 11],
    ],
    { w: 0.9, color: c.pale, op: 0.9, taper: [1, 1] },
  )
  part(sketch, `85,${top + 3}! 92,${top + 2} 93,31! 85,32!`, { fill: BRASS, ...trim, tone: 0.3 })
  pen.shape(ell(89, top - 1, 2.4, 2.4, 0, 8), { fill: BRASS, ...trim })
}

const chassis = (sketch: Sketch): void => {
  part(sketch, '-88,29! 92,29! 92,36! -88,36!', {
    fill: '#3d3733',
    edge: 0.7,
    shade: 0.2,
    hatch: false,
    tone: 0.9,
  })
  part(sketch, '-36,40! 34,40! 34,45! -36,45!', { fill: '#5a4636', ...trim, tone: 0.7 })
}

const running = (
  sketch: Sketch,
  wheels: readonly [rear: number, front: number, r: number],
): void => {
  const [rear, front, r] = wheels
  const y = 62 - r
  wheel(sketch, [rear, y, r], 10)
  wheel(sketch, [front, y, r], 10)
  fender(
    sketch,
    `${front + 27},${y} ${front + 20},${y - 18} ${front},${y - 26} ${front - 20},${y - 18} ${front - 28},${y - 2} 32,42`,
  )
  fender(
    sketch,
    `${rear - 27},${y} ${rear - 20},${y - 18} ${rear},${y - 26} ${rear + 20},${y - 18} ${rear + 26},${y - 4} -34,42`,
  )
}

const coachLines = ({ pen, c }: Sketch, lines: readonly string[]): void => {
  pen.strokes(lines.map(outline), { w: 1.1, color: c.dark, taper: [0.9, 0.9] })
}

const drawTourer = (sketch: Sketch): void => {
  const { pen, c } = sketch
  chassis(sketch)
  seat(sketch, -76, 4, 26)
  seat(sketch, -18, 4, 24)
  steering(sketch, 6, -14)
  part(sketch, '-66,-18 -84,-27 -101,-24 -106,-14 -98,-6 -82,-8 -68,-10', {
    fill: CANVAS,
    edge: 0.9,
    shade: 0.5,
    tone: 0.7,
  })
  pen.strokes(['-70,-15 -86,-20 -102,-16', '-72,-12 -88,-14 -102,-11'].map(outline), {
    w: 1,
    color: light(CANVAS, 0.5),
    op: 0.8,
  })
  windscreen(sketch, '25,-6! 15,-40! 19,-41! 30,-6!')
  bonnet(sketch, 30, -4)
  part(
    sketch,
    '30,-5! 20,-9 10,-5 2,1 -12,1! -18,-6 -32,-6 -40,1 -58,1! -68,-10 -88,-12 -95,-2 -92,20 -86,32! 30,32!',
    { fill: c.base, ...panel },
  )
  coachLines(sketch, ['4,3 4,30', '-16,4 -17,30', '-40,4 -41,30', '-60,4 -62,28'])
  pen.stroke(outline('-90,10 -40,11 30,9'), { w: 1, color: c.pale, taper: [1, 1] })
  pen.spots([ell(-12, 14, 2.2, 1.2, 0, 6), ell(-56, 14, 2.2, 1.2, 0, 6)], { fill: BRASS })
  running(sketch, [-62, 64, 21])
  lamp(sketch, 97, 10)
}

const drawRoadster = (sketch: Sketch): void => {
  const { pen, c } = sketch
  part(sketch, '-80,30! 92,30! 92,36! -80,36!', {
    fill: '#3d3733',
    edge: 0.7,
    shade: 0.2,
    hatch: false,
    tone: 0.9,
  })
  seat(sketch, -22, 14, 22)
  steering(sketch, -2, -2)
  windscreen(sketch, '16,4! 7,-17! 10,-18! 20,3!')
  bonnet(sketch, 20, 5)
  part(sketch, '20,4! 12,4 4,8 -2,17 -20,17! -28,8 -40,6 -66,10 -90,18 -106,29! -86,33 20,33!', {
    fill: c.base,
    ...panel,
  })
  for (const x of [30, 42, 54])
    pen.shape(
      tube(
        [
          [x, 14],
          [x + 2, 28],
          [x - 10, 38],
          [x - 22, 41],
        ],
        [3.6, 3.6],
        4,
      ),
      { fill: '#c9c4ba', ...trim, smooth: false, tone: 0.1 },
    )
  pen.shape(
    tube(
      [
        [30, 42],
        [-30, 44],
        [-100, 42],
      ],
      [5, 4],
      3,
    ),
    { fill: '#c9c4ba', ...trim, smooth: false, tone: 0.1 },
  )
  coachLines(sketch, ['2,18 2,31', '-18,19 -19,31', '56,6 57,31'])
  pen.stroke(outline('-96,25 -40,17 -22,20 20,14'), { w: 1, color: c.pale, taper: [0.5, 1] })
  for (const x of [-62, 66]) {
    wheel(sketch, [x, 40, 22], 18)
    fender(sketch, `${x + 24},30 ${x + 14},16 ${x},13 ${x - 16},18 ${x - 26},32`, 5)
  }
  wheel(sketch, [-40, 14, 15], 14)
  lamp(sketch, 98, 16)
}

const drawLandaulet = (sketch: Sketch): void => {
  const { pen, c } = sketch
  chassis(sketch)
  bonnet(sketch, 44, -4)
  part(sketch, '-50,-62! 46,-58 54,-52! 46,-8! -50,-8!', {
    fill: mix(c.base, c.dark, 0.25),
    ...panel,
  })
  part(sketch, '-46,-63 -70,-63 -88,-54 -97,-30 -97,-8! -46,-8!', {
    fill: CANVAS,
    edge: 1,
    shade: 0.6,
    tone: 0.7,
  })
  pen.strokes(
    ['-52,-60 -56,-34 -54,-10', '-68,-62 -76,-36 -74,-10', '-84,-56 -92,-34 -88,-10'].map(outline),
    { w: 1, color: light(CANVAS, 0.35), op: 0.8 },
  )
  pen.stroke(outline('-50,-14 -66,-20 -64,-36 -80,-46'), {
    w: 2.4,
    color: BRASS,
    taper: [0.8, 0.8],
  })
  window(sketch, [-42, -53, -8, -12])
  window(sketch, [0, -51, 38, -12])
  part(sketch, '44,-8! 44,32! -86,32! -96,14 -97,-9!', { fill: c.base, ...panel })
  coachLines(sketch, ['-2,-8 -2,30', '-44,-8 -46,30', '40,-6 40,30'])
  pen.stroke(outline('-95,4 -40,5 44,4'), { w: 1.1, color: c.pale, taper: [1, 1] })
  pen.spots([ell(-7, 9, 2.6, 1.3, 0, 6), ell(6, 9, 2.6, 1.3, 0, 6)], { fill: BRASS })
  running(sketch, [-64, 66, 21])
  lamp(sketch, 97, 10)
}

const drawBrougham = (sketch: Sketch): void => {
  const { pen, c } = sketch
  chassis(sketch)
  steering(sketch, 18, -18)
  seat(sketch, 0, 6, 24)
  bonnet(sketch, 42, 2)
  part(sketch, '42,0! 34,-14! 30,-12 30,14 4,14! -12,6! -12,32! 42,32!', { fill: c.base, ...panel })
  part(sketch, '-10,-66! -10,30! -78,32! -92,20 -99,-10 -98,-58 -92,-66!', {
    fill: c.base,
    ...panel,
  })
  part(sketch, '-100,-64! -94,-71 -54,-74 -12,-71 4,-64!', {
    fill: mix(c.base, c.dark, 0.6),
    edge: 0.9,
    shade: 0.4,
    tone: 0.8,
  })
  window(sketch, [-52, -56, -18, -14])
  window(sketch, [-90, -56, -62, -18])
  coachLines(sketch, ['-56,-60 -57,-10 -60,28', '-14,-60 -14,28'])
  pen.stroke(outline('-97,-6 -60,-7 -11,-7'), { w: 1.1, color: c.pale, taper: [1, 1] })
  pen.spots([ell(-22, 0, 2.6, 1.3, 0, 6)], { fill: BRASS })
  part(sketch, '-9,-42! -1,-44! 0,-28! -3,-24 -8,-26!', { fill: '#f2dfa2', ...trim, tone: 0 })
  running(sketch, [-64, 66, 21])
  lamp(sketch, 97, 14)
}

const DRAW: Readonly<Record<string, (sketch: Sketch) => void>> = {
  tourer: drawTourer,
  roadster: drawRoadster,
  landaulet: drawLandaulet,
  brougham: drawBrougham,
}

const PLAIN: Morph = { word: 'red', base: '#b9382e', dark: '#651a1c', pale: '#f0c089' }

export const car: Plate = {
  family: 'car',
  plural: 'cars',
  ground: 'ground',
  species: [
    {
      id: 'phaeton',
      name: 'phaeton',
      latin: '',
      form: 'tourer',
      morphs: ['red', 'green', 'blue', 'yellow'],
      alike: 'tourer',
    },
    {
      id: 'tourer',
      name: 'tourer',
      latin: '',
      form: 'tourer',
      morphs: ['red', 'green', 'blue', 'yellow'],
      alike: 'phaeton',
    },
    {
      id: 'roadster',
      name: 'roadster',
      latin: '',
      form: 'roadster',
      morphs: ['red', 'green', 'yellow'],
    },
    {
      id: 'landaulet',
      name: 'landaulet',
      latin: '',
      form: 'landaulet',
      morphs: ['blue', 'green', 'red'],
    },
    {
      id: 'brougham',
      name: 'brougham',
      latin: '',
      form: 'brougham',
      morphs: ['green', 'blue', 'yellow'],
    },
  ],
  morphs: {
    red: PLAIN,
    green: { word: 'green', base: '#4a8250', dark: '#1f4128', pale: '#d9d69a' },
    blue: { word: 'blue', base: '#3f6cab', dark: '#1d3563', pale: '#c9d6e2' },
    yellow: { word: 'yellow', base: '#e0b33c', dark: '#8a6216', pale: '#faeab0' },
  },
  poses: {
    'facing-right': 'facing right',
    'facing-left': 'facing left',
  },
  features: {
    tourer: 'an open body and two rows of seats',
    roadster: 'a low open body and a long bonnet',
    landaulet: 'a closed cabin with a canvas rear hood',
    brougham: 'a tall closed cab behind an open seat',
  },
  dims: { up: 76, down: 62, half: 106 },
  draw: (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
    pen.push([pose === 'facing-left' ? -1 : 1, 0, 0, 1, 0, 0])
    DRAW[form]?.({ pen, c: car.morphs[morph] ?? PLAIN, rnd })
    pen.pop()
  },
}
