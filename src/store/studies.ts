/** Studies and their plans: written once in one transaction, read back as they were written. */
import type { Assignment, StudyItem } from '../core/studies/plan-types.ts'
import type { StoredStudy, StudyLogEntry, StudyStore } from '../core/studies/study-store.ts'
import { canonicalJson } from '../shared/canonical-json.ts'
import { RealignError } from '../shared/errors.ts'
import { Protocol } from '../shared/study-types.ts'
import { rowChecksum } from './checksum.ts'
import { DAMAGED_HINT, type Database } from './database.ts'
import { createJudgements } from './judgements.ts'

function intact<T extends { readonly checksum: string }>(row: T, columns: readonly string[]): T {
  if (rowChecksum(columns) !== row.checksum)
    throw new RealignError('store-corrupt', 'The plan of a study no longer matches its checksum', {
      hint: DAMAGED_HINT,
    })
  return row
}

export function createStudyStore(db: Database): StudyStore {
  /** Plans change only by `extend`, so one reading is enough. */
  const known = new Map<string, StoredStudy>()

  function insert({ protocol, plan }: StoredStudy): void {
    const text = canonicalJson(protocol)
    db.run(
      db.sql.insertInto('studies').values({
        id: protocol.id,
        name: protocol.name,
        protocol: text,
        created_at: protocol.createdAt,
        checksum: rowChecksum([protocol.id, text]),
      }),
    )
    plan.items.forEach((item, place) => {
      const json = canonicalJson(item)
      const checksum = rowChecksum([protocol.id, json])
      db.run(
        db.sql
          .insertInto('study_items')
          .values({ study_id: protocol.id, place, item: json, checksum }),
      )
    })
    insertAssignments(protocol.id, plan.assignments, 0)
  }

  function insertAssignments(studyId: string, all: readonly Assignment[], from: number): void {
    all.forEach((one, at) => {
      const json = canonicalJson(one)
      db.run(
        db.sql.insertInto('study_assignments').values({
          id: one.id,
          study_id: studyId,
          place: from + at,
          rater: one.rater,
          assignment: json,
          checksum: rowChecksum([studyId, json]),
        }),
      )
    })
  }

  function insertLog({ studyId, kind, rater, tokenSha256, note, at }: StudyLogEntry): void {
    const row = { study_id: studyId, kind, rater, token_sha256: tokenSha256, note, at }
    db.run(db.sql.insertInto('study_log').values(row))
  }

  /** Names of raters who joined after the plan was made, in the order of their numbers. */
  const joined = (studyId: string): readonly string[] =>
    db
      .all(
        db.sql
          .selectFrom('study_log')
          .select('note')
          .where('study_id', '=', studyId)
          .where('kind', '=', 'join')
          .orderBy('rater'),
      )
      .map(({ note }) => note)

  function read(studyId: string): StoredStudy | undefined {
    const row = db.get(db.sql.selectFrom('studies').selectAll().where('id', '=', studyId))
    if (!row) return undefined
    const planned = Protocol.parse(JSON.parse(intact(row, [row.id, row.protocol]).protocol))
    const protocol = { ...planned, raters: [...planned.raters, ...joined(studyId)] }
    const items = db
      .all(
        db.sql
          .selectFrom('study_items')
          .selectAll()
          .where('study_id', '=', studyId)
          .orderBy('place'),
      )
      .map((one) => JSON.parse(intact(one, [studyId, one.item]).item) as StudyItem) // as written
    const assignments = db
      .all(
        db.sql
          .selectFrom('study_assignments')
          .selectAll()
          .where('study_id', '=', studyId)
          .orderBy('place'),
      )
      .map((one) => JSON.parse(intact(one, [studyId, one.assignment]).assignment) as Assignment) // as written
    const plan = { seed: protocol.seed, raters: protocol.raters.length, items, assignments }
    return { protocol, plan }
  }

  return {
    create(study) {
      db.transaction(() => insert(study))
    },
    list: () =>
      db
        .all(
          db.sql
            .selectFrom('studies')
            .select(['id', 'name', 'created_at as createdAt'])
            .orderBy('seq'),
        )
        .map((row) => ({ ...row })),
    get(studyId) {
      const found = known.get(studyId) ?? read(studyId)
      if (found) known.set(studyId, found)
      return found
    },
    extend(studyId, { rater, name, assignments, at }) {
      const from = read(studyId)?.plan.assignments.length ?? 0
      db.transaction(() => {
        insertAssignments(studyId, assignments, from)
        insertLog({ studyId, kind: 'join', rater, tokenSha256: null, note: name, at })
      })
      known.delete(studyId)
    },
    log: insertLog,
    logOf: (studyId) =>
      db
        .all(
          db.sql.selectFrom('study_log').selectAll().where('study_id', '=', studyId).orderBy('seq'),
        )
        .map((row) => ({
          studyId: row.study_id,
          kind: row.kind as StudyLogEntry['kind'], // written by `log` alone
          rater: row.rater,
          tokenSha256: row.token_sha256,
          note: row.note,
          at: row.at,
        })),
    holderOf(tokenSha256) {
      const row = db.get(
        db.sql
          .selectFrom('study_log')
          .selectAll()
          .where('token_sha256', '=', tokenSha256)
          .where('kind', '=', 'link'),
      )
      if (!row || row.rater === null) return undefined
      const newer = db.get(
        db.sql
          .selectFrom('study_log')
          .select('seq')
          .where('study_id', '=', row.study_id)
          .where('rater', '=', row.rater)
          .where('kind', 'in', ['link', 'revoke', 'withdraw'])
          .where('seq', '>', row.seq)
          .limit(1),
      )
      return newer ? undefined : { studyId: row.study_id, rater: row.rater }
    },
    ...createJudgements(db),
  }
}
