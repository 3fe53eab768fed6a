/** The format of an export by the ending of its file name. */
import { RealignError } from '../shared/errors.ts'
import { ROW_FORMATS, type RowFormat } from './row-file.ts'

export const DOCUMENT_FORMATS = ['tex', 'html', 'md', 'pdf', 'png'] as const
export type DocumentFile = (typeof DOCUMENT_FORMATS)[number]

export type ExportFormat =
  | { readonly kind: 'document'; readonly name: DocumentFile }
  | { readonly kind: 'rows'; readonly name: RowFormat }

const ends = (file: string, ending: string): boolean => file.toLowerCase().endsWith(`.${ending}`)

/** `data` has no document form. @throws RealignError bad-input that names the endings that work */
export function exportFormat(file: string, what: 'table' | 'data' | 'any'): ExportFormat {
  // '.raw.csv' ends with '.csv' too: the longest ending wins.
  const rows = [...ROW_FORMATS].sort((a, b) => b.length - a.length).find((one) => ends(file, one))
  if (rows) return { kind: 'rows', name: rows }
  const document = DOCUMENT_FORMATS.find((one) => ends(file, one))
  if (document && what !== 'data') return { kind: 'document', name: document }
  const known = [...(what === 'data' ? [] : DOCUMENT_FORMATS), ...ROW_FORMATS]
  throw new RealignError('bad-input', `The ending of ${JSON.stringify(file)} names no format`, {
    hint: `These work: ${known.map((one) => `.${one}`).join(', ')}.`,
  })
}
