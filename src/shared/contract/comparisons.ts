/** The main job: one image, several alt-texts, captions side by side, kept. */
import { z } from 'zod'
import { AltKind, AltTextInput, Cell, GenerationSettings, Sha256 } from '../types.ts'
import { call, task } from './define.ts'

export const Condition = z.object({ altKind: AltKind, text: AltTextInput })
export type Condition = z.output<typeof Condition>

export const ComparisonEvent = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('queued'), position: z.number() }),
  z.object({ kind: z.literal('loading'), phase: z.string(), fraction: z.number() }),
  z.object({
    kind: z.literal('image'),
    imageId: Sha256,
    index: z.number(),
    total: z.number(),
    fraction: z.number(),
    /** Seconds left by the pace so far; null until one image is done. */
    secondsLeft: z.number().nullable(),
  }),
  z.object({ kind: z.literal('encoding'), imageId: Sha256 }),
  /** `text` is the whole caption so far, safe to show. `condition` indexes the request's list. */
  z.object({
    kind: z.literal('token'),
    imageId: Sha256,
    condition: z.number(),
    sample: z.number(),
    text: z.string(),
    tokens: z.number(),
  }),
  /** The caption is on disk. A new one has no score yet: `scored` brings it. */
  z.object({
    kind: z.literal('saved'),
    cell: Cell,
    condition: z.number(),
    sample: z.number(),
    reused: z.boolean(),
  }),
  /** The same cell again, now with its score. */
  z.object({ kind: z.literal('scored'), cell: Cell, condition: z.number(), sample: z.number() }),
  /** `score`: the captions of this image are kept, only their scores are missing. */
  z.object({
    kind: z.literal('failed'),
    imageId: Sha256,
    stage: z.enum(['caption', 'score']),
    code: z.string(),
    message: z.string(),
    hint: z.string().nullable(),
  }),
])
export type ComparisonEvent = z.output<typeof ComparisonEvent>

/** How a run ended, and what it came to. */
export const RunEnd = z.object({
  runId: z.string(),
  status: z.enum(['done', 'some-failed']),
  cells: z.number(),
  reused: z.number(),
  failed: z.number(),
})

export const comparisonOperations = {
  'comparisons.run': task({
    audience: 'owner',
    input: z.object({
      imageIds: z.array(Sha256).min(1).max(100_000),
      conditions: z.array(Condition).min(1).max(64),
      captionerId: z.string().max(200).optional(),
      settings: GenerationSettings.prefault({}),
      /** Seed of sample 0; sample n uses a seed derived from it. */
      seed: z.int().min(0).max(0xffffffff).default(7),
      samples: z.int().min(1).max(64).default(1),
      /** Compute again although the same cell is finished. */
      again: z.boolean().default(false),
      score: z.boolean().default(true),
    }),
    event: ComparisonEvent,
    output: RunEnd,
  }),
  /**
   * Leaves a caption at one of its tokens: the same beginning, `tokenId` in place of what stood there, then drawn on
   * under the same alt-text, settings and seed. A new cell; the one it leaves stays as it is.
   */
  'cells.branch': task({
    audience: 'owner',
    input: z.object({
      cellId: z.string().max(100),
      /** Place of the token to replace, from 0. */
      token: z.int().min(0).max(4096),
      tokenId: z.int().min(0),
      score: z.boolean().default(true),
    }),
    event: ComparisonEvent,
    output: RunEnd,
  }),
  /** Cells of one image, oldest first. */
  'cells.list': call({
    audience: 'owner',
    input: z.object({ imageId: Sha256 }),
    output: z.object({ cells: z.array(Cell) }),
  }),
  'cells.tokens': call({
    audience: 'owner',
    input: z.object({ cellId: z.string() }),
    output: z.object({
      tokens: z.array(z.object({ id: z.number(), text: z.string(), logProb: z.number() })),
    }),
  }),
  /** Generate again from stored provenance and compare byte for byte; stores only the verdict. */
  'cells.replay': task({
    audience: 'owner',
    input: z.object({ cellId: z.string() }),
    event: z.object({ kind: z.literal('loading'), phase: z.string(), fraction: z.number() }),
    output: z.object({
      identical: z.boolean(),
      caption: z.string(),
      stored: z.string(),
      maxLogProbDiff: z.number(),
      note: z.string(),
    }),
  }),
  /** Cells by words of their caption (FTS5), newest first, keyset paged. */
  'cells.search': call({
    audience: 'owner',
    input: z.object({
      words: z.string().max(200),
      after: z.string().nullable().default(null),
      limit: z.int().min(1).max(200).default(50),
    }),
    output: z.object({ cells: z.array(Cell), next: z.string().nullable() }),
  }),
}
