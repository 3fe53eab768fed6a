/** What rounds of annotation ask of the workspace file. What is in here is never changed and never deleted. */
import type { AnnotationSummary, Guideline, Rewrite, StartText } from '../../shared/annotation.ts'
import type { Score } from '../../shared/types.ts'

/** Fixed when it begins. */
export interface AnnotationPlan {
  readonly id: string
  readonly name: string
  readonly createdAt: string
  readonly start: StartText
  readonly annotators: readonly string[]
  readonly swap: boolean
  readonly seed: number
  readonly guideline: Guideline
}

export interface AnnotatedImage {
  readonly imageId: string
  /** From 0, in the annotation's own order. */
  readonly place: number
  /** Its number among the images as they were dealt, from which follows who writes which round. */
  readonly dealt: number
  readonly altText: string
  readonly start: string
}

/** Where an image stands: no texts but the beginning of the newest, so that many fit. */
export interface Standing {
  readonly imageId: string
  readonly imageName: string
  readonly place: number
  readonly dealt: number
  /** The last round that is written; 1 where nobody wrote. */
  readonly written: number
  /** Who wrote the newest text; null where nobody did. */
  readonly writer: string | null
  /** The first characters of the newest text. */
  readonly beginning: string
}

/** A text of an annotation, to be scored. */
export interface UnscoredText {
  readonly imageId: string
  readonly text: string
}

export interface PlacedRewrite extends Rewrite {
  readonly imageId: string
}

export interface NewRewrite extends PlacedRewrite {
  readonly annotationId: string
}

export interface TextScore {
  readonly imageId: string
  readonly text: string
  readonly score: Score
}

export interface AnnotationStore {
  /** The plan; nothing lists it before its second round is opened. */
  begin(plan: AnnotationPlan): void
  /** One transaction. */
  addImages(annotationId: string, images: readonly AnnotatedImage[]): void
  openRound(annotationId: string, round: number, at: string): void
  /** Newest first. */
  list(): readonly AnnotationSummary[]
  summary(annotationId: string): AnnotationSummary | undefined
  /** Fails with 'store-corrupt' where the plan was changed on disk. */
  plan(annotationId: string): AnnotationPlan | undefined
  image(annotationId: string, imageId: string): AnnotatedImage | undefined
  /** In the annotation's order, after a place. */
  images(annotationId: string, after: number, limit: number): readonly AnnotatedImage[]
  standings(annotationId: string, after: number, limit: number): readonly Standing[]
  /** Of one image, oldest first. */
  rewritesOf(annotationId: string, imageId: string): readonly Rewrite[]
  /** Of the images at places [from, to), image by image, oldest first. */
  rewritesAt(annotationId: string, from: number, to: number): readonly PlacedRewrite[]
  /** Every one in the order in which they were written, those of images without a place too. */
  rewritesAfter(
    annotationId: string,
    seq: number,
    limit: number,
  ): { readonly rewrites: readonly PlacedRewrite[]; readonly next: number | null }
  /** On disk when it returns. */
  addRewrite(rewrite: NewRewrite): void
  /** Texts without a score of this scorer, each once for an image; an empty one is none. */
  unscored(annotationId: string, scorerSha256: string): readonly UnscoredText[]
  countUnscored(annotationId: string, scorerSha256: string): number
  /** One transaction. A second score of the same scorer for the same text of an image is left out. */
  addScores(scores: readonly TextScore[], at: string): void
  /** CLIP score x100. */
  clip(imageId: string, text: string, scorerSha256: string): number | undefined
}
