/** Marks on captions, the token lens, occlusion and the grounding profile. */
import { z } from 'zod'
import { AltKind, AltTextInput, Sha256 } from '../types.ts'
import { call, task } from './define.ts'

/** Blue, brown and red of the paper's Table 3, and three further classes. */
export const MARK_CLASSES = [
  'carried',
  'rejected',
  'erroneous',
  'corrected',
  'added',
  'cannot-verify',
] as const
export const MarkClass = z.enum(MARK_CLASSES)
export type MarkClass = z.output<typeof MarkClass>

/** Code points [start, end) of the caption or of the cell's alt-text. Spans may overlap. */
export const MarkSpan = z.object({
  place: z.enum(['caption', 'alt-text']),
  start: z.int().min(0),
  end: z.int().min(1),
})
export type MarkSpan = z.output<typeof MarkSpan>

export const Explanation = z.object({
  /** Which rule of the matcher spoke, e.g. 'inflection' or 'not-the-class'. */
  rule: z.string(),
  /** What it compared the span with; null when it found nothing to compare with. */
  matched: z
    .object({
      in: z.enum(['caption', 'alt-text', 'empty-caption', 'truth', 'class']),
      text: z.string(),
      start: z.number().nullable(),
      end: z.number().nullable(),
    })
    .nullable(),
  /** The rule in words, for a person. */
  words: z.string(),
})
export type Explanation = z.output<typeof Explanation>

export const Mark = MarkSpan.extend({
  cellId: z.string(),
  markClass: MarkClass,
  /** The marked words as they stand there. */
  text: z.string(),
  /** `proposed`: by the machine alone. A person's own mark is `confirmed`. */
  status: z.enum(['proposed', 'confirmed', 'overruled']),
  origin: z.enum(['machine', 'person']),
  explanation: Explanation.nullable(),
  decidedBy: z.string().nullable(),
  decidedAt: z.string().nullable(),
})
export type Mark = z.output<typeof Mark>

export const CellMarks = z.object({
  cellId: z.string(),
  marks: z.array(Mark),
  /** Version of the matcher that proposed; null when nothing was proposed yet. */
  matcher: z.string().nullable(),
  /** True when a stored row no longer matched its checksum and was left out. */
  damaged: z.boolean(),
})
export type CellMarks = z.output<typeof CellMarks>

const Loading = z.object({ kind: z.literal('loading'), phase: z.string(), fraction: z.number() })

export const LensContext = z.object({
  key: z.string(),
  altKind: AltKind,
  altText: z.string(),
  image: z.string(),
  /** Natural log of the probability of each token of the caption in this context. */
  logProbs: z.array(z.number()),
  /** 1 = likeliest; null beyond the graph's top 50. */
  ranks: z.array(z.number().nullable()),
  alternatives: z.array(
    z.array(z.object({ id: z.number(), text: z.string(), logProb: z.number() })),
  ),
  sum: z.number(),
})
export type LensContext = z.output<typeof LensContext>

/** Sums over a stretch of the caption, code points [start, end). */
export const LensStretch = z.object({
  text: z.string(),
  start: z.number(),
  end: z.number(),
  /** Tokens [fromToken, toToken). */
  fromToken: z.number(),
  toToken: z.number(),
  /** Log-probability under the cell's own alt-text and picture. */
  logProb: z.number(),
  /** With the alt-text minus with the empty one: above 0, the words come from the alt-text. */
  altLift: z.number(),
  /** With the picture minus with the mean image: above 0, the words come from the pixels. */
  imageLift: z.number(),
})
export type LensStretch = z.output<typeof LensStretch>

export const LensToken = LensStretch.extend({ id: z.number() })

export const OcclusionWord = z.object({
  /** The alt-text word left out, code points of the alt-text. */
  text: z.string(),
  start: z.number(),
  end: z.number(),
  /** Change of each caption word's log-probability when it is left out (own minus without). */
  effects: z.array(z.number()),
  /** The caption without this word, where one was asked for. */
  recaption: z
    .object({ cellId: z.string(), caption: z.string(), changedWords: z.array(z.number()) })
    .nullable(),
})

const Rate = z.object({
  value: z.number().nullable(),
  /** Cells that could show it. */
  n: z.number(),
  images: z.number(),
  low: z.number(),
  high: z.number(),
})

export const ProfileRow = z.object({
  /** What this row is about, e.g. { kind: 'far' } or { kind: 'far', captioner: 'builtin' }. */
  by: z.enum(['kind', 'captioner', 'class', 'group']),
  value: z.string(),
  captionerId: z.string().nullable(),
  /** Steps from right to wrong; null where the kind is neither. */
  wrongness: z.number().nullable(),
  carry: Rate,
  reject: Rate,
  erroneous: Rate,
  follow: Rate,
  cells: z.number(),
})
export type ProfileRow = z.output<typeof ProfileRow>

const CellIds = z.array(z.string().max(100)).min(1).max(10_000)

export const groundingOperations = {
  /** Proposes marks for cells that have none of this matcher yet, or for all with `again`. */
  'marks.propose': task({
    audience: 'owner',
    input: z.object({
      cellIds: CellIds.optional(),
      /** Every cell of these images, when no cells are named. */
      imageIds: z.array(Sha256).max(100_000).optional(),
      again: z.boolean().default(false),
    }),
    event: z.object({
      kind: z.literal('progress'),
      done: z.number(),
      total: z.number(),
      fraction: z.number(),
    }),
    output: z.object({ cells: z.number(), proposed: z.number(), marks: z.number() }),
  }),
  'marks.list': call({
    audience: 'owner',
    input: z.object({ cellIds: z.array(z.string().max(100)).min(1).max(1000) }),
    output: z.object({ cells: z.array(CellMarks) }),
  }),
  /** A person's word on one span: a class, or `clear` for "this is no mark". Nothing is overwritten. */
  'marks.decide': call({
    audience: 'owner',
    input: z.object({
      cellId: z.string().max(100),
      span: MarkSpan,
      decision: z.enum([...MARK_CLASSES, 'clear']),
      by: z.string().trim().max(200).default(''),
    }),
    output: CellMarks,
  }),
  /** The caption of a cell under every alt-text of its row, the empty one, and a mean image. */
  'lens.compute': task({
    audience: 'owner',
    input: z.object({
      cellId: z.string().max(100),
      /** Alt-texts besides those that this image was captioned under. */
      altTexts: z.array(AltTextInput).max(32).default([]),
      alternatives: z.int().min(0).max(20).default(5),
    }),
    event: Loading,
    output: z.object({
      cellId: z.string(),
      caption: z.string(),
      tokens: z.array(LensToken),
      words: z.array(LensStretch),
      phrases: z.array(LensStretch),
      whole: LensStretch,
      contexts: z.array(LensContext),
      /** Keys of the contexts that the lifts compare. */
      own: z.string(),
      empty: z.string(),
      mean: z.string(),
      /** Largest difference to the log-probabilities kept at generation; at most 1e-4 when all is well. */
      generationDiff: z.number(),
      agrees: z.boolean(),
    }),
  }),
  /** Leaves out one alt-text word after another. */
  'lens.occludeWords': task({
    audience: 'owner',
    input: z.object({
      cellId: z.string().max(100),
      /** Also caption again without each word; those captions are kept as cells. */
      recaption: z.boolean().default(false),
    }),
    event: Loading,
    output: z.object({
      cellId: z.string(),
      words: z.array(LensStretch),
      altWords: z.array(OcclusionWord),
      /** Strongest links: the caption word falls by `effect` without the alt-text word. */
      arcs: z.array(z.object({ altWord: z.number(), word: z.number(), effect: z.number() })),
    }),
  }),
  /** Puts the mean colour over one patch of the picture after another. */
  'lens.occludeImage': task({
    audience: 'owner',
    input: z.object({ cellId: z.string().max(100), grid: z.int().min(2).max(16).default(8) }),
    event: Loading,
    output: z.object({
      cellId: z.string(),
      grid: z.number(),
      words: z.array(LensStretch),
      /** For each word, grid x grid values row by row: how much it falls without that patch. */
      maps: z.array(z.array(z.number())),
      /** The same for the whole caption. */
      whole: z.array(z.number()),
    }),
  }),
  /** How often captions carry, reject, err and follow; with image-bootstrap intervals. */
  'grounding.profile': call({
    audience: 'owner',
    input: z.object({
      /** A run of comparisons or probes; every cell of the workspace when left out. */
      runId: z.string().max(100).optional(),
      by: z.enum(['kind', 'captioner', 'class', 'group']).default('kind'),
      seed: z.int().min(0).max(0xffffffff).default(7),
      resamples: z.int().min(100).max(10_000).default(2000),
    }),
    output: z.object({
      rows: z.array(ProfileRow),
      cells: z.number(),
      /** Cells without proposals, left out of the rates: propose marks first. */
      unmarked: z.number(),
      stability: z.object({
        /** Image and alt-text pairs with more than one seed. */
        groups: z.number(),
        identical: z.number().nullable(),
        similarity: z.number().nullable(),
      }),
    }),
  }),
  /** The cells behind one bar of the profile. */
  'grounding.cells': call({
    audience: 'owner',
    input: z.object({
      runId: z.string().max(100).optional(),
      by: z.enum(['kind', 'captioner', 'class', 'group']),
      value: z.string().max(1000),
      /** As the row names it; every captioner when left out. */
      captionerId: z.string().max(200).optional(),
      showing: z.enum(['carry', 'reject', 'erroneous', 'follow', 'all']).default('all'),
      limit: z.int().min(1).max(10_000).default(500),
    }),
    output: z.object({ cellIds: z.array(z.string()) }),
  }),
}
