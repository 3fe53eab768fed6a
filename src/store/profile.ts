/** Counts of marks and repeated places of many cells, for the grounding profile. */
import { sql } from 'kysely'
import type { ProfileStore } from '../core/grounding/profile-port.ts'
import { AltKind, DEFAULT_SETTINGS, GenerationSettings } from '../shared/types.ts'
import type { Database } from './database.ts'
import { decided, MARK_COUNTS, newestMarks } from './newest-marks.ts'

/** A row that changed on disk may hold no JSON any more; its cell still names a seed. */
const seedOf = sql<number>`CASE WHEN json_valid(captions.provenance)
  THEN json_extract(captions.provenance, '$.seed') ELSE cells.seed END`
const alike = sql<number>`count(*) OVER (PARTITION BY
  captions.image_id, cells.alt_text, cells.captioner_id, cells.settings)`
/** Where the run first met the image: its images stand in the order of its work. */
const firstUse = sql<number>`min(run_uses.rowid) OVER (PARTITION BY captions.image_id)`

export function createProfileStore(db: Database): ProfileStore {
  const captions = () =>
    db.sql.selectFrom('captions').innerJoin('cells', 'cells.key', 'captions.cell_key')

  /** Uses of a run. */
  const used = (runId: string) =>
    captions()
      .innerJoin('run_uses', 'run_uses.caption_seq', 'captions.seq')
      .where('run_uses.run_id', '=', runId)
      .select('run_uses.alt_kind as kind')
      .orderBy(firstUse)
      .orderBy('run_uses.condition')
      .orderBy('run_uses.sample')
      .orderBy(sql`run_uses.rowid`)

  /** Everything that captioners said freely of images that are shown. */
  const free = () =>
    captions()
      .innerJoin('images', 'images.id', 'captions.image_id')
      .where('images.hidden', '=', 0)
      .where('cells.prefix', 'is', null)
      .select('captions.alt_kind as kind')
      .orderBy('images.seq', 'desc')
      .orderBy('captions.seq')

  const base = (runId: string | null) =>
    (runId === null ? free() : used(runId)) as ReturnType<typeof free> // the same tables are read of both

  const kinds = new Map<string, AltKind>()
  const kindOf = (name: string): AltKind => {
    const known = kinds.get(name) ?? AltKind.catch('free').parse(name)
    kinds.set(name, known)
    return known
  }
  const settingsOf = new Map<string, GenerationSettings>()
  const settings = (text: string): GenerationSettings => {
    const known = settingsOf.get(text) ?? parseSettings(text)
    settingsOf.set(text, known)
    return known
  }

  return {
    keys: (runId) =>
      db
        .all(
          base(runId)
            .leftJoin('mark_sets', (join) => join.on('mark_sets.seq', '=', newestMarks))
            .select([
              'captions.id',
              'captions.image_id',
              'cells.captioner_id',
              ...MARK_COUNTS,
              decided.as('decided'),
            ]),
        )
        .map((row) => ({
          cellId: row.id,
          imageId: row.image_id,
          altKind: kindOf(row.kind),
          captionerId: row.captioner_id,
          carried: row.carried,
          rejected: row.rejected,
          erroneous: row.erroneous,
          decided: row.decided === 1,
        })),
    repeated(runId) {
      const all = base(runId).select([
        'captions.id',
        'captions.image_id',
        'captions.text',
        'cells.alt_text',
        'cells.captioner_id',
        'cells.settings',
        seedOf.as('seed'),
        alike.as('alike'),
      ])
      return db
        .all(db.sql.selectFrom(all.as('one')).selectAll().where('alike', '>', 1))
        .map((row) => ({
          id: row.id,
          imageId: row.image_id,
          altText: row.alt_text,
          captionerId: row.captioner_id,
          settings: settings(row.settings),
          seed: row.seed,
          caption: row.text,
        }))
    },
    images: () =>
      new Map(
        db
          .all(
            db.sql.selectFrom('images').select([
              'id',
              'group_name',
              sql<string | null>`coalesce(class_name, (SELECT text FROM alt_texts
                  WHERE image_id = images.id AND kind = 'class-name' ORDER BY seq DESC LIMIT 1))`.as(
                'class',
              ),
            ]),
          )
          .map((row) => [row.id, { className: row.class, group: row.group_name }]),
      ),
  }
}

function parseSettings(text: string): GenerationSettings {
  try {
    return GenerationSettings.parse(JSON.parse(text))
  } catch {
    return DEFAULT_SETTINGS // only a row that changed on disk is none
  }
}
