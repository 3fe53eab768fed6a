/** The four kinds of flower: daisy, tulip, foxglove and poppy. */
import { dark, mix } from '../colour.ts'
import { ell, lerp, sample, TAU, wobble, type Point, type Points } from '../geometry.ts'
import { at, leaf, petal, stem, type Bloom } from './flower-parts.ts'
import { outline } from './outline.ts'

export const drawDaisy = (b: Bloom): void => {
  const { pen, c, rnd, j } = b
  stem(
    b,
    [
      [-12 + j(4), 100],
      [-2 + j(3), 40],
      [8, -40],
    ],
    [5, 4],
  )
  leaf(b, [-8, 84, -2.5 + j(0.15), 44], { wide: 12, teeth: 5 })
  leaf(b, [-6, 66, -0.55 + j(0.15), 46], { wide: 12, teeth: 5 })
  leaf(b, [-2, 34, -2.3 + j(0.2), 26], { wide: 6, teeth: 4 })
  const [cx, cy, R] = [8 + j(2), -48, 47 + j(2)]
  for (const ring of [0, 1]) {
    const n = 12
    for (let i = 0; i < n; i++) {
      const a = ((i + ring * 0.5) / n) * TAU + j(0.06)
      const r = R * (ring ? 0.94 : 1.04) * rnd.r(0.94, 1.05)
      const w = 9 * rnd.r(0.9, 1.1)
      const form: Point[] = [
        [8, -2],
        [r * 0.5, -w * 0.85],
        [r * 0.88, -w * 0.8],
        [r, -1],
        [r * 0.88, w * 0.85],
        [r * 0.5, w * 0.85],
        [8, 2],
      ]
      const squash = (points: Points): Point[] =>
        at(points, 0, 0, a).map(([x, y]): Point => [cx + x, cy + y * 0.9])
      const tint = mix(c.base, ring ? c.pale : c.dark, rnd.r(0.05, 0.3))
      petal(b, squash(form), {
        fill: tint,
        edge: 0.6,
        lines: [
          squash([
            [r * 0.35, -2],
            [r * 0.85, -2.5],
          ]),
          squash([
            [r * 0.35, 2],
            [r * 0.8, 2.5],
          ]),
        ],
      })
    }
  }
  const eye = mix('#e6ac27', c.dark, c.accent ? 0.35 : 0)
  pen.shape(wobble(ell(cx, cy, 15, 13.5), 0.5, rnd), {
    fill: eye,
    edge: 1,
    shade: 0.8,
    hatch: false,
    tone: 0.45,
  })
  const seeds: Point[][] = []
  for (let i = 0; i < 44; i++) {
    const [a, r] = [i * 2.4, Math.sqrt(i / 44) * 13]
    seeds.push(ell(cx + Math.cos(a) * r, cy + Math.sin(a) * r * 0.88, 0.9, 0.9, 0, 4))
  }
  pen.spots(seeds, { fill: dark(eye, 0.5) })
}

export const drawTulip = (b: Bloom): void => {
  const { pen, c, rnd, j } = b
  leaf(b, [-4, 98, -1.98 + j(0.06), 92], { wide: 12, bow: -8 })
  stem(
    b,
    [
      [0, 100],
      [2 + j(3), 50],
      [6, -8],
    ],
    [6.5, 5.5],
  )
  leaf(b, [2, 99, -1.16 + j(0.06), 96], { wide: 13, bow: 9 })
  leaf(b, [0, 99, -1.72 + j(0.08), 62], { wide: 9, bow: -4 })
  const x0 = 6
  const shade = (k: number): string => (k > 0 ? mix(c.base, c.pale, k) : mix(c.base, c.dark, -k))
  const lines = (P: Points, foot: Point, n: number): Points[] =>
    Array.from({ length: n }, (_, i): Point[] => {
      const p = P[Math.floor(((i + 1) / (n + 1)) * P.length)] ?? foot
      return [
        [lerp(foot[0], p[0], 0.2), lerp(foot[1], p[1], 0.2)],
        [lerp(foot[0], p[0], 0.55) + j(1), lerp(foot[1], p[1], 0.5)],
        [lerp(foot[0], p[0], 0.9), lerp(foot[1], p[1], 0.88)],
      ]
    })
  const part = (text: string, k: number, n = 5): void => {
    const P = wobble(at(outline(text), x0, 0, 0), 0.9, rnd)
    petal(b, P, { fill: shade(k), lines: lines(sample(P, true, 4), [x0, -8], n) })
  }
  part('-22,-40 -24,-72 -13,-97! -2,-76 0,-30', -0.32, 4)
  part('22,-40 25,-72 14,-98! 2,-76 0,-30', -0.25, 4)
  part('-6,-40 -11,-78 1,-101! 12,-78 6,-40', -0.45, 3)
  part('0,-5 -22,-10 -35,-34 -36,-66 -31,-90! -16,-72 -4,-44', -0.06)
  part('0,-5 22,-10 35,-34 37,-66 33,-91! 17,-72 4,-44', -0.12)
  part('0,-4 -15,-14 -22,-38 -19,-62 0,-87! 19,-62 22,-38 15,-14', 0.16, 9)
  pen.stroke(
    [
      [x0, -10],
      [x0 + j(1), -45],
      [x0, -78],
    ],
    { w: 1, color: dark(c.base, 0.3), op: 0.45 },
  )
}

export const drawFoxglove = (b: Bloom): void => {
  const { pen, c, rnd, j } = b
  leaf(b, [0, 92, -2.85 + j(0.1), 48], { wide: 13 })
  leaf(b, [0, 92, -0.32 + j(0.1), 48], { wide: 13 })
  leaf(b, [0, 80, -2.35 + j(0.1), 40], { wide: 10 })
  leaf(b, [0, 76, -0.75 + j(0.1), 40], { wide: 10 })
  const spine: Point[] = [
    [0, 100],
    [1 + j(2), 30],
    [6, -60],
    [12 + j(2), -99],
  ]
  stem(b, spine, [6.5, 2])
  const line = sample(spine, false, 20)
  const rows = 8
  for (let i = rows - 1; i >= 0; i--) {
    const t = 0.44 + (i / rows) * 0.54
    const p = line[Math.floor(t * (line.length - 1))] ?? [0, 0]
    const k = lerp(1.12, 0.24, Math.pow(i / (rows - 1), 1.1))
    for (const s of [-1, 1, 0]) {
      if (s === 0 && i > 6) continue
      const a = s === 0 ? 1.6 + j(0.15) : s > 0 ? 0.72 + j(0.12) : Math.PI - 0.72 + j(0.12)
      const len = 31 * k * (s === 0 ? 0.72 : 1)
      const w = 9 * k
      const form: Point[] = [
        [0, -w * 0.3],
        [len * 0.4, -w * 0.85],
        [len * 0.75, -w * 0.9],
        [len, -w * 1.25],
        [len * 1.12, 0],
        [len, w * 1.25],
        [len * 0.75, w * 0.9],
        [len * 0.4, w * 0.85],
        [0, w * 0.3],
      ]
      const y = p[1] + (s === 0 ? 3 : s * 1.5)
      const bell = wobble(at(form, p[0] + s * 1.5, y, a), 0.5, rnd)
      pen.shape(bell, {
        fill: mix(c.base, s === 0 ? c.pale : c.dark, rnd.r(0.02, 0.2)),
        edge: 0.6,
        shade: 0.75,
        hatch: k > 0.9,
        gap: 1.2,
      })
      if (k < 0.7) continue
      const mouth = at(ell(len * 1.0, 0, w * 0.42, w * 1.02, 0, 8), p[0] + s * 1.5, y, a)
      pen.shape(mouth, { fill: mix(c.pale, c.base, 0.2), edge: 0.5, shade: 0.3, hatch: false })
      const dots = [-0.5, 0, 0.5].map((v): Point[] => {
        const u = len * 0.97 + j(1)
        const dot: Point[] = [
          [u, v * w],
          [u + 2.4, v * w],
        ]
        return at(dot, p[0] + s * 1.5, y, a)
      })
      pen.strokes(dots, { w: 1.7, color: c.dark, taper: [0.7, 0.7] })
    }
  }
}

export const drawPoppy = (b: Bloom): void => {
  const { pen, c, rnd, j } = b
  stem(
    b,
    [
      [-6 + j(3), 100],
      [-10 + j(4), 40],
      [2, -30],
    ],
    [4.2, 3.6],
  )
  const bud: Point[] = [
    [-8, 70],
    [22, 40],
    [38 + j(3), 10],
    [37, -1],
    [30, 2],
  ]
  stem(b, bud, [3, 2.4])
  pen.shape(wobble(ell(29, 10, 7, 11, 0.25, 10), 0.4, rnd), { fill: b.green, edge: 1, shade: 0.8 })
  for (const [x, y, a, l] of [
    [-7, 86, -2.75, 44],
    [-6, 92, -0.35, 44],
    [-9, 58, -2.45, 34],
  ] as const)
    leaf(b, [x, y, a + j(0.12), l], { wide: 13, teeth: 4 })
  const hairs: Point[][] = []
  for (let y = 90; y > -20; y -= 7)
    hairs.push(
      [
        [-8, y],
        [-14, y - 2 + j(2)],
      ],
      [
        [-6, y - 3],
        [0, y - 5 + j(2)],
      ],
    )
  pen.strokes(hairs, { w: 0.5, color: dark(b.green, 0.3), op: 0.7 })
  const [x0, y0] = [2 + j(2), -50]
  const sheet = (a: number, k: number, tint: number): void => {
    const rim: Point[] = [[0, 6]]
    for (let i = 0; i <= 10; i++) {
      const t = lerp(-1.02, 1.02, i / 10)
      const r = 50 * k * (0.84 + 0.16 * Math.cos(t * 1.4) + (i % 2 ? 0.035 : -0.02) + j(0.02))
      rim.push([Math.sin(t) * r * 1.08, -Math.cos(t) * r])
    }
    const P = at(rim, x0, y0 + 2, a).map(([x, y]): Point => [x, y0 + (y - y0) * 0.86])
    const fill = tint > 0 ? mix(c.base, c.pale, tint) : mix(c.base, c.dark, -tint)
    const lines = P.slice(1, -1).map((p): Point[] => [
      [lerp(x0, p[0], 0.34), lerp(y0, p[1], 0.34)],
      [lerp(x0, p[0], 0.6) + j(1), lerp(y0, p[1], 0.6)],
      [lerp(x0, p[0], 0.92), lerp(y0, p[1], 0.92)],
    ])
    petal(b, P, { fill, lines })
  }
  sheet(0.1 + j(0.1), 1.02, -0.28)
  sheet(Math.PI + j(0.1), 0.92, -0.1)
  sheet(-1.5 + j(0.1), 0.98, 0.1)
  sheet(1.55 + j(0.1), 0.98, 0.18)
  const blotch = [0, 1, 2, 3].map((i) => {
    const a = i * (TAU / 4) + 0.75
    return ell(x0 + Math.cos(a) * 12, y0 + Math.sin(a) * 10, 10, 6.5, a, 10)
  })
  pen.spots(blotch, { fill: '#2a1c22' })
  const stamens: Point[][] = []
  for (let i = 0; i < 34; i++) {
    const [a, r] = [rnd.r(0, TAU), rnd.r(12, 19)]
    stamens.push([
      [x0, y0],
      [x0 + Math.cos(a) * r, y0 + Math.sin(a) * r * 0.86],
    ])
  }
  pen.strokes(stamens, { w: 0.7, color: '#1f171c', op: 0.8 })
  pen.shape(ell(x0, y0, 8.5, 7.8, 0, 12), { fill: '#9fae6c', edge: 0.9, shade: 0.7, hatch: false })
  pen.strokes(
    [0, 1, 2, 3].map((i): Point[] =>
      at(
        [
          [-7, 0],
          [7, 0],
        ],
        x0,
        y0,
        (i * TAU) / 8,
      ),
    ),
    { w: 1, color: '#4b5a34' },
  )
}
