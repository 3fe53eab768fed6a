/** What an evaluation knows of one picture: plain facts that the drawings and the photographs both give. */

/** One visible fact. Phrases are compared whole, longest first, after every name is taken out. */
export interface AttributeTruth {
  readonly kind: 'colour' | 'background' | 'position' | 'size' | 'count' | 'pose' | 'medium'
  /** Any of these is right, e.g. ['in the lower left', 'at the lower left']. */
  readonly right: readonly string[]
  /** Phrases of the same kind that would be wrong here. */
  readonly wrong: readonly string[]
}

export interface PictureTruth {
  readonly id: string
  /** Names of what is seen, the common one first, the Latin one (if any) last. */
  readonly names: readonly string[]
  /** Key of its family in the lexicon. */
  readonly family: string
  /** Words that name the family, e.g. ['owl', 'bird']. */
  readonly familyWords: readonly string[]
  /** Names of each kind that no eye can tell from this one; empty when the species can be seen. */
  readonly alike: readonly (readonly string[])[]
  readonly attributes: readonly AttributeTruth[]
  /** The dense caption that a perfect captioner would give; the scorer has to know it among ten. */
  readonly caption: string
}

/** Names by family; `unseen` never stood in a training caption or alt-text. */
export interface LexiconFamily {
  readonly seen: readonly string[]
  readonly unseen: readonly string[]
  /** Families too close for their names to be plainly wrong here; the family itself is always near. */
  readonly near?: readonly string[]
  /** Common words ("cow", "window") for things that no picture of this family shows. */
  readonly everyday?: readonly string[]
}
export type Lexicon = Readonly<Record<string, LexiconFamily>>

export const RATE_NAMES = [
  'carry',
  'carry_unseen',
  'refuse',
  'refuse_everyday',
  'noise',
  'empty_species',
  'empty_family',
  'attributes',
  'clip',
] as const
export type RateName = (typeof RATE_NAMES)[number]

/** Share of n trials with its Wilson 95 % interval; value is null (and n 0) when nothing could be tried. */
export interface Rate {
  readonly value: number | null
  readonly n: number
  readonly low: number
  readonly high: number
}
export type Rates = Readonly<Record<RateName, Rate>>
