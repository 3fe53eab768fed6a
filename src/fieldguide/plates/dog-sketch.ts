/** Outlines of the dogs, and what their drawings share. */
import { dark, light, lum, mix } from '../colour.ts'
import { ell, type Point } from '../geometry.ts'
import type { Pen } from '../pen.ts'
import type { Morph } from '../plate.ts'
import type { Rnd } from '../random.ts'
import { outline } from './outline.ts'

interface Build {
  readonly body: string
  readonly far: readonly string[]
  readonly tail: string
  readonly tailWidth: (t: number) => number
  readonly ear: string
  readonly eye: Point
  readonly nose: Point
  readonly mouth: string
  /** Lines of muscle and joints. */
  readonly folds: readonly string[]
}

export interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly j: (amount: number) => number
}

export const BUILDS: Readonly<Record<string, Build>> = {
  hound: {
    body: `95,-52 89,-57 78,-60 68,-68 57,-72 48,-67 42,-52 32,-38 12,-34 -8,-41 -30,-43 -52,-35 -68,-20
      -73,-4 -68,14 -64,28 -76,42! -74,52 -70,66 -70,75 -69,80! -52,80! -55,74 -62,68 -63,56 -64,45 -48,30
      -37,14 -22,1 -2,16 18,28 32,26 36,36 36,54 35,70 34,80! 51,80! 49,74 43,68 44,54 47,34 52,16 56,0
      58,-20 64,-38 74,-46 91,-46`,
    far: [
      '-50,10 -30,14 -42,34 -50,44 -46,58 -44,72 -34,80! -52,80! -54,60 -58,44',
      '40,10 58,4 58,40 57,70 66,80! 50,80! 50,60 46,36',
    ],
    tail: '-69,-16 -84,6 -91,34 -86,52 -76,54',
    tailWidth: (t) => 7 - 5 * t,
    ear: '56,-70 46,-68 38,-60 42,-55 50,-60 57,-64',
    eye: [70, -60],
    nose: [92.5, -52],
    mouth: '91,-48 82,-49 74,-50',
    folds: [
      '-34,-26 -30,-4 -38,14',
      '-26,-20 -18,-4 -20,2',
      '34,-28 26,-6 34,22',
      '-56,10 -52,24 -64,42',
      '10,0 14,14 22,24',
      '2,-2 5,10 12,20',
    ],
  },
  dachshund: {
    body: `97,8 91,1 78,-3 68,-12 56,-16 46,-9 40,6 30,17 8,20 -20,21 -50,20 -74,24 -87,35 -89,50 -84,60
      -87,71 -88,80! -68,80! -70,74 -72,66 -60,60 -46,56 -18,62 8,67 22,67 24,73 21,80! 42,80! 40,74 37,70
      42,62 52,55 58,42 61,30 66,19 78,17 94,15`,
    far: ['-66,54 -48,54 -52,66 -48,80! -64,80! -64,66', '36,58 54,54 50,68 56,80! 42,80! 42,68'],
    tail: '-84,34 -95,24 -101,6 -103,-6',
    tailWidth: (t) => 8 - 6 * t,
    ear: '58,-12 48,-13 41,-2 38,14 42,28 50,31 57,24 59,10',
    eye: [72, -3],
    nose: [94, 7],
    mouth: '93,12 84,13 74,12',
    folds: ['-56,28 -52,44 -60,58', '34,24 26,44 34,64', '-30,54 -16,58 0,62', '50,36 46,50 40,60'],
  },
  shepherd: {
    body: `98,-48 93,-54 82,-57 73,-67 65,-71 57,-99! 46,-74 38,-58 24,-42 4,-35 -20,-30 -46,-24 -64,-13
      -74,4 -72,20 -65,34 -78,50! -76,60 -73,70 -72,80! -53,80! -56,74 -63,67 -61,53 -46,38 -34,25 -8,30
      16,35 28,31 32,46 32,64 30,80! 49,80! 47,74 41,67 45,46 51,24 57,6 60,-14 64,-30 70,-40 80,-41 95,-42`,
    far: [
      '-50,20 -30,20 -40,40 -46,52 -42,66 -32,80! -50,80! -52,66 -58,52',
      '40,16 58,10 58,42 57,70 66,80! 50,80! 50,62 46,36',
      '62,-68 71,-97! 78,-64 70,-60',
    ],
    tail: '-72,2 -86,22 -90,48 -80,68',
    tailWidth: (t) => 9 + 13 * Math.sin(Math.PI * Math.min(1, t * 0.85 + 0.1)) * (1 - t * 0.5),
    ear: '56,-92 49,-74 54,-66 61,-71',
    eye: [74, -57],
    nose: [95.5, -48],
    mouth: '94,-44.5 84,-45 74,-48',
    folds: ['-32,-14 -28,8 -36,24', '34,-30 26,-4 34,30', '-56,16 -52,30 -63,50'],
  },
}

/** Marks that show on the coat in every medium. */
export const marking = (c: Morph): string => (lum(c.base) < 0.35 ? c.pale : dark(c.dark, 0.35))

export const drawFace = (
  { pen, c }: Sketch,
  build: Pick<Build, 'eye' | 'nose' | 'mouth'>,
): void => {
  const [x, y] = build.eye
  const [nx, ny] = build.nose
  const inked = lum(c.base) < 0.35 ? light(c.base, 0.5) : dark(c.base, 0.6)
  pen.strokes([outline(build.mouth)], { w: 1.3, color: inked, taper: [0.9, 0.3] })
  pen.shape(ell(x, y, 4.6, 3.8, 0.2, 10), {
    fill: mix(c.pale, c.base, 0.4),
    edge: 0,
    flat: true,
    hatch: false,
  })
  pen.shape(ell(x, y, 3.3, 3.1, 0, 8), {
    fill: '#231915',
    edge: 0,
    flat: true,
    hatch: false,
    tone: 1,
  })
  pen.spots([ell(x - 1, y - 1.1, 1, 1, 0, 6)], { fill: '#fffaf0' })
  pen.shape(ell(nx, ny, 4.8, 4, 0.3, 9), {
    fill: '#2a2120',
    edge: 0.5,
    shade: 0.5,
    hatch: false,
    tone: 1,
  })
}
