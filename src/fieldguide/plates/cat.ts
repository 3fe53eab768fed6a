/** Cats: sitting, with the face turned towards the reader. */
import { dark, light, lum, mix } from '../colour.ts'
import {
  clamp,
  ell,
  inside,
  lerp,
  sample,
  scatter,
  tube,
  wobble,
  type Point,
  type Points,
} from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { outline } from './outline.ts'

interface Build {
  /** Breadth of the body and of the limbs. */
  readonly breadth: number
  readonly limb: number
  /** Head: centre, half sizes, and how much it narrows to the chin. */
  readonly head: readonly [x: number, y: number, rx: number, ry: number, wedge: number]
  /** Height and half width of the ears. */
  readonly ear: readonly [height: number, width: number]
  readonly tail: string
  readonly tailWidth: (t: number) => number
}

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly form: string
  readonly build: Build
  readonly mark: string
}

const BUILDS: Readonly<Record<string, Build>> = {
  tabby: {
    breadth: 1.06,
    limb: 1.08,
    head: [16, -54, 35, 30, 0.1],
    ear: [25, 13],
    tail: '-40,82 -66,86 -84,70 -86,44 -78,28',
    tailWidth: (t) => 15 - 3 * t,
  },
  spotted: {
    breadth: 0.94,
    limb: 1,
    head: [16, -60, 28, 25, 0.25],
    ear: [26, 12],
    tail: '-38,82 -64,88 -84,68 -84,36 -70,18',
    tailWidth: (t) => 12 - 3 * t,
  },
  longhair: {
    breadth: 1.12,
    limb: 1.1,
    head: [16, -54, 31, 28, 0.2],
    ear: [36, 13],
    tail: '-36,80 -66,84 -88,58 -84,20 -66,0',
    tailWidth: (t) => 13 + 22 * Math.sin(Math.PI * clamp(t * 0.9 + 0.06)) * (0.6 + 0.4 * t),
  },
  siamese: {
    breadth: 0.78,
    limb: 0.78,
    head: [14, -61, 24, 25, 0.5],
    ear: [37, 16],
    tail: '-30,84 -58,90 -80,74 -84,40 -76,12 -66,4',
    tailWidth: (t) => 8.5 - 4 * t,
  },
  sphynx: {
    breadth: 0.84,
    limb: 0.84,
    head: [16, -58, 26, 25, 0.42],
    ear: [42, 21],
    tail: '-34,84 -60,90 -82,70 -80,34 -64,16 -54,26',
    tailWidth: (t) => 8 - 6 * t,
  },
}

const bare: ShapeOptions = { flat: true, edge: 0, hatch: false }

/** A darker or lighter mark that shows in every medium. */
const marking = (c: Morph): string => (lum(c.base) < 0.35 ? c.pale : dark(c.dark, 0.2))

const bands = (spine: Points, width: (t: number) => number, count: number): Point[][] => {
  const line = sample(spine, false, 8)
  const out: Point[][] = []
  for (let i = 1; i <= count; i++) {
    const t = i / (count + 0.6)
    const at = Math.floor(t * (line.length - 2))
    const [p, q] = [line[at] ?? [0, 0], line[at + 1] ?? [0, 1]]
    const l = Math.hypot(q[0] - p[0], q[1] - p[1]) || 1
    const h = width(t) * 0.46
    const [nx, ny] = [(-(q[1] - p[1]) / l) * h, ((q[0] - p[0]) / l) * h]
    out.push([
      [p[0] + nx, p[1] + ny],
      [p[0] + (q[0] - p[0]) * 0.6, p[1] + (q[1] - p[1]) * 0.6],
      [p[0] - nx, p[1] - ny],
    ])
  }
  return out
}

const leg = (sketch: Sketch, spine: Points, fill: string): void => {
  const { pen, c, form, build, mark, rnd } = sketch
  const width = (t: number): number =>
    lerp(22, 13, t) * build.limb * Math.sqrt(clamp(0.1 + t / 0.14))
  const foot = spine[spine.length - 1] ?? [0, 0]
  pen.shape(tube(spine, width, 7), { fill, edge: 0.8, smooth: false, shade: 0.6, angle: 1.2 })
  if (form === 'tabby')
    pen.strokes(bands(spine, width, 5), { w: 2.6, color: mark, op: 0.8, taper: [0.7, 0.4] })
  if (form === 'spotted')
    pen.spots(
      bands(spine, width, 5).map((b) =>
        ell((b[0]?.[0] ?? 0) - 3 - rnd.r(2, 8), b[0]?.[1] ?? 0, 3, 2.4, 0.3, 7),
      ),
      { fill: mark, op: 0.85 },
    )
  const w = 10 * build.limb
  const [x, y] = [foot[0] + 3, 90]
  const paw =
    form === 'siamese' ? mix(c.dark, c.base, 0.1) : form === 'longhair' ? light(c.pale, 0.2) : fill
  pen.shape(
    outline(`${x - w},${y}! ${x - w},${y - 8} ${x},${y - 11} ${x + w},${y - 8} ${x + w + 1},${y}!`),
    { fill: paw, edge: 0.9, shade: 0.5, hatch: false },
  )
  pen.strokes(
    [-0.35, 0.3].map((k): Point[] => [
      [x + w * k, y],
      [x + w * k, y - 5],
    ]),
    { w: 1, color: dark(paw, 0.6) },
  )
}

const drawCoat = (sketch: Sketch, body: Points): void => {
  const { pen, c, form, mark, rnd, build } = sketch
  const inner = sample(body, true, 4)
  if (form === 'tabby') {
    const stripes: Point[][] = []
    for (let i = 0; i < 8; i++) {
      const y = -18 + i * 12 + rnd.r(-1.5, 1.5)
      const reach = 20 + rnd.r(0, 14)
      const start = inner
        .filter((p) => Math.abs(p[1] - y) < 5)
        .reduce((m, p) => Math.min(m, p[0]), 0)
      stripes.push([
        [start + 2, y - 3],
        [start + reach * 0.6, y + 3],
        [start + reach, y + 12],
      ])
    }
    pen.strokes(stripes, { w: 4.2, color: mark, op: 0.85, taper: [0.9, 0.1] })
  } else if (form === 'spotted') {
    const spots = scatter(inner, 14, rnd).filter(
      ([x, y]) => x < 20 && inside(inner, x - 7, y) && inside(inner, x, y + 6),
    )
    pen.spots(
      spots.map(([x, y]) => wobble(ell(x, y, 5.4, 4, rnd.r(0.2, 1.2), 8), 0.7, rnd)),
      { fill: mark, op: 0.9 },
    )
    pen.spots(
      spots.filter(() => rnd.chance(0.6)).map(([x, y]) => ell(x, y, 2.2, 1.6, 0.5, 6)),
      { fill: c.base },
    )
  } else if (form === 'sphynx') {
    const folds: Point[][] = []
    for (let i = 0; i < 7; i++) {
      const y = -26 + i * 9
      folds.push([
        [-22 - i * 2.5, y + rnd.r(-1, 1)],
        [-4, y + 7],
        [20, y + rnd.r(-2, 2)],
      ])
    }
    pen.strokes(folds.slice(0, 5), { w: 1.1, color: marking(c), op: 0.6 })
    return
  }
  const long = form === 'longhair'
  pen.fleece(inner, {
    gap: long ? 11 : 13,
    len: long ? 13 : 6,
    w: 0.7,
    color: marking(c),
    op: 0.45,
    flow: (x) => 1.75 - x * 0.006,
    rnd,
    test: (_, y) => y > -20,
  })
  if (build.breadth < 0.8) return
  const bib = wobble(outline('6,-32 30,-28 36,0 34,30 24,44 12,30 4,0'), 1, rnd)
  pen.shape(bib, {
    fill: long ? light(c.pale, 0.15) : mix(c.base, c.pale, 0.5),
    edge: 0,
    shade: 0.3,
    hatch: false,
  })
  if (long)
    pen.fringe(sample(bib, true, 4), {
      gap: 5,
      len: 12,
      w: 1.1,
      color: mix(c.pale, c.dark, 0.4),
      flow: (x) => 1.57 + (18 - x) * 0.02,
      rnd,
      out: 0.3,
    })
}

const drawEars = (sketch: Sketch): void => {
  const { pen, c, form, build, rnd } = sketch
  const [hx, hy, rx, ry] = build.head
  const [height, width] = build.ear
  for (const s of [-1, 1]) {
    const [x, y] = [hx + s * rx * 0.62, hy - ry * 0.5]
    const out = form === 'sphynx' ? 21 : form === 'siamese' ? 16 : 6
    const tip: Point = [x + s * out, y - height, 1]
    const fill = form === 'siamese' ? c.dark : mix(c.base, c.dark, 0.12)
    pen.shape(
      wobble(
        [
          [hx + s * 1.5, y - 3],
          [x - s * width * 0.35, y - height * 0.62],
          tip,
          [x + s * (width * 0.6 + out * 0.35), y - height * 0.3],
          [x + s * width * 0.9, y + 8],
        ],
        0.6,
        rnd,
      ),
      { fill, edge: 1, shade: 0.6, hatch: false },
    )
    pen.shape(
      [
        [x - s * width * 0.5, y - 2],
        [x + s * out * 0.5, y - height * 0.55],
        [x + s * out * 0.85, y - height * 0.8, 1],
        [x + s * width * 0.65, y - height * 0.2],
        [x + s * width * 0.5, y + 4],
      ],
      {
        fill: form === 'siamese' ? mix(c.dark, '#d59a90', 0.35) : '#d9a096',
        edge: 0,
        shade: 0.4,
        hatch: false,
        tone: 0.25,
      },
    )
    if (form === 'longhair')
      pen.strokes(
        [-1, 0, 1].map((k): Point[] => [
          [x + k * 4, y],
          [x + s * 3 + k * 3, y - height * 0.4],
          [tip[0] + k * 3, tip[1] - (k ? 2 : 9)],
        ]),
        { w: 1.1, color: marking(c), op: 0.85, taper: [0.8, 0.1] },
      )
  }
}

const drawMask = (sketch: Sketch, contour: Points): void => {
  const { pen, c, form, build, mark, rnd } = sketch
  const [hx, hy, rx, ry] = build.head
  if (form === 'siamese') {
    pen.shape(
      wobble(
        outline(
          `${hx},${hy - ry * 0.62} ${hx + 12},${hy - ry * 0.3} ${hx + 16},${hy + ry * 0.3} ${hx + 8},${hy + ry * 0.92} ${hx - 8},${hy + ry * 0.92} ${hx - 16},${hy + ry * 0.3} ${hx - 12},${hy - ry * 0.3}`,
        ),
        0.7,
        rnd,
      ),
      { fill: c.dark, edge: 0, shade: 0.4, hatch: false, tone: 0.75 },
    )
    return
  }
  if (form === 'sphynx') {
    pen.strokes(
      [-1, 0, 1].map((k): Point[] => [
        [hx + k * 8, hy - ry * 0.85],
        [hx + k * 6 + 1, hy - ry * 0.6],
        [hx + k * 5, hy - ry * 0.4],
      ]),
      { w: 1, color: marking(c), op: 0.7 },
    )
    return
  }
  const away = (x: number, y: number): number => Math.atan2(y - hy, x - hx)
  pen.fleece(contour, {
    gap: 10,
    len: form === 'longhair' ? 8 : 5,
    w: 0.6,
    color: marking(c),
    op: 0.45,
    flow: away,
    rnd,
  })
  if (form === 'longhair') return
  const brow = [-1, -0.33, 0.33, 1].map((k): Point[] => [
    [hx + k * 11, hy - ry * 0.92],
    [hx + k * 10, hy - ry * 0.65],
    [hx + k * 6.5, hy - ry * 0.42],
  ])
  const cheek = [-1, 1].flatMap((s) =>
    [0, 1, 2].map((i): Point[] => [
      [hx + s * rx * 0.96, hy - 2 + i * 7],
      [hx + s * rx * 0.8, hy + 2 + i * 6],
      [hx + s * rx * 0.62, hy + 3 + i * 5],
    ]),
  )
  pen.strokes([...brow, ...cheek], {
    w: form === 'tabby' ? 3 : 2.2,
    color: mark,
    op: 0.85,
    taper: [0.8, 0.2],
  })
}

const drawHead = (sketch: Sketch): void => {
  const { pen, c, form, build, rnd } = sketch
  const [hx, hy, rx, ry, wedge] = build.head
  drawEars(sketch)
  const head = wobble(
    ell(0, 0, 1, 1, 0, 16).map(([x, y]): Point => [
      hx + x * rx * (1 - wedge * Math.max(0, y) * 0.75),
      hy + y * ry * (y > 0 ? 1 + wedge * 0.12 : 0.94),
    ]),
    0.6,
    rnd,
  )
  const contour = sample(head, true, 4)
  if (form === 'longhair' || form === 'tabby')
    pen.fringe(contour, {
      gap: form === 'tabby' ? 7 : 5,
      len: form === 'tabby' ? 4 : 10,
      w: 1,
      color: mix(c.base, c.dark, 0.5),
      flow: (x) => (x > hx ? 0.9 : 2.2),
      rnd,
      from: 0.02,
      to: 0.48,
      out: 0.5,
    })
  pen.shape(head, { fill: c.base, edge: 0.9, shade: 0.6, angle: 0.5 })
  drawMask(sketch, contour)
  const muzzle = form === 'siamese' ? mix(c.dark, c.base, 0.12) : mix(c.base, c.pale, 0.65)
  const my = hy + ry * 0.5
  for (const s of [-1, 1])
    pen.shape(ell(hx + s * rx * 0.19, my, rx * 0.26, ry * 0.25, 0, 10), {
      fill: muzzle,
      edge: 0,
      shade: 0.3,
      hatch: false,
    })
  const line = lum(muzzle) < 0.35 ? light(muzzle, 0.5) : dark(muzzle, 0.7)
  pen.strokes(
    [
      [
        [hx - rx * 0.3, my + ry * 0.2],
        [hx - rx * 0.12, my + ry * 0.24],
        [hx, my + ry * 0.06],
        [hx + rx * 0.12, my + ry * 0.24],
        [hx + rx * 0.3, my + ry * 0.2],
      ],
      [
        [hx, my - 2],
        [hx, my + 1],
        [hx, my + ry * 0.1],
      ],
    ],
    { w: 1.1, color: line, taper: [0.4, 0.4] },
  )
  pen.shape(
    [
      [hx - 4, my - 7],
      [hx + 4, my - 7],
      [hx, my - 2],
    ],
    {
      fill: form === 'siamese' ? '#3a2a28' : '#c9807a',
      edge: 0.6,
      shade: 0.3,
      hatch: false,
      tone: 0.6,
    },
  )
  const iris =
    form === 'siamese'
      ? '#6fb3e0'
      : form === 'sphynx'
        ? '#a9c77a'
        : lum(c.base) < 0.35
          ? '#e3b63a'
          : '#d99a2e'
  for (const s of [-1, 1]) {
    const [x, y] = [hx + s * rx * 0.44, hy - ry * 0.04]
    const w = rx * 0.235
    pen.shape(
      [
        [x - w, y + s * 1.6],
        [x - w * 0.3, y - w * 0.85],
        [x + w * 0.5, y - w * 0.8],
        [x + w, y - s * 1.6],
        [x + w * 0.3, y + w * 0.75],
        [x - w * 0.5, y + w * 0.75],
      ],
      { fill: iris, edge: 1.2, shade: 0.3, hatch: false, line: '#231814', tone: 0 },
    )
    pen.shape(ell(x, y, w * 0.26, w * 0.72, 0, 8), { ...bare, fill: '#140e0c', tone: 1 })
    pen.spots([ell(x - w * 0.3, y - w * 0.35, w * 0.2, w * 0.2, 0, 6)], { fill: '#fffaf0' })
    if (form === 'sphynx') continue
    const whisker = lum(c.base) < 0.35 ? '#efe6d8' : '#6b5a4c'
    pen.strokes(
      [0, 1, 2].map((i): Point[] => [
        [hx + s * rx * 0.3, my - 1 + i * 2.5],
        [hx + s * rx * 0.9, my - 5 + i * 5],
        [hx + s * rx * 1.45, my - 7 + i * 9],
      ]),
      { w: 0.6, color: whisker, op: 0.9 },
    )
  }
}

const drawCat = (sketch: Sketch): void => {
  const { pen, c, form, build, mark, rnd } = sketch
  const k = build.breadth
  const point = form === 'siamese'
  const tail = outline(build.tail)
  const tailForm = tube(tail, build.tailWidth, 7)
  const tailFill = point ? c.dark : form === 'longhair' ? mix(c.base, c.dark, 0.12) : c.base
  if (form === 'longhair')
    pen.fringe(tailForm, {
      gap: 5.5,
      len: 11,
      w: 1.1,
      color: mix(c.base, c.dark, 0.5),
      flow: (_, y) => (y > 70 ? 3 : -1.3),
      rnd,
      out: 0.5,
    })
  pen.shape(tailForm, { fill: tailFill, edge: 0.9, smooth: false, shade: 0.7 })
  if (form === 'tabby' || form === 'spotted')
    pen.strokes(bands(tail, build.tailWidth, 7), { w: 3, color: mark, op: 0.85, taper: [0.8, 0.8] })
  const limbFill = point ? mix(c.base, c.dark, 0.75) : c.base
  leg(
    sketch,
    [
      [24 * k, 6],
      [33 * k, 50],
      [35 * k, 84],
    ],
    mix(limbFill, c.dark, 0.3),
  )
  const body = wobble(
    outline(
      '6,-38 24,-30 34,-2 37,34 30,66 12,84 -14,90 -40,90 -55,76 -58,52 -48,18 -30,-12 -12,-32',
    ).map(([x, y]): Point => [x * k, y]),
    1,
    rnd,
  )
  if (form !== 'sphynx')
    pen.fringe(sample(body, true, 4), {
      gap: form === 'longhair' ? 6 : 9,
      len: form === 'longhair' ? 11 : 4,
      w: 1,
      color: mix(c.base, c.dark, 0.5),
      flow: () => 2.1,
      rnd,
      from: 0.62,
      out: 0.35,
    })
  pen.shape(body, { fill: c.base, edge: 0.9, shade: 0.75, angle: 1.1, bend: 0.2 })
  drawCoat(sketch, body)
  const haunch = wobble(ell(-26 * k, 60, 27 * k, 29, -0.3, 13), 0.8, rnd)
  const bow = haunch.slice(7).concat(haunch.slice(0, 3))
  pen.strokes([bow], { w: 1.5, color: marking(c), op: 0.8 })
  const [fx, fw] = [-10 * k, 22 * build.limb]
  pen.shape(
    outline(
      `${fx - fw},90! ${fx - fw * 0.7},82 ${fx + fw * 0.4},79 ${fx + fw},84 ${fx + fw + 2},90!`,
    ),
    {
      fill: point ? c.dark : form === 'longhair' ? light(c.pale, 0.2) : mix(c.base, c.pale, 0.15),
      edge: 0.9,
      shade: 0.5,
      hatch: false,
    },
  )
  leg(
    sketch,
    [
      [10 * k, 10],
      [15 * k, 52],
      [17 * k, 84],
    ],
    limbFill,
  )
  drawHead(sketch)
}

const PLAIN: Morph = { word: 'gray', base: '#8f949b', dark: '#454a53', pale: '#d9dcdc' }

export const cat: Plate = {
  family: 'cat',
  plural: 'cats',
  ground: 'ground',
  species: [
    {
      id: 'maine-coon',
      name: 'Maine coon',
      latin: 'Felis catus',
      form: 'longhair',
      morphs: ['orange', 'gray', 'black'],
      alike: 'norwegian-forest-cat',
    },
    {
      id: 'norwegian-forest-cat',
      name: 'Norwegian forest cat',
      latin: 'Felis catus',
      form: 'longhair',
      morphs: ['orange', 'gray', 'black'],
      alike: 'maine-coon',
    },
    {
      id: 'american-shorthair',
      name: 'American shorthair',
      latin: 'Felis catus',
      form: 'tabby',
      morphs: ['gray', 'orange', 'cream'],
    },
    {
      id: 'bengal-cat',
      name: 'Bengal cat',
      latin: 'Felis catus',
      form: 'spotted',
      morphs: ['orange', 'gray', 'cream'],
    },
    {
      id: 'siamese-cat',
      name: 'Siamese cat',
      latin: 'Felis catus',
      form: 'siamese',
      morphs: ['cream', 'gray'],
    },
    {
      id: 'sphynx-cat',
      name: 'sphynx cat',
      latin: 'Felis catus',
      form: 'sphynx',
      morphs: ['cream', 'gray', 'black'],
    },
  ],
  morphs: {
    gray: PLAIN,
    orange: { word: 'orange', base: '#d98a3d', dark: '#8f4a1b', pale: '#f6dcb4' },
    black: { word: 'black', base: '#3a3638', dark: '#1a1719', pale: '#a39a98' },
    cream: { word: 'cream', base: '#ecd9b6', dark: '#6e4a35', pale: '#fbf3e0' },
  },
  poses: {
    'facing-right': 'sitting, its body turned to the right',
    'facing-left': 'sitting, its body turned to the left',
  },
  features: {
    longhair: 'long shaggy fur, a bushy tail and tufted ears',
    tabby: 'a broad round head and bold tabby stripes on its coat, legs and tail',
    spotted: 'a short coat covered with dark rosettes, and a ringed tail',
    siamese: 'a slender body with a dark face, dark ears, legs and tail, and blue eyes',
    sphynx: 'a hairless wrinkled body, huge ears and a thin whip-like tail',
  },
  dims: { up: 116, down: 90, half: 92 },
  draw: (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
    const build = BUILDS[form]
    if (!build) return
    const c = cat.morphs[morph] ?? PLAIN
    pen.push([pose === 'facing-left' ? -1 : 1, 0, 0, 1, 0, 0])
    drawCat({ pen, c, rnd, form, build, mark: dark(c.dark, 0.15) })
    pen.pop()
  },
}
