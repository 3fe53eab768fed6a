/** Which of a caption's scores is shown: the newest of the scorer in use, else the newest of any. */
import { sql } from 'kysely'

/** Name of the setting that holds the id of the scorer in use. */
export const SCORER_SETTING = 'scorer'

/** Sequence number of the score of the row of `captions` that is looked at; null where it has none. */
export const currentScore = sql<number>`coalesce(
  (SELECT max(seq) FROM scores WHERE caption_seq = captions.seq
     AND scorer_id = (SELECT value FROM settings WHERE name = ${sql.lit(SCORER_SETTING)})),
  (SELECT max(seq) FROM scores WHERE caption_seq = captions.seq))`
