/** The publisher's operations: documents, rows of data, and the way back to the cells. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { createBreather } from '../../shared/breather.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { proposeForCells } from '../grounding/marks.ts'
import { bundleNames } from './bundle-names.ts'
import {
  LONG_COLUMNS,
  MEANS_COLUMNS,
  MEASURED_COLUMNS,
  wideColumns,
  type DataColumn,
  type DataRow,
} from './data-columns.ts'
import { htmlOf } from './html.ts'
import { latexOf } from './latex.ts'
import { markdownOf } from './markdown.ts'
import { storedMarks } from './marks-of.ts'
import { meansRow } from './means.ts'
import { dataUris, pictureFiles } from './pictures.ts'
import { longRows, measuredRows, planWide, wideRow } from './rows.ts'
import { selectImages, type SelectedImage } from './selection.ts'
import { meansFor, measureFor } from './table1-means.ts'
import { table1 } from './table1.ts'
import { table3 } from './table3.ts'

/** A document is built in memory; beyond this nobody reads a table. */
export const MOST_CELLS_IN_A_DOCUMENT = 5000
const ROWS_AT_ONCE = 250

export const nothingSelected = (): RealignError =>
  new RealignError('not-found', 'No caption fits this selection', {
    hint: 'Caption some images first, or select fewer conditions.',
  })

function selected(deps: Deps, selection: Parsed<'publish.document'>['selection']) {
  const images: SelectedImage[] = []
  let cells = 0
  for (const one of selectImages(deps.store, selection)) {
    images.push(one)
    cells += one.cells.length
    if (cells > MOST_CELLS_IN_A_DOCUMENT)
      throw new RealignError(
        'bad-input',
        `A table holds at most ${MOST_CELLS_IN_A_DOCUMENT} captions; this selection has more`,
        { hint: 'Name images or a run, or export data (CSV, JSONL, Parquet), which has no limit.' },
      )
  }
  if (cells === 0) throw nothingSelected()
  return { images, cells }
}

/** One export is enough: cells that nobody looked at yet get the machine's proposals first. */
export async function markAll(
  deps: Deps,
  images: readonly SelectedImage[],
  signal: AbortSignal,
): Promise<void> {
  const cellIds = images.flatMap(({ cells }) => cells.map(({ cell }) => cell.id))
  const work = proposeForCells(deps, { cellIds, again: false }, signal)
  while (!(await work.next()).done); // its progress is of no interest here: a document is small
}

export async function publishDocument(
  deps: Deps,
  input: Parsed<'publish.document'>,
  signal: AbortSignal,
): Promise<Output<'publish.document'>> {
  const { images, cells } = selected(deps, input.selection)
  const encoder = new TextEncoder()
  const sha256 = (text: string) => deps.sha256(encoder.encode(text))
  const { appVersion } = deps
  const names = await bundleNames(deps)
  const options = { baseline: input.baseline, appVersion, sha256, names }
  const withPictures = input.table === 'table3'
  if (withPictures) await markAll(deps, images, signal)
  const doc = withPictures
    ? table3(images, storedMarks(deps.store), options)
    : table1(
        images,
        options,
        await meansFor(deps, { ...input, names, images: () => images }, signal),
      )
  const counts = { cells, images: images.length }
  const ids = withPictures ? images.map(({ image }) => image.id) : []
  if (input.format === 'html') {
    const text = htmlOf(doc, { pictures: dataUris(deps.store, ids), sha256 })
    return { text, files: [], ...counts }
  }
  const { files, paths } = await pictureFiles(deps, { ids, folder: input.pictureFolder }, signal)
  const text =
    input.format === 'tex'
      ? latexOf(doc, { fragment: input.fragment, pictures: paths })
      : markdownOf(doc, { pictures: paths })
  return { text, files: [...files], ...counts }
}

type RowsEvent = TaskEvent<'publish.rows'>

interface RowSource {
  readonly columns: readonly DataColumn[]
  rows(): Iterable<DataRow>
}

async function longSource(
  deps: Deps,
  { selection, baseline, references }: Parsed<'publish.rows'>,
  signal: AbortSignal,
): Promise<RowSource> {
  const images = () => selectImages(deps.store, selection)
  const names = await bundleNames(deps)
  const measure = await measureFor(deps, { references, names, images }, signal)
  return {
    columns: measure ? [...LONG_COLUMNS, ...MEASURED_COLUMNS] : LONG_COLUMNS,
    *rows() {
      for (const one of images()) {
        const rows = longRows(one, storedMarks(deps.store), baseline)
        yield* measure ? measuredRows(one, rows, measure) : rows
      }
    },
  }
}

async function meansSource(
  deps: Deps,
  input: Parsed<'publish.rows'>,
  signal: AbortSignal,
): Promise<RowSource> {
  const images = () => selectImages(deps.store, input.selection)
  const names = await bundleNames(deps)
  const { rows, base } = await meansFor(deps, { ...input, names, images }, signal)
  return { columns: MEANS_COLUMNS, rows: () => rows.map((one) => meansRow(one, base)) }
}

function wideSource(deps: Deps, { selection, references }: Parsed<'publish.rows'>): RowSource {
  if (references.length > 0)
    throw new RealignError('bad-input', 'Rows of an image have no column for reference metrics', {
      hint: 'Export data with one row a caption (long), or Table 1.',
    })
  const images = () => selectImages(deps.store, selection)
  const plan = planWide(images)
  return {
    columns: wideColumns(plan.keys),
    *rows() {
      for (const one of images()) yield wideRow(one, plan)
    },
  }
}

/** Waits for its reader after every batch, so memory stays flat however many rows there are. */
export async function* publishRows(
  deps: Deps,
  input: Parsed<'publish.rows'>,
  signal: AbortSignal,
): AsyncGenerator<RowsEvent, Output<'publish.rows'>> {
  const { shape } = input
  const source =
    shape === 'wide'
      ? wideSource(deps, input)
      : await (shape === 'means' ? meansSource : longSource)(deps, input, signal)
  yield { kind: 'columns', columns: [...source.columns] }
  const breathe = createBreather(signal, deps.clock.elapsedMs)
  let batch: RowsEvent & { kind: 'rows' } = { kind: 'rows', rows: [] }
  let rows = 0
  for (const row of source.rows()) {
    batch.rows.push([...row])
    rows++
    await breathe()
    if (batch.rows.length < ROWS_AT_ONCE) continue
    yield batch
    batch = { kind: 'rows', rows: [] }
  }
  if (rows === 0) throw nothingSelected()
  if (batch.rows.length > 0) yield batch
  return { rows }
}
