/** Finds in an exported file which cells it shows; each format keeps them where its text cannot forge them. */
import { open, readFile } from 'node:fs/promises'
import { constants, inflateSync } from 'node:zlib'
import { shownRows, type ShownRow } from '../core/publish/shown-rows.ts'
import { readFootnoteIds, readTraceText, TRACE_MARK } from '../core/publish/trace-text.ts'
import { DocumentFormat } from '../shared/contract/publish.ts'
import { RealignError } from '../shared/errors.ts'
import { readRows } from './read-rows.ts'

/** One cell as the file names it, with what the file says of its caption. */
export interface NamedCell {
  readonly id: string
  readonly sha16?: string
  readonly caption?: string
  /** Its row as a reader sees it; left out where that cannot be read, null where rows and cells do not pair. */
  readonly shown?: ShownRow | null
}

const BATCH = 500
const MOST_BYTES = 512 * 2 ** 20

/** Only comments, meta elements and chunks of ours: captions cannot write into these. */
const PLACES: Readonly<Record<string, RegExp>> = {
  tex: /^% (.*)$/gm,
  html: /<meta name="realign-trace" content="([^"<>]*)">/g,
  md: new RegExp(`<!-- (${TRACE_MARK}[^<>]*) -->`, 'g'),
  // A property of the document; older files have a comment behind their end.
  pdf: new RegExp(`(?:^%|/RealignTrace ?\\()(${TRACE_MARK}[0-9a-f:\\- ]*)`, 'gm'),
  // Whole entries only: a checksum follows at once, whose first byte may look like one more digit.
  png: new RegExp(`(${TRACE_MARK}(?: [0-9a-f-]{36}:[0-9a-f]{16})*)`, 'g'),
}

export const TRACEABLE = [...Object.keys(PLACES), 'csv', 'raw.csv', 'xlsx', 'jsonl', 'parquet']

/** Documents whose words can be read back exactly; a printed page only draws them. */
const isText = (format: string): format is DocumentFormat =>
  DocumentFormat.safeParse(format).success

async function textOf(file: string): Promise<string> {
  const handle = await open(file, 'r')
  const { size } = await handle.stat().finally(() => handle.close())
  if (size > MOST_BYTES)
    throw new RealignError('bad-input', `${file} is larger than ${MOST_BYTES} bytes`, {
      hint: 'Trace the data file of this export instead.',
    })
  return readFile(file, 'latin1')
}

/** Programs that save a PDF again, XeLaTeX among them, pack its properties together with other small objects. */
const PACKED_OBJECTS = /\/Type ?\/ObjStm[^]*?stream\r?\n([^]*?)endstream/g

const unpacked = (pdf: string): string =>
  [...pdf.matchAll(PACKED_OBJECTS)]
    .map(([, packed = '']) => {
      try {
        const options = { maxOutputLength: MOST_BYTES, finishFlush: constants.Z_SYNC_FLUSH }
        return inflateSync(Buffer.from(packed, 'latin1'), options).toString('latin1')
      } catch {
        return '' // packed in another way, or damaged
      }
    })
    .join('\n')

async function* inDocument(
  file: string,
  { format, place }: { readonly format: string; readonly place: RegExp },
): AsyncGenerator<readonly NamedCell[]> {
  const text = await textOf(file)
  const entriesIn = (where: string) =>
    [...where.matchAll(place)].flatMap(([, inside = '']) => readTraceText(inside))
  const plain = entriesIn(text)
  const found = plain.length === 0 && format === 'pdf' ? entriesIn(unpacked(text)) : plain
  const cells: readonly NamedCell[] =
    found.length > 0
      ? found.map(({ cellId, sha16 }) => ({ id: cellId, sha16 }))
      : readFootnoteIds(text).map((id) => ({ id }))
  const rows = isText(format) ? shownRows(Buffer.from(text, 'latin1').toString(), format) : null
  const pair = rows?.length === cells.length
  const named = !rows
    ? cells
    : cells.map((one, index) => ({ ...one, shown: (pair && rows[index]) || null }))
  for (let at = 0; at < named.length; at += BATCH) yield named.slice(at, at + BATCH)
}

/** Long form has cell_id and caption, wide form one such pair for every condition. */
function* inRow(row: Readonly<Record<string, unknown>>): Generator<NamedCell> {
  for (const [name, id] of Object.entries(row)) {
    if (!/(^|_)cell_id$/.test(name) || typeof id !== 'string' || id === '') continue
    const caption = row[name.replace(/cell_id$/, 'caption')]
    yield typeof caption === 'string' ? { id, caption } : { id }
  }
}

async function* inData(file: string, format: string): AsyncGenerator<readonly NamedCell[]> {
  let batch: NamedCell[] = []
  for await (const row of readRows(file, format)) {
    batch.push(...inRow(row))
    if (batch.length < BATCH) continue
    yield batch
    batch = []
  }
  if (batch.length > 0) yield batch
}

/** Batches of cells in the order of the file. @throws RealignError bad-input, not-found */
export function readTrace(file: string, format: string): AsyncGenerator<readonly NamedCell[]> {
  const place = PLACES[format]
  return place ? inDocument(file, { format, place }) : inData(file, format)
}
