/** Spreadsheets that stream: inline strings only, so no text can ever be read as a formula. */
import type { DataColumn, DataRow, DataValue } from '../core/publish/data-columns.ts'
import { RealignError } from '../shared/errors.ts'
import type { RowSource, WriteRows } from './row-file.ts'
import { escapeXlsx } from './xlsx-text.ts'
import { writeZip } from './zip-writer.ts'

const MOST_ROWS = 1_048_576
const MOST_CHARACTERS = 32_767
const HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'
const OFFICE = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Cell formats of styles.xml: plain, wrapped text ("@": stays text when edited), bold head. */
const [PLAIN, TEXT, BOLD] = [0, 1, 2]

const STYLES = `${HEAD}<styleSheet xmlns="${MAIN}"><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="3"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyAlignment="1"><alignment vertical="top" wrapText="1"/></xf><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/></cellXfs></styleSheet>`

const OVERRIDE = 'application/vnd.openxmlformats-officedocument.spreadsheetml'

/** Everything but the sheets themselves. */
const partsFor = (names: readonly string[]): readonly (readonly [name: string, text: string])[] => [
  [
    '[Content_Types].xml',
    `${HEAD}<Types xmlns="${PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="${OVERRIDE}.sheet.main+xml"/>${names.map((_, at) => `<Override PartName="/xl/worksheets/sheet${at + 1}.xml" ContentType="${OVERRIDE}.worksheet+xml"/>`).join('')}<Override PartName="/xl/styles.xml" ContentType="${OVERRIDE}.styles+xml"/></Types>`,
  ],
  [
    '_rels/.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="rId1" Type="${OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
  ],
  [
    'xl/workbook.xml',
    `${HEAD}<workbook xmlns="${MAIN}" xmlns:r="${OFFICE}"><sheets>${names.map((name, at) => `<sheet name="${escapeXlsx(name)}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`).join('')}</sheets></workbook>`,
  ],
  [
    'xl/_rels/workbook.xml.rels',
    `${HEAD}<Relationships xmlns="${PACKAGE}/relationships">${names.map((_, at) => `<Relationship Id="rId${at + 1}" Type="${OFFICE}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`).join('')}<Relationship Id="rId${names.length + 1}" Type="${OFFICE}/styles" Target="styles.xml"/></Relationships>`,
  ],
  ['xl/styles.xml', STYLES],
]

/** 0 -> A, 25 -> Z, 26 -> AA. */
export function columnName(index: number): string {
  const letter = String.fromCharCode(65 + (index % 26))
  return index < 26 ? letter : columnName(Math.floor(index / 26) - 1) + letter
}

const textCell = (at: string, value: string, style: number): string =>
  `<c r="${at}" s="${style}" t="inlineStr"><is><t xml:space="preserve">${escapeXlsx(value)}</t></is></c>`

function cell(at: string, value: DataValue): string {
  if (value === null) return ''
  if (typeof value === 'string') return textCell(at, value, TEXT)
  if (typeof value === 'boolean')
    return `<c r="${at}" t="b" s="${PLAIN}"><v>${Number(value)}</v></c>`
  return Number.isFinite(value) ? `<c r="${at}" s="${PLAIN}"><v>${value}</v></c>` : ''
}

/** The row in the words of the workspace: whoever looks for it there knows no "Y3". */
function tooLong(
  columns: readonly DataColumn[],
  row: DataRow,
  { index, at }: { readonly index: number; readonly at: string },
): RealignError {
  const name = columns[index]?.name ?? ''
  // Wide rows have a cell for every condition, long ones the one that they are.
  const idName = [name.replace(/(alt_text|caption)$/, 'cell_id'), 'cell_id'].find(
    (one) => one !== name && columns.some((column) => column.name === one),
  )
  const id = row[columns.findIndex((column) => column.name === idName)]
  const which = typeof id === 'string' ? ` of cell ${id}` : ''
  const length = String(row[index]).length
  return new RealignError(
    'bad-input',
    `The ${name}${which} has ${length} characters; a place of a spreadsheet (here ${at}) holds ${MOST_CHARACTERS}`,
    { hint: 'Export as CSV, JSON lines or Parquet, which keep it whole.' },
  )
}

function rowXml(columns: readonly DataColumn[], row: DataRow, number: number): string {
  const long = row.findIndex((value) => typeof value === 'string' && value.length > MOST_CHARACTERS)
  if (long >= 0) throw tooLong(columns, row, { index: long, at: `${columnName(long)}${number}` })
  return `<row r="${number}">${row.map((value, index) => cell(`${columnName(index)}${number}`, value)).join('')}</row>`
}

const width = ({ name, type }: DataColumn): number =>
  type === 'text' && /caption$|alt_text$/.test(name) ? 60 : 16

async function* sheet({ columns, batches }: RowSource): AsyncGenerator<string> {
  const widths = columns.map(
    (column, index) =>
      `<col min="${index + 1}" max="${index + 1}" width="${width(column)}" customWidth="1"/>`,
  )
  const names = columns.map(({ name }, index) => textCell(`${columnName(index)}1`, name, BOLD))
  yield `${HEAD}<worksheet xmlns="${MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols>${widths.join('')}</cols><sheetData><row r="1">${names.join('')}</row>`
  let number = 1
  for await (const rows of batches)
    for (const row of rows) {
      number++
      if (number > MOST_ROWS)
        throw new RealignError(
          'bad-input',
          `A spreadsheet holds ${MOST_ROWS} rows; this has more`,
          {
            hint: 'Export as CSV, JSON lines or Parquet.',
          },
        )
      yield rowXml(columns, row, number)
    }
  yield '</sheetData></worksheet>'
}

export interface Sheet {
  /** At most 31 letters, digits and underscores: a name of ours, never one from outside. */
  readonly name: string
  readonly source: RowSource
}

/** Several tables in one spreadsheet, a sheet each. */
export const writeXlsx = (part: string, sheets: readonly Sheet[]): Promise<void> =>
  writeZip(part, [
    ...partsFor(sheets.map(({ name }) => name)).map(([name, text]) => ({ name, content: [text] })),
    ...sheets.map(({ source }, at) => ({
      name: `xl/worksheets/sheet${at + 1}.xml`,
      content: sheet(source),
    })),
  ])

export const xlsxFile: WriteRows = (part, source) => writeXlsx(part, [{ name: 'Realign', source }])
