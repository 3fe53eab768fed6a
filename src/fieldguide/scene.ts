/** What surrounds the things in a picture: paper and washes, branches, ground, the frame of a woodcut. */
import { dark, light } from './colour.ts'
import { ell, num, tube, type Point } from './geometry.ts'
import { SIDE, type Layout, type Place } from './layout.ts'
import type { Medium, Pen } from './pen.ts'
import type { Plate } from './plate.ts'
import type { Rnd } from './random.ts'

/** Background word -> colour; far enough apart to be told from each other. */
export const BACKGROUNDS: Readonly<Record<string, string>> = {
  cream: '#f1dfb4',
  white: '#fdfdfc',
  'pale blue': '#b5d6f0',
  green: '#8db873',
  gray: '#a3a5a8',
  'dark blue': '#222a40',
  pink: '#f3bccb',
}

/** Prints come on plain paper or over one tint. */
const PRINT_BACKGROUNDS: Readonly<Record<string, string>> = {
  cream: '#f6efdc',
  'pale blue': '#bcd9ee',
  green: '#a9cb94',
  pink: '#f3c3cf',
}

export const backgroundsOf = (medium: Medium): Readonly<Record<string, string>> =>
  medium === 'colour' ? BACKGROUNDS : PRINT_BACKGROUNDS

/** The washed sheet behind everything. */
export const drawSheet = (pen: Pen, tone: string, rnd: Rnd): void => {
  const full = `width="${SIDE}" height="${SIDE}"`
  pen.defs.push(
    `<radialGradient id="sheet" cx="0.44" cy="0.4" r="0.8"><stop offset="0" stop-color="${light(tone, 0.1)}"/>` +
      `<stop offset="0.6" stop-color="${tone}"/><stop offset="1" stop-color="${dark(tone, 0.08)}"/></radialGradient>`,
  )
  pen.out.push(`<rect ${full} fill="url(#sheet)"/>`)
  // Uneven washes: a few wide brush marks that fade out at their edges.
  const washes = [light(tone, 0.28), dark(tone, 0.16)].map((colour, i) => {
    pen.defs.push(
      `<radialGradient id="wash${i}"><stop offset="0.3" stop-color="${colour}" stop-opacity="0.24"/>` +
        `<stop offset="1" stop-color="${colour}" stop-opacity="0"/></radialGradient>`,
    )
    return `url(#wash${i})`
  })
  for (let i = 0; i < 9; i++) {
    const [cx, cy] = [rnd.r(0, SIDE), rnd.r(0, SIDE)]
    const [rx, ry] = [rnd.r(90, 240), rnd.r(30, 90)]
    pen.out.push(
      `<ellipse cx="${num(cx)}" cy="${num(cy)}" rx="${num(rx)}" ry="${num(ry)}" fill="${rnd.pick(washes)}" ` +
        `transform="rotate(${num(rnd.r(-30, 30))} ${num(cx)} ${num(cy)})"/>`,
    )
  }
}

const drawLeaf = (pen: Pen, [x, y]: Point, angle: number, length: number): void => {
  const at = (u: number, v: number): Point => [
    x + (u * Math.cos(angle) - v * Math.sin(angle)) * length,
    y + (u * Math.sin(angle) + v * Math.cos(angle)) * length,
  ]
  const [tx, ty] = at(1, 0)
  const leaf: Point[] = [
    at(0, 0),
    at(0.3, 0.22),
    at(0.7, 0.18),
    [tx, ty, 1],
    at(0.7, -0.16),
    at(0.3, -0.22),
  ]
  pen.shape(leaf, { fill: '#6d8a4a', edge: 0.8, shade: 0.6, hatch: false })
  pen.stroke([at(0, 0), at(0.5, 0.02), at(0.92, 0)], { w: 0.8, color: '#3d5228', op: 0.8 })
}

/** A branch that comes in from the nearer side of the picture. */
const drawBranch = (pen: Pen, place: Place, half: number, rnd: Rnd): void => {
  const side = place.x < SIDE * 0.4 ? -1 : place.x > SIDE * 0.6 ? 1 : rnd.pick([-1, 1])
  const { y, scale } = place
  const thick = Math.max(9, 15 * scale)
  const start = side < 0 ? -30 : SIDE + 30
  const end = place.x - side * (half * scale * 1.25 + 26)
  const x = (t: number): number => start + (end - start) * t
  // Level under the feet, sagging towards the trunk.
  const sag = rnd.r(4, 16)
  const level = (at: number): number => {
    const beyond = Math.max(0, Math.abs(at - place.x) - half * scale * 0.5) / 180
    return y + thick * 0.35 + (Math.sign(at - place.x) === side ? sag : -sag * 0.4) * beyond
  }
  const spine = [0, 0.2, 0.4, 0.6, 0.8, 1].map((t): Point => [x(t), level(x(t))])
  const girth = (t: number): number => thick * (1.25 - 0.7 * t)
  pen.shape(tube(spine, girth, 6), {
    fill: '#7d5f45',
    smooth: false,
    edge: 1,
    shade: 0.7,
    angle: 0.1,
  })
  const bark: Point[][] = []
  for (let i = 0; i < 9; i++) {
    const t = rnd.r(0.05, 0.8)
    const yy = level(x(t)) + rnd.r(-0.3, 0.2) * thick * (1.2 - 0.7 * t)
    bark.push([
      [x(t), yy],
      [x(t) - side * 10, yy + 1.5],
      [x(t) - side * 20, yy],
    ])
  }
  pen.strokes(bark, { color: '#4b3626', w: 0.8, op: 0.7 })
  const length = Math.max(24, 26 * scale)
  const outward = side < 0 ? 0 : Math.PI
  for (const [t, turn] of [
    [0.94, -0.7],
    [1, 0.1],
    [0.9, 0.75],
  ] as const)
    drawLeaf(pen, [x(t), level(x(t))], outward + turn, length * rnd.r(0.8, 1.1))
}

/** A patch of earth and grass. */
const drawGround = (pen: Pen, { x, y, scale }: Place, half: number, rnd: Rnd): void => {
  const rx = half * scale * 1.22 + 12
  const ry = Math.max(9, 13 * scale)
  const patch = ell(x, y + ry * 0.15, rx, ry, 0, 18)
  pen.shape(patch, {
    fill: '#9a8763',
    edge: 0,
    flat: pen.medium === 'colour',
    shade: 0.3,
    op: 0.75,
    tone: 0.35,
    angle: 0.05,
  })
  const grass: Point[][] = []
  const count = Math.round(22 * Math.max(0.6, pen.detail))
  for (let i = 0; i < count; i++) {
    const a = rnd.r(0, Math.PI * 2)
    const gx = x + Math.cos(a) * rx * rnd.r(0.75, 1)
    const gy = y + ry * (0.3 + Math.sin(a) * 0.85)
    const h = rnd.r(8, 16) * Math.min(1.6, 0.6 + scale * 0.5)
    const lean = rnd.r(-0.5, 0.5) * h
    grass.push([
      [gx, gy],
      [gx + lean * 0.4, gy - h * 0.6],
      [gx + lean, gy - h],
    ])
  }
  pen.strokes(grass, { color: '#5d6f3c', w: 1.3, taper: [0.9, 0.05], op: 0.9 })
}

/** A round wooden board. */
const drawBoard = (pen: Pen, { x, y, scale }: Place, half: number): void => {
  const rx = half * scale * 0.95
  const ry = 13 * scale + 3
  const board = { fill: '#b98d5c', shade: 0.5, angle: 0.02, tone: 0.3 }
  pen.shape(ell(x, y + ry * 0.42, rx, ry, 0, 20), { ...board, fill: '#7e5b38', edge: 0.8 })
  pen.shape(ell(x, y, rx, ry, 0, 20), { ...board, edge: 0.7 })
  const shadow = { fill: '#5d4227', edge: 0, flat: true, hatch: false, op: 0.5, tone: 1 }
  if (pen.medium === 'colour')
    pen.shape(ell(x + 6 * scale, y + 1, rx * 0.6, ry * 0.5, 0, 16), shadow)
}

/** Branch, ground or board under every thing, drawn before the things. */
export const drawSupport = (
  pen: Pen,
  options: { plate: Plate; layout: Layout; rnd: Rnd },
): void => {
  const { plate, layout, rnd } = options
  const { down, half } = plate.dims
  for (const { x, y, scale } of layout.places) {
    const foot: Place = { x, y: y + down * scale, scale }
    if (plate.ground === 'perch') drawBranch(pen, foot, half, rnd)
    if (plate.ground === 'ground') drawGround(pen, foot, half, rnd)
    if (plate.ground === 'table') drawBoard(pen, foot, half)
  }
}

/** The printed edge of the block. */
export const drawFrame = (pen: Pen): void => {
  const inset = 9
  const side = SIDE - inset * 2
  pen.out.push(
    `<rect x="${inset}" y="${inset}" width="${side}" height="${side}" fill="none" stroke="${pen.ink}" stroke-width="12"/>`,
  )
}

/** Whether a thing of this colour would be lost before that background. */
export const tooClose = (thing: string, background: string): boolean => {
  const difference = [1, 3, 5].map(
    (i) => parseInt(thing.slice(i, i + 2), 16) - parseInt(background.slice(i, i + 2), 16),
  )
  return Math.hypot(...difference) < 88
}
