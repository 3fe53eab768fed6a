/** The publisher's operations: documents, rows of data, and the way back to the cells. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { RealignError, throwIfAborted } from '../../shared/errors.ts'
import { breather } from '../breather.ts'
import type { Deps } from '../deps.ts'
import { proposeForCells } from '../grounding/marks.ts'
import { bundleNames, type BundleNames } from './bundle-names.ts'
import { LONG_COLUMNS, MEANS_COLUMNS, wideColumns, type DataRow } from './data-columns.ts'
import { htmlOf } from './html.ts'
import { latexOf } from './latex.ts'
import { markdownOf } from './markdown.ts'
import { storedMarks } from './marks-of.ts'
import { meansOf, meansRow } from './means.ts'
import { dataUris, pictureFiles } from './pictures.ts'
import { measureAll, referencesBy, type Measure } from './references.ts'
import { longRows, planWide, wideRow } from './rows.ts'
import { selectImages, type SelectedImage } from './selection.ts'
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
    : table1(images, {
        ...options,
        measure: await measureFor(deps, { ...input, names, images: () => images }, signal),
      })
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

interface Measuring {
  readonly references: readonly string[]
  readonly names: BundleNames
  /** Of the table: read twice, so that no more than its scores is held. */
  readonly images: () => Iterable<SelectedImage>
}

/** By the captioners that a request names, an id or the name of who wrote elsewhere; null where it names none. */
export async function measureFor(
  deps: Deps,
  { references, names, images }: Measuring,
  signal: AbortSignal,
): Promise<Measure | null> {
  const found = referencesBy(deps.store, references, new Set(names.keys()))
  return found && measureAll(found, images, breather(deps, signal))
}

function rowSource(
  deps: Deps,
  { shape, selection, baseline }: Parsed<'publish.rows'>,
  measure: Measure | null,
) {
  const images = () => selectImages(deps.store, selection)
  if (shape === 'long')
    return {
      columns: LONG_COLUMNS,
      *rows(): Generator<DataRow> {
        for (const one of images()) yield* longRows(one, storedMarks(deps.store), baseline)
      },
    }
  if (shape === 'means')
    return {
      columns: MEANS_COLUMNS,
      *rows(): Generator<DataRow> {
        for (const one of meansOf(images(), baseline, measure)) yield meansRow(one, baseline)
      },
    }
  const plan = planWide(images)
  return {
    columns: wideColumns(plan.keys),
    *rows(): Generator<DataRow> {
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
  const { shape, references } = input
  const measuring = {
    ...{ references: shape === 'means' ? references : [], names: await bundleNames(deps) },
    images: () => selectImages(deps.store, input.selection),
  }
  const source = rowSource(deps, input, await measureFor(deps, measuring, signal))
  yield { kind: 'columns', columns: [...source.columns] }
  let batch: RowsEvent & { kind: 'rows' } = { kind: 'rows', rows: [] }
  let rows = 0
  for (const row of source.rows()) {
    batch.rows.push([...row])
    rows++
    if (batch.rows.length < ROWS_AT_ONCE) continue
    yield batch
    throwIfAborted(signal)
    batch = { kind: 'rows', rows: [] }
  }
  if (rows === 0) throw nothingSelected()
  if (batch.rows.length > 0) yield batch
  return { rows }
}
