/** CSV and TSV as a table: the first row names the columns, every other has as many fields. */
import { unguardFormula, unguardFormulaOnly } from '../../core/publish/formula-guard.ts'
import { guessColumns } from '../../core/tables/guess-columns.ts'
import type { TableContent, TableFault, TableRow } from '../../core/tables/table-port.ts'
import { createBreather } from '../../shared/breather.ts'
import { RealignError } from '../../shared/errors.ts'
import { delimitedRows, guessDelimiter, type DelimitedRow } from './delimited.ts'
import { assertColumns, assertRows, distinctNames } from './limits.ts'

/** Spreadsheets write their delimiter into a line of its own. */
const SEP = /^sep=(.)(?=\r|\n)/

const isBlank = ({ fields }: DelimitedRow): boolean => fields.length === 1 && fields[0] === ''

/**
 * What the guard of a spreadsheet export put before a text goes again: always in a table of ours (its
 * columns say so), elsewhere only before what a spreadsheet would take for a formula. Raw CSV has no guard.
 */
function unguarding(fileName: string, columns: readonly string[]): (text: string) => string {
  if (fileName.toLowerCase().endsWith('.raw.csv')) return (text) => text
  return columns.includes('image_sha256') ? unguardFormula : unguardFormulaOnly
}

/** Fields that are empty beyond the last column are what spreadsheets leave behind. */
function fitted(fields: readonly string[], width: number): readonly string[] | null {
  if (fields.length === width) return fields
  const rest = fields.slice(width)
  return fields.length > width && rest.every((one) => one === '') ? fields.slice(0, width) : null
}

const PICTURE = /[^.]\.(jpe?g|png|webp|gif|tiff?|avif|bmp)$/i

/** A table without a head would lose its first row, and nobody could say which column is which. */
function assertNames(fields: readonly string[], fileName: string): void {
  const picture = fields.find((one) => PICTURE.test(one.trim()))
  if (picture === undefined || guessColumns(fields).image !== null) return
  throw new RealignError(
    'bad-input',
    `The first line of ${fileName} is a row (“${picture.slice(0, 100)}”), not names of columns`,
    { hint: 'Put a line before it that names the columns, e.g. image,alt_text.' },
  )
}

export async function delimitedTable(
  text: string,
  fileName: string,
  signal: AbortSignal,
): Promise<TableContent> {
  const breathe = createBreather(signal)
  const [sepLine = '', sep] = SEP.exec(text) ?? []
  const delimiter = sep ?? (fileName.toLowerCase().endsWith('.tsv') ? '\t' : guessDelimiter(text))
  const rows: TableRow[] = []
  const faults: TableFault[] = []
  let columns: readonly string[] | null = null
  let clean = (one: string): string => one
  for (const row of delimitedRows(text, delimiter)) {
    await breathe()
    const { line, fault } = row
    if (isBlank(row) || (line === 1 && sepLine !== '')) continue
    if (columns === null) {
      if (fault !== null)
        throw new RealignError('bad-input', `Line ${line}, which names the columns: ${fault}`, {
          hint: 'Mend the quotation marks of that line.',
        })
      assertColumns(row.fields.length)
      assertNames(row.fields, fileName)
      clean = unguarding(fileName, row.fields)
      columns = distinctNames(row.fields.map(clean))
      continue
    }
    assertRows(rows.length + faults.length + 1)
    const fields = fault === null ? fitted(row.fields, columns.length) : null
    if (fields) rows.push({ line, fields: fields.map(clean) })
    else {
      const count = row.fields.length === 1 ? '1 field' : `${row.fields.length} fields`
      const ragged = `it has ${count} where ${columns.length} columns are named`
      faults.push({ line, message: fault ?? ragged })
    }
  }
  return { columns: columns ?? [], rows, faults }
}
