/** Captions with their score and counts of marks, in pages that are short enough for whoever else is served. */
import { sql } from 'kysely'
import type {
  MeasuredCaption,
  TriangulationStore,
} from '../core/triangulation/triangulation-store.ts'
import { AltKind } from '../shared/types.ts'
import { currentScore } from './current-score.ts'
import type { Database } from './database.ts'
import { decided, MARK_COUNTS, newestMarks } from './newest-marks.ts'

export function createTriangulationStore(db: Database): TriangulationStore {
  const measured = () =>
    db.sql
      .selectFrom('captions')
      .innerJoin('cells', 'cells.key', 'captions.cell_key')
      .leftJoin('scores', (join) => join.on('scores.seq', '=', currentScore))
      .leftJoin('mark_sets', (join) => join.on('mark_sets.seq', '=', newestMarks))
      .select([
        'captions.seq',
        'captions.id',
        'captions.image_id',
        'captions.text',
        'cells.captioner_id',
        'scores.clip',
        'scores.scorer_id',
        'scores.scorer_sha256',
        ...MARK_COUNTS,
        decided.as('decided'),
      ])

  const used = (runId: string, after: number) =>
    measured()
      .innerJoin('run_uses', 'run_uses.caption_seq', 'captions.seq')
      .select('run_uses.alt_kind as kind')
      .where('run_uses.run_id', '=', runId)
      .where('run_uses.caption_seq', '>', after)
      .orderBy('run_uses.caption_seq')
      .orderBy(sql`run_uses.rowid`)

  const free = (after: number) =>
    measured()
      .innerJoin('images', 'images.id', 'captions.image_id')
      .select('captions.alt_kind as kind')
      .where('images.hidden', '=', 0)
      .where('cells.prefix', 'is', null)
      .where('captions.seq', '>', after)
      .orderBy('captions.seq')

  return {
    captions({ runId, after, limit }) {
      // The same columns are read of both.
      const asked = (runId === null ? free(after) : used(runId, after)) as ReturnType<typeof free>
      const rows = db.all(asked.limit(limit))
      const first = new Map<number, MeasuredCaption>()
      for (const row of rows)
        if (!first.has(row.seq))
          first.set(row.seq, {
            cellId: row.id,
            imageId: row.image_id,
            altKind: AltKind.catch('free').parse(row.kind),
            caption: row.text,
            captionerId: row.captioner_id,
            clip: row.clip,
            scorerId: row.scorer_id,
            scorerSha256: row.scorer_sha256,
            carried: row.carried,
            rejected: row.rejected,
            erroneous: row.erroneous,
            decided: row.decided === 1,
          })
      const next = rows.length < limit ? null : (rows.at(-1)?.seq ?? null)
      return { rows: [...first.values()], next }
    },
  }
}
