/** Readings of the token lens, kept by cell and context: forward passes are made once. */
import type { LensReading, LensStore } from '../core/grounding/store-port.ts'
import { rowChecksum } from './checksum.ts'
import type { Database } from './database.ts'
import type { LensReadingsTable } from './grounding-tables.ts'
import { captionSeq } from './marks.ts'
import { fromFloat64Blob, fromInt32Blob, toFloat64Blob, toInt32Blob } from './number-blob.ts'

export const readingChecksum = (row: Omit<LensReadingsTable, 'seq' | 'checksum'>): string =>
  rowChecksum([
    row.caption_seq,
    row.context,
    row.log_probs,
    row.ranks,
    row.alternatives,
    row.created_at,
  ])

export function createLensStore(db: Database): LensStore {
  return {
    reading(cellId, context) {
      const row = db.get(
        db.sql
          .selectFrom('lens_readings')
          .selectAll()
          .where('caption_seq', '=', captionSeq(db, cellId))
          .where('context', '=', context),
      )
      if (!row || readingChecksum(row) !== row.checksum) return undefined
      return {
        logProbs: fromFloat64Blob(row.log_probs),
        ranks: fromInt32Blob(row.ranks).map((rank) => (rank === 0 ? null : rank)),
        alternatives: JSON.parse(row.alternatives) as LensReading['alternatives'], // its checksum held: as we wrote it
      }
    },
    add(cellId, context, { logProbs, ranks, alternatives, createdAt }) {
      const row = {
        caption_seq: captionSeq(db, cellId),
        context,
        log_probs: toFloat64Blob(logProbs),
        ranks: toInt32Blob(ranks.map((rank) => rank ?? 0)),
        alternatives: JSON.stringify(alternatives).toWellFormed(),
        created_at: createdAt,
      }
      db.run(
        db.sql
          .insertInto('lens_readings')
          .values({ ...row, checksum: readingChecksum(row) })
          .onConflict((conflict) => conflict.columns(['caption_seq', 'context']).doNothing()),
      )
    },
  }
}
