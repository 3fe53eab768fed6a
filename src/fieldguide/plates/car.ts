/** Motor cars of the coach-built years, in side view. */
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import { drawBrougham, drawLandaulet, drawRoadster, drawTourer } from './car-bodies.ts'
import type { Sketch } from './car-parts.ts'

const DRAW: Readonly<Record<string, (sketch: Sketch) => void>> = {
  tourer: drawTourer,
  roadster: drawRoadster,
  landaulet: drawLandaulet,
  brougham: drawBrougham,
}

const PLAIN: Morph = { word: 'red', base: '#b9382e', dark: '#651a1c', pale: '#f0c089' }

export const car: Plate = {
  family: 'car',
  plural: 'cars',
  ground: 'ground',
  species: [
    {
      id: 'phaeton',
      name: 'phaeton',
      latin: '',
      form: 'tourer',
      morphs: ['red', 'green', 'blue', 'yellow'],
      alike: 'tourer',
    },
    {
      id: 'tourer',
      name: 'tourer',
      latin: '',
      form: 'tourer',
      morphs: ['red', 'green', 'blue', 'yellow'],
      alike: 'phaeton',
    },
    {
      id: 'roadster',
      name: 'roadster',
      latin: '',
      form: 'roadster',
      morphs: ['red', 'green', 'yellow'],
    },
    {
      id: 'landaulet',
      name: 'landaulet',
      latin: '',
      form: 'landaulet',
      morphs: ['blue', 'green', 'red'],
    },
    {
      id: 'brougham',
      name: 'brougham',
      latin: '',
      form: 'brougham',
      morphs: ['green', 'blue', 'yellow'],
    },
  ],
  morphs: {
    red: PLAIN,
    green: { word: 'green', base: '#4a8250', dark: '#1f4128', pale: '#d9d69a' },
    blue: { word: 'blue', base: '#3f6cab', dark: '#1d3563', pale: '#c9d6e2' },
    yellow: { word: 'yellow', base: '#e0b33c', dark: '#8a6216', pale: '#faeab0' },
  },
  poses: {
    'facing-right': 'facing right',
    'facing-left': 'facing left',
  },
  features: {
    tourer: 'an open body and two rows of seats',
    roadster: 'a low open body and a long bonnet',
    landaulet: 'a closed cabin with a canvas rear hood',
    brougham: 'a tall closed cab behind an open seat',
  },
  dims: { up: 76, down: 62, half: 106 },
  draw: (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
    pen.push([pose === 'facing-left' ? -1 : 1, 0, 0, 1, 0, 0])
    DRAW[form]?.({ pen, c: car.morphs[morph] ?? PLAIN, rnd })
    pen.pop()
  },
}
