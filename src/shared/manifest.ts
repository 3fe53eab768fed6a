// The schema of a bundle's manifest.json: what a captioner or scorer is made of and how to feed it.
import { z } from 'zod'

/** The one format version this build reads. A change that an old reader would misread raises it. */
export const BUNDLE_FORMAT_VERSION = 1

/** Files that may lie in a bundle folder without being listed (and hashed) in its manifest. */
export const UNLISTED_FILES = [
  'manifest.json',
  'MODEL_CARD.md',
  'README.md',
  'LICENSE',
  'names.json',
  // What a file manager leaves in any folder that it shows.
  '.DS_Store',
  'Thumbs.db',
  'desktop.ini',
]

/** Plain names only: no folder, no leading dot, and only kinds of file that are data, never code. */
const fileName = z
  .string()
  .max(120)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*\.(onnx|onnx_data|json|txt)$/, 'not an accepted file name')

/** Bounded, so that a slip of a digit is refused here by its field, not by a list of a million names. */
const count = z
  .int()
  .min(1)
  .max(2 ** 24)
const tokenId = z.int().min(0)
const tokenIds = z.array(tokenId)
const numbers = z.array(z.number())

const image = z.strictObject({
  /** Side of the square the vision graph reads, in pixels. */
  size: count.max(2048),
  /** squash: the whole image, aspect ratio lost; centre-crop: short side resized, middle cut out. */
  resize: z.enum(['squash', 'centre-crop']),
  kernel: z.enum(['nearest', 'linear', 'cubic', 'lanczos3']),
  /** Per channel R, G, B: input = (value / 255 - mean) / std. */
  mean: z.array(z.number()).length(3),
  std: z.array(z.number().positive()).length(3),
})

const imageEncoder = z.strictObject({
  /** Two bundles whose encoders bear the same name see the same thing: their scores come with a warning. */
  name: z.string().min(1),
  /** Length of `image_embeds`; the vector is L2-normalised inside the graph. */
  embedding: count,
})

const decoder = z.strictObject({
  layers: count.max(1024),
  hidden: count,
  heads: count,
  headDim: count,
  vocab: count,
  /** Positions the sequence may use: visual tokens + alt slot + new tokens never exceed it. */
  maxPositions: count,
  /** Columns of `top_logits` and `top_ids`: min(50, vocab). */
  topLogits: count.max(50),
})

const altSlot = z.strictObject({
  /** Positions kept for the alt-text; longer alt-texts lose their end. */
  length: z.int().min(0),
  side: z.enum(['left', 'right']),
  /** attended: pads are fed and seen like tokens. masked: pads do not exist, positions stay compact. */
  pads: z.enum(['attended', 'masked']),
  /** What several alt-texts are joined with, after duplicates are dropped. */
  joiner: z.string(),
})

const captioner = z.strictObject({
  /** Rows of visual_embeds: the first positions of the decoder. */
  visualTokens: count,
  decoder,
  altSlot,
  ids: z.strictObject({ pad: tokenId, eos: tokenId }),
  maxNewTokens: count,
  /** Used unless the user sets others. Order: temperature, then top-k, then top-p. */
  sampling: z.strictObject({
    temperature: z.number().positive(),
    topK: count.max(50),
    topP: z.number().positive().max(1),
  }),
  tokenizer: fileName,
})

const scorer = z.strictObject({
  tokenizer: fileName,
  /** Most ids `text.onnx` reads, start and end token included. */
  length: count,
  startId: tokenId.nullable(),
  endId: tokenId,
  padId: tokenId,
  /** Where the sentence vector is read: at the end token (index lengths - 1). */
  pooling: z.literal('end-token'),
  /** What happens to text over the length: its end is cut and the end token put back. */
  policy: z.literal('truncate-keep-end'),
  /** Put before a caption for CLIP-S (Hessel et al. 2021 use "A photo depicts"); the plain cosine has none. */
  clipsPrefix: z.string(),
})

/** A variant names one file per graph; two variants may share files. */
const variant = z.strictObject({
  vision: fileName,
  mapper: fileName.optional(),
  decoder: fileName.optional(),
  text: fileName.optional(),
})

const goldenDecode = z.strictObject({
  /** First logits after the whole prefix: the largest, their ids, and logsumexp over the vocabulary. */
  topLogits: numbers.min(1),
  topIds: tokenIds.min(1),
  lse: z.number(),
  /** Greedy ids from there, the end token included where it came. */
  tokens: tokenIds.min(1),
})

const golden = z.strictObject({
  /** k of goldenPixels(size, k), already at the model's size: no resize takes part. */
  imageSeed: z.int().min(0),
  /** First values of image_embeds for that image. */
  imageEmbeds: numbers.min(1),
  /** First values of visual_embeds, row by row. */
  visualEmbeds: numbers.optional(),
  /** Each alt-text with its ids before padding, then what each variant makes of it. */
  cases: z.array(
    z.strictObject({
      altText: z.string(),
      altIds: tokenIds,
      caption: z.string(),
      variants: z.partialRecord(z.enum(['fp32', 'fp16', 'q8', 'q4']), goldenDecode),
    }),
  ),
  /** One text with all ids the text graph gets (no padding) and the first values of text_embeds. */
  text: z.strictObject({ text: z.string(), ids: tokenIds, textEmbeds: numbers.min(1) }).optional(),
  /** Largest difference of logits and embeddings that still counts as the same model. */
  tolerance: z.partialRecord(z.enum(['fp32', 'fp16', 'q8', 'q4']), z.number().positive()),
})

const shape = z.strictObject({
  format: z.literal('realign-bundle'),
  version: z.literal(BUNDLE_FORMAT_VERSION, {
    error: ({ input }) =>
      typeof input === 'number' && input > BUNDLE_FORMAT_VERSION
        ? `${input} is newer than this Realign reads (${BUNDLE_FORMAT_VERSION}); update Realign`
        : `expected ${BUNDLE_FORMAT_VERSION}`,
  }),
  id: z.string().regex(/^[a-z0-9][a-z0-9.-]{0,63}$/),
  name: z.string().min(1).max(120),
  kind: z.enum(['captioner+scorer', 'captioner', 'scorer']),
  description: z.string(),
  licence: z.string().min(1),
  trainingData: z.string(),
  citation: z.string(),
  image,
  imageEncoder,
  captioner: captioner.optional(),
  scorer: scorer.optional(),
  variants: z.partialRecord(z.enum(['fp32', 'fp16', 'q8', 'q4']), variant),
  defaultVariant: z.enum(['fp32', 'fp16', 'q8', 'q4']),
  files: z
    .array(
      z.strictObject({
        path: fileName,
        bytes: z.int().min(1),
        sha256: z.string().regex(/^[0-9a-f]{64}$/),
      }),
    )
    .min(1),
  golden,
})

export type Manifest = z.infer<typeof shape>
export type Captioner = z.infer<typeof captioner>
export type Scorer = z.infer<typeof scorer>
export type ImageRule = z.infer<typeof image>
export type BundleFile = Manifest['files'][number]
export type Golden = z.infer<typeof golden>
export type GoldenDecode = z.infer<typeof goldenDecode>
export type VariantName = Manifest['defaultVariant']

/** What the fields say together: every sentence is a contradiction, none means the manifest holds. */
function contradictions(m: Manifest): readonly string[] {
  const found: string[] = []
  const wantsCaptioner = m.kind !== 'scorer'
  const wantsScorer = m.kind !== 'captioner'
  if (wantsCaptioner !== (m.captioner !== undefined))
    found.push(`kind ${m.kind} and the captioner section do not agree`)
  if (wantsScorer !== (m.scorer !== undefined))
    found.push(`kind ${m.kind} and the scorer section do not agree`)
  const listed = m.files.map((file) => file.path.toLowerCase())
  if (new Set(listed).size !== listed.length) found.push('a file is listed twice')
  const needs = (path: string | undefined, what: string): void => {
    if (path === undefined) found.push(`${what} is missing`)
    else if (!m.files.some((file) => file.path === path))
      found.push(`${what} is ${path}, which files does not list`)
  }
  if (m.variants[m.defaultVariant] === undefined)
    found.push(`defaultVariant ${m.defaultVariant} is no variant`)
  for (const [name, v] of Object.entries(m.variants)) {
    needs(v.vision, `${name} vision`)
    if (wantsCaptioner) needs(v.mapper, `${name} mapper`)
    if (wantsCaptioner) needs(v.decoder, `${name} decoder`)
    if (wantsScorer) needs(v.text, `${name} text`)
  }
  if (m.captioner) found.push(...captionerContradictions(m.captioner))
  if (m.captioner) needs(m.captioner.tokenizer, 'captioner tokenizer')
  if (m.scorer) needs(m.scorer.tokenizer, 'scorer tokenizer')
  if (m.golden.imageEmbeds.length > m.imageEncoder.embedding)
    found.push('golden.imageEmbeds is longer than the embedding')
  return found
}

function captionerContradictions(c: Captioner): readonly string[] {
  const found: string[] = []
  const used = c.visualTokens + c.altSlot.length + c.maxNewTokens
  if (used > c.decoder.maxPositions)
    found.push(`${used} positions are needed but maxPositions is ${c.decoder.maxPositions}`)
  if (c.decoder.heads * c.decoder.headDim !== c.decoder.hidden)
    found.push('heads x headDim is not hidden')
  if (c.decoder.topLogits !== Math.min(50, c.decoder.vocab))
    found.push('topLogits is not min(50, vocab)')
  if (c.ids.pad >= c.decoder.vocab || c.ids.eos >= c.decoder.vocab)
    found.push('pad or eos lies outside the vocabulary')
  return found
}

/** manifest.json, checked: fields, then what they say together (sizes, listed files, kind). */
export const manifestSchema = shape.superRefine((m, context) => {
  for (const message of contradictions(m)) context.addIssue({ code: 'custom', message })
})

/** One line a person can act on: the first few problems with the path of the field each. */
export function describeManifestProblem(error: z.ZodError): string {
  const lines = error.issues.slice(0, 3).map((issue) => {
    const at = issue.path.join('.')
    return at === '' ? issue.message : `${at}: ${issue.message}`
  })
  const more = error.issues.length - lines.length
  return lines.join('; ') + (more > 0 ? ` (and ${more} more)` : '')
}

/** The golden image: RGB bytes [size, size, 3], whole-number arithmetic only, the same in every language. */
export function goldenPixels(size: number, k: number): Uint8Array {
  const pixels = new Uint8Array(size * size * 3)
  const last = Math.max(1, size - 1)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const at = (y * size + x) * 3
      pixels[at] = (Math.floor((255 * x) / last) + 61 * k) % 256
      pixels[at + 1] = (Math.floor((255 * y) / last) + 97 * k) % 256
      pixels[at + 2] = (x * 5 + y * 3 + 31 * k) % 256
    }
  return pixels
}
