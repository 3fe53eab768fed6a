/** Probe packs: a row of alt-texts for every image, drawn with a seed, run like any comparison. */
import { z } from 'zod'
import { AltKind, AltTextInput, GenerationSettings, Sha256 } from '../types.ts'
import { ComparisonEvent } from './comparisons.ts'
import { call, task } from './define.ts'
import { ProfileRow } from './grounding.ts'

/** Kinds a pack can fill a row with. */
export const PROBE_KINDS = [
  'empty',
  'own',
  'class-name',
  'hypernym',
  'partly-wrong',
  'sibling',
  'far',
  'random',
  'noise',
  'over-length',
  'other-language',
  'several',
] as const
export type ProbeKindName = (typeof PROBE_KINDS)[number]

const Kind = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('empty') }),
  z.strictObject({ kind: z.literal('own') }),
  z.strictObject({ kind: z.literal('class-name') }),
  /** `levels` steps up from the class: 1 says "owl" of a barn owl. */
  z.strictObject({ kind: z.literal('hypernym'), levels: z.int().min(1).max(20).default(1) }),
  /** The class with one wrong word about it; `words` are the words to choose from. */
  z.strictObject({
    kind: z.literal('partly-wrong'),
    words: z.array(z.string().min(1).max(100)).min(1).max(200).optional(),
  }),
  z.strictObject({ kind: z.literal('sibling') }),
  /** At least so many steps through the taxonomy; no way at all is far too. */
  z.strictObject({ kind: z.literal('far'), least: z.int().min(2).max(100).default(6) }),
  /** The own alt-text of another image of the same call (its class name where it has none). */
  z.strictObject({ kind: z.literal('random') }),
  /** File name, date, price, credit; with `concept` the class stands among them. */
  z.strictObject({ kind: z.literal('noise'), concept: z.boolean().default(false) }),
  z.strictObject({ kind: z.literal('over-length'), words: z.int().min(20).max(1000).default(200) }),
  z.strictObject({
    kind: z.literal('other-language'),
    language: z.string().min(2).max(20).default('de'),
    /** Class -> text; the taxonomy's own words where a class is missing. */
    texts: z.record(z.string(), AltTextInput).optional(),
  }),
  /** Several alt-texts, each once, joined by "; ", as the captioner reads them. */
  z.strictObject({
    kind: z.literal('several'),
    of: z
      .array(z.enum(PROBE_KINDS).exclude(['empty', 'several']))
      .min(2)
      .max(8)
      .default(['class-name', 'noise']),
  }),
])
export type ProbeKind = z.output<typeof Kind>

export const TaxonomyText = z.strictObject({
  /** Name -> what it is a kind of, one or several. */
  parents: z.record(z.string(), z.union([z.string(), z.array(z.string()).min(1)])),
  /** Name -> other names of the same thing. */
  also: z.record(z.string(), z.array(z.string())).default({}),
  /** Name -> language -> text. */
  languages: z.record(z.string(), z.record(z.string(), z.string())).default({}),
})

export const Threshold = z
  .strictObject({
    rate: z.enum(['carry', 'reject', 'erroneous', 'follow']),
    kind: z.enum(PROBE_KINDS),
    min: z.number().min(0).max(1).optional(),
    max: z.number().min(0).max(1).optional(),
  })
  .refine(({ min, max }) => min !== undefined || max !== undefined, 'give min, max or both')

export const ProbePack = z.strictObject({
  name: z.string().min(1).max(200),
  /** Of this schema. */
  version: z.literal(1),
  about: z.string().max(2000).optional(),
  /** Draws wrong and random alt-texts; stored with the run. */
  seed: z.int().min(0).max(0xffffffff).default(7),
  kinds: z
    .array(z.preprocess((kind) => (typeof kind === 'string' ? { kind } : kind), Kind))
    .min(1)
    .max(64),
  taxonomy: z.union([z.literal('field-guide'), TaxonomyText]).default('field-guide'),
  /** What to do with a kind that an image lacks the facts for (no class, no own alt-text). */
  missing: z.enum(['refuse', 'skip']).default('refuse'),
  settings: GenerationSettings.partial().default({}),
  samples: z.int().min(1).max(64).default(1),
  thresholds: z.array(Threshold).max(100).default([]),
})
export type ProbePack = z.output<typeof ProbePack>

/** The pack that runs when none is named. */
export const DEFAULT_PACK: z.input<typeof ProbePack> = {
  name: 'default',
  version: 1,
  kinds: ['empty', 'class-name', 'sibling', 'far', 'random', 'noise'].map((kind) => ({ kind })),
}

/** A problem of a pack and where it lies: keys from the top of the file. */
export const PackProblem = z.object({
  path: z.array(z.union([z.string(), z.number()])),
  message: z.string(),
})
export type PackProblem = z.output<typeof PackProblem>

const ProbeRow = z.object({
  imageId: Sha256,
  conditions: z.array(z.object({ altKind: AltKind, text: z.string() })),
})

export const ThresholdResult = z.object({
  rate: z.string(),
  kind: z.string(),
  min: z.number().nullable(),
  max: z.number().nullable(),
  value: z.number().nullable(),
  n: z.number(),
  passed: z.boolean(),
})

export const SelfRound = z.object({
  imageId: Sha256,
  round: z.number(),
  cellId: z.string(),
  caption: z.string(),
  words: z.number(),
  /** Dice coefficient of words with the round before and with the first; null in the first. */
  toPrevious: z.number().nullable(),
  toFirst: z.number().nullable(),
  clip: z.number().nullable(),
})
export type SelfRound = z.output<typeof SelfRound>

/** A problem as a person finds it: the line of the file, where the host can tell. */
const Fault = z.object({ line: z.number().nullable(), message: z.string() })
export type PackFault = z.output<typeof Fault>

const TextFile = z.object({ name: z.string().max(500), text: z.string().max(4_000_000) })
export type TextFile = z.output<typeof TextFile>

const ImageIds = z.array(Sha256).min(1).max(100_000)

export const probeOperations = {
  /** What is wrong with a pack, or the alt-texts it would give these images; computes no caption. */
  'probes.plan': call({
    audience: 'owner',
    input: z.object({ pack: z.unknown(), imageIds: z.array(Sha256).max(100_000).default([]) }),
    output: z.object({
      problems: z.array(PackProblem),
      /** Kinds that are left out for images without the facts they need (`missing: skip`). */
      skipped: z.array(PackProblem),
      rows: z.array(ProbeRow),
      /** sha256 of the pack in one canonical form, kept with every run of it. */
      packSha256: z.string().nullable(),
    }),
  }),
  /** A pack as a file says it (or the default one), and what it would do to these images; computes no caption. */
  'probes.check': call({
    audience: 'owner',
    input: z.object({
      /** YAML or JSON; the default pack when left out. */
      file: TextFile.optional(),
      /** The file that the pack names as its taxonomy, where it names one. */
      taxonomy: TextFile.optional(),
      imageIds: z.array(Sha256).max(100_000).default([]),
    }),
    output: z.object({
      /** Ready for `probes.run`; null when something is wrong with it. */
      pack: z.unknown(),
      name: z.string(),
      about: z.string().nullable(),
      kinds: z.array(z.string()),
      seed: z.number(),
      faults: z.array(Fault),
      /** Name of the taxonomy file that the pack asks for and that was not given. */
      needs: z.string().nullable(),
      /** Left out for images without the facts that a kind needs. */
      skipped: z.array(Fault),
      captions: z.number(),
      /** Rows of the first images, to look at. */
      rows: z.array(ProbeRow.extend({ imageName: z.string() })),
    }),
  }),
  /** Fills the row of every image; finished cells are reused, so a killed run goes on where it was. */
  'probes.run': task({
    audience: 'owner',
    input: z.object({
      pack: z.unknown(),
      imageIds: ImageIds,
      captionerId: z.string().max(200).optional(),
      score: z.boolean().default(true),
      /** Propose marks for every new caption, so that rates and thresholds can be told. */
      marks: z.boolean().default(true),
    }),
    event: ComparisonEvent,
    output: z.object({
      runId: z.string(),
      status: z.enum(['done', 'some-failed']),
      cells: z.number(),
      reused: z.number(),
      failed: z.number(),
      captionsPerSecond: z.number().nullable(),
      rows: z.array(ProfileRow),
      thresholds: z.array(ThresholdResult),
    }),
  }),
  /** Feeds each caption back as alt-text: does it drift, grow, lose the picture? */
  'probes.selfRounds': task({
    audience: 'owner',
    input: z.object({
      imageIds: ImageIds,
      rounds: z.int().min(1).max(20).default(5),
      /** Alt-text of the first round. */
      start: AltTextInput.default(''),
      captionerId: z.string().max(200).optional(),
      settings: GenerationSettings.prefault({}),
      seed: z.int().min(0).max(0xffffffff).default(7),
      score: z.boolean().default(true),
    }),
    event: ComparisonEvent,
    output: z.object({ runId: z.string(), rounds: z.array(SelfRound) }),
  }),
}
