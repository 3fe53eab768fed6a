/** Rows of marks and of the token lens. */
import type { Generated } from 'kysely'

export interface MarkSetsTable {
  readonly seq: Generated<number>
  readonly caption_seq: number
  readonly matcher: string
  readonly context_sha256: string
  /** JSON array of proposals. */
  readonly proposals: string
  /** How many of a class, to sort and filter by. */
  readonly carried: number
  readonly rejected: number
  readonly erroneous: number
  readonly created_at: string
  readonly checksum: string
}

export interface MarkDecisionsTable {
  readonly seq: Generated<number>
  readonly caption_seq: number
  readonly place: string
  readonly span_start: number
  readonly span_end: number
  readonly decision: string
  readonly decided_by: string
  readonly decided_at: string
  readonly checksum: string
}

export interface LensReadingsTable {
  readonly seq: Generated<number>
  readonly caption_seq: number
  readonly context: string
  readonly log_probs: Uint8Array
  /** 0 where the token was not among the graph's top 50. */
  readonly ranks: Uint8Array
  readonly alternatives: string
  readonly created_at: string
  readonly checksum: string
}

export interface GroundingTables {
  readonly mark_sets: MarkSetsTable
  readonly mark_decisions: MarkDecisionsTable
  readonly lens_readings: LensReadingsTable
}
