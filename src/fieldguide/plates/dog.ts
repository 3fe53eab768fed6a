/** Dogs: standing in profile, by build and coat. */
import { light, mix } from '../colour.ts'
import { sample, tube, wobble, type Point, type Points } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import { drawPoodle } from './dog-poodle.ts'
import { BUILDS, drawFace, marking, type Sketch } from './dog-sketch.ts'
import { coat, shag } from './fur.ts'
import { outline } from './outline.ts'

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
  shag(pen, sample(saddle, true, 4), {
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
    shag(pen, tailForm, { gap: 4, len: 8, w: 1, color: far, flow: () => 1.9, rnd, out: 0.4 })
  const body = wobble(outline(build.body), 0.7, rnd)
  if (shaggy)
    shag(pen, sample(body, true, 4), {
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
  coat(pen, contour, {
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
