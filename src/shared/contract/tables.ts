/** Operations on tables that name images and say their alt-texts, or captions made elsewhere: look first, then apply. */
import { z } from 'zod'
import { MAX_WRITER_CHARS } from '../elsewhere.ts'
import { MAX_TABLE_ROWS } from '../tables.ts'
import { AltKind, Sha256 } from '../types.ts'
import { call, task } from './define.ts'

/** Which column plays which part; null where none does. */
export const TableColumns = z.object({
  image: z.string().nullable(),
  altText: z.string().nullable(),
  className: z.string().nullable(),
  group: z.string().nullable(),
  caption: z.string().nullable(),
  captioner: z.string().nullable(),
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
  /** Who wrote the captions of rows that do not say it. */
  captionsBy: z
    .string()
    .max(MAX_WRITER_CHARS, `A name has at most ${MAX_WRITER_CHARS} characters`)
    .default(''),
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
  /** Of a row with a caption: what its captioner was given, and the caption. */
  given: z.object({ altKind: AltKind, altText: z.string() }).nullable(),
  caption: z.string().nullable(),
  /** Who wrote it; null where nothing says so yet. */
  writer: z.string().nullable(),
  /** 'missing': no image of the workspace is called so, yet. 'blank': it has no words. 'there': a caption of ours. */
  state: z.enum(['found', 'missing', 'unused', 'blank', 'there']),
  /** Why the row gives nothing; null where it is found. */
  reason: z.string().nullable(),
})
export type TableRowView = z.output<typeof TableRowView>

/** What became of the captions of a table. */
export const TableCaptions = z.object({
  /** Of the cells that were added; null where none was. */
  runId: z.string().nullable(),
  added: z.number(),
  /** They are in the workspace already: read before, or exported from it. */
  there: z.number(),
  scored: z.number(),
  /** Captions of this table that have no score, and why. */
  unscored: z.number(),
  problem: z.string().nullable(),
  writers: z.array(z.string()),
})
export type TableCaptions = z.output<typeof TableCaptions>

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
      /** Captions made elsewhere; those that an earlier reading left here are counted too. */
      captions: z.number(),
      /** Who wrote them, the first few. */
      writers: z.array(z.string()),
      /** Rows without words: they set nothing, which is no fault. */
      blank: z.number(),
      /** Rows that would give nothing though they should. */
      unused: z.number(),
      first: z.array(TableRowView),
    }),
  }),
  /**
   * Append-only, in the order of the rows. Captions become cells of a run, then get their scores. Cancelling keeps what
   * was given; the same table again adds only what is missing.
   */
  'tables.apply': task({
    audience: 'owner',
    input: TableInput,
    event: z.object({
      kind: z.literal('progress'),
      /** What is counted: images given their words, captions kept, captions scored. */
      what: z.enum(['words', 'captions', 'scores']),
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
      /** Left out where no column holds captions. */
      captions: TableCaptions.optional(),
    }),
  }),
}
