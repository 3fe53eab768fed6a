/** Parquet as a table: the columns that hold text or numbers, a group of rows and a column at a time. */
import { brotliDecompressSync, gunzipSync, zstdDecompressSync } from 'node:zlib'
import { parquetMetadataAsync, parquetReadObjects, parquetSchema, type SchemaTree } from 'hyparquet'
import type { TableContent, TableRow } from '../../core/tables/table-port.ts'
import { createBreather } from '../../shared/breather.ts'
import { RealignError } from '../../shared/errors.ts'
import { assertColumns, assertRows, distinctNames } from './limits.ts'

/** Unpacked, all columns together. */
const MOST_BYTES = 512 * 2 ** 20

/** A text may begin with a byte order mark of its own, which a plain decoder would swallow. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

/** Snappy comes with the library, these with Node. A page says how long it will be; longer it may not be. */
const compressors = {
  GZIP: (page: Uint8Array, maxOutputLength: number) => gunzipSync(page, { maxOutputLength }),
  BROTLI: (page: Uint8Array, maxOutputLength: number) =>
    brotliDecompressSync(page, { maxOutputLength }),
  ZSTD: (page: Uint8Array, maxOutputLength: number) =>
    zstdDecompressSync(page, { maxOutputLength }),
}

const unread = (fileName: string, cause: unknown): RealignError =>
  new RealignError('bad-input', `${fileName} is no Parquet file that Realign can read`, {
    cause,
    hint: 'Save it again with Snappy or Zstandard compression, or as CSV or JSON lines.',
  })

const toText = (value: unknown): string | null => {
  if (value === null || value === undefined) return ''
  if (typeof value === 'string') return value
  return typeof value === 'object' ? null : String(value as number | bigint | boolean)
}

/** Groups (HF's image with its bytes) and lists hold no text of an image. */
const isPlain = ({ children, element }: SchemaTree): boolean =>
  children.length === 0 && element.repetition_type !== 'REPEATED'

export async function parquetTable(
  bytes: Uint8Array,
  fileName: string,
  signal: AbortSignal,
): Promise<TableContent> {
  const breathe = createBreather(signal)
  const file = new Uint8Array(bytes).buffer
  const fail = (cause: unknown): never => {
    throw unread(fileName, cause)
  }
  const metadata = await parquetMetadataAsync(file).catch(fail)
  assertRows(Number(metadata.num_rows))
  const names = parquetSchema(metadata)
    .children.filter(isPlain)
    .map(({ element }) => element.name)
  assertColumns(names.length)
  const parsers = {
    stringFromBytes: (one: Uint8Array | undefined) => one && utf8.decode(one),
  }
  const rows: TableRow[] = []
  let from = 0
  for (const group of metadata.row_groups) {
    const size = group.columns.reduce(
      (sum, { meta_data: column }) =>
        names.includes(column?.path_in_schema[0] ?? '')
          ? sum + Number(column?.total_uncompressed_size ?? 0)
          : sum,
      0,
    )
    if (size > MOST_BYTES)
      throw new RealignError('bad-input', `${fileName} is too large unpacked`, {
        hint: 'Split it, or leave out the columns that are not needed.',
      })
    const count = Number(group.num_rows)
    const fields = Array.from({ length: count }, (): string[] => [])
    const noText = new Map<number, number[]>()
    for (const [place, name] of names.entries()) {
      await breathe()
      const range = { rowStart: from, rowEnd: from + count }
      const read = await parquetReadObjects({
        ...{ file, metadata, parsers, compressors, columns: [name] },
        ...range,
      }).catch(fail)
      for (const [index, row] of read.entries()) {
        const text = toText(row[name])
        fields[index]?.push(text ?? '')
        if (text === null) noText.set(index, [...(noText.get(index) ?? []), place])
      }
    }
    for (const [index, one] of fields.entries()) {
      const odd = noText.get(index)
      rows.push({ line: from + index + 1, fields: one, ...(odd && { noText: odd }) })
    }
    from += count
  }
  return { columns: distinctNames(names), rows, faults: [] }
}
