/** Checks stored rows against their checksums: a sample on opening, all of them before an export. */
import type { DamagedRow } from '../core/store-port.ts'
import { CHECKS, damagedPlan, type Check } from './checked-tables.ts'
import type { Database } from './database.ts'

const PAGE = 1000

function checkPage(db: Database, { table, page }: Check, from: { after: number; limit: number }) {
  const rows = page(db, from.after, from.limit)
  const damaged = rows.filter(({ sound }) => !sound).map(({ id }): DamagedRow => ({ table, id }))
  return { damaged, rows: rows.length, last: rows.at(-1)?.seq }
}

/** Rows are only ever appended without gaps, so a missing one is damage too. */
function missingRows(
  db: Database,
  table: 'captions' | 'scores' | 'rewrites',
): readonly DamagedRow[] {
  const row = db.get(
    db.sql.selectFrom(table).select((e) => [e.fn.max('seq').as('last'), e.fn.countAll().as('n')]),
  )
  const missing = (row?.last ?? 0) - Number(row?.n ?? 0)
  return missing === 0 ? [] : [{ table, id: `${missing} rows are missing` }]
}

/** Images of an annotation are numbered without gaps. */
const missingImages = (db: Database): readonly DamagedRow[] =>
  db
    .all(
      db.sql
        .selectFrom('annotation_images')
        .select((e) => [
          'annotation_id as id',
          e.fn.max('place').as('last'),
          e.fn.countAll<number>().as('n'),
        ])
        .groupBy('annotation_id'),
    )
    .filter(({ last, n }) => last + 1 !== n)
    .map(({ id, last, n }) => ({
      ...{
        table: 'annotation_images' as const,
        id: `${last + 1 - n} images of annotation ${id} are missing`,
      },
    }))

export type FileCheck = 'quick_check' | 'integrity_check'

/** SQLite's own checks: pages, trees, indexes, and the word indexes against their tables. */
export function verifyFile(db: Database, how: FileCheck): string | null {
  const verdict = String(db.pragma(how))
  return verdict === 'ok' ? null : verdict
}

/** Every row; yields after each page so that a long check can be watched and left. */
export function* verifyAll(db: Database): Generator<{ rows: number }, readonly DamagedRow[]> {
  const verdict = verifyFile(db, 'integrity_check')
  const file: readonly DamagedRow[] = verdict === null ? [] : [{ table: 'file', id: verdict }]
  yield { rows: 0 }
  const found: DamagedRow[] = [
    ...file,
    ...missingRows(db, 'captions'),
    ...missingRows(db, 'scores'),
    ...missingRows(db, 'rewrites'),
    ...missingImages(db),
  ]
  for (const check of CHECKS) {
    let after: number | undefined = 0
    while (after !== undefined) {
      const page: ReturnType<typeof checkPage> = checkPage(db, check, { after, limit: PAGE })
      found.push(...page.damaged)
      yield { rows: page.rows }
      after = page.last
    }
  }
  for (const { id } of db.all(db.sql.selectFrom('studies').select('id').orderBy('seq'))) {
    found.push(...damagedPlan(db, id))
    yield { rows: 0 }
  }
  return found
}

/** About `count` rows of each table, in runs of ten from random places. */
export function verifySample(
  db: Database,
  count: number,
  random: () => number = Math.random,
): readonly DamagedRow[] {
  const found = new Map<string, DamagedRow>()
  for (const check of CHECKS) {
    const last =
      db.get(
        db.sql.selectFrom(check.table as 'captions').select((e) => e.fn.max('seq').as('last')), // all have one
      )?.last ?? 0
    const places = last <= count ? [0] : Array.from({ length: count / 10 }, () => random() * last)
    const limit = last <= count ? count : 10
    for (const place of places)
      for (const row of checkPage(db, check, { after: Math.floor(place), limit }).damaged)
        found.set(`${row.table} ${row.id}`, row)
  }
  return [...found.values()]
}
