/** Heads of the cats: ears, mask and face. */
import { dark, light, lum, mix } from '../colour.ts'
import { ell, sample, wobble, type Point, type Points } from '../geometry.ts'
import { bare, marking, type Sketch } from './cat-sketch.ts'
import { coat, shag } from './fur.ts'
import { outline } from './outline.ts'

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
  coat(pen, contour, {
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

export const drawHead = (sketch: Sketch): void => {
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
    shag(pen, contour, {
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
