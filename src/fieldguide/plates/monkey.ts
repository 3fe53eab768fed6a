/** Monkeys: seated, with the face turned towards the reader. */
import { dark, light, lum, mix } from '../colour.ts'
import { clamp, ell, lerp, sample, tube, wobble, type Point, type Points } from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { outline } from './outline.ts'

interface Build {
  readonly tail: string
  readonly tailWidth: readonly [number, number]
  readonly body: string
  readonly arm: string
  readonly farArm: string
  readonly armWidth: readonly [number, number]
  /** Thigh: centre, half sizes, turn. */
  readonly thigh: readonly [x: number, y: number, rx: number, ry: number, turn: number]
  readonly foot: Point
  /** Head: centre and half sizes. */
  readonly head: readonly [x: number, y: number, rx: number, ry: number]
  /** Half size of the ears. */
  readonly ear: number
}

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
  readonly form: string
  readonly build: Build
  readonly skin: string
}

const STOUT: Build = {
  tail: '-38,74 -56,76 -62,62 -58,52',
  tailWidth: [11, 7],
  body: '2,-40 26,-30 36,-4 36,34 26,72 4,88 -26,90 -48,76 -52,44 -46,6 -30,-26',
  arm: '6,-18 16,18 34,44 46,80',
  farArm: '28,-16 42,16 48,44 60,76',
  armWidth: [26, 13],
  thigh: [-10, 60, 33, 25, -0.5],
  foot: [12, 90],
  head: [14, -58, 30, 29],
  ear: 7,
}

const BUILDS: Readonly<Record<string, Build>> = {
  macaque: STOUT,
  mandrill: {
    ...STOUT,
    tail: '-40,66 -52,58 -56,46',
    tailWidth: [10, 6],
    head: [16, -58, 33, 36],
    ear: 5,
  },
  capuchin: {
    tail: '-28,78 -56,88 -80,70 -80,36 -62,20 -46,32 -52,48 -62,44',
    tailWidth: [11, 5],
    body: '4,-42 22,-34 28,-10 28,28 20,70 2,88 -22,90 -40,76 -42,44 -36,6 -22,-28',
    arm: '4,-22 14,12 24,36 40,52',
    farArm: '20,-20 36,8 44,30 56,46',
    armWidth: [20, 10],
    thigh: [-6, 60, 29, 21, -0.55],
    foot: [12, 90],
    head: [14, -62, 27, 26],
    ear: 7,
  },
  spider: {
    tail: '-22,78 -54,88 -80,66 -84,18 -74,-34 -54,-56 -40,-46 -44,-32 -54,-32',
    tailWidth: [9, 4.5],
    body: '2,-40 16,-34 22,-12 28,24 24,62 6,82 -16,84 -32,72 -32,44 -26,6 -16,-28',
    arm: '0,-24 -6,16 14,44 36,74',
    farArm: '14,-26 44,-34 62,-62 58,-92',
    armWidth: [14, 7.5],
    thigh: [2, 52, 32, 13, -0.85],
    foot: [22, 90],
    head: [8, -62, 20, 21],
    ear: 5,
  },
  tamarin: {
    tail: '-24,78 -52,86 -78,84 -92,66 -96,40',
    tailWidth: [9, 6],
    body: '4,-26 24,-18 32,6 32,40 22,76 0,88 -26,90 -42,76 -44,48 -36,14 -20,-14',
    arm: '10,-4 18,28 28,52 38,80',
    farArm: '28,0 36,28 44,52 52,78',
    armWidth: [17, 9],
    thigh: [-10, 64, 28, 20, -0.5],
    foot: [6, 90],
    head: [16, -44, 27, 25],
    ear: 8,
  },
}

const bare: ShapeOptions = { flat: true, edge: 0, hatch: false }

const limb = (
  sketch: Sketch,
  spine: Points,
  o: { readonly width: readonly [number, number]; readonly fill: string },
): void => {
  const { pen, rnd } = sketch
  const [wide, narrow] = o.width
  const form = tube(spine, (t) => lerp(wide, narrow, t) * Math.sqrt(clamp(0.1 + t / 0.1)), 7)
  const fur = dark(o.fill, 0.4)
  pen.fringe(form, { gap: 12, len: 5, w: 0.9, color: fur, flow: () => 1.8, rnd, out: 0.4 })
  pen.shape(form, { fill: o.fill, edge: 0.9, smooth: false, shade: 0.7, angle: 0.9 })
}

/** Four fingers or toes fanning from a palm. */
const hand = (
  sketch: Sketch,
  at: Point,
  o: { readonly turn: number; readonly fill: string },
): void => {
  const { pen } = sketch
  const digits: Point[][] = []
  for (const k of [-0.6, -0.2, 0.2, 0.6]) {
    const a = o.turn + k
    digits.push(
      tube(
        [
          at,
          [at[0] + Math.cos(a) * 7, at[1] + Math.sin(a) * 7],
          [at[0] + Math.cos(a) * 12, at[1] + Math.sin(a) * 12],
        ],
        [4.6, 3.6],
        2,
      ),
    )
  }
  for (const digit of digits)
    pen.shape(digit, { fill: o.fill, edge: 0.55, smooth: false, shade: 0.4, hatch: false })
  pen.shape(ell(at[0], at[1], 6.5, 5.5, o.turn, 9), {
    fill: o.fill,
    edge: 0,
    shade: 0.4,
    hatch: false,
  })
}

const eyes = (
  { pen }: Sketch,
  at: readonly Point[],
  o: { readonly r: number; readonly iris: string },
): void => {
  for (const [x, y] of at) {
    pen.shape(ell(x, y, o.r * 1.25, o.r * 1.1, 0, 10), { ...bare, fill: '#2b1d17', tone: 1 })
    pen.shape(ell(x, y, o.r, o.r, 0, 9), { ...bare, fill: o.iris, tone: 0.3 })
    pen.shape(ell(x + 0.3, y, o.r * 0.62, o.r * 0.66, 0, 8), { ...bare, fill: '#120d0b', tone: 1 })
    pen.spots([ell(x - o.r * 0.3, y - o.r * 0.4, o.r * 0.3, o.r * 0.3, 0, 6)], { fill: '#fffaf0' })
  }
}

const muzzle = (
  { pen, rnd }: Sketch,
  o: { readonly at: Point; readonly size: number; readonly fill: string },
): void => {
  const [x, y] = o.at
  const s = o.size
  pen.shape(wobble(ell(x, y, s * 1.15, s, 0, 11), 0.4, rnd), {
    fill: o.fill,
    edge: 0.7,
    shade: 0.5,
    hatch: false,
  })
  const line = lum(o.fill) < 0.35 ? light(o.fill, 0.55) : dark(o.fill, 0.7)
  pen.strokes(
    [
      [
        [x - s * 0.75, y + s * 0.3],
        [x, y + s * 0.5],
        [x + s * 0.78, y + s * 0.22],
      ],
    ],
    { w: 1.2, color: line },
  )
  pen.spots(
    [
      ell(x - s * 0.22, y - s * 0.38, s * 0.13, s * 0.19, 0.4, 6),
      ell(x + s * 0.26, y - s * 0.38, s * 0.13, s * 0.19, -0.4, 6),
    ],
    { fill: line },
  )
}

const drawMandrill = (sketch: Sketch): void => {
  const { pen, c, rnd } = sketch
  const [x, y] = [20, -58]
  pen.shape(wobble(ell(x, y + 4, 21, 27, 0, 12), 0.6, rnd), {
    fill: mix(c.base, '#d9b45a', 0.3),
    edge: 0.6,
    shade: 0.4,
  })
  pen.shape(
    outline(
      `${x - 16},${y + 26} ${x},${y + 32} ${x + 16},${y + 26} ${x + 8},${y + 44} ${x},${y + 52}! ${x - 8},${y + 44}`,
    ),
    { fill: '#dba73c', edge: 0.7, shade: 0.5, hatch: false },
  )
  for (const s of [-1, 1]) {
    const ridge = outline(
      `${x + s * 4},${y - 6} ${x + s * 14},${y - 4} ${x + s * 16},${y + 10} ${x + s * 12},${y + 24} ${x + s * 5},${y + 22}`,
    )
    pen.shape(ridge, { fill: '#5b86bd', edge: 0.7, shade: 0.5, hatch: false, tone: 0.3 })
    pen.strokes(
      [0, 1, 2].map((i): Point[] => [
        [x + s * (8 + i * 2.6), y - 2 + i * 2],
        [x + s * (9 + i * 2.2), y + 9],
        [x + s * (8 + i), y + 20],
      ]),
      { w: 1, color: '#2c4a7d', op: 0.8 },
    )
  }
  pen.shape(
    outline(
      `${x - 4},${y - 10} ${x + 4},${y - 10} ${x + 5},${y + 12} ${x + 9},${y + 24} ${x},${y + 30} ${x - 9},${y + 24} ${x - 5},${y + 12}`,
    ),
    { fill: '#cf4034', edge: 0.8, shade: 0.5, hatch: false, tone: 0.55 },
  )
  pen.spots([ell(x - 3.4, y + 24, 1.6, 2, 0, 6), ell(x + 3.4, y + 24, 1.6, 2, 0, 6)], {
    fill: '#2b1715',
  })
  pen.strokes(
    [
      [
        [x - 14, y - 13],
        [x - 6, y - 17],
        [x, y - 14],
        [x + 6, y - 17],
        [x + 14, y - 13],
      ],
    ],
    { w: 3, color: c.dark },
  )
  eyes(
    sketch,
    [
      [x - 8, y - 9],
      [x + 8, y - 9],
    ],
    { r: 3.2, iris: '#a86a2c' },
  )
}

const drawFace = (sketch: Sketch): void => {
  const { pen, c, rnd, form, build, skin } = sketch
  const [hx, hy, rx, ry] = build.head
  const [x, y] = [hx + rx * 0.14, hy + ry * 0.08]
  if (form === 'mandrill') return drawMandrill(sketch)
  if (form === 'capuchin') {
    pen.shape(wobble(ell(x, y + 4, rx * 0.86, ry * 0.82, 0, 12), 0.8, rnd), {
      fill: '#f3e6cd',
      edge: 0.5,
      shade: 0.4,
      hatch: false,
      tone: 0.02,
    })
    pen.shape(
      wobble(
        outline(
          `${x - rx * 0.75},${hy - ry * 0.35} ${x - rx * 0.3},${hy - ry * 0.45} ${x},${hy - ry * 0.12} ${x + rx * 0.35},${hy - ry * 0.45} ${x + rx * 0.72},${hy - ry * 0.3} ${hx + rx * 0.5},${hy - ry * 0.95} ${hx},${hy - ry * 1.05} ${hx - rx * 0.55},${hy - ry * 0.9}`,
        ),
        0.5,
        rnd,
      ),
      { fill: dark(c.dark, 0.25), edge: 0, shade: 0.3, tone: 0.9 },
    )
  } else {
    const plate = form === 'macaque' ? 0.68 : form === 'tamarin' ? 0.72 : 0.76
    pen.fringe(sample(ell(x, y, rx * 0.8, ry * 0.82), true, 3), {
      gap: 5.5,
      len: 6,
      w: 0.9,
      color: c.pale,
      flow: (px, py) => Math.atan2(py - y, px - x),
      rnd,
    })
    pen.shape(wobble(ell(x, y + 2, rx * plate, ry * (plate + 0.04), 0, 12), 0.6, rnd), {
      fill: skin,
      edge: 0.7,
      shade: 0.5,
      hatch: false,
    })
  }
  if (form === 'spider')
    for (const s of [-1, 1])
      pen.shape(ell(x + s * rx * 0.3, y - ry * 0.12, rx * 0.26, ry * 0.24, 0, 10), {
        ...bare,
        fill: '#e7c9a6',
        tone: 0,
      })
  const dx = rx * (form === 'spider' ? 0.3 : 0.33)
  const ey = y - ry * (form === 'capuchin' ? 0.02 : 0.1)
  const size = rx * (form === 'macaque' ? 0.42 : form === 'tamarin' ? 0.3 : 0.38)
  const tone =
    form === 'capuchin' ? '#dcae94' : mix(skin, '#e3b598', form === 'tamarin' ? 0.15 : 0.3)
  muzzle(sketch, { at: [x + 1, y + ry * 0.44], size, fill: tone })
  eyes(
    sketch,
    [
      [x - dx, ey],
      [x + dx, ey],
    ],
    { r: rx * 0.125 + 0.4, iris: form === 'macaque' ? '#b3752f' : '#7a4a24' },
  )
  if (form === 'capuchin') return
  const brow = lum(skin) < 0.35 ? light(skin, 0.3) : dark(skin, 0.45)
  pen.strokes(
    [
      [
        [x - dx * 1.7, ey - 4.4],
        [x - dx * 0.8, ey - 6.6],
        [x, ey - 5],
        [x + dx * 0.8, ey - 6.6],
        [x + dx * 1.7, ey - 4.4],
      ],
    ],
    { w: 1.2, color: brow },
  )
  if (form !== 'tamarin') return
  for (const s of [-1, 1]) {
    const root: Point = [x + s * 3, y + ry * 0.3]
    pen.shape(
      wobble(
        [
          root,
          [x + s * 16, y + ry * 0.2],
          [x + s * 29, y + ry * 0.7],
          [x + s * 34, y + ry * 1.7, 1],
          [x + s * 20, y + ry * 1.05],
          [x + s * 6, y + ry * 0.5],
        ],
        0.8,
        rnd,
      ),
      { fill: '#fbf5e6', edge: 0.8, shade: 0.3, hatch: false, tone: 0 },
    )
    pen.strokes(
      [0.2, 0.5, 0.8].map((k): Point[] => [
        [x + s * 7, y + ry * (0.3 + k * 0.15)],
        [x + s * (16 + 5 * k), y + ry * (0.4 + k * 0.3)],
        [x + s * (22 + 7 * k), y + ry * (0.8 + k * 0.5)],
      ]),
      { w: 0.7, color: '#7d6f60', op: 0.8 },
    )
  }
}

const drawHead = (sketch: Sketch): void => {
  const { pen, c, rnd, form, build, skin } = sketch
  const [hx, hy, rx, ry] = build.head
  for (const s of [-1, 1]) {
    const [ex, ey] = [hx + s * rx * (s > 0 ? 0.94 : 0.98), hy + (form === 'tamarin' ? -4 : 0)]
    pen.shape(ell(ex, ey, build.ear, build.ear * 1.25, s * 0.2, 11), {
      fill: mix(skin, c.dark, 0.2),
      edge: 0.9,
      shade: 0.5,
      hatch: false,
    })
    pen.shape(ell(ex + s, ey, build.ear * 0.5, build.ear * 0.75, s * 0.2, 9), {
      fill: mix(skin, c.dark, 0.5),
      edge: 0,
      shade: 0.2,
      hatch: false,
      tone: 0.7,
    })
  }
  const cap =
    form === 'capuchin' ? '#f0e2c8' : form === 'mandrill' ? mix(c.base, c.dark, 0.15) : c.base
  const head = wobble(ell(hx, hy, rx, ry, 0, 14), 1, rnd)
  const contour = sample(head, true, 4)
  const away = (x: number, y: number): number => Math.atan2(y - hy + 8, x - hx)
  pen.fringe(contour, {
    gap: 6.5,
    len: form === 'mandrill' ? 10 : 6,
    w: 1,
    color: dark(cap, 0.4),
    flow: away,
    rnd,
    out: 0.5,
  })
  pen.shape(head, {
    fill: cap,
    edge: 0.8,
    shade: 0.6,
    angle: 0.5,
    ...(form === 'capuchin' ? { tone: 0.04 } : {}),
  })
  if (form !== 'capuchin')
    pen.fleece(contour, { gap: 9, len: 6, w: 0.7, color: fur(c), op: 0.55, flow: away, rnd })
  drawFace(sketch)
}

/** Fur marks that show in every medium. */
const fur = (c: Morph): string => (lum(c.base) < 0.38 ? c.pale : dark(c.dark, 0.2))

const drawMonkey = (sketch: Sketch): void => {
  const { pen, c, rnd, j, form, build, skin } = sketch
  const far = mix(c.base, c.dark, 0.4)
  const palm = mix(skin, c.dark, 0.35)
  const tail = outline(build.tail).map(([x, y], i): Point => [x + j(i * 0.4), y + j(i * 0.4)])
  limb(sketch, tail, { width: build.tailWidth, fill: mix(c.base, c.dark, 0.15) })
  const reach = outline(build.farArm)
  limb(sketch, reach, { width: build.armWidth, fill: far })
  hand(sketch, reach[reach.length - 1] ?? [0, 0], {
    turn: form === 'spider' ? -1.7 : 0.9,
    fill: palm,
  })
  const [fx, fy] = build.foot
  pen.shape(
    outline(
      `${fx},${fy - 12} ${fx + 26},${fy - 9} ${fx + 38},${fy - 4} ${fx + 38},${fy}! ${fx - 2},${fy}!`,
    ),
    { fill: mix(palm, c.dark, 0.3), edge: 0.8, shade: 0.5, hatch: false },
  )
  const body = wobble(outline(build.body), 1.2, rnd)
  const contour = sample(body, true, 4)
  pen.fringe(contour, {
    from: 0.58,
    gap: 7.5,
    len: 7,
    w: 1,
    color: mix(c.base, c.dark, 0.6),
    flow: () => 1.9,
    rnd,
    out: 0.35,
  })
  pen.shape(body, { fill: c.base, edge: 0.9, shade: 0.75, angle: 1.1, bend: 0.2 })
  const breast =
    form === 'capuchin' ? '#f0e2c8' : mix(c.base, c.pale, form === 'spider' ? 0.25 : 0.6)
  const high = form === 'capuchin' ? 8 : 66
  pen.shape(
    wobble(
      outline(
        `0,-38 20,-30 27,-6 26,${high * 0.5} 20,${high} 6,${high + 6} 0,${high * 0.4} -4,-10`,
      ),
      0.8,
      rnd,
    ),
    {
      fill: breast,
      edge: 0,
      shade: 0.3,
      hatch: false,
      ...(form === 'capuchin' ? { tone: 0.03 } : {}),
    },
  )
  pen.fleece(contour, {
    gap: 12,
    len: 8,
    w: 0.7,
    color: fur(c),
    op: 0.5,
    flow: (x) => 1.9 - x * 0.008,
    rnd,
  })
  const [tx, ty, trx, tr, turn] = build.thigh
  const thigh = wobble(ell(tx, ty, trx, tr, turn, 12), 0.8, rnd)
  pen.shape(thigh, { fill: mix(c.base, c.pale, 0.08), edge: 1, shade: 0.7, angle: 0.4 })
  pen.fleece(sample(thigh, true, 4), {
    gap: 12,
    len: 7,
    w: 0.7,
    color: fur(c),
    op: 0.5,
    flow: () => 2.3,
    rnd,
  })
  const knee: Point = [tx + Math.cos(turn) * trx * 0.72, ty + Math.sin(turn) * trx * 0.72]
  limb(sketch, [knee, [fx + 1, (knee[1] + fy) / 2], [fx - 2, fy - 7]], {
    width: [build.armWidth[0] * 0.62, build.armWidth[1]],
    fill: c.base,
  })
  pen.shape(
    outline(
      `${fx - 9},${fy - 10} ${fx + 4},${fy - 11} ${fx + 22},${fy - 8} ${fx + 31},${fy - 3} ${fx + 30},${fy}! ${fx - 10},${fy}!`,
    ),
    { fill: palm, edge: 0.9, shade: 0.5, hatch: false },
  )
  pen.strokes(
    [0, 6, 12].map((d): Point[] => [
      [fx + 14 + d, fy],
      [fx + 12 + d, fy - 6],
    ]),
    { w: 0.9, color: dark(palm, 0.6) },
  )
  const near = outline(build.arm)
  limb(sketch, near, {
    width: build.armWidth,
    fill: form === 'capuchin' ? mix(c.base, c.dark, 0.1) : mix(c.base, c.pale, 0.1),
  })
  hand(sketch, near[near.length - 1] ?? [0, 0], { turn: 0.8, fill: palm })
  drawHead(sketch)
}

const PLAIN: Morph = { word: 'brown', base: '#8f6640', dark: '#452c1b', pale: '#dcbd90' }
const SKIN: Readonly<Record<string, string>> = {
  macaque: '#e0a08c',
  capuchin: '#e5bca2',
  spider: '#5c4538',
  tamarin: '#4d3b36',
  mandrill: '#6b5548',
}

export const monkey: Plate = {
  family: 'monkey',
  plural: 'monkeys',
  ground: 'ground',
  species: [
    {
      id: 'rhesus-macaque',
      name: 'rhesus macaque',
      latin: 'Macaca mulatta',
      form: 'macaque',
      morphs: ['brown', 'gray'],
      alike: 'assam-macaque',
    },
    {
      id: 'assam-macaque',
      name: 'Assam macaque',
      latin: 'Macaca assamensis',
      form: 'macaque',
      morphs: ['brown', 'gray'],
      alike: 'rhesus-macaque',
    },
    {
      id: 'white-faced-capuchin',
      name: 'white-faced capuchin',
      latin: 'Cebus capucinus',
      form: 'capuchin',
      morphs: ['black', 'brown'],
    },
    {
      id: 'geoffroys-spider-monkey',
      name: "Geoffroy's spider monkey",
      latin: 'Ateles geoffroyi',
      form: 'spider',
      morphs: ['golden', 'black', 'brown'],
    },
    {
      id: 'emperor-tamarin',
      name: 'emperor tamarin',
      latin: 'Saguinus imperator',
      form: 'tamarin',
      morphs: ['gray', 'brown'],
    },
    {
      id: 'mandrill',
      name: 'mandrill',
      latin: 'Mandrillus sphinx',
      form: 'mandrill',
      morphs: ['brown', 'gray'],
    },
  ],
  morphs: {
    brown: PLAIN,
    gray: { word: 'gray', base: '#8d8f90', dark: '#45474b', pale: '#d8d6cc' },
    black: { word: 'black', base: '#3a3535', dark: '#191616', pale: '#9c8f86' },
    golden: { word: 'golden', base: '#cd9a48', dark: '#7a4c1d', pale: '#f0d698' },
  },
  poses: {
    'facing-right': 'sitting, turned to the right',
    'facing-left': 'sitting, turned to the left',
  },
  features: {
    macaque: 'a stout body and a bare pink face',
    capuchin: 'a dark cap, a pale face and a curled tail',
    spider: 'long thin limbs, one of them raised',
    tamarin: 'a dark face with a long white moustache',
    mandrill: 'a red nose between blue ridges',
  },
  dims: { up: 102, down: 90, half: 84 },
  draw: (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
    pen.push([pose === 'facing-left' ? -1 : 1, 0, 0, 1, 0, 0])
    const j = (amount: number): number => rnd.r(-amount, amount)
    drawMonkey({
      pen,
      c: monkey.morphs[morph] ?? PLAIN,
      rnd,
      j,
      form,
      build: BUILDS[form] ?? STOUT,
      skin: SKIN[form] ?? '#c79a80',
    })
    pen.pop()
  },
}
