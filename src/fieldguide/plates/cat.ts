/** Cats: sitting, with the face turned towards the reader. */
import { dark, light, mix } from '../colour.ts'
import { ell, sample, tube, wobble, type Point } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import { bands, drawCoat, leg } from './cat-coat.ts'
import { drawHead } from './cat-head.ts'
import { BUILDS, marking, type Sketch } from './cat-sketch.ts'
import { shag } from './fur.ts'
import { outline } from './outline.ts'

const drawCat = (sketch: Sketch): void => {
  const { pen, c, form, build, mark, rnd } = sketch
  const k = build.breadth
  const point = form === 'siamese'
  const tail = outline(build.tail)
  const tailForm = tube(tail, build.tailWidth, 7)
  const tailFill = point ? c.dark : form === 'longhair' ? mix(c.base, c.dark, 0.12) : c.base
  if (form === 'longhair')
    shag(pen, tailForm, {
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
    shag(pen, sample(body, true, 4), {
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
    'facing-right': 'sitting, turned to the right',
    'facing-left': 'sitting, turned to the left',
  },
  features: {
    longhair: 'long shaggy fur, a bushy tail and tufted ears',
    tabby: 'a broad head and bold tabby stripes',
    spotted: 'a short coat with dark rosettes',
    siamese: 'a slender body, a dark face and blue eyes',
    sphynx: 'a hairless wrinkled body and huge ears',
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
