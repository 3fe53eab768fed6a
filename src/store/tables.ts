/** Rows as SQLite keeps them; one interface a table. Times are ISO 8601, JSON columns are text. */
import type { Generated } from 'kysely'
import type { AnnotationTables } from './annotations-tables.ts'
import type { GroundingTables } from './grounding-tables.ts'
import type { StudyTables } from './studies-tables.ts'

export interface ImagesTable {
  /** Order of arrival. */
  readonly seq: Generated<number>
  readonly id: string
  readonly name: string
  readonly source_path: string | null
  readonly width: number
  readonly height: number
  readonly format: string
  readonly size_bytes: number
  /** JSON array of sentences. */
  readonly notes: string
  readonly class_name: string | null
  readonly group_name: string | null
  readonly truth: string | null
  readonly hidden: Generated<number>
  /** Kept by triggers. */
  readonly caption_count: Generated<number>
  readonly added_at: string
}

/** Apart from `images`, so that a page of cards never drags pictures along. */
export interface ImageFilesTable {
  readonly image_id: string
  readonly bytes: Uint8Array | null
  readonly thumbnail: Uint8Array
}

export interface AltTextsTable {
  readonly seq: Generated<number>
  readonly image_id: string
  readonly kind: string
  readonly text: string
  readonly source: string
  readonly added_at: string
}

export interface RunsTable {
  readonly seq: Generated<number>
  readonly id: string
  readonly request: string
  readonly app_version: string
  readonly status: string
  readonly started_at: string
  readonly ended_at: string | null
}

export interface RunUsesTable {
  readonly run_id: string
  readonly caption_seq: number
  readonly alt_kind: string
  readonly condition: number
  readonly sample: number
  readonly reused: number
}

export interface RunFailuresTable {
  readonly run_id: string
  readonly image_id: string
  readonly code: string
  readonly message: string
}

export interface CellsTable {
  /** sha256 over everything that makes two captions the same computation. */
  readonly key: string
  readonly image_id: string
  readonly alt_text: string
  readonly captioner_id: string
  readonly bundle_sha256: string
  readonly settings: string
  readonly seed: number
  /** JSON array of token ids that the caption was made to begin with; null where it was free. */
  readonly prefix: string | null
}

export interface CaptionsTable {
  readonly seq: number
  readonly id: string
  readonly cell_key: string
  readonly run_id: string
  readonly image_id: string
  readonly alt_kind: string
  readonly text: string
  /** Int32, little-endian. */
  readonly token_ids: Uint8Array
  /** Float64, little-endian, one per token, nats. */
  readonly log_probs: Uint8Array
  readonly provenance: string
  readonly created_at: string
  readonly checksum: string
}

export interface ScoresTable {
  readonly seq: number
  readonly caption_seq: number
  readonly scorer_id: string
  readonly scorer_sha256: string
  /** The cosine x 100 again, as a number to sort by. */
  readonly clip: number
  readonly score: string
  readonly created_at: string
  readonly checksum: string
}

export interface ReplaysTable {
  readonly seq: Generated<number>
  readonly caption_seq: number
  readonly identical: number
  readonly caption: string
  readonly max_log_prob_diff: number
  readonly note: string
  readonly created_at: string
}

/** Counts that triggers keep, so that nobody counts a million rows for a status line. */
export interface TotalsTable {
  readonly name: 'images' | 'captions'
  readonly n: number
}

/** What this workspace remembers of itself, e.g. that its sample was made. */
export interface SettingsTable {
  readonly name: string
  readonly value: string
}

export interface SummariesTable {
  readonly captioner_id: string
  readonly alt_kind: string
  readonly captions: number
  readonly scored: number
  readonly clip_sum: number
}

export interface WordsTable {
  readonly rowid: number
  readonly rank: number
}

export interface Tables extends StudyTables, GroundingTables, AnnotationTables {
  readonly images: ImagesTable
  readonly image_files: ImageFilesTable
  readonly alt_texts: AltTextsTable
  readonly runs: RunsTable
  readonly run_uses: RunUsesTable
  readonly run_failures: RunFailuresTable
  readonly cells: CellsTable
  readonly captions: CaptionsTable
  readonly scores: ScoresTable
  readonly replays: ReplaysTable
  readonly totals: TotalsTable
  readonly settings: SettingsTable
  readonly summaries: SummariesTable
  readonly caption_words: WordsTable
  readonly image_words: WordsTable
}
