/** Rows as lines of CSV (RFC 4180, UTF-8), plain for programs or guarded for spreadsheets. */
import { guardFormula } from './formula-guard.ts'
import type { DataValue } from './data-columns.ts'

/** `guarded`: text that a spreadsheet could take for a formula starts with ' (see formula-guard.ts). */
export type CsvStyle = 'raw' | 'guarded'

const quote = (text: string): string => `"${text.replaceAll('"', '""')}"`

/** Null is an empty field, "" is a quoted one; numbers stand bare. */
function field(value: DataValue, style: CsvStyle): string {
  if (value === null) return ''
  if (typeof value !== 'string') return String(value)
  return quote(style === 'guarded' ? guardFormula(value) : value)
}

/** One line with its CRLF. */
export const csvLine = (values: readonly DataValue[], style: CsvStyle): string =>
  `${values.map((value) => field(value, style)).join(',')}\r\n`
