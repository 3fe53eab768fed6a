/** Reads rows of our own data files back, one at a time, as objects of text and numbers. */
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { asyncBufferFromFile, parquetMetadataAsync, parquetReadObjects } from 'hyparquet'
import Papa from 'papaparse'
import { unguardFormula } from '../core/publish/formula-guard.ts'
import { RealignError } from '../shared/errors.ts'
import { unescapeXlsx } from './xlsx-text.ts'
import { readZipMember } from './unzip.ts'

export type ReadRow = Readonly<Record<string, unknown>>

const PARQUET_ROWS = 1000

/** A text may begin with a byte order mark of its own, which a plain decoder would swallow. */
const utf8 = new TextDecoder('utf-8', { ignoreBOM: true })

const malformed = (file: string, what: string): RealignError =>
  new RealignError('bad-input', `${file} is no ${what} that Realign can read`, {
    hint: 'Name a file as it was exported.',
  })

/** Lines end with \n alone: JSON may hold other line separators as they are. */
async function* lines(file: string): AsyncGenerator<string> {
  let rest = ''
  for await (const piece of createReadStream(file, 'utf8')) {
    const parts = (rest + String(piece)).split('\n')
    rest = parts.pop() ?? ''
    yield* parts
  }
  if (rest !== '') yield rest
}

async function* jsonlRows(file: string): AsyncGenerator<ReadRow> {
  for await (const line of lines(file)) {
    if (line === '') continue
    let row: unknown
    try {
      row = JSON.parse(line)
    } catch {
      throw malformed(file, 'JSON lines file')
    }
    if (typeof row === 'object' && row !== null) yield row as ReadRow // a JSON object
  }
}

/** Bytes of a byte order mark, which stands before the first quote and is no part of it. */
async function lengthOfMark(file: string): Promise<number> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0)
    return bytesRead === 3 && buffer.toString('hex') === 'efbbbf' ? 3 : 0
  } finally {
    await handle.close()
  }
}

/** Every field is text; of guarded files the guard is taken off again. */
async function* csvRows(file: string, guarded: boolean): AsyncGenerator<ReadRow> {
  const parser = Papa.parse(Papa.NODE_STREAM_INPUT, { skipEmptyLines: true })
  const input = createReadStream(file, { encoding: 'utf8', start: await lengthOfMark(file) })
  input.on('error', (error) => parser.destroy(error))
  input.pipe(parser)
  let names: readonly string[] | null = null
  for await (const fields of parser as AsyncIterable<readonly string[]>) {
    const values = guarded ? fields.map(unguardFormula) : fields
    if (names === null) names = values
    else yield Object.fromEntries(names.map((name, index) => [name, values[index] ?? '']))
  }
}

async function* parquetRows(file: string): AsyncGenerator<ReadRow> {
  const buffer = await asyncBufferFromFile(file)
  const metadata = await parquetMetadataAsync(buffer).catch(() => {
    throw malformed(file, 'Parquet file')
  })
  const total = Number(metadata.num_rows)
  for (let rowStart = 0; rowStart < total; rowStart += PARQUET_ROWS)
    yield* await parquetReadObjects({
      file: buffer,
      metadata,
      rowStart,
      rowEnd: Math.min(total, rowStart + PARQUET_ROWS),
      parsers: { stringFromBytes: (bytes: Uint8Array | undefined) => bytes && utf8.decode(bytes) },
    })
}

const ROW = /<row(?: [^>]*?)?(?:\/>|>(.*?)<\/row>)/gs
const CELL = /<c r="([A-Z]+)\d+"([^>]*?)(?:\/>|>(.*?)<\/c>)/gs
const SHARED = /<si(?:\/>|>(.*?)<\/si>)/gs
/** Readings of Chinese and Japanese stand beside a text and are no part of it. */
const READING = /<rPh .*?<\/rPh>/gs
const WORDS = /<(t|v)(?: [^>]*)?>(.*?)<\/\1>/gs

/** Text of a cell or a shared string; other programs cut it into stretches of one font. */
const textIn = (xml: string): string =>
  unescapeXlsx([...xml.replace(READING, '').matchAll(WORDS)].map(([, , one = '']) => one).join(''))

/** Other programs write every text once, in a part of its own. */
async function sharedStrings(file: string): Promise<readonly string[]> {
  const part = await readZipMember(file, 'xl/sharedStrings.xml')
  if (!part) return []
  return [...part.toString('utf8').matchAll(SHARED)].map(([, inside = '']) => textIn(inside))
}

/** The first sheet as we wrote it, or as a spreadsheet program saved it again. */
async function* xlsxRows(file: string): AsyncGenerator<ReadRow> {
  const sheet = await readZipMember(file, 'xl/worksheets/sheet1.xml')
  if (!sheet) throw malformed(file, 'spreadsheet')
  const shared = await sharedStrings(file)
  const valueOf = (attributes: string, content: string): string =>
    / t="s"/.test(attributes) ? (shared[Number(textIn(content))] ?? '') : textIn(content)
  let names: ReadonlyMap<string, string> | null = null
  for (const [, inside = ''] of sheet.toString('utf8').matchAll(ROW)) {
    const byColumn = new Map(
      [...inside.matchAll(CELL)].map(([, column = '', attributes = '', content = '']) => [
        column,
        valueOf(attributes, content),
      ]),
    )
    if (names === null) names = byColumn
    else
      yield Object.fromEntries(
        [...names].map(([column, name]) => [name, byColumn.get(column) ?? null]),
      )
  }
}

/** @throws RealignError bad-input for a file that is not of this format, not-found */
export function readRows(file: string, format: string): AsyncGenerator<ReadRow> {
  if (format === 'jsonl') return jsonlRows(file)
  if (format === 'parquet') return parquetRows(file)
  if (format === 'xlsx') return xlsxRows(file)
  return csvRows(file, format === 'csv')
}
