/** Runs, cells, captions, scores and replays. What a run found is append-only, with a checksum a row. */
import { appendOnly } from '../append-only.ts'

export const captions: readonly string[] = [
  `CREATE TABLE runs (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     request TEXT NOT NULL,
     app_version TEXT NOT NULL,
     status TEXT NOT NULL CHECK (status IN
       ('running', 'done', 'some-failed', 'cancelled', 'failed', 'interrupted')),
     started_at TEXT NOT NULL,
     ended_at TEXT
   ) STRICT`,
  `CREATE INDEX runs_running ON runs (status) WHERE status = 'running'`,

  `CREATE TABLE cells (
     key TEXT PRIMARY KEY CHECK (length(key) = 64),
     image_id TEXT NOT NULL REFERENCES images (id),
     alt_text TEXT NOT NULL,
     captioner_id TEXT NOT NULL,
     bundle_sha256 TEXT NOT NULL,
     settings TEXT NOT NULL,
     seed INTEGER NOT NULL
   ) STRICT`,
  ...appendOnly('cells'),

  `CREATE TABLE captions (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     cell_key TEXT NOT NULL REFERENCES cells (key),
     run_id TEXT NOT NULL REFERENCES runs (id),
     image_id TEXT NOT NULL REFERENCES images (id),
     alt_kind TEXT NOT NULL,
     text TEXT NOT NULL,
     token_ids BLOB NOT NULL,
     log_probs BLOB NOT NULL,
     provenance TEXT NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX captions_by_image ON captions (image_id, seq)`,
  `CREATE INDEX captions_by_cell ON captions (cell_key, seq)`,
  ...appendOnly('captions'),

  `CREATE TABLE scores (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     caption_seq INTEGER NOT NULL REFERENCES captions (seq),
     scorer_id TEXT NOT NULL,
     scorer_sha256 TEXT NOT NULL,
     clip REAL NOT NULL,
     score TEXT NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (caption_seq, scorer_sha256)
   ) STRICT`,
  `CREATE INDEX scores_by_clip ON scores (scorer_sha256, clip, caption_seq)`,
  ...appendOnly('scores'),

  `CREATE TABLE run_uses (
     run_id TEXT NOT NULL REFERENCES runs (id),
     caption_seq INTEGER NOT NULL REFERENCES captions (seq),
     alt_kind TEXT NOT NULL,
     condition INTEGER NOT NULL,
     sample INTEGER NOT NULL,
     reused INTEGER NOT NULL
   ) STRICT`,
  `CREATE INDEX run_uses_by_run ON run_uses (run_id, caption_seq)`,
  ...appendOnly('run_uses'),

  `CREATE TABLE run_failures (
     run_id TEXT NOT NULL REFERENCES runs (id),
     image_id TEXT NOT NULL,
     code TEXT NOT NULL,
     message TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX run_failures_by_run ON run_failures (run_id)`,
  ...appendOnly('run_failures'),

  `CREATE TABLE replays (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     caption_seq INTEGER NOT NULL REFERENCES captions (seq),
     identical INTEGER NOT NULL,
     caption TEXT NOT NULL,
     max_log_prob_diff REAL NOT NULL,
     note TEXT NOT NULL,
     created_at TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX replays_by_caption ON replays (caption_seq)`,
  ...appendOnly('replays'),

  `CREATE VIRTUAL TABLE caption_words USING fts5(
     text, content='captions', content_rowid='seq',
     tokenize='unicode61 remove_diacritics 2'
   )`,
  `CREATE TABLE summaries (
     captioner_id TEXT NOT NULL,
     alt_kind TEXT NOT NULL,
     captions INTEGER NOT NULL,
     scored INTEGER NOT NULL,
     clip_sum REAL NOT NULL,
     PRIMARY KEY (captioner_id, alt_kind)
   ) STRICT`,
  `CREATE TRIGGER captions_added AFTER INSERT ON captions
   BEGIN
     INSERT INTO caption_words (rowid, text) VALUES (NEW.seq, NEW.text);
     UPDATE images SET caption_count = caption_count + 1 WHERE id = NEW.image_id;
     UPDATE totals SET n = n + 1 WHERE name = 'captions';
     INSERT INTO summaries
       SELECT captioner_id, NEW.alt_kind, 1, 0, 0.0 FROM cells WHERE key = NEW.cell_key
       ON CONFLICT DO UPDATE SET captions = captions + 1;
   END`,
  `CREATE TRIGGER scores_added AFTER INSERT ON scores
   BEGIN
     UPDATE summaries SET scored = scored + 1, clip_sum = clip_sum + NEW.clip
     WHERE (captioner_id, alt_kind) = (
       SELECT c.captioner_id, p.alt_kind FROM captions p JOIN cells c ON c.key = p.cell_key
       WHERE p.seq = NEW.caption_seq
     );
   END`,
]
