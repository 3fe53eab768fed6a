/** Puts the machine-readable line of a table into PDF and PNG files without touching what they show. */
import { crc32 } from 'node:zlib'
import { RealignError } from '../shared/errors.ts'

/** Of a PDF with a plain table of objects: its last trailer, and where that table begins. */
const TRAILER = /^trailer\s*<<([^]*?)>>\s*startxref\s+(\d+)\s+%%EOF\s*$/

/**
 * The line becomes a property of the document, in an update behind its end: programs that save a PDF again keep
 * its properties, and lose comments.
 */
export function traceIntoPdf(pdf: Uint8Array, trace: string): Uint8Array {
  const bytes = Buffer.from(pdf)
  const text = bytes.toString('latin1')
  const [, trailer = '', before] = TRAILER.exec(text.slice(text.lastIndexOf('trailer'))) ?? []
  const number = /\/Info (\d+) 0 R/.exec(trailer)?.[1]
  const properties = new RegExp(`^${number} 0 obj\\s*<<([^]*?)>>\\s*endobj`, 'm').exec(text)?.[1]
  if (before === undefined || properties === undefined) return traceBehindPdf(bytes, trace)
  const object = `\n${number} 0 obj\n<<${properties}\n/RealignTrace (${trace})>>\nendobj\n`
  const at = String(bytes.length + 1).padStart(10, '0')
  const table = `xref\n${number} 1\n${at} 00000 n \ntrailer\n<<${trailer}\n/Prev ${before}>>\n`
  const end = `startxref\n${bytes.length + object.length}\n%%EOF\n`
  return Buffer.concat([bytes, Buffer.from(object + table + end, 'latin1')])
}

/**
 * A PDF may carry comments after its end, followed by the place of its table of objects again:
 * readers look for that place from the end of the file.
 */
function traceBehindPdf(bytes: Buffer, trace: string): Uint8Array {
  const at = bytes.lastIndexOf('startxref')
  const place = /^startxref\s+(\d+)/.exec(bytes.toString('latin1', at, at + 40))?.[1]
  if (at < 0 || place === undefined)
    throw new RealignError('bug', 'The browser made a PDF without a table of objects')
  return Buffer.concat([bytes, Buffer.from(`\n%${trace}\nstartxref\n${place}\n%%EOF\n`, 'latin1')])
}

const END = 12

/** A text chunk before the last one, which every PNG reader passes over. */
export function traceIntoPng(png: Uint8Array, trace: string): Uint8Array {
  const bytes = Buffer.from(png)
  const content = Buffer.from(`tEXtComment\0${trace}`, 'latin1')
  const chunk = Buffer.alloc(content.length + 8)
  chunk.writeUInt32BE(content.length - 4, 0)
  content.copy(chunk, 4)
  chunk.writeUInt32BE(crc32(content), content.length + 4)
  const before = bytes.length - END
  return Buffer.concat([bytes.subarray(0, before), chunk, bytes.subarray(before)])
}
