/** The images table and what hangs on it: files, thumbnails, alt-texts. */
import { sql, type SelectQueryBuilder } from 'kysely'
import type { ImageQuery, ImageStore, NewImage } from '../core/store-port.ts'
import { RealignError } from '../shared/errors.ts'
import { AltKind, type AltText, type ImageCard } from '../shared/types.ts'
import type { Database } from './database.ts'
import type { ImagesTable, Tables } from './tables.ts'

const CARD = [
  'seq',
  'id',
  'name',
  'width',
  'height',
  'format',
  'size_bytes',
  'notes',
  'class_name',
  'group_name',
  'caption_count',
  'added_at',
] as const
type CardRow = Pick<ImagesTable, Exclude<(typeof CARD)[number], 'seq' | 'caption_count'>> & {
  readonly seq: number
  readonly caption_count: number
}

const toCard = (row: CardRow): ImageCard => ({
  id: row.id,
  name: row.name,
  width: row.width,
  height: row.height,
  format: row.format,
  sizeBytes: row.size_bytes,
  notes: JSON.parse(row.notes) as string[], // written by `add`
  className: row.class_name,
  group: row.group_name,
  captions: row.caption_count,
  addedAt: row.added_at,
})

/** Each word anywhere in name, class or group: by trigrams, or by a scan for words of one or two letters. */
function matching<O>(
  query: SelectQueryBuilder<Tables, 'images', O>,
  search: string,
): SelectQueryBuilder<Tables, 'images', O> {
  const words = search.toWellFormed().split(/\s+/).filter(Boolean)
  const long = words.filter((word) => [...word].length >= 3)
  const short = words.filter((word) => [...word].length < 3)
  let found = query
  if (long.length > 0) {
    const phrases = long.map((word) => `"${word.replaceAll('"', '""')}"`).join(' ')
    found = found.where(
      sql<boolean>`seq IN (SELECT rowid FROM image_words WHERE image_words MATCH ${phrases})`,
    )
  }
  for (const word of short) {
    const pattern = `%${word.replace(/[\\%_]/g, '\\$&')}%`
    found = found.where(
      sql<boolean>`(name || ' ' || coalesce(class_name, '')) LIKE ${pattern} ESCAPE '\\'`,
    )
  }
  return found
}

function parseCursor(after: string): { readonly seq: number; readonly name: string } {
  const [, seq = '', name = ''] = /^(\d+)(?::(.*))?$/s.exec(after) ?? []
  if (seq === '') throw new RealignError('bad-input', 'This place in the list is not known')
  return { seq: Number(seq), name }
}

export function createImageStore(db: Database): ImageStore {
  const bySha = (id: string) =>
    db.get(db.sql.selectFrom('images').select(['seq', 'hidden']).where('id', '=', id))

  const newestAltText = (imageId: string, kind: string) =>
    db.get(
      db.sql
        .selectFrom('alt_texts')
        .select('text')
        .where('image_id', '=', imageId)
        .where('kind', '=', kind)
        .orderBy('seq', 'desc')
        .limit(1),
    )

  function addAltText(imageId: string, { kind, text, source }: AltText, addedAt: string): void {
    if (newestAltText(imageId, kind)?.text === text) return
    const row = { image_id: imageId, kind, text, source, added_at: addedAt }
    db.run(db.sql.insertInto('alt_texts').values(row))
  }

  function insert(image: NewImage): void {
    db.run(
      db.sql.insertInto('images').values({
        id: image.id,
        name: image.name,
        source_path: image.sourcePath,
        width: image.width,
        height: image.height,
        format: image.format,
        size_bytes: image.sizeBytes,
        notes: JSON.stringify(image.notes),
        class_name: image.className,
        group_name: image.group,
        truth: image.truth,
        added_at: image.addedAt,
      }),
    )
    const { id: image_id, bytes, thumbnail } = image
    db.run(db.sql.insertInto('image_files').values({ image_id, bytes, thumbnail }))
  }

  /** The same bytes from a new place: remember where they can be read now, and what was said of them. */
  function refresh(image: NewImage, hidden: boolean): void {
    const changes = {
      hidden: 0,
      ...(image.sourcePath !== null && { source_path: image.sourcePath }),
      ...(hidden && image.group !== null && { group_name: image.group }),
      ...(image.className !== null && { class_name: image.className }),
    }
    db.run(db.sql.updateTable('images').set(changes).where('id', '=', image.id))
    // The copy we keep is replaced by the same bytes: heals one that was damaged on disk.
    if (image.bytes)
      db.run(
        db.sql
          .updateTable('image_files')
          .set({ bytes: image.bytes })
          .where('image_id', '=', image.id)
          .where('bytes', 'is not', image.bytes),
      )
  }

  function page({ after, limit, search, group, sort }: ImageQuery) {
    let base = matching(db.sql.selectFrom('images').where('hidden', '=', 0), search)
    if (group !== null) base = base.where('group_name', '=', group)
    const total =
      search.trim() === '' && group === null
        ? totalImages(db)
        : Number(db.get(base.select((e) => e.fn.countAll().as('n')))?.n ?? 0)
    const cursor = after === null ? null : parseCursor(after)
    let query = base.select(CARD).limit(limit + 1)
    if (sort === 'added') {
      if (cursor) query = query.where('seq', '<', cursor.seq)
      query = query.orderBy('seq', 'desc')
    } else {
      if (cursor)
        // The first half lets the index find the place; a row value comparison would scan to it.
        query = query.where(
          sql<boolean>`name COLLATE NOCASE >= ${cursor.name}
            AND (name COLLATE NOCASE > ${cursor.name} OR seq > ${cursor.seq})`,
        )
      query = query.orderBy(sql`name COLLATE NOCASE`).orderBy('seq')
    }
    const rows = db.all(query)
    const shown = rows.slice(0, limit)
    const last = shown.at(-1)
    const next =
      rows.length > limit && last ? `${last.seq}:${sort === 'name' ? last.name : ''}` : null
    return { rows: shown.map(toCard), next, total }
  }

  return {
    page,
    isEmpty: () => db.get(db.sql.selectFrom('images').select('seq').limit(1)) === undefined,
    add: (image) =>
      db.transaction(() => {
        const known = bySha(image.id)
        if (known) refresh(image, known.hidden === 1)
        else insert(image)
        for (const altText of image.altTexts) addAltText(image.id, altText, image.addedAt)
        return known?.hidden === 0 ? 'duplicate' : 'added'
      }),
    card(id) {
      const row = db.get(db.sql.selectFrom('images').select(CARD).where('id', '=', id))
      return row && toCard(row)
    },
    detail(id) {
      const row = db.get(
        db.sql
          .selectFrom('images')
          .select([...CARD, 'source_path', 'truth'])
          .where('id', '=', id),
      )
      if (!row) return undefined
      const said = db.all(
        db.sql
          .selectFrom('alt_texts')
          .select(['kind', 'text', 'source'])
          .where('image_id', '=', id)
          .orderBy('seq'),
      )
      const newest = new Map(said.map((one) => [one.kind, one]))
      const altTexts = [...newest.values()].map((one) => ({
        ...one,
        kind: AltKind.parse(one.kind),
      }))
      return { ...toCard(row), altTexts, sourcePath: row.source_path, truth: row.truth }
    },
    thumbnail: (id) =>
      db.get(db.sql.selectFrom('image_files').select('thumbnail').where('image_id', '=', id))
        ?.thumbnail,
    original(id) {
      const row = db.get(
        db.sql
          .selectFrom('images')
          .innerJoin('image_files', 'image_files.image_id', 'images.id')
          .select(['image_files.bytes', 'images.source_path'])
          .where('images.id', '=', id),
      )
      return row && { bytes: row.bytes, path: row.source_path }
    },
    addAltText: (imageId, altText, addedAt) =>
      db.transaction(() => addAltText(imageId, altText, addedAt)),
    describe: (words, addedAt) =>
      db.transaction(() => {
        for (const { imageId, altTexts, className, group } of words) {
          for (const altText of altTexts) addAltText(imageId, altText, addedAt)
          const changes = {
            ...(className !== null && { class_name: className }),
            ...(group !== null && { group_name: group }),
          }
          if (Object.keys(changes).length > 0)
            db.run(db.sql.updateTable('images').set(changes).where('id', '=', imageId))
        }
      }),
    places: (afterSeq, limit) =>
      db.all(
        db.sql
          .selectFrom('images')
          .select(['seq', 'id', 'name', 'source_path as path'])
          .where('hidden', '=', 0)
          .where('seq', '>', afterSeq)
          .orderBy('seq')
          .limit(limit),
      ),
    hide: (ids) =>
      db.transaction(() =>
        ids.reduce(
          (hidden, id) =>
            hidden +
            db.run(
              db.sql
                .updateTable('images')
                .set({ hidden: 1 })
                .where('id', '=', id)
                .where('hidden', '=', 0),
            ),
          0,
        ),
      ),
  }
}

export const totalImages = (db: Database): number =>
  db.get(db.sql.selectFrom('totals').select('n').where('name', '=', 'images'))?.n ?? 0

export const totalCaptions = (db: Database): number =>
  db.get(db.sql.selectFrom('totals').select('n').where('name', '=', 'captions'))?.n ?? 0
