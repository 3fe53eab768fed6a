/** Runs: what was asked, which cells answered it, what failed, how it ended. */
import { randomUUID } from 'node:crypto'
import type { RunStore } from '../core/store-port.ts'
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
  }
}

/** Runs that a killed process left behind. */
export const markInterrupted = (db: Database): number =>
  db.run(db.sql.updateTable('runs').set({ status: 'interrupted' }).where('status', '=', 'running'))
