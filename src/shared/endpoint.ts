/** Captioners behind an address: what defines one, what is shown of it, and what a caption of it remembers. */
import { z } from 'zod'
import { DEFAULT_PROMPT, DEFAULT_PROMPT_WITHOUT } from './endpoint-names.ts'

const Prompt = z.string().trim().min(1).max(8000)

/** A file NAME.endpoint.json in the person's own folder of models. It holds no key. */
export const EndpointDefinition = z.strictObject({
  name: z.string().trim().min(1).max(80),
  /** As far as the part that all operations share: https://host/v1 */
  url: z.string().trim().min(1).max(2000),
  /** As the server calls it. */
  model: z.string().trim().min(1).max(200),
  /** Said under an alt-text; every {alt} in it is replaced by that. */
  prompt: Prompt.default(DEFAULT_PROMPT),
  /** Said without alt-text. */
  promptWithout: Prompt.default(DEFAULT_PROMPT_WITHOUT),
  /** Longer side of the picture that is sent, pixels at most. */
  maxSide: z.int().min(32).max(4096).default(1024),
  /** Questions asked at the same time. */
  parallel: z.int().min(1).max(16).default(3),
  /** Longest time for one caption; a large model on a small machine needs minutes for its first. */
  seconds: z.int().min(5).max(3600).default(120),
  /** Put over the request's own fields; null leaves a field out, which some servers refuse (`{"seed": null}`). */
  body: z.record(z.string().min(1).max(100), z.json()).default({}),
  note: z.string().max(2000).default(''),
})
export type EndpointDefinition = z.output<typeof EndpointDefinition>

/** What asking for two things that only the picture and only the alt-text told has shown. */
export const EndpointTest = z.object({
  at: z.string(),
  readsImage: z.boolean(),
  /** null where the prompt does not tell the alt-text. */
  readsAlt: z.boolean().nullable(),
  /** What it answered, cut to a few lines. */
  reply: z.string(),
})
export type EndpointTest = z.output<typeof EndpointTest>

/** What Models shows of an endpoint besides what every captioner has. */
export const EndpointSummary = z.object({
  definition: EndpointDefinition,
  /** Scheme, host and port: what pictures are allowed to be sent to. */
  origin: z.string(),
  /** On this machine. */
  local: z.boolean(),
  /** This workspace may send pictures and alt-texts there. */
  allowed: z.boolean(),
  /** The key never leaves the host: of a long one the last four characters tell which it is. */
  key: z.object({
    state: z.enum(['none', 'set']),
    ending: z.string().nullable(),
    /** How long it is kept: encrypted by the system, until the program ends, or as the environment has it. */
    kept: z.enum(['system', 'memory', 'environment']).nullable(),
  }),
  test: EndpointTest.nullable(),
})
export type EndpointSummary = z.output<typeof EndpointSummary>

/** What a caption of an endpoint must remember besides: what was asked, and who says to have answered. */
export const EndpointAnswer = z.object({
  url: z.string(),
  model: z.string(),
  /** As the answer names them; null where it does not. */
  answeredBy: z.string().nullable(),
  fingerprint: z.string().nullable(),
  askedAt: z.string(),
  /** The words sent with the picture. */
  prompt: z.string(),
  picture: z.object({
    width: z.number(),
    height: z.number(),
    bytes: z.number(),
    sha256: z.string(),
  }),
  /** Everything sent besides prompt, picture and model. */
  parameters: z.record(z.string(), z.json()),
  usage: z.object({ prompt: z.number(), completion: z.number() }).nullable(),
  /** The reply as it came, where the caption is not all of it. */
  raw: z.string().nullable(),
})
export type EndpointAnswer = z.output<typeof EndpointAnswer>
