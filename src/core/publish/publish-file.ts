/** One request, one file: builds what goes in and lets the host write it where the person wants it. */
import type { Output, Parsed, TaskEvent } from '../../shared/contract.ts'
import { FileFormat } from '../../shared/contract/publish.ts'
import { cancelled, RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'
import type { DataRow } from './data-columns.ts'
import type { DataFormat, DocumentFormat, ExportContent } from './exporter-port.ts'
import { pictureFolder } from './picture-folder.ts'
import { publishDocument, publishRows } from './publish.ts'
import { publishFigure } from './statistics/publish-figure.ts'

type Request = Parsed<'publish.file'>
type Event = TaskEvent<'publish.file'>

const DOCUMENTS: ReadonlySet<FileFormat> = new Set(['tex', 'html', 'md', 'pdf', 'png'])
const isDocument = (format: FileFormat): format is DocumentFormat => DOCUMENTS.has(format)

const NO_HOST = 'This host of the workbench cannot write files'

export const fileFormats = ({ hooks }: Deps): Output<'publish.formats'> => ({
  formats: FileFormat.options.map((format) => ({
    format,
    blocked: hooks.exporter ? hooks.exporter.blocked(format) : NO_HOST,
  })),
})

/** No letter that a file system or a dialog would mind, whatever was typed. */
const fileName = ({ name, format }: Request): string =>
  `${
    name
      .toWellFormed()
      .replace(/[\u0000-\u001f\u007f<>:"/\\|?*\u202a-\u202e\u2066-\u2069]+/g, '-')
      .replace(/^[.\s-]+|[.\s]+$/g, '') || 'table'
  }.${format}`

export const traceIn = (html: string): string =>
  /<meta name="realign-trace" content="([^"]*)">/.exec(html)?.[1] ?? ''

async function documentContent(
  deps: Deps,
  input: Request & { readonly format: DocumentFormat; readonly folder: string },
  signal: AbortSignal,
): Promise<{ readonly content: ExportContent; readonly captions: number }> {
  const { what, format, selection, baseline, references, base, statistics, mix } = input
  if (what === 'data')
    throw new RealignError('bad-input', `Data cannot be a .${format} file`, {
      hint: 'Choose a table, or a format for data: CSV, XLSX, JSON lines, Parquet.',
    })
  const printed = format === 'pdf' || format === 'png'
  const made = await publishDocument(
    deps,
    {
      ...{ table: what, selection, baseline, references, base, statistics, mix },
      ...{ format: printed ? 'html' : format, fragment: input.fragment },
      pictureFolder: input.folder,
    },
    signal,
  )
  const content: ExportContent = printed
    ? { kind: 'page', html: made.text, format, trace: traceIn(made.text) }
    : { kind: 'document', text: made.text, folder: input.folder, files: made.files }
  return { content, captions: made.cells }
}

async function figureContent(
  deps: Deps,
  { what, selection, baseline, base, statistics }: Request,
  signal: AbortSignal,
): Promise<{ readonly content: ExportContent; readonly captions: number }> {
  if (what !== 'statistics')
    throw new RealignError('bad-input', 'Only the growth curves of statistics are an SVG figure', {
      hint: 'Export statistics as SVG, or choose another format.',
    })
  const asked = { selection, baseline, base, statistics }
  const { text, captions } = await publishFigure(deps, asked, signal)
  return { content: { kind: 'document', text, folder: '', files: [] }, captions }
}

function shapeOf({ what, shape }: Request): Parsed<'publish.rows'>['shape'] {
  if (what === 'table1') return 'means'
  if (what === 'table3') return 'wide'
  if (what === 'statistics') return shape === 'growth' ? 'growth' : 'statistics'
  if (what === 'mix') return shape === 'texts' ? 'texts' : 'mix'
  if (shape === 'texts')
    throw new RealignError('bad-input', 'Texts are of a mix alone', {
      hint: 'Export a mix, or data with a row a caption or an image.',
    })
  if (shape === 'growth')
    throw new RealignError('bad-input', 'Growth curves are of the Statistics table alone', {
      hint: 'Export statistics, or data with a row a caption or an image.',
    })
  return shape
}

async function rowsContent(
  deps: Deps,
  input: Request & { readonly format: DataFormat },
  signal: AbortSignal,
): Promise<{ readonly content: ExportContent; readonly done: () => void }> {
  const { selection, baseline, references, base, statistics, mix, format, bom } = input
  const asked = { shape: shapeOf(input), selection, baseline, references, base, statistics, mix }
  const work = publishRows(deps, asked, signal)
  const first = await work.next()
  if (first.done || first.value.kind !== 'columns')
    throw new RealignError('bug', 'Rows came without their columns')
  async function* batches(): AsyncGenerator<readonly DataRow[]> {
    for await (const event of work) if (event.kind === 'rows') yield event.rows
  }
  const { columns } = first.value
  return {
    content: { kind: 'rows', format, columns, batches: batches(), bom },
    done: () => void work.return({ rows: 0 }),
  }
}

/** How many rows will come, where that is known without looking at them. */
function totalOf({ store }: Deps, input: Request): number | null {
  const { selection } = input
  if (shapeOf(input) !== 'long' || selection.samples !== 'all') return null
  if (selection.altKinds || selection.captionerIds) return null
  if (selection.cellIds) return selection.cellIds.length
  return selection.run || selection.imageIds ? null : store.counts().cells
}

/**
 * Fails with 'unavailable' where the host cannot make such a file, 'cancelled' when its dialog was dismissed,
 * and as publish.document and publish.rows do.
 */
export async function* publishFile(
  deps: Deps,
  input: Request,
  signal: AbortSignal,
): AsyncGenerator<Event, Output<'publish.file'>> {
  const { exporter } = deps.hooks
  const { format } = input
  const reason = exporter ? exporter.blocked(format) : NO_HOST
  if (!exporter || reason !== null) throw new RealignError('unavailable', reason ?? NO_HOST)
  yield { kind: 'phase', phase: 'choosing' }
  const place = await exporter.place(fileName(input))
  if (!place) throw cancelled()
  yield { kind: 'phase', phase: 'reading' }
  let rows = 0
  let content: ExportContent
  let done = (): void => undefined
  if (format === 'svg') {
    const figure = await figureContent(deps, input, signal)
    content = figure.content
    rows = figure.captions
  } else if (isDocument(format)) {
    const folder = pictureFolder(place.name)
    const made = await documentContent(deps, { ...input, format, folder }, signal)
    content = made.content
    rows = made.captions
    if (content.kind === 'page') yield { kind: 'phase', phase: 'printing' }
  } else ({ content, done } = await rowsContent(deps, { ...input, format }, signal))
  const total = totalOf(deps, input)
  const work = place.write(content, signal)
  try {
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      if (step.value.kind === 'bytes') yield step.value
      else yield { ...step.value, total, rows: (rows = step.value.rows) }
    }
    return { ...step.value, rows }
  } finally {
    done()
    await work.return(undefined as never) // a no-op when the work has already ended
  }
}
