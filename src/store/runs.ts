/** Runs: what was asked, which cells answered it, what failed, how it ended. */
import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { RunStore } from '../core/store-port.ts'
import { AltKind } from '../shared/types.ts'
import { selectCells, toCell } from './caption-rows.ts'
import type { Database } from './database.ts'

export function createRunStore(db: Database): RunStore {
  return {
    start({ request, appVersion, startedAt }) {
      const id = randomUUID()
      db.run(
        db.sql.insertInto('runs').values({
          id,
          request: JSON.stringify(request).toWellFormed(),
          app_version: appVersion,
          status: 'running',
          started_at: startedAt,
          ended_at: null,
        }),
      )
      return id
    },
    addUse({ runId, cellId, altKind, condition, sample, reused }) {
      db.run(
        db.sql.insertInto('run_uses').values((e) => ({
          run_id: runId,
          caption_seq: e.selectFrom('captions').select('seq').where('id', '=', cellId),
          alt_kind: altKind,
          condition,
          sample,
          reused: Number(reused),
        })),
      )
    },
    addFailure({ runId, imageId, code, message }) {
      const row = { run_id: runId, image_id: imageId, code, message: message.toWellFormed() }
      db.run(db.sql.insertInto('run_failures').values(row))
    },
    end(runId, status, endedAt) {
      db.run(db.sql.updateTable('runs').set({ status, ended_at: endedAt }).where('id', '=', runId))
    },
    recent: (limit) =>
      db
        .all(
          db.sql
            .selectFrom('runs')
            .select(['id', 'started_at'])
            .orderBy('seq', 'desc')
            .limit(limit),
        )
        .map(({ id, started_at }) => ({ id, startedAt: started_at })),
    imagesOf: (runId) =>
      db
        .all(
          db.sql
            .selectFrom('run_uses')
            .innerJoin('captions', 'captions.seq', 'run_uses.caption_seq')
            .where('run_uses.run_id', '=', runId)
            .groupBy('captions.image_id')
            .select('captions.image_id')
            .orderBy((e) => e.fn.min(sql`run_uses.rowid`)),
        )
        .map(({ image_id }) => image_id),
    cellsOf: (runId, imageId) =>
      db
        .all(
          selectCells(db)
            .innerJoin('run_uses', 'run_uses.caption_seq', 'captions.seq')
            .select([
              'run_uses.alt_kind as use_kind',
              'run_uses.condition',
              'run_uses.sample',
              'run_uses.reused',
            ])
            .where('run_uses.run_id', '=', runId)
            .where('captions.image_id', '=', imageId)
            .orderBy('run_uses.condition')
            .orderBy('run_uses.sample'),
        )
        .map((row) => {
          const kind = AltKind.safeParse(row.use_kind)
          return {
            cell: toCell(row),
            altKind: kind.success ? kind.data : 'free',
            condition: row.condition,
            sample: row.sample,
            reused: row.reused === 1,
          }
        }),
  }
}

/** Runs that a killed process left behind. */
export const markInterrupted = (db: Database): number =>
  db.run(db.sql.updateTable('runs').set({ status: 'interrupted' }).where('status', '=', 'running'))
