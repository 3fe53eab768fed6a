/** Operations on images: bring them in, list them, name them, see what the model saw. */
import { z } from 'zod'
import { AltKind, AltTextInput, ImageCard, ImageDetail, Sha256 } from '../types.ts'
import { call, task } from './define.ts'

/** One thing to import: bytes from a browser, or a handle that the host's own dialog gave out. */
export const ImportSource = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('bytes'),
    name: z.string().max(1024),
    bytes: z.instanceof(Uint8Array),
    altText: AltTextInput.optional(),
    className: z.string().max(1000).optional(),
  }),
  /** A path that the host handed out (dialog, drop) or that the command line was given. */
  z.object({ kind: z.literal('handle'), handle: z.string().max(4096) }),
])

export const Refusal = z.object({
  name: z.string(),
  code: z.string(),
  reason: z.string(),
  hint: z.string().nullable(),
})

export const ImagePage = z.object({
  images: z.array(ImageCard),
  next: z.string().nullable(),
  total: z.number(),
})

export const imageOperations = {
  'images.import': task({
    audience: 'owner',
    input: z.object({
      sources: z.array(ImportSource).min(1).max(10_000),
      group: z.string().max(200).optional(),
    }),
    event: z.object({
      kind: z.literal('progress'),
      done: z.number(),
      total: z.number(),
      name: z.string(),
      fraction: z.number(),
    }),
    output: z.object({
      added: z.array(Sha256),
      /** Files whose bytes were already in the workspace. */
      duplicates: z.array(z.object({ name: z.string(), imageId: Sha256 })),
      refused: z.array(Refusal),
      /** Files below a folder that are plainly no pictures. */
      passedOver: z.array(z.string()),
    }),
  }),
  /** Keyset page: pass `next` of the page before as `after`. 'added' is newest first. */
  'images.list': call({
    audience: 'owner',
    input: z.object({
      after: z.string().nullable().default(null),
      limit: z.int().min(1).max(500).default(200),
      search: z.string().max(200).default(''),
      group: z.string().max(200).nullable().default(null),
      sort: z.enum(['added', 'name']).default('added'),
    }),
    output: ImagePage,
  }),
  'images.get': call({
    audience: 'owner',
    input: z.object({ imageId: Sha256 }),
    output: ImageDetail,
  }),
  /** Append-only: the newest row of a kind wins; older ones stay for provenance. */
  'images.setAltText': call({
    audience: 'owner',
    input: z.object({ imageId: Sha256, altKind: AltKind, text: AltTextInput }),
    output: ImageDetail,
  }),
  /** Picture bytes for display: thumbnail and full are re-encoded (no metadata), seen is the model's square. */
  'images.picture': call({
    audience: 'owner',
    input: z.object({
      imageId: Sha256,
      size: z.enum(['thumbnail', 'full', 'seen']),
      captionerId: z.string().max(200).optional(),
      resize: z.enum(['bundle', 'squash', 'centre-crop']).default('bundle'),
    }),
    output: z.object({ type: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
  'images.remove': call({
    audience: 'owner',
    input: z.object({ imageIds: z.array(Sha256).min(1).max(10_000) }),
    /** Hidden from the library; captions and their provenance stay in the file. */
    output: z.object({ removed: z.number() }),
  }),
  /** Asks the host's own dialog; answers with opaque handles (none when dismissed), and with the tables among them. */
  'host.pickImages': call({
    audience: 'owner',
    input: z.object({ what: z.enum(['files', 'folder']) }),
    output: z.object({
      handles: z.array(z.string()),
      tables: z.array(z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })),
      available: z.boolean(),
    }),
  }),
}
