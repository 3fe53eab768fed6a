/** Rounds of annotation: people rewrite the caption of an image, round upon round, beginning with its alt-text (Altogether, section 4.1 and figures 5 and 6). */
import { z } from 'zod'
import { MAX_CAPTION_CHARS } from './tables.ts'
import { AltKind, Sha256 } from './types.ts'

/** Longest text of a rewrite, in characters; the longest caption that a table may bring. */
export const MAX_REWRITE_CHARS = MAX_CAPTION_CHARS
export const MOST_ANNOTATORS = 20
export const MOST_ROUNDS = 20
export const MOST_ANNOTATED_IMAGES = 10_000

/** Files that an annotation can be handed on as. */
export const ANNOTATION_FILES = [
  'versions-jsonl',
  'altogether-json',
  'rounds-csv',
  'rounds-md',
  'rounds-tex',
  'table-md',
  'table-tex',
  'table-csv',
] as const
export type AnnotationFile = (typeof ANNOTATION_FILES)[number]

export const AnnotationId = z.string().regex(/^[0-9a-f]{32}$/)
const Annotator = z.string().trim().min(1).max(100)

/** What a text is held against, by name; each can be switched off in a guideline. */
export const LINT_RULES = [
  'opening',
  'feeling',
  'person',
  'count',
  'left-over-noise',
  'alt-text-unused',
  'length',
] as const
export const LintRule = z.enum(LINT_RULES)
export type LintRule = z.output<typeof LintRule>

/** What annotators are told and reminded of. Kept with the annotation as it was when it began. */
export const Guideline = z.object({
  /** Shown above the steps. */
  goal: z.string().max(2000),
  /** Ticked by the annotator for every rewrite; ids stay what they are when words change. */
  steps: z
    .array(
      z.object({ id: z.string().regex(/^[a-z0-9-]{1,40}$/), text: z.string().min(1).max(500) }),
    )
    .max(20),
  /** How a caption may begin ("a photo of"); an empty list allows every beginning. */
  openings: z.array(z.string().min(1).max(80)).max(60),
  rules: z.array(LintRule),
})
export type Guideline = z.output<typeof Guideline>

/** What stands in round 1. */
export const StartText = z.discriminatedUnion('from', [
  /** The image's own alt-text, several joined as the captioner would read them; '' where it has none. */
  z.object({ from: z.literal('alt-text') }),
  /** The newest caption of a captioner under a kind of alt-text: people then correct a model. */
  z.object({ from: z.literal('captions'), captionerId: z.string().max(200), altKind: AltKind }),
])
export type StartText = z.output<typeof StartText>

export const AnnotationRequest = z.object({
  name: z.string().trim().min(1).max(120),
  imageIds: z.array(Sha256).min(1).max(MOST_ANNOTATED_IMAGES),
  start: StartText.default({ from: 'alt-text' }),
  annotators: z.array(Annotator).min(1).max(MOST_ANNOTATORS),
  /** From the third round on nobody rewrites what they wrote in the round before. Needs two annotators. */
  swap: z.boolean().default(true),
  /** Deals the images among annotators. */
  seed: z.int().min(0).max(0xffffffff).default(7),
  /** Left out: the product's own words for the paper's steps. */
  guideline: Guideline.optional(),
})

export const AnnotationSummary = z.object({
  id: AnnotationId,
  name: z.string(),
  createdAt: z.string(),
  images: z.number(),
  /** The round that is open, from 2; round 1 is the start and never written. */
  openRound: z.number(),
  /** Images whose rewrite of the open round is there. */
  done: z.number(),
})
export type AnnotationSummary = z.output<typeof AnnotationSummary>

export const Annotation = AnnotationSummary.extend({
  start: StartText,
  annotators: z.array(z.string()),
  swap: z.boolean(),
  seed: z.number(),
  guideline: Guideline,
  /** Which scorer would tell how well texts fit pictures; null where there is none. */
  scorerId: z.string().nullable(),
  /** Texts that it has not scored. */
  unscored: z.number(),
})
export type Annotation = z.output<typeof Annotation>

/** One text of one image in one round, as somebody left it. None is ever changed; the newest of a round counts. */
export const Rewrite = z.object({
  id: z.string(),
  round: z.number(),
  annotator: z.string(),
  text: z.string(),
  /** Steps of the guideline that were ticked. */
  steps: z.array(z.string()),
  note: z.string(),
  /** Spent on it with the page in front, as the annotator's page says. */
  seconds: z.number(),
  createdAt: z.string(),
})
export type Rewrite = z.output<typeof Rewrite>

export const AnnotationItem = z.object({
  annotationId: AnnotationId,
  imageId: Sha256,
  imageName: z.string(),
  /** From 0, in the annotation's own order. */
  place: z.number(),
  altText: z.string(),
  /** Round 1. */
  start: z.string(),
  /** Every rewrite, oldest first. */
  versions: z.array(Rewrite),
  /** The round that a rewrite would be of: the open one, or an earlier one that this image lacks; null where all are written. */
  round: z.number().nullable(),
  /** Who is to write it. */
  annotator: z.string().nullable(),
  /** What that round begins from: the newest text of the round before. */
  previous: z.string(),
})
export type AnnotationItem = z.output<typeof AnnotationItem>

/** A line of an annotator's list. */
export const AnnotationPlace = z.object({
  imageId: Sha256,
  imageName: z.string(),
  place: z.number(),
  round: z.number().nullable(),
  annotator: z.string().nullable(),
  /** The first words of the newest text. */
  text: z.string(),
})
export type AnnotationPlace = z.output<typeof AnnotationPlace>

export const LintHit = z.object({
  rule: LintRule,
  /** One sentence: what was found and what the guideline asks for. */
  message: z.string(),
  /** Code points [start, end) of the text; null where the text as a whole is meant. */
  span: z.object({ start: z.number(), end: z.number() }).nullable(),
})
export type LintHit = z.output<typeof LintHit>

/** What a text would be as the next version, told while it is typed. */
export const TextReview = z.object({
  lint: z.array(LintHit),
  words: z.number(),
  previousWords: z.number(),
  /** Levenshtein distance to the text of the round before, in characters (Unicode code points) and in words. */
  editedChars: z.number(),
  editedWords: z.number(),
  /** The text in pieces, those that the round before lacks marked, and the pieces that are gone from it where they stood. */
  pieces: z.array(z.object({ text: z.string(), state: z.enum(['kept', 'new', 'gone']) })),
  /** Concepts of the alt-text, and whether the text has them. */
  concepts: z.array(z.object({ text: z.string(), carried: z.boolean() })),
  /** CLIP score x100 of the text and of the round before; null where not asked for or not to be had. */
  clip: z
    .object({ now: z.number(), previous: z.number().nullable(), scorerId: z.string() })
    .nullable(),
})
export type TextReview = z.output<typeof TextReview>

const Estimate = z.object({ value: z.number(), low: z.number(), high: z.number(), n: z.number() })
export type Estimate = z.output<typeof Estimate>

/** One line of the annotation table (Altogether, table of section 5.1: length, edit distance, alignment). */
export const RoundFigures = z.object({
  round: z.number(),
  images: z.number(),
  /** Means over images, with 95 % intervals of a bootstrap over images; null where there is nothing to measure. */
  words: Estimate.nullable(),
  editedChars: Estimate.nullable(),
  editedWords: Estimate.nullable(),
  clip: Estimate.nullable(),
  /** Mean difference of CLIP scores to the round before, of images that have both. */
  clipGain: Estimate.nullable(),
  /** Share of images whose text is the round before's. */
  unchanged: Estimate.nullable(),
  medianSeconds: z.number().nullable(),
  /** Lint hits a caption, by rule. */
  lint: z.record(z.string(), z.number()),
})
export type RoundFigures = z.output<typeof RoundFigures>

export const AnnotatorFigures = z.object({
  annotator: z.string(),
  round: z.number(),
  images: z.number(),
  words: z.number(),
  editedChars: z.number(),
  unchanged: z.number(),
  medianSeconds: z.number().nullable(),
})
export type AnnotatorFigures = z.output<typeof AnnotatorFigures>

export const AnnotationFigures = z.object({
  rounds: z.array(RoundFigures),
  annotators: z.array(AnnotatorFigures),
  /** What the last two rounds say about another one, in a sentence; null where they say nothing yet. */
  outlook: z.string().nullable(),
  /** How everything was computed, in sentences, for below a table. */
  notes: z.array(z.string()),
})
export type AnnotationFigures = z.output<typeof AnnotationFigures>
