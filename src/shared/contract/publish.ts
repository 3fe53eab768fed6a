/** Tables fit for a paper, data for programs, and the way back from a file to its cells. */
import { z } from 'zod'
import { AltKind, Sha256 } from '../types.ts'
import { call, task } from './define.ts'

/** Which cells: of these images, of this run, of these kinds; everything when nothing is said. */
export const Selection = z.object({
  imageIds: z.array(Sha256).min(1).max(100_000).optional(),
  /** A run id, its first characters, or 'last'. */
  run: z.string().min(1).max(100).optional(),
  altKinds: z.array(AltKind).min(1).optional(),
  captionerIds: z.array(z.string().max(200)).min(1).optional(),
  /** `first`: one caption for every image, alt-text and captioner. */
  samples: z.enum(['first', 'all']).default('first'),
})
export type Selection = z.output<typeof Selection>

/** Differences are to this kind of alt-text of the same image and captioner. */
const Baseline = AltKind.default('empty')

export const DocumentFormat = z.enum(['tex', 'html', 'md'])
export type DocumentFormat = z.output<typeof DocumentFormat>

const DataValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

export const TraceStatus = z.enum(['equal', 'differs', 'not-here'])
export type TraceStatus = z.output<typeof TraceStatus>

export const TracedCell = z.object({
  /** The id as the file gave it, whole or its first eight characters. */
  id: z.string(),
  status: TraceStatus,
  cellId: z.string().nullable(),
  image: z.string().nullable(),
  imageId: z.string().nullable(),
  altKind: AltKind.nullable(),
  altText: z.string().nullable(),
  caption: z.string().nullable(),
  runId: z.string().nullable(),
  seed: z.number().nullable(),
})
export type TracedCell = z.output<typeof TracedCell>

export const publishOperations = {
  /** A finished document as text; pictures that it names by file come beside it. */
  'publish.document': call({
    audience: 'owner',
    input: z.object({
      table: z.enum(['table3', 'table1']),
      format: DocumentFormat,
      selection: Selection.prefault({}),
      baseline: Baseline,
      /** LaTeX: only the table, for \\input, instead of a document that compiles by itself. */
      fragment: z.boolean().default(false),
      /** Folder name under which LaTeX and Markdown look for their pictures. */
      pictureFolder: z
        .string()
        .regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$/)
        .default('table-images'),
    }),
    output: z.object({
      text: z.string(),
      files: z.array(z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })),
      cells: z.number(),
      images: z.number(),
    }),
  }),
  /** Rows for data files, a few hundred at a time, so that any number of them passes through. */
  'publish.rows': task({
    audience: 'owner',
    input: z.object({
      /** One row a cell, one row an image with columns for every condition, or Table 1's means. */
      shape: z.enum(['long', 'wide', 'means']),
      selection: Selection.prefault({}),
      baseline: Baseline,
    }),
    event: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('columns'),
        columns: z.array(
          z.object({ name: z.string(), type: z.enum(['text', 'number', 'integer', 'boolean']) }),
        ),
      }),
      z.object({ kind: z.literal('rows'), rows: z.array(z.array(DataValue)) }),
    ]),
    output: z.object({ rows: z.number() }),
  }),
  /** Finds cells of an exported file again and says whether their captions still read the same. */
  'publish.trace': call({
    audience: 'owner',
    input: z.object({
      cells: z
        .array(
          z.object({
            id: z.string().min(8).max(100),
            /** First 16 hex digits of the caption's sha256, as documents keep it. */
            sha16: z.string().length(16).optional(),
            /** The caption itself, as data files keep it. */
            caption: z.string().optional(),
          }),
        )
        .max(10_000),
    }),
    output: z.object({ cells: z.array(TracedCell) }),
  }),
}
