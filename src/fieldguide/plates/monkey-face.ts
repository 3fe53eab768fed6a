/** Heads and faces of the monkeys. */
import { dark, light, lum, mix } from '../colour.ts'
import { ell, sample, wobble, type Point } from '../geometry.ts'
import { coat, shag } from './fur.ts'
import { bare, fur, type Sketch } from './monkey-sketch.ts'
import { outline } from './outline.ts'

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
    shag(pen, sample(ell(x, y, rx * 0.8, ry * 0.82), true, 3), {
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

export const drawHead = (sketch: Sketch): void => {
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
  shag(pen, contour, {
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
    coat(pen, contour, { gap: 9, len: 6, w: 0.7, color: fur(c), op: 0.55, flow: away, rnd })
  drawFace(sketch)
}
