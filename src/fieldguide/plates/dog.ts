/** Dogs: standing in profile, by build and coat. */
import { dark, light, lum, mix } from '../colour.ts'
import { ell, sample, TAU, tube, wobble, type Point, type Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { outline } from './outline.ts'

interface Build {
  readonly body: string
  readonly far: readonly string[]
  readonly tail: string
  readonly tailWidth: (t: number) => number
  readonly ear: string
  readonly eye: Point
  readonly nose: Point
  readonly mouth: string
  /** Lines of muscle and joints. */
  readonly folds: readonly string[]
}

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

const BUILDS: Readonly<Record<string, Build>> = {
  hound: {
    body: `95,-52 89,-57 78,-60 68,-68 57,-72 48,-67 42,-52 32,-38 12,-34 -8,-41 -30,-43 -52,-35 -68,-20
      -73,-4 -68,14 -64,28 -76,42! -74,52 -70,66 -70,75 -69,80! -52,80! -55,74 -62,68 -63,56 -64,45 -48,30
      -37,14 -22,1 -2,16 18,28 32,26 36,36 36,54 35,70 34,80! 51,80! 49,74 43,68 44,54 47,34 52,16 56,0
      58,-20 64,-38 74,-46 91,-46`,
    far: [
      '-50,10 -30,14 -42,34 -50,44 -46,58 -44,72 -34,80! -52,80! -54,60 -58,44',
      '40,10 58,4 58,40 57,70 66,80! 50,80! 50,60 46,36',
    ],
    tail: '-69,-16 -84,6 -91,34 -86,52 -76,54',
    tailWidth: (t) => 7 - 5 * t,
    ear: '56,-70 46,-68 38,-60 42,-55 50,-60 57,-64',
    eye: [70, -60],
    nose: [92.5, -52],
    mouth: '91,-48 82,-49 74,-50',
    folds: [
      '-34,-26 -30,-4 -38,14',
      '-26,-20 -18,-4 -20,2',
      '34,-28 26,-6 34,22',
      '-56,10 -52,24 -64,42',
      '10,0 14,14 22,24',
      '2,-2 5,10 12,20',
    ],
  },
  dachshund: {
    body: `97,8 91,1 78,-3 68,-12 56,-16 46,-9 40,6 30,17 8,20 -20,21 -50,20 -74,24 -87,35 -89,50 -84,60
      -87,71 -88,80! -68,80! -70,74 -72,66 -60,60 -46,56 -18,62 8,67 22,67 24,73 21,80! 42,80! 40,74 37,70
      42,62 52,55 58,42 61,30 66,19 78,17 94,15`,
    far: ['-66,54 -48,54 -52,66 -48,80! -64,80! -64,66', '36,58 54,54 50,68 56,80! 42,80! 42,68'],
    tail: '-84,34 -95,24 -101,6 -103,-6',
    tailWidth: (t) => 8 - 6 * t,
    ear: '58,-12 48,-13 41,-2 38,14 42,28 50,31 57,24 59,10',
    eye: [72, -3],
    nose: [94, 7],
    mouth: '93,12 84,13 74,12',
    folds: ['-56,28 -52,44 -60,58', '34,24 26,44 34,64', '-30,54 -16,58 0,62', '50,36 46,50 40,60'],
  },
  shepherd: {
    body: `98,-48 93,-54 82,-57 73,-67 65,-71 57,-99! 46,-74 38,-58 24,-42 4,-35 -20,-30 -46,-24 -64,-13
      -74,4 -72,20 -65,34 -78,50! -76,60 -73,70 -72,80! -53,80! -56,74 -63,67 -61,53 -46,38 -34,25 -8,30
      16,35 28,31 32,46 32,64 30,80! 49,80! 47,74 41,67 45,46 51,24 57,6 60,-14 64,-30 70,-40 80,-41 95,-42`,
    far: [
      '-50,20 -30,20 -40,40 -46,52 -42,66 -32,80! -50,80! -52,66 -58,52',
      '40,16 58,10 58,42 57,70 66,80! 50,80! 50,62 46,36',
      '62,-68 71,-97! 78,-64 70,-60',
    ],
    tail: '-72,2 -86,22 -90,48 -80,68',
    tailWidth: (t) => 9 + 13 * Math.sin(Math.PI * Math.min(1, t * 0.85 + 0.1)) * (1 - t * 0.5),
    ear: '56,-92 49,-74 54,-66 61,-71',
    eye: [74, -57],
    nose: [95.5, -48],
    mouth: '94,-44.5 84,-45 74,-48',
    folds: ['-32,-14 -28,8 -36,24', '34,-30 26,-4 34,30', '-56,16 -52,30 -63,50'],
  },
}

/** Marks that show on the coat in every medium. */
const marking = (c: Morph): string => (lum(c.base) < 0.35 ? c.pale : dark(c.dark, 0.35))

const drawFace = ({ pen, c }: Sketch, build: Pick<Build, 'eye' | 'nose' | 'mouth'>): void => {
  const [x, y] = build.eye
  const [nx, ny] = build.nose
  const inked = lum(c.base) < 0.35 ? light(c.base, 0.5) : dark(c.base, 0.6)
  pen.strokes([outline(build.mouth)], { w: 1.3, color: inked, taper: [0.9, 0.3] })
  pen.shape(ell(x, y, 4.6, 3.8, 0.2, 10), {
    fill: mix(c.pale, c.base, 0.4),
    edge: 0,
    flat: true,
    hatch: false,
  })
  pen.shape(ell(x, y, 3.3, 3.1, 0, 8), {
    fill: '#231915',
    edge: 0,
    flat: true,
    hatch: false,
    tone: 1,
  })
  pen.spots([ell(x - 1, y - 1.1, 1, 1, 0, 6)], { fill: '#fffaf0' })
  pen.shape(ell(nx, ny, 4.8, 4, 0.3, 9), {
    fill: '#2a2120',
    edge: 0.5,
    shade: 0.5,
    hatch: false,
    tone: 1,
  })
}

const drawToes = (pen: Pen, body: Points): void => {
  const feet = body.filter((p) => p[1] >= 79.5 && p[2])
  const marks: Point[][] = []
  for (let i = 1; i < feet.length; i += 2) {
    const front = Math.max(feet[i]?.[0] ?? 0, feet[i - 1]?.[0] ?? 0)
    for (const d of [4, 8])
      marks.push([
        [front - d, 80],
        [front - d - 0.5, 75],
      ])
  }
  pen.strokes(marks, { w: 0.9, color: '#2c221d', op: 0.8 })
}

const drawSaddle = ({ pen, c, rnd }: Sketch): void => {
  const deep = mix(c.dark, '#1d1716', 0.45)
  const saddle = wobble(
    outline(
      `40,-52 26,-41 4,-34 -20,-29 -46,-23 -63,-12 -70,4 -60,12 -46,2 -28,10 -8,4 10,8 24,-6 36,-14 44,-34`,
    ),
    1.5,
    rnd,
  )
  pen.shape(saddle, { fill: deep, edge: 0, shade: 0.35, tone: 0.8 })
  pen.fringe(sample(saddle, true, 4), {
    gap: 4,
    len: 9,
    w: 1.1,
    color: deep,
    flow: () => 2.4,
    rnd,
    out: 0.3,
  })
  pen.shape(outline('97,-50 92,-54 82,-56 76,-50 78,-43 94,-42'), {
    fill: deep,
    edge: 0,
    shade: 0.3,
    hatch: false,
    tone: 0.75,
  })
}

const drawBuilt = (sketch: Sketch, form: string): void => {
  const { pen, c, rnd, j } = sketch
  const build = BUILDS[form]
  if (!build) return
  const shaggy = form === 'shepherd'
  const far = mix(c.base, c.dark, 0.45)
  for (const leg of build.far)
    pen.shape(wobble(outline(leg), 0.5, rnd), { fill: far, edge: 0.9, shade: 0.5, hatch: false })
  const tail = outline(build.tail).map(([x, y], i): Point => [x + j(i), y + j(i)])
  const tailForm = tube(tail, build.tailWidth, 6)
  pen.shape(tailForm, {
    fill: shaggy ? mix(c.base, c.dark, 0.5) : c.base,
    edge: 1,
    smooth: false,
    shade: 0.7,
  })
  if (shaggy)
    pen.fringe(tailForm, { gap: 4, len: 8, w: 1, color: far, flow: () => 1.9, rnd, out: 0.4 })
  const body = wobble(outline(build.body), 0.7, rnd)
  if (shaggy)
    pen.fringe(sample(body, true, 4), {
      gap: 4.5,
      len: 6,
      w: 1.1,
      color: mix(c.base, c.dark, 0.4),
      flow: () => 2.2,
      rnd,
      out: 0.3,
      to: 0.5,
    })
  pen.shape(body, { fill: c.base, edge: 1.1, shade: 0.75, angle: 1.1, bend: 0.25 })
  const contour = sample(body, true, 4)
  if (shaggy) drawSaddle(sketch)
  else if (rnd.chance(0.5) && form === 'hound')
    pen.shape(outline('50,16 54,0 55,-16 50,-8 45,6 44,18'), {
      fill: light(c.pale, 0.3),
      edge: 0,
      shade: 0.2,
      hatch: false,
      tone: 0,
    })
  pen.fleece(contour, {
    gap: shaggy ? 9 : 12,
    len: shaggy ? 9 : 6,
    w: 0.6,
    color: marking(c),
    op: 0.4,
    flow: (x, y) => (y > 30 ? 1.6 : x > 45 ? 2.6 : 2.9),
    rnd,
  })
  const fold = mix(marking(c), c.base, 0.15)
  pen.strokes(
    build.folds.map((text) => wobble(outline(text), 0.8, rnd)),
    { w: 1.3, color: fold, op: 0.75 },
  )
  drawToes(pen, body)
  const earFill = shaggy ? mix(c.pale, c.base, 0.5) : mix(c.base, c.dark, 0.35)
  pen.shape(wobble(outline(build.ear), 0.5, rnd), {
    fill: earFill,
    edge: 1,
    shade: 0.6,
    hatch: !shaggy,
  })
  drawFace(sketch, build)
}

/** A clipped ball of curls. */
const curls = (
  { pen, c, rnd }: Sketch,
  place: readonly [x: number, y: number, rx: number, ry: number],
): void => {
  const [x, y, rx, ry] = place
  const n = Math.max(7, Math.round((rx + ry) / 3.6))
  const rim: Point[] = []
  for (let i = 0; i < n * 2; i++) {
    const a = (i / (n * 2)) * TAU
    const k = (i % 2 ? 1.06 : 0.93) * rnd.r(0.97, 1.03)
    rim.push([x + Math.cos(a) * rx * k, y + Math.sin(a) * ry * k])
  }
  pen.shape(rim, { fill: c.base, edge: 0.9, shade: 0.75, gap: 1.2 })
  const marks: Point[][] = []
  const count = Math.round((rx * ry) / 26)
  for (let i = 0; i < count; i++) {
    const [a, r] = [i * 2.4, Math.sqrt((i + 0.4) / count) * 0.84]
    const [px, py] = [x + Math.cos(a) * rx * r, y + Math.sin(a) * ry * r]
    const s = rnd.r(2.6, 3.8)
    marks.push([
      [px - s, py],
      [px - s * 0.4, py + s * 0.8],
      [px + s * 0.7, py + s * 0.3],
      [px + s * 0.4, py - s * 0.5],
    ])
  }
  pen.strokes(marks, { w: 0.8, color: marking(c), op: 0.6 })
}

const drawPoodle = (sketch: Sketch): void => {
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

const PLAIN: Morph = { word: 'brown', base: '#9a6434', dark: '#4c2c18', pale: '#dcb98c' }

export const dog: Plate = {
  family: 'dog',
  plural: 'dogs',
  ground: 'ground',
  species: [
    {
      id: 'greyhound',
      name: 'greyhound',
      latin: 'Canis familiaris',
      form: 'hound',
      morphs: ['gray', 'brown', 'black', 'white'],
      alike: 'whippet',
    },
    {
      id: 'whippet',
      name: 'whippet',
      latin: 'Canis familiaris',
      form: 'hound',
      morphs: ['gray', 'brown', 'black', 'white'],
      alike: 'greyhound',
    },
    {
      id: 'dachshund',
      name: 'dachshund',
      latin: 'Canis familiaris',
      form: 'dachshund',
      morphs: ['brown', 'black'],
    },
    {
      id: 'standard-poodle',
      name: 'standard poodle',
      latin: 'Canis familiaris',
      form: 'poodle',
      morphs: ['white', 'black', 'brown', 'gray'],
    },
    {
      id: 'german-shepherd',
      name: 'German shepherd',
      latin: 'Canis familiaris',
      form: 'shepherd',
      morphs: ['brown', 'gray'],
    },
  ],
  morphs: {
    brown: PLAIN,
    black: { word: 'black', base: '#3b3638', dark: '#191618', pale: '#a49a96' },
    white: { word: 'white', base: '#f1ebdf', dark: '#a39a8c', pale: '#fffdf7' },
    gray: { word: 'gray', base: '#8b8f96', dark: '#474a52', pale: '#d4d6d8' },
  },
  poses: {
    'facing-right': 'standing, facing right',
    'facing-left': 'standing, facing left',
  },
  features: {
    hound: 'a deep chest, a long muzzle and a thin tail',
    dachshund: 'a long low body, short legs and hanging ears',
    poodle: 'clipped balls of curls on head, legs and tail',
    shepherd: 'upright ears, a dark saddle and a bushy tail',
  },
  dims: { up: 100, down: 80, half: 104 },
  draw: (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
    pen.push([pose === 'facing-left' ? -1 : 1, 0, 0, 1, 0, 0])
    const j = (amount: number): number => rnd.r(-amount, amount)
    const sketch: Sketch = { pen, c: dog.morphs[morph] ?? PLAIN, rnd, j }
    if (form === 'poodle') drawPoodle(sketch)
    else drawBuilt(sketch, form)
    pen.pop()
  },
}
