/** Operations on tables that name images and say their alt-texts: look first, then apply. */
import { z } from 'zod'
import { MAX_TABLE_ROWS } from '../tables.ts'
import { Sha256 } from '../types.ts'
import { call, task } from './define.ts'

/** Which column plays which part; null where none does. */
export const TableColumns = z.object({
  image: z.string().nullable(),
  altText: z.string().nullable(),
  className: z.string().nullable(),
  group: z.string().nullable(),
})
export type TableColumns = z.output<typeof TableColumns>

const TableInput = z.object({
  name: z.string().max(1024),
  bytes: z.instanceof(Uint8Array),
  /** The table's own folder, as paths or names of images begin; null where it is not known. */
  folder: z.string().max(4096).nullable().default(null),
  /** Other names of images, as an import just found them: the workspace keeps one name of equal files. */
  alsoCalled: z
    .array(z.object({ name: z.string().max(4096), imageId: Sha256 }))
    .max(MAX_TABLE_ROWS)
    .default([]),
  /** Overrules the guess, column by column; null means that no column is that. */
  columns: TableColumns.partial().default({}),
})

/** A row that gives nothing, and why. */
export const UnusedRow = z.object({ line: z.number(), image: z.string(), reason: z.string() })
export type UnusedRow = z.output<typeof UnusedRow>

export const TableRowView = z.object({
  line: z.number(),
  image: z.string(),
  altText: z.string().nullable(),
  className: z.string().nullable(),
  group: z.string().nullable(),
  /** 'missing': no image of the workspace is called so, yet. 'blank': it has no words. */
  state: z.enum(['found', 'missing', 'unused', 'blank']),
  /** Why the row gives nothing; null where it is found. */
  reason: z.string().nullable(),
})
export type TableRowView = z.output<typeof TableRowView>

export const tableOperations = {
  /** What a table would do; writes nothing. Without a column for the image no row can be read yet. */
  'tables.read': call({
    audience: 'owner',
    input: TableInput,
    output: z.object({
      columns: z.array(z.string()),
      mapping: TableColumns,
      /** Rows of the table, those that cannot be read too; blank lines are none. */
      rows: z.number(),
      /** Images of the workspace that would be given something. */
      images: z.number(),
      /** Rows without words: they set nothing, which is no fault. */
      blank: z.number(),
      /** Rows that would give nothing though they should. */
      unused: z.number(),
      first: z.array(TableRowView),
    }),
  }),
  /** Append-only, in the order of the rows. Cancelling keeps what was given. */
  'tables.apply': task({
    audience: 'owner',
    input: TableInput,
    event: z.object({
      kind: z.literal('progress'),
      done: z.number(),
      total: z.number(),
      fraction: z.number(),
    }),
    output: z.object({
      rows: z.number(),
      images: z.number(),
      altTexts: z.number(),
      classNames: z.number(),
      groups: z.number(),
      blank: z.number(),
      unused: z.array(UnusedRow),
    }),
  }),
}
