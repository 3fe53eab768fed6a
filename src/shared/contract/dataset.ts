/** Many cells at once: runs of the workspace, and their cells found, sorted and read a page at a time. */
import { z } from 'zod'
import { AltKind, GenerationSettings, Sha256 } from '../types.ts'
import { ComparisonEvent, RunEnd } from './comparisons.ts'
import { call, task } from './define.ts'
import { Mark } from './grounding.ts'

const RunId = z.string().max(100)

export const RunSummary = z.object({
  id: z.string(),
  /** 'table': captions made elsewhere. */
  kind: z.enum(['comparison', 'probes', 'self-rounds', 'branch', 'table']),
  /** Of the probe pack; null where there was none. */
  pack: z.string().nullable(),
  /** The table that brought the captions; null where there was none. */
  file: z.string().nullable(),
  captionerId: z.string().nullable(),
  status: z.enum(['running', 'done', 'some-failed', 'cancelled', 'failed', 'interrupted']),
  startedAt: z.string(),
  /** Images that were asked for, and cells that are there. */
  images: z.number(),
  cells: z.number(),
  failed: z.number(),
})
export type RunSummary = z.output<typeof RunSummary>

/** Whether a cell has such a mark: proposed ones count until a person overrules them. */
const Has = z.enum(['some', 'none']).optional()

export const DATASET_SORTS = [
  'place',
  'score',
  'carried',
  'rejected',
  'erroneous',
  'lift',
  'disagreement',
] as const

export const DatasetQuery = z.object({
  /** Every cell of the workspace when left out. */
  runId: RunId.optional(),
  /** Every word must occur in the caption. */
  words: z.string().max(200).default(''),
  altKinds: z.array(AltKind).min(1).optional(),
  carried: Has,
  rejected: Has,
  erroneous: Has,
  /** These alone, e.g. those behind one bar of the profile. */
  cellIds: z.array(z.string().max(100)).max(10_000).optional(),
  /** Another run: its cell of the same image, kind, alt-text and sample stands beside each. */
  against: RunId.optional(),
  /** `changed`: the two captions differ; `alone`: the other run has no such cell. */
  change: z.enum(['all', 'changed', 'same', 'alone']).default('all'),
  /** `place`: image by image, conditions in their order. */
  sort: z.enum(DATASET_SORTS).default('place'),
  descending: z.boolean().default(false),
})
export type DatasetQuery = z.output<typeof DatasetQuery>

/** One row of the table, by which its content is asked for. */
export const DatasetPlace = z.object({
  cellId: z.string().max(100),
  altKind: AltKind,
  /** The cell of the other run, where one is compared with. */
  other: z.string().max(100).nullable(),
})
export type DatasetPlace = z.output<typeof DatasetPlace>

export const DatasetRow = z.object({
  cellId: z.string(),
  imageId: Sha256,
  imageName: z.string(),
  altKind: AltKind,
  altText: z.string(),
  caption: z.string(),
  captionerId: z.string(),
  seed: z.number(),
  clip: z.number().nullable(),
  scorerId: z.string().nullable(),
  /**
   * The paper's three classes of marks where they stand, in caption and alt-text, without their explanations; null
   * where nothing was proposed or decided yet.
   */
  marks: z.array(Mark).nullable(),
  /** Nats that the alt-text adds to the whole caption; null until the lens looked at it. */
  lift: z.number().nullable(),
  /** The caption leaves another one at some token: its beginning was forced. */
  branch: z.boolean(),
  other: z
    .object({ cellId: z.string(), caption: z.string(), clip: z.number().nullable() })
    .nullable(),
})
export type DatasetRow = z.output<typeof DatasetRow>

export const datasetOperations = {
  /** These images under these alt-texts again, with another captioner, settings or seed. Nothing is overwritten. */
  'dataset.recaption': task({
    audience: 'owner',
    input: z.object({
      places: z
        .array(DatasetPlace.omit({ other: true }))
        .min(1)
        .max(100_000),
      captionerId: z.string().max(200).optional(),
      settings: GenerationSettings.prefault({}),
      seed: z.int().min(0).max(0xffffffff).default(7),
      score: z.boolean().default(true),
    }),
    event: ComparisonEvent,
    output: RunEnd,
  }),
  /** Newest first. */
  'runs.list': call({
    audience: 'owner',
    input: z.object({ limit: z.int().min(1).max(500).default(100) }),
    output: z.object({ runs: z.array(RunSummary) }),
  }),
  /** What a run of probes asked, so that it can go on where it was. */
  'runs.request': call({
    audience: 'owner',
    input: z.object({ runId: RunId }),
    output: z.object({
      imageIds: z.array(Sha256),
      captionerId: z.string().nullable(),
      /** null for other runs. */
      pack: z.unknown(),
    }),
  }),
  /** Which rows there are and in what order: ids only, so that any number of them fits. */
  'dataset.list': call({
    audience: 'owner',
    input: DatasetQuery,
    output: z.object({
      /** Place i is cellIds[i], ALT_KINDS[kinds[i]] and others[i]; `others` is empty without `against`. */
      cellIds: z.array(z.string()),
      kinds: z.array(z.number()),
      others: z.array(z.string().nullable()),
      images: z.number(),
      /** Cells without proposals: counts of marks know nothing of them. */
      unmarked: z.number(),
    }),
  }),
  'dataset.rows': call({
    audience: 'owner',
    input: z.object({ places: z.array(DatasetPlace).min(1).max(500) }),
    output: z.object({ rows: z.array(DatasetRow) }),
  }),
}
