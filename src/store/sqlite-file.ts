/** Tables as the bytes of a SQLite file of their own, for exports. */
import { sql, type Compilable } from 'kysely'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Table } from '../shared/contract/studies.ts'
import { temporaryError } from '../shared/system-error.ts'
import { openDatabase, type Database } from './database.ts'

/** Text where a column holds any; true and false as 1 and 0. */
function typeOf({ rows }: Table, at: number): 'TEXT' | 'REAL' | 'INTEGER' {
  const values = rows.map((row) => row[at] ?? null).filter((value) => value !== null)
  if (values.some((value) => typeof value === 'string')) return 'TEXT'
  return values.every((value) => typeof value === 'boolean' || Number.isInteger(value))
    ? 'INTEGER'
    : 'REAL'
}

const stored = (value: Table['rows'][number][number]) =>
  typeof value === 'boolean' ? Number(value) : value

function write(database: Database, table: Table): void {
  const compiled = (query: ReturnType<typeof sql>): Compilable => ({
    compile: () => query.compile(database.sql),
  })
  const columns = table.columns.map(
    (name, at) => sql`${sql.ref(name)} ${sql.raw(typeOf(table, at))}`,
  )
  database.run(compiled(sql`CREATE TABLE ${sql.table(table.name)} (${sql.join(columns)})`))
  for (const row of table.rows)
    database.run(
      compiled(
        sql`INSERT INTO ${sql.table(table.name)} VALUES (${sql.join(row.map((one) => stored(one)))})`,
      ),
    )
}

function makeFolder(): string {
  try {
    return mkdtempSync(join(tmpdir(), 'realign-'))
  } catch (error) {
    throw temporaryError(error, tmpdir())
  }
}

/** Names and values only ever travel as identifiers and parameters. */
export function sqlite(tables: readonly Table[]): Uint8Array {
  const folder = makeFolder()
  try {
    const file = join(folder, 'study.sqlite')
    const database = openDatabase(file)
    try {
      database.transaction(() => tables.forEach((table) => write(database, table)))
      // One file, readable from anywhere: nothing may stay in a log beside it.
      database.pragma('journal_mode = DELETE')
    } finally {
      database.close()
    }
    return new Uint8Array(readFileSync(file))
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}
