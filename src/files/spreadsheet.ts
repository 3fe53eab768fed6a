/** Tables of a study as one spreadsheet: on disk from the command line, in memory for the page. */
import { readFile, rm } from 'node:fs/promises'
import path from 'node:path'
import type { DataColumn } from '../core/publish/data-columns.ts'
import type { Table } from '../shared/contract/studies.ts'
import type { RowSource } from './row-file.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { writeXlsx } from './xlsx-file.ts'

export const columnsOf = ({ columns, rows }: Table): DataColumn[] =>
  columns.map((name, at) => ({
    name,
    type: rows.some((row) => typeof row[at] === 'string') ? 'text' : 'number',
  }))

export function rowSource(table: Table): RowSource {
  const batches = (async function* () {
    yield table.rows
  })()
  return { columns: columnsOf(table), batches }
}

export async function spreadsheet(tables: readonly Table[]): Promise<Uint8Array<ArrayBuffer>> {
  const folder = await temporaryFolder('realign-sheets-')
  try {
    const file = path.join(folder, 'study.xlsx')
    await writeXlsx(
      file,
      tables.map((table) => ({ name: table.name, source: rowSource(table) })),
    )
    return new Uint8Array(await readFile(file))
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 })
  }
}
