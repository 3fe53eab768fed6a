/** Images by content hash, their bytes and thumbnails apart, alt-texts as they were said over time. */
import { appendOnly } from '../append-only.ts'

export const images: readonly string[] = [
  `CREATE TABLE totals (
     name TEXT PRIMARY KEY,
     n INTEGER NOT NULL
   ) STRICT`,
  `CREATE TABLE settings (
     name TEXT PRIMARY KEY,
     value TEXT NOT NULL
   ) STRICT`,
  `INSERT INTO totals VALUES ('images', 0), ('captions', 0)`,

  `CREATE TABLE images (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     id TEXT NOT NULL UNIQUE CHECK (length(id) = 64),
     name TEXT NOT NULL,
     source_path TEXT,
     width INTEGER NOT NULL,
     height INTEGER NOT NULL,
     format TEXT NOT NULL,
     size_bytes INTEGER NOT NULL,
     notes TEXT NOT NULL,
     class_name TEXT,
     group_name TEXT,
     truth TEXT,
     hidden INTEGER NOT NULL DEFAULT 0,
     caption_count INTEGER NOT NULL DEFAULT 0,
     added_at TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX images_by_seq ON images (seq) WHERE hidden = 0`,
  `CREATE INDEX images_by_name ON images (name COLLATE NOCASE, seq) WHERE hidden = 0`,
  `CREATE INDEX images_by_group ON images (group_name, seq) WHERE hidden = 0`,
  `CREATE TRIGGER images_never_deleted BEFORE DELETE ON images
   BEGIN SELECT RAISE(ABORT, 'images are hidden, not deleted'); END`,
  `CREATE TRIGGER images_identity BEFORE UPDATE OF seq, id, size_bytes, width, height ON images
   BEGIN SELECT RAISE(ABORT, 'the identity of an image never changes'); END`,
  `CREATE TRIGGER images_count AFTER INSERT ON images
   BEGIN UPDATE totals SET n = n + 1 WHERE name = 'images' AND NEW.hidden = 0; END`,
  `CREATE TRIGGER images_recount AFTER UPDATE OF hidden ON images
   BEGIN UPDATE totals SET n = n + OLD.hidden - NEW.hidden WHERE name = 'images'; END`,

  `CREATE TABLE image_files (
     image_id TEXT PRIMARY KEY REFERENCES images (id),
     bytes BLOB,
     thumbnail BLOB NOT NULL
   ) STRICT`,

  `CREATE TABLE alt_texts (
     seq INTEGER PRIMARY KEY AUTOINCREMENT,
     image_id TEXT NOT NULL REFERENCES images (id),
     kind TEXT NOT NULL,
     text TEXT NOT NULL,
     source TEXT NOT NULL,
     added_at TEXT NOT NULL
   ) STRICT`,
  `CREATE INDEX alt_texts_by_image ON alt_texts (image_id, kind, seq)`,
  ...appendOnly('alt_texts'),

  // Three letters or more are found anywhere in a name; fewer by its beginning (see images.ts).
  `CREATE VIRTUAL TABLE image_words USING fts5(
     name, class_name, group_name,
     content='images', content_rowid='seq', tokenize='trigram'
   )`,
  `CREATE TRIGGER images_words_add AFTER INSERT ON images
   BEGIN
     INSERT INTO image_words (rowid, name, class_name, group_name)
     VALUES (NEW.seq, NEW.name, NEW.class_name, NEW.group_name);
   END`,
  `CREATE TRIGGER images_words_change AFTER UPDATE OF name, class_name, group_name ON images
   BEGIN
     INSERT INTO image_words (image_words, rowid, name, class_name, group_name)
     VALUES ('delete', OLD.seq, OLD.name, OLD.class_name, OLD.group_name);
     INSERT INTO image_words (rowid, name, class_name, group_name)
     VALUES (NEW.seq, NEW.name, NEW.class_name, NEW.group_name);
   END`,
]
