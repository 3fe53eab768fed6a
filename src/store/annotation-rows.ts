/** Checksums of the rows of annotations, and rewrites as they are read back. */
import type { Selectable } from 'kysely'
import { z } from 'zod'
import type { PlacedRewrite } from '../core/annotations/annotation-store.ts'
import type {
  AnnotationImagesTable,
  AnnotationRoundsTable,
  AnnotationsTable,
  RewritesTable,
  TextScoresTable,
} from './annotations-tables.ts'
import { rowChecksum } from './checksum.ts'

/** Of a row before SQLite numbers it. */
type Bare<T> = Omit<T, 'seq' | 'checksum'>

export const annotationChecksum = (row: Bare<AnnotationsTable>): string =>
  rowChecksum([row.id, row.plan])

export const annotatedImageChecksum = (row: Bare<AnnotationImagesTable>): string =>
  rowChecksum([
    row.annotation_id,
    row.place,
    row.dealt,
    row.image_id,
    row.alt_text,
    row.start_text,
    row.start_sha256,
  ])

export const roundChecksum = (row: Bare<AnnotationRoundsTable>): string =>
  rowChecksum([row.annotation_id, row.round, row.opened_at])

export const rewriteChecksum = (row: Bare<RewritesTable>): string =>
  rowChecksum([
    row.id,
    row.annotation_id,
    row.image_id,
    row.round,
    row.annotator,
    row.text,
    row.text_sha256,
    row.steps,
    row.note,
    row.seconds,
    row.created_at,
  ])

export const textScoreChecksum = (row: Bare<TextScoresTable>): string =>
  rowChecksum([
    row.image_id,
    row.text_sha256,
    row.scorer_id,
    row.scorer_sha256,
    row.clip,
    row.score,
    row.created_at,
  ])

/** Stands in the note of a rewrite that was changed on disk: shown rather than hidden, and never as if it were sound. */
export const CHANGED_NOTE = '[changed on disk: this text no longer matches its checksum]'

const Steps = z.array(z.string())

function stepsOf(text: string): string[] {
  try {
    return Steps.parse(JSON.parse(text))
  } catch {
    return [] // only a row that changed on disk
  }
}

export function toRewrite(row: Selectable<RewritesTable>): PlacedRewrite {
  const sound = rewriteChecksum(row) === row.checksum
  return {
    id: row.id,
    imageId: row.image_id,
    round: row.round,
    annotator: row.annotator,
    text: row.text,
    steps: stepsOf(row.steps),
    note: sound ? row.note : [row.note, CHANGED_NOTE].filter(Boolean).join(' '),
    seconds: row.seconds,
    createdAt: row.created_at,
  }
}
