/** Studies: plan, invite, rate, report, export. Only `rate.*` is open to raters, and all of it is strict. */
import { z } from 'zod'
import {
  Criterion,
  ExclusionRules,
  NewEvent,
  Protocol,
  RateState,
  System,
  type JudgementEvent,
} from '../study-types.ts'
import type { StudyReport } from '../study-report.ts'
import { AltKind, AltTextInput, Sha256 } from '../types.ts'
import { call, task } from './define.ts'

const StudyId = z.string().regex(/^[0-9a-f]{32}$/)
const Token = z.string().regex(/^[\w-]{43}$/)

export const ImportedCaption = z.object({
  /** Content hash, or the file name in the workspace. */
  image: z.string().min(1).max(1024),
  system: z.string().min(1).max(200),
  caption: z.string().max(20_000),
  altText: AltTextInput.optional(),
  /** Automatic scores of this caption by name, to be held against people. */
  scores: z.record(z.string().min(1).max(100), z.number()).optional(),
})
export type ImportedCaption = z.output<typeof ImportedCaption>

export const StudyRequest = z.object({
  name: z.string().min(1).max(200),
  title: z.string().max(200).default('Caption study'),
  template: z.string().max(60).default('figure-3'),
  /** Instead of the template's own. */
  criteria: z.array(Criterion).min(1).max(6).optional(),
  reveal: Protocol.shape.reveal.optional(),
  instructions: z.string().max(4000).optional(),
  consent: z
    .string()
    .max(4000)
    .default(
      'Your answers are kept under a pseudonym. You may stop at any time and withdraw them.',
    ),
  /** Left out with `imported`: then every name found there. */
  systems: z.array(System).max(8).default([]),
  imported: z.array(ImportedCaption).max(100_000).optional(),
  imageIds: z.array(Sha256).max(100_000).optional(),
  raters: z.array(z.string().min(1).max(100)).min(1).max(500),
  ratersPerItem: z.int().min(1).max(500).optional(),
  seed: z.int().min(0).max(0xffffffff).default(7),
  repeatShare: z.number().min(0).max(0.5).default(0.1),
  anchors: z.int().min(0).nullable().default(null),
  /** Hidden items per 50 items. */
  quality: z
    .object({
      wrongImage: z.number().min(0).max(50).default(4),
      plantedError: z.number().min(0).max(50).default(2),
      duplicate: z.number().min(0).max(50).default(2),
    })
    .prefault({}),
  exclusion: ExclusionRules.prefault({}),
  /** Answer with the balance and the hours, write nothing. */
  dryRun: z.boolean().default(false),
})
export type StudyRequest = z.output<typeof StudyRequest>

export const StudySummary = z.object({
  studyId: StudyId.nullable(),
  systems: z.array(z.string()),
  items: z.number(),
  qualityItems: z.number(),
  /** Images without a caption of every system, or whose captions are all the same. */
  leftOut: z.number(),
  warnings: z.array(z.string()),
  /** Showings per rater. */
  loads: z.array(z.number()),
  overlap: z.object({ least: z.number(), most: z.number() }),
  /** Per number of cards: table[card][slot] = showings. */
  slots: z.array(z.object({ cards: z.number(), table: z.array(z.array(z.number())) })),
  hoursPerRater: z.number(),
  /** Images needed for 80 % power, for orientation. */
  sampleSize: z.array(z.object({ comparison: z.string(), images: z.number() })),
})
export type StudySummary = z.output<typeof StudySummary>

export const StudyProgress = z.object({
  raters: z.array(
    z.object({
      rater: z.number(),
      name: z.string(),
      done: z.number(),
      total: z.number(),
      /** A link (or a handed-over keyboard) that works. */
      invited: z.boolean(),
      withdrawn: z.boolean(),
    }),
  ),
  events: z.number(),
  unblinded: z.array(z.string()),
})

export const ExportedFile = z.object({ name: z.string(), text: z.string() })
export const ExportedBytes = z.object({ name: z.string(), bytes: z.instanceof(Uint8Array) })

const Resamples = z.int().min(100).max(100_000).default(10_000)
const ReportInput = z.object({
  studyId: StudyId,
  resamples: Resamples,
  /** Also Dawid-Skene and one precision a rater. */
  raterModels: z.boolean().default(false),
})

export const Table = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
})
export type Table = z.output<typeof Table>

/** Where the rating pages are served from; null while they are not. */
export const RaterPages = z.object({
  /** False where this host cannot serve them. */
  available: z.boolean(),
  origin: z.string().nullable(),
  /** True when other machines can reach them. */
  lan: z.boolean(),
  /** Addresses of this machine in its networks. */
  addresses: z.array(z.string()),
})
export type RaterPages = z.output<typeof RaterPages>

export const studyOperations = {
  'studies.templates': call({
    audience: 'owner',
    input: z.object({}),
    output: z.object({
      templates: z.array(
        z.object({
          id: z.string(),
          name: z.string(),
          note: z.string(),
          reveal: Protocol.shape.reveal,
          criteria: z.array(Criterion),
          fewest: z.number(),
          most: z.number(),
        }),
      ),
    }),
  }),
  /** What cells there are to compare: images with a caption of this captioner under this kind of alt-text. */
  'studies.sources': call({
    audience: 'owner',
    input: z.object({ imageIds: z.array(Sha256).max(100_000).optional() }),
    output: z.object({
      images: z.number(),
      sources: z.array(z.object({ captionerId: z.string(), altKind: AltKind, images: z.number() })),
    }),
  }),
  /** Rating pages on this machine (`address` null) or at an address of it that its network can reach. */
  'studies.pages': call({
    audience: 'owner',
    input: z.object({
      action: z.enum(['look', 'open', 'close']),
      address: z.string().max(64).nullable().default(null),
    }),
    output: RaterPages,
  }),
  'studies.plan': call({ audience: 'owner', input: StudyRequest, output: StudySummary }),
  'studies.list': call({
    audience: 'owner',
    input: z.object({}),
    output: z.object({
      studies: z.array(z.object({ id: z.string(), name: z.string(), createdAt: z.string() })),
    }),
  }),
  'studies.get': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId }),
    output: z.object({ protocol: Protocol, progress: StudyProgress }),
  }),
  /** A new link for a rater; every older one stops working. The token is in this answer alone. */
  'studies.invite': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId, rater: z.int().min(0) }),
    output: z.object({ token: z.string() }),
  }),
  'studies.revoke': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId, rater: z.int().min(0) }),
    output: z.object({}),
  }),
  /** The rater's answers leave every analysis and every later export; a tombstone stays. */
  'studies.withdraw': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId, rater: z.int().min(0), note: z.string().max(500) }),
    output: z.object({}),
  }),
  /** Raters who join late: the plan is extended for them, never drawn again. */
  'studies.addRaters': call({
    audience: 'owner',
    input: z.object({
      studyId: StudyId,
      names: z.array(z.string().min(1).max(100)).min(1).max(100),
    }),
    output: z.object({
      raters: z.array(z.object({ rater: z.number(), name: z.string(), total: z.number() })),
    }),
  }),
  /** Names the systems, and is logged: the report says when. */
  'studies.report': call({
    audience: 'owner',
    input: ReportInput,
    output: z.object({ report: z.custom<StudyReport>() }),
  }),
  /** The same with progress, for a study of any size. */
  'studies.analyse': task({
    audience: 'owner',
    input: ReportInput,
    event: z.object({ kind: z.literal('progress'), fraction: z.number() }),
    output: z.object({ report: z.custom<StudyReport>() }),
  }),
  'studies.export': call({
    audience: 'owner',
    input: z.object({
      studyId: StudyId,
      level: z.enum(['full', 'anonymous']),
      resamples: Resamples,
      raterModels: z.boolean().default(false),
    }),
    output: z.object({
      files: z.array(ExportedFile),
      binaries: z.array(ExportedBytes),
      tables: z.array(Table),
      /** What to think of before an anonymous export is given away. */
      warnings: z.array(z.string()),
    }),
  }),
  /** Who the numbers of the anonymous export are: a file of its own, never to be kept beside it. */
  'studies.key': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId }),
    output: z.object({
      rows: z.array(z.object({ label: z.string(), rater: z.number(), name: z.string() })),
    }),
  }),
  /** Answers of a task file, or a JSONL export of this or another workspace. Any order, any number of times. */
  'studies.import': call({
    audience: 'owner',
    input: z.object({ text: z.string().max(200_000_000) }),
    output: z.object({
      studyId: z.string(),
      created: z.boolean(),
      added: z.number(),
      known: z.number(),
      conflicts: z.number(),
      /** Questions of one rater that stand with two answers, from two devices; the later one counts. */
      twice: z.number(),
      refused: z.array(z.string()),
    }),
  }),
  /** What a self-contained task file of one rater holds; its pictures are asked for one by one with `images.picture`. */
  'studies.task': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId, rater: z.int().min(0) }),
    output: z.object({
      task: z.custom<TaskFile>(),
      /** Pictures by the key that the page asks by; of the model's square only what can be had. */
      pictures: z.array(
        z.object({
          key: z.string(),
          imageId: Sha256,
          size: z.enum(['full', 'seen']),
          captionerId: z.string().optional(),
          resize: z.enum(['bundle', 'squash', 'centre-crop']),
        }),
      ),
    }),
  }),
  /** The same as one HTML file with its pictures, which works without a network. */
  'studies.taskFile': call({
    audience: 'owner',
    input: z.object({ studyId: StudyId, rater: z.int().min(0) }),
    /** `warnings`: what the file lacks that raters can do without. */
    output: z.object({ name: z.string(), html: z.string(), warnings: z.array(z.string()) }),
  }),

  'rate.state': call({
    audience: 'rater',
    input: z.strictObject({ token: Token }),
    output: RateState,
  }),
  /** On disk when it answers. Sending the same events again changes nothing. */
  'rate.submit': call({
    audience: 'rater',
    input: z.strictObject({ token: Token, events: z.array(NewEvent).min(1).max(64) }),
    output: RateState,
  }),
  'rate.picture': call({
    audience: 'rater',
    input: z.strictObject({
      token: Token,
      trialId: z.string().max(64),
      /** 'model': the square that the captioner read, where all captions of the item come from one captioner. */
      view: z.enum(['full', 'model']).default('full'),
    }),
    output: z.strictObject({ type: z.string(), bytes: z.instanceof(Uint8Array) }),
  }),
}

/** One rater's part of a study in one file: nothing of it names a system or another rater. */
export interface TaskFile {
  readonly studyId: string
  readonly title: string
  readonly instructions: string
  readonly consent: string
  readonly criteria: readonly Criterion[]
  readonly reveal: Protocol['reveal']
  readonly trials: readonly {
    readonly trialId: string
    readonly altText: string | null
    /** Staged studies: the alt-text under seal, for `openSealed` with the trial's id once it may be shown. */
    readonly sealed: string | null
    readonly cards: readonly { readonly slot: number; readonly text: string }[]
    /** Its pictures have one more, under `modelViewOf` its id. */
    readonly modelView: boolean
  }[]
  /** Guesses of who wrote what, after the closing question. */
  readonly guesses: readonly GuessQuestion[]
}

/** Two cards of one system are looked for; which system, only the plan knows. */
export interface GuessQuestion {
  readonly trialId: string
  readonly like: { readonly trialId: string; readonly slot: number }
}

/** Key of a trial's model view among the pictures of a task file. */
export const modelViewOf = (trialId: string): string => `${trialId}/model`

/** What a task file gives back. */
export interface TaskAnswers {
  readonly format: 'realign-answers-1'
  readonly studyId: string
  readonly events: readonly (NewEvent | JudgementEvent)[]
}
