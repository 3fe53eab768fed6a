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
  /** These very cells, e.g. what a filter of the dataset view shows; none of them is left out as a repeat. */
  cellIds: z.array(z.string().max(100)).min(1).max(100_000).optional(),
  /** So many of these images, drawn by a seed: nobody chose them. */
  random: z
    .object({
      images: z.int().min(1).max(100_000),
      seed: z.int().min(0).max(0xffffffff).default(7),
    })
    .optional(),
  /** `first`: one caption for every image, alt-text and captioner. */
  samples: z.enum(['first', 'all']).default('first'),
})
export type Selection = z.output<typeof Selection>

/** Differences are to this kind of alt-text of the same image and captioner. */
const Baseline = AltKind.default('empty')

/**
 * Captioners whose captions are what people wrote of the images: Table 1, and data with a row a caption, measure the
 * others by them (BLEU, METEOR, ROUGE, CIDEr, noun phrases). Names of who wrote elsewhere will do.
 */
export const References = z.array(z.string().trim().min(1).max(200)).max(50).default([])

/**
 * The row of Table 1, or of Statistics, that differences are to. `baseline`: of each captioner its own under that kind of alt-text;
 * `alt-text`: the images' own alt-texts, as in the paper; `row`: of one captioner, its kind may be left out where it
 * has one row. Left out: the alt-text where references measure one, else the baseline.
 */
export const Base = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('baseline') }),
  z.object({ kind: z.literal('alt-text') }),
  z.object({
    kind: z.literal('row'),
    captionerId: z.string().trim().min(1).max(200),
    altKind: AltKind.optional(),
  }),
])
export type Base = z.output<typeof Base>

/** Of the Statistics table: what its vocabulary is counted over, and the words of its grounding ratio. */
const StatisticsOptions = z
  .object({
    /** Images of each row; left out: as many as the smallest row has, rows with less than half of the largest one's aside. */
    sampleImages: z.int().min(1).max(10_000_000).optional(),
    /** Words that name what can be seen. Left out: no grounding ratio, for there is no list for all pictures. */
    vocabulary: z
      .object({ name: z.string().max(200), words: z.array(z.string().max(100)).max(200_000) })
      .optional(),
  })
  .prefault({})

/**
 * Which text an image is trained with: strategies of Nguyen et al. 2023 (section 5, Table 4) and, `share`, the mixing
 * ratio of Altogether (sections 5.3 and 5.4). `good`: with a CLIP score from that of the last one of the top on.
 */
export const MixStrategy = z.enum([
  'alt-text',
  'caption',
  'share',
  'top-alt-text',
  'top-caption',
  'caption-of-top-alt-text',
  'top-alt-text-else-caption',
  'top-alt-text-else-good-caption',
  'top-caption-else-good-alt-text',
  'joined-else-good-caption',
  'top-both',
])
export type MixStrategy = z.output<typeof MixStrategy>

const MixOptions = z
  .object({
    /** Whose captions, under which kind of alt-text. Left out: those that most images of the selection have. */
    captions: z
      .object({ captionerId: z.string().trim().min(1).max(200), altKind: AltKind.optional() })
      .optional(),
    /** Of data: what the texts are of. */
    strategy: MixStrategy.default('share'),
    /** Per cent of the images. */
    top: z.number().min(0.01).max(100).default(30),
    /** Of the images that have both, how many take the caption: 0 to 1. */
    share: z.number().min(0).max(1).default(0.15),
    /** Of the draw of `share`, and of the order among equal scores. */
    seed: z.int().min(0).max(0xffffffff).default(7),
  })
  .prefault({})
export type MixOptions = z.output<typeof MixOptions>

export const DocumentFormat = z.enum(['tex', 'html', 'md'])
export type DocumentFormat = z.output<typeof DocumentFormat>

export const FileFormat = z.enum([
  'tex',
  'html',
  'md',
  'pdf',
  'png',
  'svg',
  'csv',
  'raw.csv',
  'xlsx',
  'jsonl',
  'parquet',
])
export type FileFormat = z.output<typeof FileFormat>

/** A table as plain data, as every writer of documents reads it; all texts are to be shown as text. */
const TableMark = z.object({
  kind: z.enum(['carried', 'erroneous', 'rejected']),
  state: z.enum(['proposed', 'confirmed']),
})
const PreviewCell = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('text'),
    pieces: z
      .array(z.object({ text: z.string(), marks: z.array(TableMark).readonly() }))
      .readonly(),
  }),
  z.object({
    kind: z.literal('number'),
    value: z.number().nullable(),
    digits: z.number(),
    delta: z.number().nullable(),
    interval: z.object({ low: z.number(), high: z.number() }).optional(),
  }),
])
export type PreviewCell = z.output<typeof PreviewCell>
const TablePreview = z.object({
  title: z.string(),
  columns: z
    .array(z.object({ label: z.string(), kind: z.enum(['text', 'number']), share: z.number() }))
    .readonly(),
  groups: z
    .array(
      z.object({
        picture: z.object({ imageId: z.string(), name: z.string() }).nullable(),
        rows: z.array(z.array(PreviewCell).readonly()).readonly(),
      }),
    )
    .readonly(),
  legend: z.array(TableMark.shape.kind).readonly(),
  notes: z.array(z.string()).readonly(),
})
export type TablePreview = z.output<typeof TablePreview>

/** What a file is made of, whatever its format; `svg` is of the growth curves of the Statistics table alone. */
const FileRequest = z.object({
  what: z.enum(['table3', 'table1', 'statistics', 'mix', 'data']),
  format: FileFormat,
  selection: Selection.prefault({}),
  baseline: Baseline,
  references: References,
  base: Base.optional(),
  statistics: StatisticsOptions,
  mix: MixOptions,
  /** Of data, and of tables that are exported as data; `growth`: the curves of the Statistics table; `texts`: of a mix, a row a text. */
  shape: z.enum(['long', 'wide', 'growth', 'texts']).default('long'),
  fragment: z.boolean().default(false),
  /** Byte order mark before CSV, which older spreadsheets need to read it as UTF-8. */
  bom: z.boolean().default(false),
  /** Without its ending. */
  name: z.string().trim().min(1).max(100).default('table'),
})

const DataValue = z.union([z.string(), z.number(), z.boolean(), z.null()])

/** `differs-in-document`: the file's hidden line is right, but the words that its reader sees are others. */
export const TraceStatus = z.enum(['equal', 'differs', 'differs-in-document', 'not-here'])
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
  /** Where the caption leaves another one; null for a free caption. */
  branch: z.object({ of: z.string(), token: z.number(), forced: z.string() }).nullable(),
})
export type TracedCell = z.output<typeof TracedCell>

export const publishOperations = {
  /** A finished document as text; pictures that it names by file come beside it. */
  'publish.document': call({
    audience: 'owner',
    input: z.object({
      table: z.enum(['table3', 'table1', 'statistics', 'mix']),
      format: DocumentFormat,
      selection: Selection.prefault({}),
      baseline: Baseline,
      references: References,
      base: Base.optional(),
      statistics: StatisticsOptions,
      mix: MixOptions,
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
  /** The growth curves of the Statistics table as an SVG figure. */
  'publish.figure': call({
    audience: 'owner',
    input: z.object({
      selection: Selection.prefault({}),
      baseline: Baseline,
      base: Base.optional(),
      statistics: StatisticsOptions,
    }),
    output: z.object({
      text: z.string(),
      curves: z.number(),
      /** Of all curves together. */
      captions: z.number(),
    }),
  }),
  /** The beginning of a document, for a screen: the table itself, or the text of its source. */
  'publish.preview': call({
    audience: 'owner',
    input: z.object({
      table: z.enum(['table3', 'table1', 'statistics', 'mix']),
      as: z.enum(['table', 'tex', 'md']).default('table'),
      selection: Selection.prefault({}),
      baseline: Baseline,
      references: References,
      base: Base.optional(),
      statistics: StatisticsOptions,
      mix: MixOptions,
      fragment: z.boolean().default(false),
      /** Images of the selection that are shown. */
      images: z.int().min(1).max(50).default(4),
    }),
    output: z.object({
      table: TablePreview.nullable(),
      text: z.string().nullable(),
      shownImages: z.number(),
      /** Of Table 1 and Statistics: the rows that differences can be to, besides the alt-text itself; of a mix: whose captions it can take. */
      rows: z.array(z.object({ captionerId: z.string(), altKind: AltKind })).readonly(),
      /** Alt-texts in the table that the scorer of its captions has not scored. */
      unscoredAltTexts: z.number(),
      /** Of the whole selection; `more`: counted no further than a document may hold. */
      cells: z.number(),
      images: z.number(),
      more: z.boolean(),
    }),
  }),
  /**
   * CLIP scores of the alt-texts of a selection's images, by the scorer of its captions; those that are there are not
   * computed again. Tables say what is there, and never compute.
   */
  'publish.scoreAltTexts': task({
    audience: 'owner',
    input: z.object({ selection: Selection.prefault({}) }),
    event: z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
    output: z.object({
      scored: z.number(),
      /** Without a score still; `problem` says why of the first. */
      failed: z.number(),
      problem: z.string().nullable(),
    }),
  }),
  /** Which files this host can make: `blocked` says why not. */
  'publish.formats': call({
    audience: 'owner',
    input: z.object({}),
    output: z.object({
      formats: z.array(z.object({ format: FileFormat, blocked: z.string().nullable() })),
    }),
  }),
  /**
   * A whole file: saved where the host's own dialog says, or handed to the page piece by piece where the
   * host has no dialog. Documents with pictures beside them reach the page as one ZIP.
   */
  'publish.file': task({
    audience: 'owner',
    input: FileRequest,
    event: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('phase'), phase: z.enum(['choosing', 'reading', 'printing']) }),
      z.object({ kind: z.literal('rows'), rows: z.number(), total: z.number().nullable() }),
      z.object({ kind: z.literal('bytes'), bytes: z.instanceof(Uint8Array) }),
    ]),
    output: z.object({
      name: z.string(),
      /** `disk`: the file lies where the person chose; `page`: its bytes came as events. */
      where: z.enum(['disk', 'page']),
      bytes: z.number(),
      /** Rows of data, or captions of a document. */
      rows: z.number(),
    }),
  }),
  /** Rows for data files, a few hundred at a time, so that any number of them passes through. */
  'publish.rows': task({
    audience: 'owner',
    input: z.object({
      /**
       * One row a cell, one row an image with columns for every condition, Table 1's means, the Statistics table, how
       * its vocabulary grows with the sample, strategies of mixing, or the texts of one of them.
       */
      shape: z.enum(['long', 'wide', 'means', 'statistics', 'growth', 'mix', 'texts']),
      selection: Selection.prefault({}),
      baseline: Baseline,
      references: References,
      base: Base.optional(),
      statistics: StatisticsOptions,
      mix: MixOptions,
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
            /** The row of a document as its reader sees it; null where it was not found. */
            shown: z.object({ altText: z.string(), caption: z.string() }).nullish(),
          }),
        )
        .max(10_000),
    }),
    output: z.object({ cells: z.array(TracedCell) }),
  }),
}
