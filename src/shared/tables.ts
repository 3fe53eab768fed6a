/** Words and limits of tables of alt-texts, for pages too: nothing here brings in a schema. */

/** What a column of a table can be read as. */
export const TABLE_ROLES = ['image', 'altText', 'className', 'group'] as const
export type TableRole = (typeof TABLE_ROLES)[number]

/** More is refused before it is read, with a next step. */
export const MAX_TABLE_BYTES = 64 * 2 ** 20
export const MAX_TABLE_ROWS = 250_000

/** Endings of the files that are read as tables. */
export const TABLE_ENDINGS = ['csv', 'tsv', 'jsonl', 'ndjson', 'json', 'parquet'] as const

export const isTableName = (name: string): boolean =>
  TABLE_ENDINGS.some((ending) => name.toLowerCase().endsWith(`.${ending}`))
