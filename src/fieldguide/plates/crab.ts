/** Crabs seen from the front and above: shore crabs, fiddlers, swimming crabs and spider crabs. */
import { dark, light, mix } from '../colour.ts'
import {
  ell,
  inside,
  lerp,
  mat,
  mirror,
  nth,
  row,
  sample,
  scatter,
  tube,
  wobble,
} from '../geometry.ts'
import type { Point, Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'

interface Claw {
  /** Shoulder, elbow and wrist; the hand grows from the wrist. */
  readonly arm: Points
  readonly width: readonly [number, number]
  readonly size: number
  readonly turn: number
}

/** Drawn with the larger claw on the right; legs are right ones, mirrored for the left. */
interface Anatomy {
  readonly shell: Points
  readonly corners: readonly number[]
  readonly legs: readonly Points[]
  readonly legWidth: readonly [number, number]
  readonly big: Claw
  readonly small: Claw
  /** Eye: foot and top of the stalk. */
  readonly eye: Points
  readonly paddle: boolean
}

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

const plain = { hatch: false }

const ANATOMY: Readonly<Record<string, Anatomy>> = {
  shore: {
    shell: row([
      0, -24, 10, -28, 20, -26, 26, -30, 36, -26, 40, -30, 47, -20, 52, -22, 55, -12, 60, -12, 60,
      -1, 54, 14, 40, 32, 24, 42, 0, 44,
    ]),
    corners: [3, 5, 7, 9],
    legs: [
      row([42, 4, 68, -8, 86, 10, 100, 32]),
      row([44, 14, 70, 6, 86, 28, 94, 54]),
      row([38, 24, 64, 24, 76, 48, 80, 74]),
      row([28, 34, 50, 42, 56, 62, 54, 82]),
    ],
    legWidth: [14, 5],
    big: { arm: row([40, -14, 62, -22, 66, -42]), width: [16, 15], size: 1.12, turn: -0.35 },
    small: { arm: row([38, -14, 56, -20, 60, -38]), width: [13, 12], size: 0.78, turn: -0.35 },
    eye: row([15, -24, 17, -35]),
    paddle: false,
  },
  fiddler: {
    shell: row([0, -18, 14, -20, 30, -24, 46, -30, 45, -14, 38, 8, 28, 28, 16, 38, 0, 40]),
    corners: [3],
    legs: [
      row([36, -4, 58, -24, 74, -6, 86, 24]),
      row([36, 6, 62, -8, 76, 18, 82, 46]),
      row([30, 16, 56, 14, 66, 40, 68, 68]),
      row([22, 26, 42, 32, 48, 56, 44, 80]),
    ],
    legWidth: [11, 4],
    big: { arm: row([30, -12, 60, -14, 76, -32]), width: [14, 17], size: 1.42, turn: -0.55 },
    small: { arm: row([28, -8, 40, 0, 30, 12]), width: [9, 7], size: 0.42, turn: 3.7 },
    eye: row([9, -19, 13, -52]),
    paddle: false,
  },
  swimmer: {
    shell: row([
      0, -24, 10, -22, 16, -27, 24, -22, 32, -26, 40, -19, 48, -21, 55, -13, 62, -14, 68, -6, 92,
      -7, 66, 8, 48, 24, 26, 34, 0, 36,
    ]),
    corners: [2, 4, 6, 8, 10],
    legs: [
      row([50, 8, 76, 12, 92, 34, 104, 50]),
      row([46, 16, 68, 26, 80, 50, 88, 68]),
      row([38, 24, 56, 38, 64, 60, 68, 80]),
      row([26, 28, 40, 48, 50, 62, 50, 78]),
    ],
    legWidth: [11, 4],
    big: { arm: row([44, -12, 74, -30, 76, -48]), width: [14, 13], size: 1.14, turn: -0.75 },
    small: { arm: row([42, -12, 68, -28, 72, -42]), width: [12, 11], size: 0.84, turn: -0.75 },
    eye: row([17, -22, 20, -34]),
    paddle: true,
  },
  spider: {
    shell: row([
      0, -36, 6, -50, 9, -34, 18, -28, 26, -36, 26, -20, 38, -16, 33, -6, 46, 4, 38, 12, 46, 26, 34,
      28, 36, 42, 22, 42, 16, 54, 0, 52,
    ]),
    corners: [1, 4, 6, 8, 10, 12, 14],
    legs: [
      row([26, -14, 58, -56, 84, -30, 98, 14]),
      row([34, 0, 70, -28, 94, 4, 104, 54]),
      row([34, 16, 66, 0, 86, 40, 88, 86]),
      row([26, 32, 50, 30, 62, 62, 58, 98]),
    ],
    legWidth: [9, 3.5],
    big: { arm: row([18, -24, 46, -40, 50, -62]), width: [10, 9], size: 0.8, turn: -0.6 },
    small: { arm: row([18, -24, 42, -38, 46, -56]), width: [9, 8], size: 0.56, turn: -0.6 },
    eye: row([10, -34, 15, -44]),
    paddle: false,
  },
}

const drawLeg = (sketch: Sketch, leg: Points, a: Anatomy, last: boolean): void => {
  const { pen, c, rnd } = sketch
  const bent = wobble(leg, 2, rnd, 1)
  const fill = mix(c.base, c.pale, 0.12)
  const [hip, knee, ankle, tip] = [nth(bent, 0), nth(bent, 1), nth(bent, 2), nth(bent, 3)]
  const w = a.legWidth
  const segments = [
    { p: [ankle, tip], w: [w[1] * 1.25, 1.2] },
    { p: [knee, ankle], w: [w[0] * 0.8, w[1] * 1.25] },
    { p: [hip, knee], w: [w[0], w[0] * 0.85] },
  ] as const
  for (const [i, s] of segments.entries()) {
    if (i === 0 && last && a.paddle) {
      const r = Math.atan2(tip[1] - ankle[1], tip[0] - ankle[0])
      const oar = ell(lerp(ankle[0], tip[0], 0.6), lerp(ankle[1], tip[1], 0.6), 15, 8.5, r, 12)
      pen.shape(oar, { fill: mix(fill, c.pale, 0.3), edge: 1, shade: 0.6, ...plain })
      continue
    }
    const part = tube([...s.p], s.w, 5)
    pen.shape(part, { fill, edge: 0.85, smooth: false, shade: 0.7, box: bent, ...plain })
  }
  const joints = [knee, ankle].map(([x, y]) => ell(x, y, w[0] * 0.3, w[0] * 0.3, 0, 7))
  pen.spots(joints, { fill: mix(c.base, c.dark, 0.45), op: 0.8 })
}

const HAND = row([
  -8, 8, -12, -8, -6, -26, 8, -34, 16, -50, 12, -68, 2, -78, 22, -74, 34, -56, 34, -34, 26, -10, 12,
  8,
])
const THUMB = row([-8, -22, -18, -40, -18, -58, -6, -74, -9, -58, -5, -44, 4, -32])

/** An arm and its hand: palm with the fixed finger, and the movable finger over it. */
const drawClaw = (sketch: Sketch, claw: Claw, side: 1 | -1): void => {
  const { pen, c, rnd, j } = sketch
  const fill = mix(c.base, c.dark, 0.08)
  pen.push(mat.scale(side, 1))
  pen.shape(tube(claw.arm, claw.width, 5), { fill, edge: 1, smooth: false, shade: 0.7, ...plain })
  const wrist = nth(claw.arm, 2)
  pen.push(mat.move(wrist[0], wrist[1]), mat.rot(claw.turn + j(0.08)), mat.scale(claw.size * 0.86))
  const thumb = THUMB.map(([x, y], i): Point => (i === 3 ? [x, y, 1] : [x, y]))
  const hand = HAND.map(([x, y], i): Point => (i === 6 ? [x, y, 1] : [x, y]))
  pen.shape(thumb, { fill: mix(fill, c.pale, 0.25), edge: 1, shade: 0.7, ...plain })
  const D = wobble(hand, 0.8, rnd)
  pen.shape(D, { fill, edge: 1.1, shade: 0.8, angle: 0.5 })
  const teeth = [-40, -49, -58].map((y) => ell(13.5 - Math.abs(y + 52) * 0.15, y, 2, 2.6, 0, 6))
  pen.spots(teeth, { fill: light(c.pale, 0.4) })
  const S = sample(D, true, 4)
  const grains = scatter(S, 11, rnd).filter(([x, y]) => inside(S, x + 3, y) && inside(S, x - 3, y))
  pen.spots(
    grains.map(([x, y]) => ell(x, y, 1.3, 1.1, 0, 4)),
    { fill: mix(c.dark, c.base, 0.2), op: 0.7 },
  )
  const finger = row([2, -77, 12, -73, 20, -64, 21, -56, 14, -60])
  pen.spots([finger], { fill: dark(c.dark, 0.35), op: 0.85 })
  pen.pop().pop()
}

const drawEyes = ({ pen, c }: Sketch, [foot = [0, 0], top = [0, 0]]: Points): void => {
  for (const s of [-1, 1]) {
    const long = foot[1] - top[1] > 20
    const stalk = tube(
      [
        [s * foot[0], foot[1] + 4],
        [s * top[0], top[1]],
      ],
      long ? [5, 4.5] : [8, 7],
      4,
    )
    pen.shape(stalk, {
      fill: mix(c.base, c.pale, 0.35),
      edge: 0.8,
      smooth: false,
      shade: 0.4,
      ...plain,
    })
    const eye = ell(s * top[0], top[1] - 2, 5, long ? 6.5 : 5.4, 0, 10)
    pen.shape(eye, { fill: '#1d1512', edge: 0, flat: true, tone: 1 })
    pen.spots([ell(s * top[0] - 1.5, top[1] - 4, 1.4, 1.5, 0, 6)], { fill: '#fff8e6' })
  }
}

/** Marks on the carapace: seams, granules, and the spots or warts of each form. */
const drawCarapace = (sketch: Sketch, form: string, a: Anatomy): void => {
  const { pen, c, rnd, j } = sketch
  const half = wobble(a.shell, 0.9, rnd).map(([x, y], i): Point => {
    const px = i === 0 || i === a.shell.length - 1 ? 0 : x
    return a.corners.includes(i) ? [px, y, 1] : [px, y]
  })
  const outline = [...half, ...mirror(half).reverse().slice(1, -1)]
  pen.shape(outline, { fill: c.base, edge: 1.3, shade: 0.8, angle: 0.2, bend: 0.5 })
  const S = sample(outline, true, 4)
  const inner = S.map(([x, y]): Point => [x * 0.86, lerp(6, y, 0.84)])
  if (form === 'spider') {
    const warts = scatter(inner, 14, rnd)
    for (const [x, y] of warts) {
      const wart = row([x - 3.6, y + 2.5, x + j(1), y - 5, x + 3.6, y + 2.5], [1])
      pen.shape(wart, { fill: light(c.base, 0.25), edge: 0.7, shade: 0.5, ...plain })
    }
  } else {
    const gap = form === 'fiddler' ? 12 : 10
    const grains = scatter(inner, gap, rnd).map(([x, y]) => ell(x, y, rnd.r(0.9, 2.1), 1.3, 0, 4))
    pen.spots(grains, { fill: c.dark, op: 0.55 })
    const pale = scatter(inner, gap * 2.4, rnd).map(([x, y]) => ell(x, y, 2.2, 1.7, 0, 6))
    pen.spots(pale, { fill: c.pale, op: 0.85 })
  }
  const groove = row([17, -12, 12, 0, 15, 12, 9, 22, 12, 32])
  const seam = row([44, -6, 32, 2, 20, 2])
  const k = form === 'spider' || form === 'fiddler' ? 0.72 : 1
  const fit = (p: Points): Point[] => p.map(([x, y]) => [x * k, y])
  pen.strokes([groove, mirror(groove), seam, mirror(seam)].map(fit), {
    color: dark(c.dark, 0.2),
    w: 2,
    op: 0.75,
  })
  if (form === 'fiddler') {
    const saddle = row([-22, -8, 0, -12, 22, -8, 16, 8, 0, 14, -16, 8])
    pen.spots([saddle], { fill: pen.medium === 'colour' ? c.pale : '#fff', op: 0.45 })
  }
  if (pen.medium !== 'colour') return
  const gloss = row([-34 * k, -4, -22 * k, -14, -6 * k, -16])
  pen.stroke(gloss, { color: light(c.base, 0.75), w: 4, op: 0.4 })
}

const draw = (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
  const c = crab.morphs[morph] as Morph
  const sketch: Sketch = { pen, c, rnd, j: (amount) => rnd.r(-amount, amount) }
  const a = ANATOMY[form] as Anatomy
  const sink = { shore: 13, fiddler: 16, swimmer: 9 }[form] ?? 0
  pen.push(mat.scale(pose === 'right' ? 1 : -1, 1), mat.move(0, sink))
  for (const side of [1, -1] as const)
    for (const [i, leg] of a.legs.entries())
      drawLeg(sketch, side === 1 ? leg : mirror(leg), a, i === a.legs.length - 1)
  const spider = form === 'spider'
  const tucked = form === 'fiddler'
  if (!spider && !tucked) drawEyes(sketch, a.eye)
  if (!tucked) drawClaw(sketch, a.small, -1)
  drawClaw(sketch, a.big, 1)
  drawCarapace(sketch, form, a)
  if (tucked) drawClaw(sketch, a.small, -1)
  if (spider || tucked) drawEyes(sketch, a.eye)
  pen.pop()
}

export const crab: Plate = {
  family: 'crab',
  plural: 'crabs',
  ground: 'ground',
  species: [
    {
      id: 'common-shore-crab',
      name: 'common shore crab',
      latin: 'Carcinus maenas',
      form: 'shore',
      morphs: ['green', 'red', 'orange'],
      alike: 'mediterranean-shore-crab',
    },
    {
      id: 'mediterranean-shore-crab',
      name: 'Mediterranean shore crab',
      latin: 'Carcinus aestuarii',
      form: 'shore',
      morphs: ['green', 'red', 'orange'],
      alike: 'common-shore-crab',
    },
    {
      id: 'atlantic-sand-fiddler',
      name: 'Atlantic sand fiddler crab',
      latin: 'Leptuca pugilator',
      form: 'fiddler',
      morphs: ['orange', 'blue', 'red'],
      alike: 'mudflat-fiddler',
    },
    {
      id: 'mudflat-fiddler',
      name: 'mudflat fiddler crab',
      latin: 'Leptuca rapax',
      form: 'fiddler',
      morphs: ['orange', 'blue', 'red'],
      alike: 'atlantic-sand-fiddler',
    },
    {
      id: 'atlantic-blue-crab',
      name: 'Atlantic blue crab',
      latin: 'Callinectes sapidus',
      form: 'swimmer',
      morphs: ['blue', 'green'],
    },
    {
      id: 'european-spider-crab',
      name: 'European spider crab',
      latin: 'Maja brachydactyla',
      form: 'spider',
      morphs: ['orange', 'red', 'green'],
    },
  ],
  morphs: {
    red: { word: 'red', base: '#c63f30', dark: '#6c1a14', pale: '#f2b498' },
    orange: { word: 'orange', base: '#e28a38', dark: '#8a4414', pale: '#f9d9a4' },
    green: { word: 'green', base: '#6f8a48', dark: '#2f4420', pale: '#d3dba4' },
    blue: { word: 'blue', base: '#4c82b4', dark: '#1c3f66', pale: '#c2dcea' },
  },
  poses: {
    left: 'with its larger claw on the left',
    right: 'with its larger claw on the right',
  },
  features: {
    shore: 'a broad oval shell and two stout claws',
    fiddler: 'one enormous claw and eyes on long stalks',
    swimmer: 'a wide spined shell and paddle-shaped hind legs',
    spider: 'a pear-shaped thorny shell and very long thin legs',
  },
  dims: { up: 116, down: 102, half: 108 },
  draw,
}
