/** Rows into a file, a batch at a time, whatever the format. */
import type { DataColumn, DataRow } from '../core/publish/data-columns.ts'
import { csvFile } from './csv-file.ts'
import { jsonlFile } from './jsonl-file.ts'
import { parquetFile } from './parquet-file.ts'
import { xlsxFile } from './xlsx-file.ts'
import { makeFolderOf, writeAtomically } from './write-atomically.ts'

export const ROW_FORMATS = ['csv', 'raw.csv', 'xlsx', 'jsonl', 'parquet'] as const
export type RowFormat = (typeof ROW_FORMATS)[number]

/** Batches of rows, each row in the order of `columns`. */
export interface RowSource {
  readonly columns: readonly DataColumn[]
  readonly batches: AsyncIterable<readonly DataRow[]>
}

/** Writes every row of the source to `part`; asks for the next batch when one is written. */
export type WriteRows = (part: string, source: RowSource) => Promise<void>

export interface RowFileOptions {
  /** Byte order mark before CSV, which older spreadsheets need to read it as UTF-8. */
  readonly bom?: boolean
  readonly signal?: AbortSignal
}

/** Its folder is made when missing. @throws RealignError of the writer, and those of writeAtomically */
export async function writeRowFile(
  target: string,
  format: RowFormat,
  { source, bom = false, signal }: RowFileOptions & { readonly source: RowSource },
): Promise<void> {
  const writers: Readonly<Record<RowFormat, WriteRows>> = {
    csv: csvFile({ style: 'guarded', bom }),
    'raw.csv': csvFile({ style: 'raw', bom }),
    xlsx: xlsxFile,
    jsonl: jsonlFile,
    parquet: parquetFile,
  }
  await makeFolderOf(target)
  await writeAtomically(target, (part) => writers[format](part, source), signal)
}
