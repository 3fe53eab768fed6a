/** Monkeys: seated, with the face turned towards the reader. */
import { dark, mix } from '../colour.ts'
import { ell, sample, wobble, type Point } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import { coat, shag } from './fur.ts'
import { drawHead } from './monkey-face.ts'
import { BUILDS, fur, hand, limb, STOUT, type Sketch } from './monkey-sketch.ts'
import { outline } from './outline.ts'

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
  shag(pen, contour, {
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
  coat(pen, contour, {
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
  coat(pen, sample(thigh, true, 4), {
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
