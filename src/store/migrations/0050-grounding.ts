/** Marks as proposed and as decided, apart from each other; readings of the token lens. All append-only. */
import { appendOnly } from '../append-only.ts'

export const grounding: readonly string[] = [
  `CREATE TABLE mark_sets (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     caption_seq INTEGER NOT NULL REFERENCES captions (seq),
     matcher TEXT NOT NULL,
     context_sha256 TEXT NOT NULL,
     proposals TEXT NOT NULL,
     carried INTEGER NOT NULL,
     rejected INTEGER NOT NULL,
     erroneous INTEGER NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (caption_seq, matcher, context_sha256)
   ) STRICT`,
  ...appendOnly('mark_sets'),

  `CREATE TABLE mark_decisions (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     caption_seq INTEGER NOT NULL REFERENCES captions (seq),
     place TEXT NOT NULL CHECK (place IN ('caption', 'alt-text')),
     span_start INTEGER NOT NULL,
     span_end INTEGER NOT NULL,
     decision TEXT NOT NULL,
     decided_by TEXT NOT NULL,
     decided_at TEXT NOT NULL,
     checksum TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX mark_decisions_by_caption ON mark_decisions (caption_seq, seq)`,
  ...appendOnly('mark_decisions'),

  `CREATE TABLE lens_readings (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     caption_seq INTEGER NOT NULL REFERENCES captions (seq),
     context TEXT NOT NULL,
     log_probs BLOB NOT NULL,
     ranks BLOB NOT NULL,
     alternatives TEXT NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (caption_seq, context)
   ) STRICT`,
  ...appendOnly('lens_readings'),
]
