/** Every table whose rows carry a checksum: how it is read in pages, and which rows no longer match. */
import { sql, type Selectable } from 'kysely'
import type { CheckedTable, DamagedRow } from '../core/store-port.ts'
import {
  annotatedImageChecksum,
  annotationChecksum,
  rewriteChecksum,
  roundChecksum,
  textScoreChecksum,
} from './annotation-rows.ts'
import type {
  AnnotationImagesTable,
  AnnotationRoundsTable,
  AnnotationsTable,
  RewritesTable,
  TextScoresTable,
} from './annotations-tables.ts'
import { isDamaged, scoreChecksum, selectCells } from './caption-rows.ts'
import { rowChecksum, sha256 } from './checksum.ts'
import type { Database } from './database.ts'
import type { LensReadingsTable, MarkDecisionsTable, MarkSetsTable } from './grounding-tables.ts'
import { readingChecksum } from './lens.ts'
import { decisionChecksum, setChecksum } from './marks.ts'
import type { JudgementEventsTable } from './studies-tables.ts'
import type { ScoresTable } from './tables.ts'

interface Checked {
  readonly seq: number
  readonly id: string
  readonly sound: boolean
}

export interface Check {
  readonly table: CheckedTable
  /** Rows after a sequence number, in its order. */
  readonly page: (db: Database, after: number, limit: number) => readonly Checked[]
}

const captions: Check['page'] = (db, after, limit) =>
  db
    .all(selectCells(db).where('captions.seq', '>', after).orderBy('captions.seq').limit(limit))
    .map((row) => ({ seq: row.seq, id: row.id, sound: !isDamaged(row) }))

/** Tables whose checksum is over the row as it stands. */
const plain = <R extends { readonly seq: number; readonly checksum: string }>(
  table: CheckedTable,
  checksumOf: (row: R) => string,
): Check => ({
  table,
  page: (db, after, limit) =>
    db
      .all<R>({
        compile: () =>
          sql<R>`SELECT * FROM ${sql.table(table)} WHERE seq > ${after} ORDER BY seq LIMIT ${limit}`.compile(
            db.sql,
          ),
      })
      .map((row) => ({
        seq: row.seq,
        id: String(row.seq),
        sound: checksumOf(row) === row.checksum,
      })),
})

const parse = (text: string): Readonly<Record<string, unknown>> => {
  try {
    return JSON.parse(text) as Readonly<Record<string, unknown>>
  } catch {
    return {} // only a row that changed on disk is no JSON: nothing in it agrees
  }
}

/** The columns beside the JSON only repeat it or the plan; where they differ, one of the two was changed. */
function judgementIsSound(db: Database, row: Selectable<JudgementEventsTable>): boolean {
  if (sha256(row.event) !== row.checksum) return false
  const { id, trialId } = parse(row.event)
  const planned = db.get(
    db.sql
      .selectFrom('study_assignments')
      .select(['study_id', 'rater'])
      .where('id', '=', String(trialId)),
  )
  return id === row.id && planned?.study_id === row.study_id && planned.rater === row.rater
}

const judgements: Check['page'] = (db, after, limit) =>
  db
    .all(
      db.sql
        .selectFrom('judgement_events')
        .selectAll()
        .where('seq', '>', after)
        .orderBy('seq')
        .limit(limit),
    )
    .map((row) => ({ seq: row.seq, id: row.id, sound: judgementIsSound(db, row) }))

const studies: Check['page'] = (db, after, limit) =>
  db
    .all(
      db.sql.selectFrom('studies').selectAll().where('seq', '>', after).orderBy('seq').limit(limit),
    )
    .map((row) => ({
      seq: row.seq,
      id: row.id,
      sound:
        rowChecksum([row.id, row.protocol]) === row.checksum &&
        parse(row.protocol)['name'] === row.name,
    }))

/** Sampled on opening, walked as a whole by `verify`. The plan of a study is checked whenever it is read. */
export const CHECKS: readonly Check[] = [
  { table: 'captions', page: captions },
  plain<Selectable<ScoresTable>>('scores', scoreChecksum),
  plain<Selectable<MarkSetsTable>>('mark_sets', setChecksum),
  plain<Selectable<MarkDecisionsTable>>('mark_decisions', decisionChecksum),
  plain<Selectable<LensReadingsTable>>('lens_readings', readingChecksum),
  { table: 'judgement_events', page: judgements },
  { table: 'studies', page: studies },
  plain<Selectable<AnnotationsTable>>('annotations', annotationChecksum),
  plain<Selectable<AnnotationImagesTable>>('annotation_images', annotatedImageChecksum),
  plain<Selectable<AnnotationRoundsTable>>('annotation_rounds', roundChecksum),
  plain<Selectable<RewritesTable>>('rewrites', rewriteChecksum),
  plain<Selectable<TextScoresTable>>('text_scores', textScoreChecksum),
]

export interface PlanRow {
  readonly study_id: string
  readonly place: number
  readonly checksum: string
}

export const itemIsSound = (row: PlanRow & { readonly item: string }): boolean =>
  rowChecksum([row.study_id, row.item]) === row.checksum

export const assignmentIsSound = (
  row: PlanRow & { readonly id: string; readonly rater: number; readonly assignment: string },
): boolean => {
  const { id, rater } = parse(row.assignment)
  const same = id === row.id && rater === row.rater
  return same && rowChecksum([row.study_id, row.assignment]) === row.checksum
}

/** Items and assignments of one study; they are numbered without gaps, so a missing one is damage too. */
export function damagedPlan(db: Database, studyId: string): readonly DamagedRow[] {
  const items = db.all(
    db.sql.selectFrom('study_items').selectAll().where('study_id', '=', studyId).orderBy('place'),
  )
  const assignments = db.all(
    db.sql
      .selectFrom('study_assignments')
      .selectAll()
      .where('study_id', '=', studyId)
      .orderBy('place'),
  )
  const gap = (table: CheckedTable, rows: readonly PlanRow[]): readonly DamagedRow[] => {
    const missing = (rows.at(-1)?.place ?? -1) + 1 - rows.length
    return missing === 0 ? [] : [{ table, id: `${missing} rows of study ${studyId} are missing` }]
  }
  return [
    ...gap('study_items', items),
    ...gap('study_assignments', assignments),
    ...items
      .filter((row) => !itemIsSound(row))
      .map((row): DamagedRow => ({ table: 'study_items', id: `${studyId} ${row.place}` })),
    ...assignments
      .filter((row) => !assignmentIsSound(row))
      .map((row): DamagedRow => ({ table: 'study_assignments', id: row.id })),
  ]
}
