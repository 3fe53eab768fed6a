/** Operations on rounds of annotation: plan, rewrite, look back, count, hand on. */
import { z } from 'zod'
import {
  ANNOTATION_FILES,
  Annotation,
  AnnotationFigures,
  AnnotationId,
  AnnotationItem,
  AnnotationPlace,
  AnnotationRequest,
  AnnotationSummary,
  Guideline,
  MAX_REWRITE_CHARS,
  TextReview,
} from '../annotation.ts'
import { Sha256 } from '../types.ts'
import { call, task } from './define.ts'

const Text = z
  .string()
  .max(MAX_REWRITE_CHARS, `A caption has at most ${MAX_REWRITE_CHARS} characters`)
const ById = z.object({ annotationId: AnnotationId })

export const annotationOperations = {
  /** Newest first. */
  'annotations.list': call({
    audience: 'owner',
    input: z.object({}),
    output: z.object({ annotations: z.array(AnnotationSummary), guideline: Guideline }),
  }),
  /** Fixes images, start texts, annotators and guideline; opens round 2. Fails with 'bad-input' where an image has no start text to be had or swapping is asked of one annotator. */
  'annotations.create': call({
    audience: 'owner',
    input: AnnotationRequest,
    output: Annotation,
  }),
  'annotations.get': call({ audience: 'owner', input: ById, output: Annotation }),
  /** Opens the round after the open one. Images that lack an earlier round stay in the list with that one first. */
  'annotations.openRound': call({
    audience: 'owner',
    /** The round to open: one that another window opened already stays as it is. Left out: the next. */
    input: ById.extend({ round: z.int().min(3).optional() }),
    output: Annotation,
  }),
  /** Images of an annotation in its order; `open` are those with a round to write, for `annotator` alone where one is named. */
  'annotations.places': call({
    audience: 'owner',
    input: ById.extend({
      annotator: z.string().max(100).nullable().default(null),
      show: z.enum(['open', 'done', 'all']).default('open'),
      /** Go on after this place; -1 from the beginning. */
      after: z.int().min(-1).default(-1),
      limit: z.int().min(1).max(500).default(200),
    }),
    output: z.object({ places: z.array(AnnotationPlace), total: z.number() }),
  }),
  'annotations.item': call({
    audience: 'owner',
    input: ById.extend({ imageId: Sha256 }),
    output: AnnotationItem,
  }),
  /**
   * Keeps a text. `versions` is how many rewrites of the image its writer had seen: where more are there by now nothing is
   * written ('bad-input', the hint says to look at the other first), so that nobody's words are passed over in silence.
   * A round that is written already may be written again until the next one is. Swapping refuses whoever wrote the round before;
   * nobody writes but the annotation's annotators.
   */
  'annotations.rewrite': call({
    audience: 'owner',
    input: ById.extend({
      imageId: Sha256,
      round: z.int().min(2),
      versions: z.int().min(0),
      annotator: z.string().trim().min(1).max(100),
      text: Text.trim().min(1),
      steps: z.array(z.string().max(40)).max(20).default([]),
      note: z.string().max(2000).default(''),
      seconds: z.number().min(0).max(86_400).default(0),
    }),
    output: AnnotationItem,
  }),
  /** What a text would be in a round of an image. With `score` the scorer is asked as well, which takes a moment. */
  'annotations.review': call({
    audience: 'owner',
    input: ById.extend({
      imageId: Sha256,
      round: z.int().min(2),
      text: Text,
      score: z.boolean().default(false),
    }),
    output: TextReview,
  }),
  'annotations.figures': call({ audience: 'owner', input: ById, output: AnnotationFigures }),
  /** CLIP scores of every text that has none by the scorer at hand; what a cancel leaves is scored the next time. */
  'annotations.score': task({
    audience: 'owner',
    input: ById,
    event: z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
    output: z.object({ scored: z.number(), failed: z.number(), problem: z.string().nullable() }),
  }),
  /** The newest texts of a round become captions of the project, by "NAME, round N (people)", made elsewhere; those that are there already are left. */
  'annotations.toCaptions': task({
    audience: 'owner',
    input: ById.extend({ round: z.int().min(2) }),
    event: z.object({ kind: z.literal('progress'), done: z.number(), total: z.number() }),
    output: z.object({
      added: z.number(),
      there: z.number(),
      captionerId: z.string(),
      runId: z.string().nullable(),
    }),
  }),
  /** One file's text. `versions`: every rewrite, a line of JSON each. `altogether`: the training data's JSON (url, img_path, alt, source, round2, round3 …). `rounds`: a row an image. `table`: the figures. */
  'annotations.export': call({
    audience: 'owner',
    input: ById.extend({
      what: z.enum(ANNOTATION_FILES),
    }),
    output: z.object({ name: z.string(), text: z.string() }),
  }),
}
