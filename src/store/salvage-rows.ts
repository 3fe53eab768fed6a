/** Reads a table of a damaged file row by row: past a broken page the next row that can still be found. */
import { CompiledQuery } from 'kysely'
import type { Database } from './database.ts'

export type Row = Readonly<Record<string, string | number | null | Uint8Array>>

const query = (text: string, parameters: readonly unknown[] = []) => ({
  compile: () => CompiledQuery.raw(text, [...parameters]),
})

const read = (db: Database, text: string, parameters: readonly unknown[] = []): readonly Row[] =>
  db.all<Row>(query(text, parameters) as never) // columns are what the file has

const PAGE = 100
/** Looked for beyond the last row found where the file cannot say how many there were. */
const REACH = 10_000

export const columnsOf = (db: Database, table: string): readonly string[] =>
  read(db, `SELECT name FROM pragma_table_info('${table}')`).map(({ name }) => String(name))

function lastRowid(db: Database, table: string): number | undefined {
  for (const text of [
    `SELECT max(rowid) AS last FROM ${table}`,
    `SELECT seq AS last FROM sqlite_sequence WHERE name = '${table}'`,
  ])
    try {
      const last = read(db, text)[0]?.['last']
      if (typeof last === 'number') return last
    } catch {
      continue // broken there as well
    }
  return undefined
}

/** A row, or the first and last number of rows that could not be read; Infinity where the last is not known. */
export type Found =
  { readonly row: Row } | { readonly hole: { readonly from: number; readonly to: number } }

/** In order of the row number, which stands as `_rowid` beside the columns. */
export function* rowsByNumber(db: Database, table: string): Generator<Found, void> {
  let after = 0
  let broken = false
  let last: number | undefined
  let known = true
  const single = `SELECT rowid AS _rowid, * FROM ${table} WHERE rowid = ?`
  for (;;) {
    try {
      const rows = read(
        db,
        `SELECT rowid AS _rowid, * FROM ${table} WHERE rowid > ? ORDER BY rowid LIMIT ${broken ? 1 : PAGE}`,
        [after],
      )
      if (rows.length === 0) return
      for (const row of rows) yield { row }
      after = Number(rows.at(-1)?.['_rowid'])
      broken = false
      continue
    } catch {
      if (!broken) {
        broken = true // from here row by row, so that the good part of a page is not lost with it
        continue
      }
    }
    if (last === undefined) {
      last = lastRowid(db, table)
      known = last !== undefined
      last ??= after + REACH
    }
    const from = after + 1
    let found: Row | undefined
    while (!found && after < last) {
      after++
      try {
        found = read(db, single, [after])[0]
      } catch {
        continue
      }
    }
    const to = found ? after - 1 : known ? after : Infinity
    if (to >= from) yield { hole: { from, to } }
    if (!found) return
    yield { row: found }
  }
}

/** Tables without row numbers: from both ends to the broken page. `order` is the primary key. */
export function rowsByKey(db: Database, table: string, order: readonly string[]): readonly Found[] {
  const found = new Map<string, Row>()
  for (const direction of ['ASC', 'DESC']) {
    const by = order.map((column) => `${column} ${direction}`).join(', ')
    try {
      for (let offset = 0; ; offset += PAGE) {
        const rows = read(
          db,
          `SELECT * FROM ${table} ORDER BY ${by} LIMIT ${PAGE} OFFSET ${offset}`,
        )
        for (const row of rows) found.set(JSON.stringify(order.map((column) => row[column])), row)
        if (rows.length < PAGE) return [...found.values()].map((row) => ({ row }))
      }
    } catch {
      continue // from the other end
    }
  }
  return [...found.values()].map((row) => ({ row }))
}

export function insertRow(db: Database, table: string, row: Row): void {
  const columns = Object.keys(row)
  const places = columns.map(() => '?').join(', ')
  db.run(
    query(
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places})`,
      Object.values(row),
    ) as never,
  )
}

export const hasRow = (db: Database, table: string, where: Row): boolean => {
  const [column = '', value] = Object.entries(where)[0] ?? []
  return read(db, `SELECT 1 FROM ${table} WHERE ${column} = ?`, [value]).length > 0
}
