/** Sea shells: conchs with a spire, a fan-shaped scallop, a coiled nautilus and a tall screw shell. */
import { dark, light, mix } from '../colour.ts'
import { ell, lerp, mat, row, wobble, type Point, type Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import type { Rnd } from '../random.ts'

interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

interface Coil {
  /** Height of the tip and of the last seam, width there, number of whorls. */
  readonly top: number
  readonly bottom: number
  readonly width: number
  readonly whorls: number
  /** Length of the knobs on the shoulders; 0 for smooth whorls. */
  readonly knob: number
}

const small = { hatch: false }

const drawKnobs = ({ pen, c, j }: Sketch, at: { y: number; w: number; size: number }): void => {
  const { y, w, size } = at
  const n = 7
  for (let i = 0; i < n; i++) {
    const t = -1 + (2 * i) / (n - 1)
    const x = t * w
    const lift = size * (0.75 + 0.3 * Math.abs(t)) + j(0.8)
    const base = size * 0.55
    const tip: Point = [x + t * lift * 1.1, y - lift, 1]
    const knob: Point[] = [[x - base, y + size * 0.5], tip, [x + base, y + size * 0.5]]
    pen.shape(knob, { fill: light(c.base, 0.12), edge: 0.5, shade: 0.6, ...small })
  }
}

/** Whorls from the tip down, each lapping over the one above. */
const drawCoil = (sketch: Sketch, { top, bottom, width, whorls, knob }: Coil): void => {
  const { pen, c, j } = sketch
  let y = top
  const growth = 1.28
  const unit = (bottom - top) * ((growth - 1) / (growth ** whorls - 1))
  for (let i = 0; i < whorls; i++) {
    const h = unit * growth ** i
    const y1 = y + h
    const w0 = Math.max(1.5, (width * (y - top)) / (bottom - top))
    const w1 = (width * (y1 - top)) / (bottom - top)
    const slant = w1 * 0.1
    const band: Point[] = [
      [-w0, y - slant],
      [w0, y + slant * 0.3],
      [lerp(w0, w1, 0.72) + h * 0.1, y + h * 0.45],
      [w1, y1 + slant],
      [0, y1 + slant + h * 0.42],
      [-w1, y1 - slant * 0.4],
      [-lerp(w0, w1, 0.72) - h * 0.1, y + h * 0.42],
    ]
    const fill = i % 2 ? c.base : mix(c.base, c.pale, 0.22)
    pen.shape(band, { fill, edge: 0.8, shade: 0.75, ...small })
    if (h > 6) {
      const lines = [0.35, 0.68].map((t): Point[] => {
        const w = lerp(w0, w1, t) * 0.93
        return [
          [-w, y + h * t],
          [0, y + h * (t + 0.3) + slant * 0.4],
          [w, y + h * t + slant],
        ]
      })
      pen.strokes(lines, { color: c.dark, w: 0.7, op: 0.6 })
      const flecks: Point[][] = []
      for (let x = -0.8; x <= 0.8; x += 0.32) {
        const px = x * w1 + j(1.5)
        flecks.push([
          [px, y + h * 0.5],
          [px + 1.5, y + h * 0.72],
          [px + j(2), y + h * 0.95 + slant * 0.5],
        ])
      }
      pen.strokes(flecks, { color: mix(c.dark, c.base, 0.25), w: 1.6, op: 0.6 })
    }
    if (knob && i >= whorls - 3 && i < whorls - 1)
      drawKnobs(sketch, { y: y1 - h * 0.15, w: w1 * 0.93, size: knob * growth ** (i - whorls + 1) })
    y = y1
  }
}

/** Growth bands: pale and dark lines round a body whorl, cut to its width. */
const drawBands = ({ pen, c, j }: Sketch, rows: readonly (readonly number[])[]): void => {
  for (const [i, [y = 0, x0 = 0, x1 = 0, sag = 0] = []] of rows.entries()) {
    const line: Point[] = [
      [x0, y + j(1)],
      [lerp(x0, x1, 0.5), y + sag],
      [x1, y + sag * 0.4],
    ]
    const color = i % 2 ? c.pale : c.dark
    pen.stroke(line, { color, w: i % 2 ? 2.2 : 1.4, op: i % 2 ? 0.65 : 0.5, taper: [0.3, 0.3] })
  }
}

const drawConch = (sketch: Sketch, wide: boolean): void => {
  const { pen, c, rnd, j } = sketch
  drawCoil(sketch, {
    top: -96 + j(2),
    bottom: -34,
    width: wide ? 42 : 46,
    whorls: 5,
    knob: wide ? 13 : 6,
  })
  const body = wobble(
    row([
      -46, -34, -54, -20, -50, 8, -38, 42, -22, 74, -8, 96, 4, 98, 14, 80, 30, 40, 40, 0, 42, -32,
      0, -27,
    ]),
    1.4,
    rnd,
  )
  pen.shape(body, { fill: c.base, edge: 1, shade: 0.75, angle: 0.3, bend: 0.5 })
  drawBands(sketch, [
    [-8, -48, 10, 9],
    [10, -46, 8, 9],
    [28, -39, 6, 8],
    [45, -32, 4, 7],
    [62, -24, 4, 6],
    [77, -17, 2, 4],
  ])
  drawKnobs(sketch, { y: -27, w: 43, size: wide ? 15 : 7 })
  const lip = wide
    ? row(
        [
          2, -40, 22, -62, 52, -76, 84, -78, 98, -60, 94, -20, 82, 16, 64, 44, 40, 66, 20, 90, 8,
          97, 2, 80, 8, 44, 8, 4, 0, -20,
        ],
        [3],
      )
    : row([
        4, -36, 22, -47, 44, -46, 57, -28, 58, 6, 48, 40, 30, 70, 14, 93, 4, 96, 2, 82, 8, 50, 10,
        12, 4, -16,
      ])
  const shaped = wobble(lip, wide ? 2.2 : 1.2, rnd)
  const inner = c.accent ?? c.pale
  pen.shape(shaped, {
    fill: mix(inner, c.pale, 0.25),
    edge: 1.1,
    shade: 0.55,
    angle: -0.5,
    bend: 0.4,
  })
  if (wide) {
    const rays = [-64, -38, -10, 18, 42].map((y, i): Point[] => [
      [20, -24 + i * 17],
      [50, (y - 24 + i * 17) / 2],
      [[82, 88, 84, 72, 54][i] ?? 60, y],
    ])
    pen.strokes(rays, { color: mix(inner, c.dark, 0.35), w: 1.2, op: 0.55 })
  }
  const throat = wide
    ? row([10, -34, 26, -42, 36, -20, 32, 20, 18, 58, 9, 84, 8, 50, 14, 8])
    : row([13, -26, 28, -33, 37, -14, 33, 20, 20, 56, 9, 84, 10, 52, 17, 12])
  pen.shape(throat, { fill: dark(inner, 0.45), edge: 0.5, shade: 0.9, tone: 0.75 })
}

const drawScallop = ({ pen, c, rnd, j }: Sketch): void => {
  const hinge: Point = [0, 72]
  for (const s of [-1, 1]) {
    const ear = row([s * 4, 84, s * 46, 82, s * 55, 50, s * 36, 42, s * 2, 60], [0, 1, 2])
    pen.shape(ear, { fill: mix(c.base, c.dark, 0.15), edge: 0.9, shade: 0.6, ...small })
    pen.strokes(
      [26, 32, 38, 44].map((x): Point[] => [
        [s * x, 80],
        [s * (x + 1.5), 58],
      ]),
      { color: c.dark, w: 0.7, op: 0.6 },
    )
  }
  const n = 13
  const spread = 1.02
  const at = (t: number, k: number): Point => {
    const a = t * spread
    const r = 150 * k * (1 - 0.1 * t * t)
    return [hinge[0] + Math.sin(a) * r * 0.84, hinge[1] - Math.cos(a) * r]
  }
  const edgeAt = (i: number): Point => {
    const crest = i % 2 === 0
    return at(-1 + (2 * i) / (2 * n), crest ? 0.955 : 1.01)
  }
  const rim = Array.from({ length: 2 * n + 1 }, (_, i) => edgeAt(i))
  const fan = [...wobble(rim, 0.9, rnd), ...row([58, 36, 22, 72, 0, 84, -22, 72, -58, 36])]
  pen.shape(fan, { fill: c.base, edge: 1.1, shade: 0.5, ...small })
  for (let i = 0; i < n; i++) {
    const t = -1 + (2 * (i + 0.5)) / n
    const w = 0.42 / n
    const rib: Point[] = [at(t, 0.06), at(t - w, 0.5), at(t - w * 1.4, 0.96), at(t, 1)]
    rib.push(at(t + w * 1.4, 0.96), at(t + w, 0.5))
    pen.shape(rib, { fill: mix(c.base, c.pale, 0.5), edge: 0.45, shade: 0.4, box: fan, ...small })
  }
  for (const [i, k] of [0.34, 0.5, 0.64, 0.78, 0.9].entries()) {
    const kk = k + j(0.015)
    const arc = Array.from({ length: 2 * n }, (_, q) =>
      at(-0.97 + q * 0.0776, kk - 0.009 * (q % 2)),
    )
    const strong = i % 2 === 1
    pen.stroke(arc, { color: c.dark, w: strong ? 4.4 : 1.4, op: strong ? 0.5 : 0.55 })
  }
}

const drawNautilus = ({ pen, c, rnd, j }: Sketch): void => {
  const turn = (a: number): number => 86 * Math.exp(-0.15 * a)
  const cx = -8
  const at = (a: number, k = 1): Point => {
    const r = turn(a) * k
    return [cx + Math.cos(0.9 - a) * r, Math.sin(0.9 - a) * r * 0.98]
  }
  const whole = Array.from({ length: 22 }, (_, i) => at((i / 21) * 5.35))
  const shell = wobble([...whole, [-4, 50], [18, 62]], 0.8, rnd)
  pen.shape(shell, {
    fill: mix(c.pale, '#fff8ea', 0.35),
    edge: 1.1,
    shade: 0.6,
    angle: 0.5,
    bend: 0.6,
  })
  const stripes: Points[] = []
  for (let i = 0; i < 15; i++) {
    const a = 0.75 + i * 0.3 + j(0.04)
    const reach = 0.4 + 0.1 * (i % 3) + j(0.04)
    const w = 0.085 + rnd.r(0, 0.03)
    const stripe: Point[] = [at(a - w, 0.985), at(a + w * 0.2, 0.8), at(a + 0.26, reach)]
    stripe.push(at(a + w * 1.5, 0.8), at(a + w, 0.985))
    stripes.push(stripe)
  }
  for (const stripe of stripes)
    pen.shape(stripe, { fill: c.base, edge: 0.5, shade: 0.55, box: shell, tone: 0.7, ...small })
  const growth = Array.from({ length: 6 }, (_, i): Point[] => {
    const a = 0.1 + i * 0.09 + j(0.02)
    return [at(a, 0.97), at(a + 0.16, 0.7), at(a + 0.5, 0.42)]
  })
  pen.strokes(growth, { color: c.dark, w: 0.6, op: 0.45 })
  const rim = wobble(ell(12, 54, 37, 15, 0.52), 0.8, rnd)
  pen.shape(rim, { fill: light(c.pale, 0.4), edge: 1, shade: 0.7, ...small })
  const mouth = ell(11.5, 56, 29, 9.5, 0.52)
  pen.shape(mouth, { fill: mix(c.dark, c.base, 0.25), edge: 0.5, shade: 0.8, tone: 0.8 })
  const spiral = Array.from({ length: 18 }, (_, i): Point => {
    const a = i * 0.52
    const r = 27 * Math.exp(-0.2 * a)
    return [cx + 4 + Math.cos(0.4 - a) * r, 6 + Math.sin(0.4 - a) * r]
  })
  pen.shape(ell(cx + 3, 6, 12, 11), { fill: c.dark, edge: 0.6, shade: 0.5, tone: 0.8, ...small })
  pen.stroke(spiral, { color: mix(c.dark, c.base, 0.3), w: 2.2, taper: [0.4, 0.2] })
}

const drawTurret = (sketch: Sketch): void => {
  const { pen, c, j } = sketch
  drawCoil(sketch, { top: -100 + j(2), bottom: 66, width: 31, whorls: 9, knob: 0 })
  const base = row([-30, 60, -31, 70, -22, 84, -4, 92, 14, 88, 28, 78, 31, 68, 4, 76])
  pen.shape(base, { fill: mix(c.base, c.dark, 0.12), edge: 1, shade: 0.7, angle: 0.3, bend: 0.6 })
  const mouth = row([4, 68, 20, 64, 30, 70, 25, 84, 12, 90, 5, 82])
  pen.shape(mouth, { fill: mix(c.dark, '#2a1c18', 0.3), edge: 0.9, tone: 0.85 })
}

const draw = (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
  const c = shell.morphs[morph] as Morph
  const sketch: Sketch = { pen, c, rnd, j: (amount) => rnd.r(-amount, amount) }
  const lean = (form === 'turret' ? 0.62 : form === 'nautilus' ? 0.1 : 0.34) + rnd.r(-0.07, 0.07)
  pen.push(mat.scale(pose === 'left' ? 1 : -1, 1), mat.rot(-lean))
  if (form === 'queen') pen.push(mat.move(-14, 0), mat.scale(0.92))
  else if (form === 'nautilus') pen.push(mat.move(6, 2), mat.scale(1.14))
  else pen.push(mat.id)
  if (form === 'scallop') drawScallop(sketch)
  else if (form === 'nautilus') drawNautilus(sketch)
  else if (form === 'turret') drawTurret(sketch)
  else drawConch(sketch, form === 'queen')
  pen.pop().pop()
}

export const shell: Plate = {
  family: 'shell',
  plural: 'shells',
  ground: 'none',
  species: [
    {
      id: 'florida-fighting-conch',
      name: 'Florida fighting conch',
      latin: 'Strombus alatus',
      form: 'conch',
      morphs: ['orange', 'brown', 'pink'],
      alike: 'west-indian-fighting-conch',
    },
    {
      id: 'west-indian-fighting-conch',
      name: 'West Indian fighting conch',
      latin: 'Strombus pugilis',
      form: 'conch',
      morphs: ['orange', 'brown', 'pink'],
      alike: 'florida-fighting-conch',
    },
    {
      id: 'queen-conch',
      name: 'queen conch',
      latin: 'Aliger gigas',
      form: 'queen',
      morphs: ['pink', 'orange', 'gray'],
    },
    {
      id: 'king-scallop',
      name: 'king scallop',
      latin: 'Pecten maximus',
      form: 'scallop',
      morphs: ['pink', 'orange', 'brown', 'gray'],
      alike: 'pilgrim-scallop',
    },
    {
      id: 'pilgrim-scallop',
      name: 'pilgrim scallop',
      latin: 'Pecten jacobaeus',
      form: 'scallop',
      morphs: ['pink', 'orange', 'brown', 'gray'],
      alike: 'king-scallop',
    },
    {
      id: 'chambered-nautilus',
      name: 'chambered nautilus',
      latin: 'Nautilus pompilius',
      form: 'nautilus',
      morphs: ['orange', 'brown', 'pink'],
    },
    {
      id: 'great-screw-shell',
      name: 'great screw shell',
      latin: 'Turritella terebra',
      form: 'turret',
      morphs: ['brown', 'orange', 'gray'],
    },
  ],
  morphs: {
    orange: {
      word: 'orange',
      base: '#e08a3c',
      dark: '#96491a',
      pale: '#f8dcae',
      accent: '#f0a86a',
    },
    brown: { word: 'brown', base: '#8c5e3a', dark: '#4a2c18', pale: '#dcbf96', accent: '#c08f66' },
    pink: { word: 'pink', base: '#e08e9a', dark: '#9c4458', pale: '#f9dcd6', accent: '#ef8fa0' },
    gray: { word: 'gray', base: '#92959a', dark: '#4a4e56', pale: '#dcdedc', accent: '#b9bcc2' },
  },
  poses: { left: 'leaning to the left', right: 'leaning to the right' },
  features: {
    conch: 'a short knobbed spire and a long narrow opening',
    queen: 'long spines and a broad flaring lip',
    scallop: 'a fan of raised ribs between two small ears',
    nautilus: 'a smooth coil with flame-like stripes and a wide opening',
    turret: 'a tall slender spire of many rounded whorls',
  },
  dims: { up: 98, down: 102, half: 98 },
  draw,
}
