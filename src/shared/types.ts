/** The words of the product as types: derived from schemas, all readonly, plain data. */
import { z } from 'zod'
import { EndpointAnswer, EndpointSummary } from './endpoint.ts'

/** Kinds of alt-text; the list of the paper (empty, class name, wrong) and of the probe packs. */
export const ALT_KINDS = [
  'empty',
  'own',
  'class-name',
  'general',
  'hypernym',
  'partly-wrong',
  'sibling',
  'far',
  'random',
  'wrong',
  'noise',
  'over-length',
  'other-language',
  'several',
  'self',
  'free',
] as const
export const AltKind = z.enum(ALT_KINDS)
export type AltKind = z.output<typeof AltKind>

export const Sha256 = z.string().regex(/^[0-9a-f]{64}$/)

/** Longest alt-text accepted anywhere, in characters: 8 KiB, cut before tokenising (FAULTS M11). */
export const MAX_ALT_CHARS = 8192
export const AltTextInput = z
  .string()
  .max(MAX_ALT_CHARS, `An alt-text has at most ${MAX_ALT_CHARS} characters`)

/** Sampling as the paper runs it: temperature, then top-k, then top-p; greedy when temperature is 0. */
export const GenerationSettings = z.object({
  greedy: z.boolean().default(false),
  temperature: z.number().min(0.01).max(5).default(0.2),
  topK: z.int().min(1).max(50).default(50),
  topP: z.number().min(0.01).max(1).default(0.7),
  maxNewTokens: z.int().min(1).max(512).optional(),
  /** 'bundle' uses the manifest's rule. */
  resize: z.enum(['bundle', 'squash', 'centre-crop']).default('bundle'),
  variant: z.string().max(40).default('fp32'),
})
export type GenerationSettings = z.output<typeof GenerationSettings>
export const DEFAULT_SETTINGS: GenerationSettings = GenerationSettings.parse({})

export const DeviceChoice = z.object({
  device: z.string(),
  reason: z.string(),
  /** Largest absolute logit difference of the golden step; null when not run. */
  goldenDiff: z.number().nullable(),
})
export type DeviceChoice = z.output<typeof DeviceChoice>

export const BundleSummary = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  roles: z.array(z.enum(['captioner', 'scorer'])),
  bundleSha256: Sha256,
  sizeBytes: z.number(),
  variants: z.array(z.string()),
  altSlot: z.number().nullable(),
  imageSize: z.number(),
  resize: z.string(),
  encoderSha256: z.string(),
  licence: z.string(),
  note: z.string(),
  state: z.enum(['found', 'ready', 'refused']),
  problem: z.string().nullable(),
  device: DeviceChoice.nullable(),
  /** Only of a captioner behind an address: it has no files, and nothing can be asked of it but captions. */
  endpoint: EndpointSummary.optional(),
})
export type BundleSummary = z.output<typeof BundleSummary>

export const ImageCard = z.object({
  id: Sha256,
  name: z.string(),
  width: z.number(),
  height: z.number(),
  format: z.string(),
  sizeBytes: z.number(),
  notes: z.array(z.string()),
  className: z.string().nullable(),
  group: z.string().nullable(),
  captions: z.number(),
  addedAt: z.string(),
})
export type ImageCard = z.output<typeof ImageCard>

export const AltText = z.object({ kind: AltKind, text: z.string(), source: z.string() })
export type AltText = z.output<typeof AltText>

export const ImageDetail = ImageCard.extend({
  altTexts: z.array(AltText),
  sourcePath: z.string().nullable(),
  /** Known truth of a drawn picture, if any, as shown to the researcher. */
  truth: z.string().nullable(),
})
export type ImageDetail = z.output<typeof ImageDetail>

export const Score = z.object({
  scorerId: z.string(),
  scorerSha256: z.string(),
  clip: z.number(),
  clipS: z.number(),
  perSentence: z.array(z.object({ text: z.string(), clip: z.number() })),
  tokens: z.number(),
  truncated: z.boolean(),
  coveredChars: z.number(),
  policy: z.string(),
  /** The scorer reads pixels through the captioner's own image encoder: agreement is partly built in. */
  sharesEncoder: z.boolean(),
})
export type Score = z.output<typeof Score>

const TokenText = z.object({ id: z.int(), text: z.string() })

/** How a caption came to leave another one: the same beginning, one token in place of its own, the rest drawn anew. */
export const Branch = z.object({
  /** The cell it leaves. */
  of: z.string(),
  /** Place of the forced token, from 0; all tokens before it are that cell's. */
  token: z.int().min(0),
  forced: TokenText,
  /** What stood there. */
  instead: TokenText,
  /** Code points [start, end) that the forced token wrote; empty where it ended the caption. */
  start: z.int().min(0),
  end: z.int().min(0),
})
export type Branch = z.output<typeof Branch>

/** Where a caption was read that no captioner of ours made: what it was made with is not known here. */
export const Elsewhere = z.object({
  /** Name of the table, without its folder. */
  file: z.string(),
  fileSha256: Sha256,
  /** From 1, as an editor counts; of Parquet the row. */
  line: z.int().min(1),
})
export type Elsewhere = z.output<typeof Elsewhere>

/** Everything a caption must remember to be replayed byte for byte. */
export const Provenance = z.object({
  captionerId: z.string(),
  bundleSha256: z.string(),
  variant: z.string(),
  device: z.string(),
  deviceReason: z.string(),
  preprocessing: z.string(),
  runtime: z.string(),
  appVersion: z.string(),
  settings: GenerationSettings,
  seed: z.number(),
  altTokens: z.number(),
  altCut: z.boolean(),
  finish: z.enum(['eos', 'length']),
  encodeMs: z.number(),
  prefillMs: z.number(),
  decodeMs: z.number(),
  /** What a reader must know besides, e.g. that broken characters of the alt-text were replaced. */
  notes: z.array(z.string()).default([]),
  /** Only of a caption whose beginning was forced: its first `branch.token + 1` tokens were given. */
  branch: Branch.optional(),
  /** Only of a caption made elsewhere, which cannot be replayed: what else stands here says nothing then. */
  elsewhere: Elsewhere.optional(),
  /** Only of a caption that an endpoint wrote: its tokens and their probabilities are not known. */
  endpoint: EndpointAnswer.optional(),
})
export type Provenance = z.output<typeof Provenance>

/** What generating the caption again from its provenance found. */
export const ReplayVerdict = z.object({
  /** Text and tokens are the same, byte for byte. */
  identical: z.boolean(),
  caption: z.string(),
  /** Largest absolute difference of token log-probabilities, nats; -1 where the lengths differ. */
  maxLogProbDiff: z.number(),
  note: z.string(),
  at: z.string(),
})
export type ReplayVerdict = z.output<typeof ReplayVerdict>

/** One generated (or imported) caption of one image under one alt-text. */
export const Cell = z.object({
  id: z.string(),
  runId: z.string(),
  imageId: Sha256,
  altKind: AltKind,
  altText: z.string(),
  captionerId: z.string(),
  seed: z.number(),
  caption: z.string(),
  /** null of a caption made elsewhere or by an endpoint, whose tokens are not known. */
  tokenCount: z.number().nullable(),
  /** Sum of token log-probabilities, nats; null likewise. */
  logProb: z.number().nullable(),
  score: Score.nullable(),
  provenance: Provenance,
  createdAt: z.string(),
  /** The newest verdict; left out until somebody asked for one. */
  replay: ReplayVerdict.optional(),
})
export type Cell = z.output<typeof Cell>
