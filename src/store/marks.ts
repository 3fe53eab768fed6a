/** Marks: what the machine proposed and what people decided, each written once and kept apart. */
import { z } from 'zod'
import type { MarkStore, ProposalSet } from '../core/grounding/store-port.ts'
import { RealignError } from '../shared/errors.ts'
import { Explanation, MARK_CLASSES, MarkClass, MarkSpan } from '../shared/contract/grounding.ts'
import { rowChecksum } from './checksum.ts'
import type { Database } from './database.ts'
import type { MarkDecisionsTable, MarkSetsTable } from './grounding-tables.ts'

const Proposals = z.array(
  MarkSpan.extend({ markClass: MarkClass, text: z.string(), explanation: Explanation }),
)
const DecisionWord = z.enum([...MARK_CLASSES, 'clear'])

/** Without the sequence number: SQLite gives it only when the row is written. */
export const setChecksum = (row: Omit<MarkSetsTable, 'seq' | 'checksum'>): string =>
  rowChecksum([
    row.caption_seq,
    row.matcher,
    row.context_sha256,
    row.proposals,
    row.carried,
    row.rejected,
    row.erroneous,
    row.created_at,
  ])

export const decisionChecksum = (row: Omit<MarkDecisionsTable, 'seq' | 'checksum'>): string =>
  rowChecksum([
    row.caption_seq,
    row.place,
    row.span_start,
    row.span_end,
    row.decision,
    row.decided_by,
    row.decided_at,
  ])

/** Row number of a cell. Fails with 'not-found'. */
export function captionSeq(db: Database, cellId: string): number {
  const row = db.get(db.sql.selectFrom('captions').select('seq').where('id', '=', cellId))
  if (!row) throw new RealignError('not-found', 'There is no such cell')
  return row.seq
}

export function createMarkStore(db: Database): MarkStore {
  const newestSet = (cellId: string, seq: number) => {
    const rows = db.all(
      db.sql
        .selectFrom('mark_sets')
        .selectAll()
        .where('caption_seq', '=', seq)
        .orderBy('seq', 'desc'),
    )
    const sound = rows.find((row) => setChecksum(row) === row.checksum)
    const proposed: ProposalSet | null = sound
      ? {
          cellId,
          matcher: sound.matcher,
          contextSha256: sound.context_sha256,
          proposals: Proposals.parse(JSON.parse(sound.proposals)),
          createdAt: sound.created_at,
        }
      : null
    return { proposed, damaged: rows.length > 0 && sound !== rows[0] }
  }
  return {
    of(cellId) {
      const seq = captionSeq(db, cellId)
      const { proposed, damaged } = newestSet(cellId, seq)
      const rows = db.all(
        db.sql
          .selectFrom('mark_decisions')
          .selectAll()
          .where('caption_seq', '=', seq)
          .orderBy('seq'),
      )
      const sound = rows.filter((row) => decisionChecksum(row) === row.checksum)
      return {
        proposed,
        decisions: sound.map((row) => ({
          cellId,
          span: {
            place: row.place === 'caption' ? 'caption' : 'alt-text',
            start: row.span_start,
            end: row.span_end,
          },
          decision: DecisionWord.parse(row.decision),
          decidedBy: row.decided_by,
          decidedAt: row.decided_at,
        })),
        damaged: damaged || sound.length < rows.length,
      }
    },
    addProposals({ cellId, matcher, contextSha256, proposals, createdAt }) {
      const count = (name: MarkClass) =>
        proposals.filter(({ markClass }) => markClass === name).length
      const row = {
        caption_seq: captionSeq(db, cellId),
        matcher,
        context_sha256: contextSha256,
        proposals: JSON.stringify(proposals).toWellFormed(),
        carried: count('carried'),
        rejected: count('rejected'),
        erroneous: count('erroneous'),
        created_at: createdAt,
      }
      db.run(
        db.sql
          .insertInto('mark_sets')
          .values({ ...row, checksum: setChecksum(row) })
          .onConflict((conflict) =>
            conflict.columns(['caption_seq', 'matcher', 'context_sha256']).doNothing(),
          ),
      )
    },
    addDecision({ cellId, span, decision, decidedBy, decidedAt }) {
      const row = {
        caption_seq: captionSeq(db, cellId),
        place: span.place,
        span_start: span.start,
        span_end: span.end,
        decision,
        decided_by: decidedBy.toWellFormed(),
        decided_at: decidedAt,
      }
      db.run(
        db.sql.insertInto('mark_decisions').values({ ...row, checksum: decisionChecksum(row) }),
      )
    },
  }
}
