/** The publisher's operations: documents, rows of data, and the way back to the cells. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { createBreather } from '../../shared/breather.ts'
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import { captionReader } from '../text-statistics/caption-measures.ts'
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
import { makeTable } from './make-table.ts'
import { markdownOf } from './markdown.ts'
import { storedMarks } from './marks-of.ts'
import { meansRow } from './means.ts'
import { dataUris, pictureFiles } from './pictures.ts'
import { MIX_COLUMNS, mixRows, TEXT_COLUMNS, textRows } from './mix/columns.ts'
import { mixesFor } from './mix/figures.ts'
import { poolOf } from './mix/pool.ts'
import { longRows, measuredRows, planWide, wideRow } from './rows.ts'
import { nothingSelected } from './nothing-selected.ts'
import { selectImages, type SelectedImage } from './selection.ts'
import {
  GROWTH_COLUMNS,
  growthRows,
  STATISTICS_COLUMNS,
  statisticsRows,
} from './statistics/columns.ts'
import { statisticsFor } from './statistics/figures.ts'
import { ownAltText } from './survey.ts'
import { meansFor, measureFor } from './table1-means.ts'

/** A document is built in memory; beyond this nobody reads a table. */
export const MOST_CELLS_IN_A_DOCUMENT = 5000
const ROWS_AT_ONCE = 250

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

export async function publishDocument(
  deps: Deps,
  input: Parsed<'publish.document'>,
  signal: AbortSignal,
): Promise<Output<'publish.document'>> {
  const { images, cells } = selected(deps, input.selection)
  const withPictures = input.table === 'table3'
  const { doc } = await makeTable(deps, images, input, signal)
  const counts = { cells, images: images.length }
  const ids = withPictures ? images.map(({ image }) => image.id) : []
  if (input.format === 'html') {
    const text = htmlOf(doc, {
      pictures: dataUris(deps.store, ids),
      sha256: (one) => deps.sha256(new TextEncoder().encode(one)),
    })
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
  const read = captionReader()
  return {
    columns: measure ? [...LONG_COLUMNS, ...MEASURED_COLUMNS] : LONG_COLUMNS,
    *rows() {
      for (const one of images()) {
        const own = ownAltText(deps.store, one.image.id) ?? ''
        const rows = longRows(one, storedMarks(deps.store), { baseline, own, read })
        yield* measure ? measuredRows(one, rows, measure) : rows
      }
    },
  }
}

/** The request with names, and the images of its selection as often as they are read. */
const ofAll = async (deps: Deps, input: Parsed<'publish.rows'>) => ({
  ...input,
  names: await bundleNames(deps),
  images: () => selectImages(deps.store, input.selection),
})

async function meansSource(
  deps: Deps,
  input: Parsed<'publish.rows'>,
  signal: AbortSignal,
): Promise<RowSource> {
  const { rows, base } = await meansFor(deps, await ofAll(deps, input), signal)
  return { columns: MEANS_COLUMNS, rows: () => rows.map((one) => meansRow(one, base)) }
}

async function statisticsSource(
  deps: Deps,
  input: Parsed<'publish.rows'>,
  signal: AbortSignal,
): Promise<RowSource> {
  const statistics = await statisticsFor(deps, await ofAll(deps, input), signal)
  return input.shape === 'growth'
    ? { columns: GROWTH_COLUMNS, rows: () => growthRows(statistics) }
    : { columns: STATISTICS_COLUMNS, rows: () => statisticsRows(statistics) }
}

async function mixSource(
  deps: Deps,
  input: Parsed<'publish.rows'>,
  signal: AbortSignal,
): Promise<RowSource> {
  const asked = await ofAll(deps, input)
  if (input.shape === 'texts') {
    const pool = await poolOf(deps, asked, signal)
    if (!pool) throw nothingSelected()
    return { columns: TEXT_COLUMNS, rows: () => textRows(pool, asked.images(), input.mix) }
  }
  const mixes = await mixesFor(deps, asked, signal)
  if (!mixes) throw nothingSelected()
  return { columns: MIX_COLUMNS, rows: () => mixRows(mixes, input.mix) }
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

const SOURCES: Readonly<
  Record<
    Parsed<'publish.rows'>['shape'],
    (
      deps: Deps,
      input: Parsed<'publish.rows'>,
      signal: AbortSignal,
    ) => RowSource | Promise<RowSource>
  >
> = {
  long: longSource,
  wide: wideSource,
  means: meansSource,
  statistics: statisticsSource,
  growth: statisticsSource,
  mix: mixSource,
  texts: mixSource,
}

/** Waits for its reader after every batch, so memory stays flat however many rows there are. */
export async function* publishRows(
  deps: Deps,
  input: Parsed<'publish.rows'>,
  signal: AbortSignal,
): AsyncGenerator<RowsEvent, Output<'publish.rows'>> {
  const { shape } = input
  const source = await SOURCES[shape](deps, input, signal)
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
