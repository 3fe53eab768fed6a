/** Rows of the studies; JSON columns are text in one canonical form. */
import type { Generated } from 'kysely'

export interface StudiesTable {
  readonly seq: Generated<number>
  readonly id: string
  readonly name: string
  readonly protocol: string
  readonly created_at: string
  readonly checksum: string
}

export interface StudyItemsTable {
  readonly study_id: string
  /** Order within the plan. */
  readonly place: number
  readonly item: string
  readonly checksum: string
}

export interface StudyAssignmentsTable {
  readonly id: string
  readonly study_id: string
  readonly place: number
  readonly rater: number
  readonly assignment: string
  readonly checksum: string
}

export interface StudyLogTable {
  readonly seq: Generated<number>
  readonly study_id: string
  readonly kind: string
  readonly rater: number | null
  readonly token_sha256: string | null
  readonly note: string
  readonly at: string
}

export interface JudgementEventsTable {
  readonly seq: Generated<number>
  readonly id: string
  readonly study_id: string
  readonly rater: number
  readonly event: string
  readonly checksum: string
}

export interface StudyTables {
  readonly studies: StudiesTable
  readonly study_items: StudyItemsTable
  readonly study_assignments: StudyAssignmentsTable
  readonly study_log: StudyLogTable
  readonly judgement_events: JudgementEventsTable
}
