/** Keys of many cells in one query each: what the dataset view sorts, filters and pairs by. */
import { sql } from 'kysely'
import type { DatasetKey, DatasetStore, RunRow } from '../core/dataset/dataset-store.ts'
import { AltKind } from '../shared/types.ts'
import { toFtsQuery } from './captions.ts'
import { currentScore } from './current-score.ts'
import type { Database } from './database.ts'
import { decided, MARK_COUNTS, newestMarks } from './newest-marks.ts'
import { fromFloat64Blob } from './number-blob.ts'

const sum = (blob: Uint8Array): number => fromFloat64Blob(blob).reduce((a, b) => a + b, 0)

export function createDatasetStore(db: Database): DatasetStore {
  const selectKeys = () =>
    db.sql
      .selectFrom('captions')
      .leftJoin('scores', (join) => join.on('scores.seq', '=', currentScore))
      .leftJoin('mark_sets', (join) => join.on('mark_sets.seq', '=', newestMarks))
      .select([
        'captions.id',
        'captions.image_id',
        'scores.clip',
        ...MARK_COUNTS,
        decided.as('decided'),
      ])

  const texts = (wanted: boolean) =>
    wanted
      ? [
          sql<string | null>`(SELECT alt_text FROM cells WHERE cells.key = captions.cell_key)`.as(
            'alt_text',
          ),
          sql<string | null>`captions.text`.as('text'),
        ]
      : [sql<string | null>`NULL`.as('alt_text'), sql<string | null>`NULL`.as('text')]

  const kindOf = (name: string): AltKind => {
    const kind = AltKind.safeParse(name)
    return kind.success ? kind.data : 'free'
  }

  const runRows = () =>
    db.sql.selectFrom('runs').select((e) => [
      'runs.id',
      'runs.request',
      'runs.status',
      'runs.started_at as startedAt',
      e
        .selectFrom('run_uses')
        .select((f) => f.fn.countAll<number>().as('n'))
        .whereRef('run_uses.run_id', '=', 'runs.id')
        .as('cells'),
      e
        .selectFrom('run_failures')
        .select((f) => f.fn.countAll<number>().as('n'))
        .whereRef('run_failures.run_id', '=', 'runs.id')
        .as('failed'),
    ])
  const toRun = (
    row: Omit<RunRow, 'cells' | 'failed'> & { cells: number | null; failed: number | null },
  ): RunRow => ({
    ...row,
    cells: row.cells ?? 0,
    failed: row.failed ?? 0,
  })

  return {
    keys({ runId, words, withTexts }) {
      const match = toFtsQuery(words)
      const found = sql<number>`(SELECT rowid FROM caption_words WHERE caption_words MATCH ${match})`
      const toKey = (row: {
        readonly id: string
        readonly image_id: string
        readonly kind: string
        readonly sample: number
        readonly alt_text: string | null
        readonly text: string | null
        readonly clip: number | null
        readonly carried: number | null
        readonly rejected: number | null
        readonly erroneous: number | null
        readonly decided: unknown
      }): DatasetKey => ({
        cellId: row.id,
        imageId: row.image_id,
        altKind: kindOf(row.kind),
        altText: row.alt_text,
        sample: row.sample,
        caption: row.text,
        clip: row.clip,
        carried: row.carried,
        rejected: row.rejected,
        erroneous: row.erroneous,
        decided: row.decided === 1,
      })
      if (runId !== null) {
        let query = selectKeys()
          .innerJoin('run_uses', 'run_uses.caption_seq', 'captions.seq')
          .select(['run_uses.alt_kind as kind', 'run_uses.sample'])
          .select(texts(withTexts))
          .where('run_uses.run_id', '=', runId)
          .orderBy(sql`run_uses.rowid`)
        if (match !== null) query = query.where('captions.seq', 'in', found)
        // Self-rounds come round by round; they are read image by image like any other run.
        const ofImages = Map.groupBy(db.all(query).map(toKey), ({ imageId }) => imageId)
        return [...ofImages.values()].flat()
      }
      let query = selectKeys()
        .innerJoin('images', 'images.id', 'captions.image_id')
        .select(['captions.alt_kind as kind', sql<number>`0`.as('sample')])
        .select(texts(withTexts))
        .where('images.hidden', '=', 0)
        .orderBy(sql`images.name COLLATE NOCASE`)
        .orderBy('images.seq')
        .orderBy('captions.seq')
      if (match !== null) query = query.where('captions.seq', 'in', found)
      return db.all(query).map(toKey)
    },
    lifts(context) {
      const rows = db.all(
        db.sql
          .selectFrom('lens_readings')
          .innerJoin('captions', 'captions.seq', 'lens_readings.caption_seq')
          .select(['captions.id', 'captions.log_probs as own', 'lens_readings.log_probs as read'])
          .where('lens_readings.context', '=', context),
      )
      return new Map(rows.map(({ id, own, read }) => [id, sum(own) - sum(read)]))
    },
    runs: (limit) => db.all(runRows().orderBy('runs.seq', 'desc').limit(limit)).map(toRun),
    run(runId) {
      const row = db.get(runRows().where('runs.id', '=', runId))
      return row && toRun(row)
    },
  }
}
