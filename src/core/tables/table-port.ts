/** A table as a host reads it: columns with names of their own, rows of text with their lines. */

export interface TableRow {
  /** From 1, as an editor counts; of Parquet, which has no lines, the row from 1. */
  readonly line: number
  /** In the order of the columns; what is missing is empty. */
  readonly fields: readonly string[]
  /** Places of fields that hold no text (a list, an object). */
  readonly noText?: readonly number[]
}

export interface TableFault {
  readonly line: number
  readonly message: string
}

export interface TableContent {
  /** No two are the same. */
  readonly columns: readonly string[]
  readonly rows: readonly TableRow[]
  /** Rows that cannot be read; together with `rows` every row of the file. */
  readonly faults: readonly TableFault[]
}

/** Fails with 'bad-input' when the whole is no table; never holds its thread for long. */
export type ReadTable = (
  bytes: Uint8Array,
  fileName: string,
  signal: AbortSignal,
) => Promise<TableContent>
