/** Which proposals of a caption count: the newest ones. */
import { sql } from 'kysely'

/** Sequence number of the newest set of marks of the row of `captions` that is looked at; null where it has none. */
export const newestMarks = sql<number>`(SELECT max(seq) FROM mark_sets WHERE caption_seq = captions.seq)`

/** Whether a person decided on a mark of it: 1 or 0. */
export const decided = sql<number>`EXISTS (SELECT 1 FROM mark_decisions WHERE caption_seq = captions.seq)`

/** Number of marks by class, in the newest proposals. */
export const MARK_COUNTS = [
  'mark_sets.carried',
  'mark_sets.rejected',
  'mark_sets.erroneous',
] as const
