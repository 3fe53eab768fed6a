/** Writes exported files for a host: where its dialog says, or into the hands of the page. */
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import path from 'node:path'
import type {
  ExportContent,
  Exporter,
  ExportPlace,
  ExportStep,
  WrittenFile,
} from '../core/publish/exporter-port.ts'
import { RealignError } from '../shared/errors.ts'
import { findChromium, printPage, type PrintFormat } from './chromium.ts'
import { keepOriginals } from './keep-originals.ts'
import { writeRowFile } from './row-file.ts'
import { temporaryFolder } from './temporary-folder.ts'
import { traceIntoPdf, traceIntoPng } from './trace-in-binary.ts'
import { spreadsheet } from './spreadsheet.ts'
import { watched } from './watched.ts'
import { writeAtomically, writeWhole } from './write-atomically.ts'
import { writeZip } from './zip-writer.ts'

export interface Printer {
  /** Why nothing can be printed here; null when it can. */
  blocked(): string | null
  print(html: string, format: PrintFormat, signal: AbortSignal): Promise<Uint8Array>
}

export interface ExporterOptions {
  readonly printer?: Printer
  /** Asks where the file goes; null when dismissed. Without it the bytes go to the page. */
  readonly askPlace?: (name: string) => Promise<string | null>
}

/** A Chromium of this machine. */
const chromiumPrinter: Printer = {
  blocked() {
    try {
      findChromium()
      return null
    } catch (error) {
      if (!(error instanceof RealignError)) throw error
      return `${error.message}. ${error.hint ?? ''}`.trim()
    }
  },
  print: (html, format, signal) => printPage(html, format, { signal }),
}

type Tell = (step: ExportStep) => void

async function* counted<R>(
  batches: AsyncIterable<readonly R[]>,
  tell: Tell,
): AsyncGenerator<readonly R[]> {
  let rows = 0
  for await (const batch of batches) {
    rows += batch.length
    tell({ kind: 'rows', rows })
    yield batch
  }
}

interface Target {
  readonly file: string
  /** Several files become one, because a page can save only one. */
  readonly single?: boolean
  /** A Chromium of this machine unless the host has its own. */
  readonly printer?: Printer
}

/** The path that was written: a document with pictures in a single file is a ZIP beside its name. */
export async function writeContent(
  { file, single = false, printer = chromiumPrinter }: Target,
  content: ExportContent,
  { tell, signal }: { readonly tell: Tell; readonly signal: AbortSignal },
): Promise<string> {
  await keepOriginals(file)
  if (content.kind === 'rows') {
    const { columns, format, bom } = content
    const source = { columns, batches: counted(content.batches, tell) }
    await writeRowFile(file, format, { source, bom, signal })
  } else if (content.kind === 'page') {
    const bytes = await printer.print(content.html, content.format, signal)
    const traced = content.format === 'pdf' ? traceIntoPdf : traceIntoPng
    await writeWhole(file, traced(bytes, content.trace))
  } else if (content.files.length > 0 && single) {
    const zip = `${file.slice(0, -path.extname(file).length)}.zip`
    const members = [
      { name: path.basename(file), content: [content.text] },
      ...content.files.map(({ name, bytes }) => ({
        name: `${content.folder}/${name}`,
        content: [bytes],
      })),
    ]
    await writeAtomically(zip, (part) => writeZip(part, members), signal)
    return zip
  } else {
    for (const { name, bytes } of content.files)
      await writeWhole(path.join(path.dirname(file), content.folder, name), bytes)
    await writeWhole(file, content.text)
  }
  return file
}

const onDisk = (file: string, printer: Printer): ExportPlace => ({
  name: path.basename(file),
  async *write(content, signal) {
    const written = yield* watched<ExportStep, string>((tell) =>
      writeContent({ file, printer }, content, { tell, signal }),
    )
    return { name: path.basename(written), where: 'disk', bytes: (await stat(written)).size }
  },
})

const BYTES_AT_ONCE = 2 ** 20

const forPage = (name: string, printer: Printer): ExportPlace => ({
  name,
  async *write(content, signal): AsyncGenerator<ExportStep, WrittenFile> {
    const folder = await temporaryFolder('realign-export-')
    try {
      const target = { file: path.join(folder, name), single: true, printer }
      const written = yield* watched<ExportStep, string>((tell) =>
        writeContent(target, content, { tell, signal }),
      )
      let bytes = 0
      const pieces = createReadStream(written, { highWaterMark: BYTES_AT_ONCE, signal })
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        bytes += piece.length
        yield { kind: 'bytes', bytes: new Uint8Array(piece) }
      }
      return { name: path.basename(written), where: 'page', bytes }
    } finally {
      await rm(folder, { recursive: true, force: true, maxRetries: 3 })
    }
  },
})

export function createExporter(options: ExporterOptions = {}): Exporter {
  const { printer = chromiumPrinter, askPlace } = options
  return {
    spreadsheet,
    blocked: (format) => (format === 'pdf' || format === 'png' ? printer.blocked() : null),
    async place(name) {
      if (!askPlace) return forPage(name, printer)
      const file = await askPlace(name)
      return file === null ? null : onDisk(file, printer)
    },
  }
}
