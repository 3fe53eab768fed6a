/** What the formats and forms of an export are called, and what they are good for. */
import type { MixStrategy } from '../../shared/contract/publish.ts'
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
  {
    what: 'mix',
    title: 'Mix',
    about:
      'Which text each image is trained with, alt-text or caption: strategies side by side, or the texts of one as data.',
  },
  { what: 'data', title: 'Data', about: 'Rows with everything that is known of each caption.' },
]

export const FORMAT_NAMES: Readonly<Record<Format, string>> = {
  tex: 'LaTeX',
  html: 'HTML',
  md: 'Markdown',
  pdf: 'PDF',
  png: 'PNG',
  svg: 'SVG',
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
  svg: 'Its growth curves, drawn for a paper; the preview lists their points.',
  csv: 'For spreadsheets: text that one could run starts with an apostrophe.',
  'raw.csv': 'For programs: every text exactly as it is.',
  xlsx: 'A spreadsheet whose texts can never be read as formulas.',
  jsonl: 'One object a line, every text exactly as it is.',
  parquet: 'Typed columns for pandas, polars and DuckDB.',
}

/** With the top and the share that are chosen beside it. */
export const STRATEGIES: Readonly<Record<MixStrategy, string>> = {
  'alt-text': 'alt-text of all',
  caption: 'caption of all',
  share: 'caption of the share, alt-text of the rest',
  'top-alt-text': 'alt-text of the top',
  'top-caption': 'caption of the top',
  'caption-of-top-alt-text': 'caption where the alt-text is of the top',
  'top-alt-text-else-caption': 'alt-text of the top, else the caption',
  'top-alt-text-else-good-caption': 'alt-text of the top, else a caption as good',
  'top-caption-else-good-alt-text': 'caption of the top, else an alt-text as good',
  'joined-else-good-caption': 'both joined for the top, else a caption as good',
  'top-both': 'the top of the alt-texts and of the captions',
}
