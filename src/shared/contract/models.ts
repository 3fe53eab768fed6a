/** Operations on bundles and on the workbench as a whole. */
import { z } from 'zod'
import { AltTextInput, BundleSummary, DeviceChoice } from '../types.ts'
import { call, task } from './define.ts'

export const EngineStatusSchema = z.object({
  state: z.enum(['idle', 'loading', 'busy', 'stopped']),
  queue: z.number(),
  device: DeviceChoice.nullable(),
  tokensPerSecond: z.number().nullable(),
})

export const modelOperations = {
  'models.list': call({
    audience: 'owner',
    input: z.object({}),
    output: z.object({
      bundles: z.array(BundleSummary),
      /** Where bundles are read from, in order, the person's own folder last; none where the host does not say. */
      folders: z.array(z.string()),
    }),
  }),
  /** Hashes, shapes and the golden step of one bundle. */
  'models.check': call({
    audience: 'owner',
    input: z.object({ bundleId: z.string().max(200) }),
    output: BundleSummary,
  }),
  /**
   * Takes a folder into the person's own models: a bundle as it is, or the Hugging Face folder of a CLIP in ONNX as a
   * scorer. Without a handle the host asks for the folder; null where nobody chose one.
   */
  'models.add': task({
    audience: 'owner',
    input: z.object({ handle: z.string().max(4096).optional() }),
    event: z.object({ kind: z.literal('progress'), phase: z.string(), fraction: z.number() }),
    output: z.object({ bundle: BundleSummary.nullable() }),
  }),
  /** Which scorer tells the scores of this workspace from now on; before one is chosen, the first that can. Kept in the workspace. */
  'models.useScorer': call({
    audience: 'owner',
    input: z.object({ bundleId: z.string().max(200) }),
    output: z.object({}),
  }),
  /** Scores of the scorer in use for every caption that has none of it. What a cancel leaves is scored the next time. */
  'models.scoreAll': task({
    audience: 'owner',
    input: z.object({}),
    event: z.object({
      kind: z.literal('progress'),
      /** Images: those with captions to score. */
      done: z.number(),
      total: z.number(),
    }),
    output: z.object({
      scorerId: z.string(),
      scored: z.number(),
      /** Captions that got none, and the first reason. */
      failed: z.number(),
      problem: z.string().nullable(),
    }),
  }),
  'models.countAltTokens': call({
    audience: 'owner',
    input: z.object({ captionerId: z.string().max(200).optional(), text: AltTextInput }),
    output: z.object({ tokens: z.number(), cut: z.boolean(), limit: z.number() }),
  }),
  'app.status': call({
    audience: 'owner',
    input: z.object({}),
    output: z.object({
      version: z.string(),
      host: z.string(),
      /** The host asks the person itself before pictures may be sent: a page need not ask as well. */
      asksBeforeSending: z.boolean(),
      workspace: z.object({
        name: z.string(),
        images: z.number(),
        cells: z.number(),
        /** Another number than last time: something was written since, by whichever window. */
        revision: z.number(),
        /** What opening the file found: rows that changed on disk, a folder that is synchronised, … */
        warnings: z.array(z.string()),
      }),
      defaultCaptioner: z.string().nullable(),
      defaultScorer: z.string().nullable(),
      engine: EngineStatusSchema,
      /** True while the sample project is being made on first start. */
      preparing: z.boolean(),
    }),
  }),
}
