/** The tables that are salvaged, those that others refer to first, and whether a row still is what it was. */
import {
  annotatedImageChecksum,
  annotationChecksum,
  rewriteChecksum,
  roundChecksum,
  textScoreChecksum,
} from './annotation-rows.ts'
import { captionChecksum, scoreChecksum } from './caption-rows.ts'
import { assignmentIsSound, itemIsSound } from './checked-tables.ts'
import { rowChecksum, sha256 } from './checksum.ts'
import { readingChecksum } from './lens.ts'
import { decisionChecksum, setChecksum } from './marks.ts'
import type { Row } from './salvage-rows.ts'

export interface SalvagedTable {
  readonly table: string
  /** Primary key of a table without row numbers. */
  readonly key?: readonly string[]
  /** Rows that changed on disk are kept: a person can still read them, and the workbench marks them. */
  readonly keepChanged?: boolean
  /** A column that triggers count up. */
  readonly counted?: string
}

/** Totals, summaries and word indexes are made again by the triggers of the new file. */
export const TABLES: readonly SalvagedTable[] = [
  { table: 'settings' },
  { table: 'images', counted: 'caption_count' },
  { table: 'image_files' },
  { table: 'alt_texts' },
  { table: 'runs' },
  { table: 'cells' },
  { table: 'captions', keepChanged: true },
  { table: 'scores' },
  { table: 'run_uses' },
  { table: 'run_failures' },
  { table: 'replays' },
  { table: 'mark_sets' },
  { table: 'mark_decisions' },
  { table: 'lens_readings' },
  { table: 'studies' },
  { table: 'study_items', key: ['study_id', 'place'] },
  { table: 'study_assignments', key: ['id'] },
  { table: 'study_log' },
  { table: 'judgement_events' },
  { table: 'annotations' },
  { table: 'annotation_images' },
  { table: 'annotation_rounds' },
  { table: 'rewrites', keepChanged: true },
  { table: 'text_scores' },
]

const CHECKSUMS: Readonly<Record<string, (row: never) => string>> = {
  captions: captionChecksum,
  scores: scoreChecksum,
  mark_sets: setChecksum,
  mark_decisions: decisionChecksum,
  lens_readings: readingChecksum,
  studies: ({ id, protocol }: { id: string; protocol: string }) => rowChecksum([id, protocol]),
  judgement_events: ({ event }: { event: string }) => sha256(event),
  annotations: annotationChecksum,
  annotation_images: annotatedImageChecksum,
  annotation_rounds: roundChecksum,
  rewrites: rewriteChecksum,
  text_scores: textScoreChecksum,
}

/** True for tables without checksums. */
export function soundRow(table: string, row: Row): boolean {
  if (table === 'study_items') return itemIsSound(row as never)
  if (table === 'study_assignments') return assignmentIsSound(row as never)
  const checksum = CHECKSUMS[table]
  return checksum === undefined || checksum(row as never) === row['checksum']
}
