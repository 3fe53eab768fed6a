/** Judgements: written once, on disk before the rater sees the next item, never changed. */
import { canonicalJson } from '../shared/canonical-json.ts'
import { RealignError } from '../shared/errors.ts'
import { JudgementEvent, type NewEvent } from '../shared/study-types.ts'
import { sha256 } from './checksum.ts'
import { DAMAGED_HINT, type Database } from './database.ts'

/** Over every field; two events of one id with other words differ here. */
export const eventChecksum = (event: NewEvent): string => sha256(canonicalJson(event))

export function createJudgements(db: Database) {
  function raterOf(studyId: string, trialId: string): number {
    const row = db.get(
      db.sql
        .selectFrom('study_assignments')
        .select(['rater', 'study_id'])
        .where('id', '=', trialId),
    )
    if (!row || row.study_id !== studyId)
      throw new RealignError('not-found', 'This item is not part of the study', {
        hint: 'The answers belong to another study, or to a newer plan of it.',
      })
    return row.rater
  }

  function read(row: { readonly event: string; readonly checksum: string }): JudgementEvent {
    const event: unknown = JSON.parse(row.event)
    if (sha256(canonicalJson(event)) !== row.checksum)
      throw new RealignError('store-corrupt', 'A judgement no longer matches its checksum', {
        hint: DAMAGED_HINT,
      })
    return JudgementEvent.parse({ ...(event as object), checksum: row.checksum })
  }

  /** In the order in which they came. */
  const after = (studyId: string, seq: number) =>
    db.sql
      .selectFrom('judgement_events')
      .select(['seq', 'event', 'checksum'])
      .where('study_id', '=', studyId)
      .where('seq', '>', seq)
      .orderBy('seq')

  return {
    append: (studyId: string, events: readonly NewEvent[]): { readonly added: number } =>
      db.transaction(() => {
        let added = 0
        for (const event of events)
          added += db.run(
            db.sql
              .insertInto('judgement_events')
              .values({
                id: event.id,
                study_id: studyId,
                rater: raterOf(studyId, event.trialId),
                event: canonicalJson(event),
                checksum: eventChecksum(event),
              })
              .onConflict((conflict) => conflict.columns(['id', 'checksum']).doNothing()),
          )
        return { added }
      }),
    eventsOf: (studyId: string): readonly JudgementEvent[] =>
      db
        .all(
          db.sql
            .selectFrom('judgement_events')
            .select(['event', 'checksum'])
            .where('study_id', '=', studyId)
            .orderBy('seq'),
        )
        .map(read),
    eventsAfter(studyId: string, seq: number, limit: number) {
      const rows = db.all(after(studyId, seq).limit(limit))
      const next = rows.length < limit ? null : (rows.at(-1)?.seq ?? null)
      return { events: rows.map(read), next }
    },
    eventsOfRater(studyId: string, rater: number, seq: number) {
      const rows = db.all(after(studyId, seq).where('rater', '=', rater))
      return { events: rows.map(read), last: rows.at(-1)?.seq ?? seq }
    },
  }
}
