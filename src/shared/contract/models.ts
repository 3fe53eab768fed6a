/** Operations on bundles and on the workbench as a whole. */
import { z } from 'zod'
import { AltTextInput, BundleSummary, DeviceChoice } from '../types.ts'
import { call } from './define.ts'

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
