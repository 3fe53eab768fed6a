/** Rows of rounds of annotation. */
import type { Generated } from 'kysely'

export interface AnnotationsTable {
  readonly seq: Generated<number>
  readonly id: string
  /** JSON in one canonical form. */
  readonly plan: string
  readonly checksum: string
}

export interface AnnotationImagesTable {
  readonly seq: Generated<number>
  readonly annotation_id: string
  readonly place: number
  readonly dealt: number
  readonly image_id: string
  readonly alt_text: string
  readonly start_text: string
  readonly start_sha256: string
  readonly checksum: string
}

export interface AnnotationRoundsTable {
  readonly seq: Generated<number>
  readonly annotation_id: string
  readonly round: number
  readonly opened_at: string
  readonly checksum: string
}

export interface RewritesTable {
  readonly seq: Generated<number>
  readonly id: string
  readonly annotation_id: string
  readonly image_id: string
  readonly round: number
  readonly annotator: string
  readonly text: string
  readonly text_sha256: string
  /** JSON array of ids of steps. */
  readonly steps: string
  readonly note: string
  readonly seconds: number
  readonly created_at: string
  readonly checksum: string
}

/** Of a text for an image, wherever the text stands. */
export interface TextScoresTable {
  readonly seq: Generated<number>
  readonly image_id: string
  readonly text_sha256: string
  readonly scorer_id: string
  readonly scorer_sha256: string
  readonly clip: number
  readonly score: string
  readonly created_at: string
  readonly checksum: string
}

export interface AnnotationTables {
  readonly annotations: AnnotationsTable
  readonly annotation_images: AnnotationImagesTable
  readonly annotation_rounds: AnnotationRoundsTable
  readonly rewrites: RewritesTable
  readonly text_scores: TextScoresTable
}
