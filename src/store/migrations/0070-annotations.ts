/** Rounds of annotation: plans, their images and opened rounds, every rewrite, and scores of texts. All append-only. */
import { appendOnly } from '../append-only.ts'

export const annotations: readonly string[] = [
  `CREATE TABLE annotations (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE CHECK (length(id) = 32),
     plan TEXT NOT NULL,
     checksum TEXT NOT NULL
   ) STRICT`,
  ...appendOnly('annotations'),

  `CREATE TABLE annotation_images (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     annotation_id TEXT NOT NULL REFERENCES annotations (id),
     place INTEGER NOT NULL,
     dealt INTEGER NOT NULL,
     image_id TEXT NOT NULL REFERENCES images (id),
     alt_text TEXT NOT NULL,
     start_text TEXT NOT NULL,
     start_sha256 TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (annotation_id, place),
     UNIQUE (annotation_id, image_id)
   ) STRICT`,
  ...appendOnly('annotation_images'),

  `CREATE TABLE annotation_rounds (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     annotation_id TEXT NOT NULL REFERENCES annotations (id),
     round INTEGER NOT NULL,
     opened_at TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (annotation_id, round)
   ) STRICT`,
  ...appendOnly('annotation_rounds'),

  `CREATE TABLE rewrites (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE,
     annotation_id TEXT NOT NULL REFERENCES annotations (id),
     image_id TEXT NOT NULL REFERENCES images (id),
     round INTEGER NOT NULL,
     annotator TEXT NOT NULL,
     text TEXT NOT NULL,
     text_sha256 TEXT NOT NULL,
     steps TEXT NOT NULL,
     note TEXT NOT NULL,
     seconds REAL NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX rewrites_by_image ON rewrites (annotation_id, image_id, round, seq)`,
  `CREATE INDEX rewrites_by_round ON rewrites (annotation_id, round, image_id)`,
  ...appendOnly('rewrites'),

  `CREATE TABLE text_scores (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     image_id TEXT NOT NULL REFERENCES images (id),
     text_sha256 TEXT NOT NULL,
     scorer_id TEXT NOT NULL,
     scorer_sha256 TEXT NOT NULL,
     clip REAL NOT NULL,
     score TEXT NOT NULL,
     created_at TEXT NOT NULL,
     checksum TEXT NOT NULL,
     UNIQUE (image_id, text_sha256, scorer_sha256)
   ) STRICT`,
  ...appendOnly('text_scores'),
]
