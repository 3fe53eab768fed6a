/** The format of an export by the ending of its file name. */
import { RealignError } from '../shared/errors.ts'
import { ROW_FORMATS, type RowFormat } from './row-file.ts'

export const DOCUMENT_FORMATS = ['tex', 'html', 'md', 'pdf', 'png'] as const
export type DocumentFile = (typeof DOCUMENT_FORMATS)[number]

export type ExportFormat =
  | { readonly kind: 'document'; readonly name: DocumentFile }
  | { readonly kind: 'rows'; readonly name: RowFormat }
  | { readonly kind: 'figure'; readonly name: 'svg' }

const ends = (file: string, ending: string): boolean => file.toLowerCase().endsWith(`.${ending}`)

/** `data` has no document form, `growth` is data or a figure. @throws RealignError bad-input that names the endings that work */
export function exportFormat(
  file: string,
  what: 'table' | 'data' | 'growth' | 'any',
): ExportFormat {
  // '.raw.csv' ends with '.csv' too: the longest ending wins.
  const rows = [...ROW_FORMATS].sort((a, b) => b.length - a.length).find((one) => ends(file, one))
  if (rows) return { kind: 'rows', name: rows }
  const document = DOCUMENT_FORMATS.find((one) => ends(file, one))
  const asData = what === 'data' || what === 'growth'
  if (document && !asData) return { kind: 'document', name: document }
  if (what === 'growth' && ends(file, 'svg')) return { kind: 'figure', name: 'svg' }
  if (what === 'table' && ends(file, 'svg'))
    throw new RealignError('bad-input', 'Only growth curves of statistics are an SVG figure', {
      hint: 'Use `export statistics --growth`, or another ending.',
    })
  const known = [
    ...(asData ? [] : DOCUMENT_FORMATS),
    ...(what === 'growth' ? ['svg'] : []),
    ...ROW_FORMATS,
  ]
  throw new RealignError('bad-input', `The ending of ${JSON.stringify(file)} names no format`, {
    hint: `These work: ${known.map((one) => `.${one}`).join(', ')}.`,
  })
}
