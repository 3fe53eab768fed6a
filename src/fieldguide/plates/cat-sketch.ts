/** Proportions of the cats, and what their drawings share. */
import { dark, lum } from '../colour.ts'
import { clamp } from '../geometry.ts'
import type { Pen, ShapeOptions } from '../pen.ts'
import type { Morph } from '../plate.ts'
import type { Rnd } from '../random.ts'

interface Build {
  /** Breadth of the body and of the limbs. */
  readonly breadth: number
  readonly limb: number
  /** Head: centre, half sizes, and how much it narrows to the chin. */
  readonly head: readonly [x: number, y: number, rx: number, ry: number, wedge: number]
  /** Height and half width of the ears. */
  readonly ear: readonly [height: number, width: number]
  readonly tail: string
  readonly tailWidth: (t: number) => number
}

export interface Sketch {
  readonly pen: Pen
  readonly c: Morph
  readonly rnd: Rnd
  readonly form: string
  readonly build: Build
  readonly mark: string
}

export const BUILDS: Readonly<Record<string, Build>> = {
  tabby: {
    breadth: 1.06,
    limb: 1.08,
    head: [16, -54, 35, 30, 0.1],
    ear: [25, 13],
    tail: '-40,82 -66,86 -84,70 -86,44 -78,28',
    tailWidth: (t) => 15 - 3 * t,
  },
  spotted: {
    breadth: 0.94,
    limb: 1,
    head: [16, -60, 28, 25, 0.25],
    ear: [26, 12],
    tail: '-38,82 -64,88 -84,68 -84,36 -70,18',
    tailWidth: (t) => 12 - 3 * t,
  },
  longhair: {
    breadth: 1.12,
    limb: 1.1,
    head: [16, -54, 31, 28, 0.2],
    ear: [36, 13],
    tail: '-36,80 -66,84 -88,58 -84,20 -66,0',
    tailWidth: (t) => 13 + 22 * Math.sin(Math.PI * clamp(t * 0.9 + 0.06)) * (0.6 + 0.4 * t),
  },
  siamese: {
    breadth: 0.78,
    limb: 0.78,
    head: [14, -61, 24, 25, 0.5],
    ear: [37, 16],
    tail: '-30,84 -58,90 -80,74 -84,40 -76,12 -66,4',
    tailWidth: (t) => 8.5 - 4 * t,
  },
  sphynx: {
    breadth: 0.84,
    limb: 0.84,
    head: [16, -58, 26, 25, 0.42],
    ear: [42, 21],
    tail: '-34,84 -60,90 -82,70 -80,34 -64,16 -54,26',
    tailWidth: (t) => 8 - 6 * t,
  },
}

export const bare: ShapeOptions = { flat: true, edge: 0, hatch: false }

/** A darker or lighter mark that shows in every medium. */
export const marking = (c: Morph): string => (lum(c.base) < 0.35 ? c.pale : dark(c.dark, 0.2))
