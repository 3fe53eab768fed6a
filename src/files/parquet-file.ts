/** Parquet files: one row group a few thousand rows, so that memory does not grow with the file. */
import { fileWriter, parquetWriteRows } from 'hyparquet-writer'
import type { DataColumn } from '../core/publish/data-columns.ts'
import type { WriteRows } from './row-file.ts'

const ROWS_A_GROUP = 2000

const TYPES = { text: 'STRING', number: 'DOUBLE', integer: 'INT64', boolean: 'BOOLEAN' } as const

const toStored = (value: unknown, { type }: DataColumn): unknown =>
  type === 'integer' && typeof value === 'number' ? BigInt(Math.trunc(value)) : value

export const parquetFile: WriteRows = async (part, { columns, batches }) => {
  async function* objects(): AsyncGenerator<Record<string, unknown>> {
    for await (const rows of batches)
      for (const row of rows)
        yield Object.fromEntries(
          columns.map((column, index) => [column.name, toStored(row[index] ?? null, column)]),
        )
  }
  await parquetWriteRows({
    writer: fileWriter(part),
    rows: objects(),
    columns: columns.map(({ name, type }) => ({ name, type: TYPES[type], nullable: true })),
    rowGroupSize: ROWS_A_GROUP,
    createdBy: 'realign',
  })
}
