/** Flowers: single botanical specimens with stem and leaves. */
import { mix } from '../colour.ts'
import type { Pen } from '../pen.ts'
import type { DrawOptions, Morph, Plate } from '../plate.ts'
import { drawDaisy, drawFoxglove, drawPoppy, drawTulip } from './flower-heads.ts'
import type { Bloom } from './flower-parts.ts'

const DRAW: Readonly<Record<string, (b: Bloom) => void>> = {
  daisy: drawDaisy,
  tulip: drawTulip,
  foxglove: drawFoxglove,
  poppy: drawPoppy,
}

const PLAIN: Morph = { word: 'white', base: '#f3eee2', dark: '#a8a296', pale: '#fffdf6' }

const morphs: Readonly<Record<string, Morph>> = {
  white: PLAIN,
  yellow: { word: 'yellow', base: '#eec233', dark: '#b37d16', pale: '#f9e58a', accent: '#7a4a1c' },
  red: { word: 'red', base: '#c9352c', dark: '#7c1820', pale: '#ea7a62' },
  purple: { word: 'purple', base: '#8455a6', dark: '#4a2a6b', pale: '#c4a2d6' },
}

export const flower: Plate = {
  family: 'flower',
  plural: 'flowers',
  ground: 'none',
  species: [
    {
      id: 'painted-daisy',
      name: 'painted daisy',
      latin: 'Tanacetum coccineum',
      form: 'daisy',
      morphs: ['white', 'yellow', 'red'],
      alike: 'transvaal-daisy',
    },
    {
      id: 'transvaal-daisy',
      name: 'Transvaal daisy',
      latin: 'Gerbera jamesonii',
      form: 'daisy',
      morphs: ['white', 'yellow', 'red'],
      alike: 'painted-daisy',
    },
    {
      id: 'garden-tulip',
      name: 'garden tulip',
      latin: 'Tulipa gesneriana',
      form: 'tulip',
      morphs: ['red', 'yellow', 'white', 'purple'],
    },
    {
      id: 'common-foxglove',
      name: 'common foxglove',
      latin: 'Digitalis purpurea',
      form: 'foxglove',
      morphs: ['purple', 'white', 'yellow'],
    },
    {
      id: 'opium-poppy',
      name: 'opium poppy',
      latin: 'Papaver somniferum',
      form: 'poppy',
      morphs: ['red', 'white', 'purple'],
    },
  ],
  morphs,
  poses: {
    'leaning-right': 'leaning to the right',
    'leaning-left': 'leaning to the left',
  },
  features: {
    daisy: 'many narrow petals around a yellow disc',
    tulip: 'a single cup of pointed petals above long plain leaves',
    foxglove: 'a tall spike of hanging bells',
    poppy: 'four broad crumpled petals around a dark heart',
  },
  dims: { up: 102, down: 102, half: 56 },
  draw: (pen: Pen, { form, morph, pose, rnd }: DrawOptions): void => {
    const lean = (9 + rnd.r(-3, 3)) / 100
    const side = pose === 'leaning-left' ? -1 : 1
    pen.push([side, 0, -lean * side, 1, 0, 0])
    const j = (amount: number): number => rnd.r(-amount, amount)
    DRAW[form]?.({
      pen,
      c: morphs[morph] ?? PLAIN,
      rnd,
      j,
      green: mix('#5f7f46', rnd.chance(0.5) ? '#7f9850' : '#486b4a', rnd.r(0, 0.5)),
    })
    pen.pop()
  },
}
