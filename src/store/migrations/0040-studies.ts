/** Studies, their items and assignments, and every judgement ever given. All of it append-only. */
import { appendOnly } from '../append-only.ts'

export const studies: readonly string[] = [
  `CREATE TABLE studies (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
     name TEXT NOT NULL,
     protocol TEXT NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL
   ) STRICT`,
  ...appendOnly('studies'),

  `CREATE TABLE study_items (
     study_id TEXT NOT NULL REFERENCES studies (id),
     place INTEGER NOT NULL,
     item TEXT NOT NULL,
     checksum TEXT NOT NULL,
     PRIMARY KEY (study_id, place)
   ) STRICT, WITHOUT ROWID`,
  ...appendOnly('study_items'),

  `CREATE TABLE study_assignments (
     id TEXT PRIMARY KEY CHECK (length(id) = 32),
     study_id TEXT NOT NULL REFERENCES studies (id),
     place INTEGER NOT NULL,
     rater INTEGER NOT NULL,
     assignment TEXT NOT NULL,
     checksum TEXT NOT NULL
   ) STRICT, WITHOUT ROWID`,
  `CREATE INDEX study_assignments_by_place ON study_assignments (study_id, place)`,
  ...appendOnly('study_assignments'),

  `CREATE TABLE study_log (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     study_id TEXT NOT NULL REFERENCES studies (id),
     kind TEXT NOT NULL,
     rater INTEGER,
     token_sha256 TEXT,
     note TEXT NOT NULL,
     at TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX study_log_by_study ON study_log (study_id, seq)`,
  `CREATE UNIQUE INDEX study_log_by_token ON study_log (token_sha256)
     WHERE token_sha256 IS NOT NULL AND kind = 'link'`,
  ...appendOnly('study_log'),

  // The same id with other words is a conflict: both are kept, so that no order of arrival decides.
  `CREATE TABLE judgement_events (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL,
     study_id TEXT NOT NULL REFERENCES studies (id),
     rater INTEGER NOT NULL,
     event TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (id, checksum)
   ) STRICT`,
  `CREATE INDEX judgement_events_by_rater ON judgement_events (study_id, rater, seq)`,
  ...appendOnly('judgement_events'),
]
