/** Words and limits of tables of alt-texts and captions, for pages too: nothing here brings in a schema. */

/**
 * What a column of a table can be read as. Without a column of captions the alt-text is the image's own; beside a
 * caption it is what its captioner was given, and says nothing of what the image has.
 */
export const TABLE_ROLES = [
  'image',
  'altText',
  'className',
  'group',
  'caption',
  'captioner',
] as const
export type TableRole = (typeof TABLE_ROLES)[number]

/** More is refused before it is read, with a next step. */
export const MAX_TABLE_BYTES = 64 * 2 ** 20
export const MAX_TABLE_ROWS = 250_000

/** As an alt-text: a caption may be given to a captioner as one. */
export const MAX_CAPTION_CHARS = 8192

/** Endings of the files that are read as tables. */
export const TABLE_ENDINGS = ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'parquet'] as const

export const isTableName = (name: string): boolean =>
  TABLE_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`))

/** Files of spreadsheet programs, which are not read: those programs save tables. */
export const isSpreadsheetName = (name: string): boolean =>
  /\.(xlsx?|xlsm|ods|numbers)$/i.test(name)
