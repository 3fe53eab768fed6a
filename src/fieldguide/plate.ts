/** What one family of the field guide provides: its species, its words, and how it is drawn. */
import type { Pen } from './pen.ts'
import type { Rnd } from './random.ts'

export interface Species {
  /** Kebab-case, unique over the whole guide. */
  readonly id: string
  readonly name: string
  readonly latin: string
  /** Drawings differ by form only; two species that share form and morphs are true look-alikes. */
  readonly form: string
  /** Colour morphs this species occurs in (keys of `Plate.morphs`). Look-alikes list the same morphs. */
  readonly morphs: readonly string[]
  /** Id of the species that cannot be told from this one by eye. */
  readonly alike?: string
}

/** A morph: `word` is the colour that the caption uses for the object. */
export interface Morph {
  readonly word: string
  readonly base: string
  readonly dark: string
  readonly pale: string
  readonly accent?: string
}

export interface DrawOptions {
  readonly form: string
  readonly morph: string
  readonly pose: string
  readonly rnd: Rnd
}

export interface Plate {
  /** Family word used in captions and truth: 'owl', 'teapot', … */
  readonly family: string
  readonly plural: string
  /** How it meets the world: on a perch, on the ground, on a table, or free on the page. */
  readonly ground: 'perch' | 'ground' | 'table' | 'none'
  readonly species: readonly Species[]
  readonly morphs: Readonly<Record<string, Morph>>
  /** Pose id -> words that also follow 'each', e.g. 'perched, facing left'. */
  readonly poses: Readonly<Record<string, string>>
  /** Form -> one clause of visible features for the caption. */
  readonly features: Readonly<Record<string, string>>
  /** Local units above, below and beside the origin that the drawing needs (about 100/100/50). */
  readonly dims: { readonly up: number; readonly down: number; readonly half: number }
  /** Pose -> local point in the middle of a close-up; without it, one in the upper half. */
  readonly focus?: Readonly<Record<string, readonly [x: number, y: number]>>
  readonly draw: (pen: Pen, options: DrawOptions) => void
}
