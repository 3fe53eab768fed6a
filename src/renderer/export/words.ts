/** What the formats and forms of an export are called, and what they are good for. */
import type { Format, What } from './export-store.ts'

export const WHAT: readonly {
  readonly what: What
  readonly title: string
  readonly about: string
}[] = [
  {
    what: 'table3',
    title: 'Table 3',
    about: 'Every image with its alt-texts, captions, marks and scores.',
  },
  { what: 'table1', title: 'Table 1', about: 'Means by kind of alt-text and captioner.' },
  {
    what: 'statistics',
    title: 'Statistics',
    about: 'How captions are written: length, vocabulary, openings, what is kept of the alt-text.',
  },
  { what: 'data', title: 'Data', about: 'Rows with everything that is known of each caption.' },
]

export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  tex: 'LaTeX',
  html: 'HTML',
  md: 'Markdown',
  pdf: 'PDF',
  png: 'PNG',
  csv: 'CSV',
  'raw.csv': 'Raw CSV',
  xlsx: 'XLSX',
  jsonl: 'JSON lines',
  parquet: 'Parquet',
}

export const FORMAT_ABOUT: Readonly<Record<Format, string>> = {
  tex: 'Compiles by itself with booktabs; pictures lie beside it.',
  html: 'One file with its pictures inside, no script, no request.',
  md: 'Text with pictures beside it; marks as underline, strike and bold.',
  pdf: 'The HTML page, printed on A4.',
  png: 'The HTML page as one picture, at twice its size.',
  csv: 'For spreadsheets: text that one could run starts with an apostrophe.',
  'raw.csv': 'For programs: every text exactly as it is.',
  xlsx: 'A spreadsheet whose texts can never be read as formulas.',
  jsonl: 'One object a line, every text exactly as it is.',
  parquet: 'Typed columns for pandas, polars and DuckDB.',
}
