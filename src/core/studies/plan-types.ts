/** What a study is made of, before anybody has judged anything. */

/** One caption as a rater sees it. Identical captions are one card that stands for several systems. */
export interface Card {
  readonly text: string
  /** Indices into the study's systems; a planted card stands for none. */
  readonly systems: readonly number[]
  /** CLIP score of this text on this image when the plan was made. Never sent to a rater. */
  readonly score?: number
  /** Other automatic scores by name, as they were when the plan was made. Never sent either. */
  readonly scores?: Readonly<Record<string, number>>
}

/** Why an item is in the plan. Only `main` and `anchor` count for the systems. */
export type ItemKind = 'main' | 'anchor' | 'wrong-image' | 'planted-error' | 'duplicate'

export interface StudyItem {
  readonly id: string
  readonly imageId: string
  readonly altText: string
  /** Class or near-duplicate group: two of one group are never neighbours where that can be helped. */
  readonly group: string
  readonly kind: ItemKind
  readonly cards: readonly Card[]
  /** What the one captioner behind all cards read of the picture; left out where there were several. */
  readonly seenBy?: { readonly captionerId: string; readonly resize: 'squash' | 'centre-crop' }
  /** For hidden quality items: the card that must not win, or the pair in the order it must have. */
  readonly expected?: readonly number[]
}

/** One item before one rater, once. `order[slot]` is the card that stands in that slot. */
export interface Assignment {
  readonly id: string
  readonly itemId: string
  readonly rater: number
  readonly order: readonly number[]
  /** Place in this rater's sequence, 0-based. */
  readonly position: number
  /** Shown to this rater before, at least `REPEAT_GAP` items ago, in another order. */
  readonly repeatOf: string | null
}

export interface PlanRequest {
  readonly seed: number
  readonly items: readonly StudyItem[]
  readonly raters: number
  readonly ratersPerItem: number
  /** Share of each rater's items shown twice (0.1 by default, at least 5 where there are enough). */
  readonly repeatShare: number
  /** Items rated by everybody; null lets the plan decide (12 when pairs of raters would share fewer than 10). */
  readonly anchors: number | null
}

export interface Plan {
  readonly seed: number
  readonly raters: number
  readonly items: readonly StudyItem[]
  readonly assignments: readonly Assignment[]
}

/** Does it count for the systems? The others test the raters. */
export const isMain = ({ kind }: Pick<StudyItem, 'kind'>): boolean =>
  kind === 'main' || kind === 'anchor'

export const REPEAT_GAP = 15
