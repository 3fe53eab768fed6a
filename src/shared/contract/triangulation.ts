/** One list of captions on which score, references, marks and people are held against one another, image by image. */
import { z } from 'zod'
import { AltKind } from '../types.ts'
import { task } from './define.ts'
import { References } from './publish.ts'

/** Of all of them more is first, but of `erroneous`, where fewer is. Words for them: ../triangulation-words.ts. */
export const TRIANGULATION_MEASURES = [
  'clip',
  'people',
  'npF1',
  'cider',
  'meteor',
  'rougeL',
  'bleu1',
  'erroneous',
  'carried',
  'rejected',
  'words',
] as const
export const TriangulationMeasure = z.enum(TRIANGULATION_MEASURES)
export type TriangulationMeasure = z.output<typeof TriangulationMeasure>

const Pair = z.tuple([TriangulationMeasure, TriangulationMeasure])

/** How far two measures order the captions of an image alike, over all images. */
export const MeasureAgreement = z.object({
  a: TriangulationMeasure,
  b: TriangulationMeasure,
  /** Kendall's tau-b over the pairs of captions of one image; null where `unknown` says why. */
  tau: z.number().nullable(),
  /** 95 %, images drawn again; null where tau is. */
  low: z.number().nullable(),
  high: z.number().nullable(),
  /** Pairs of captions of one image that have both measures. */
  pairs: z.number(),
  /** Of them those that neither measure leaves open. */
  decided: z.number(),
  /** Images with such a pair, and with one that is decided. */
  images: z.number(),
  decidedImages: z.number(),
  /** `none`: no such pair; `open`: one measure leaves all of them open; `few`: too few images with a decided one. */
  unknown: z.enum(['none', 'open', 'few']).nullable(),
})
export type MeasureAgreement = z.output<typeof MeasureAgreement>

/** What one measure says of one caption. */
export const MeasuredPlace = z.object({
  measure: TriangulationMeasure,
  value: z.number(),
  /** 1 = first among the captions of its image that have this measure. */
  place: z.number(),
  of: z.number(),
  /** Captions on that place. */
  sharing: z.number(),
})
export type MeasuredPlace = z.output<typeof MeasuredPlace>

export const TriangulatedCaption = z.object({
  cellId: z.string(),
  altKind: AltKind,
  /** Above 0 the first measure of the pair puts it higher than the second, below 0 lower; in standard units. */
  disagreement: z.number(),
  /** Of every measure that this caption has. */
  measures: z.array(MeasuredPlace),
})
export type TriangulatedCaption = z.output<typeof TriangulatedCaption>

export const triangulationOperations = {
  /**
   * Reads nothing that is still blind: of studies whose report or export nobody has asked for, only their names are
   * told. What was read is kept until something is written, so that another pair is quick to ask for.
   */
  'triangulation.run': task({
    audience: 'owner',
    input: z.object({
      /** A run, "last" or the first characters of its id; every caption of the workspace when left out. */
      runId: z.string().max(100).optional(),
      references: References,
      /** Judgements of one study, or of one question of it; of all that may be seen when left out. */
      people: z
        .object({ studyId: z.string().max(100), criterion: z.string().max(100).optional() })
        .optional(),
      /** Whose disagreement sorts the list; left out, CLIP and the best that there is to hold it against. */
      by: Pair.optional(),
      /** Only captions that the first measure puts higher, or lower, than the second. */
      direction: z.enum(['both', 'up', 'down']).default('both'),
      limit: z.int().min(1).max(1_000_000).default(1_000_000),
      seed: z.int().min(0).max(0xffffffff).default(7),
      resamples: z.int().min(100).max(10_000).default(1000),
    }),
    event: z.discriminatedUnion('kind', [
      z.object({
        kind: z.literal('progress'),
        phase: z.enum(['captions', 'references', 'judgements', 'intervals']),
        /** 0 to 1 over all phases; never goes back. */
        fraction: z.number(),
      }),
      /** Some hundred at a time, in the order of the list. */
      z.object({ kind: z.literal('captions'), captions: z.array(TriangulatedCaption) }),
    ]),
    output: z.object({
      captions: z.number(),
      images: z.number(),
      by: Pair,
      /** Captions whose order within their image the two see otherwise, before `direction` and `limit`. */
      disagreeing: z.object({ up: z.number(), down: z.number() }),
      /** Measures that some caption has, each with how many. */
      measures: z.array(z.object({ measure: TriangulationMeasure, captions: z.number() })),
      agreements: z.array(MeasureAgreement),
      /** Whose CLIP scores are compared, and captions left without one because another scorer gave theirs. */
      scorerId: z.string().nullable(),
      otherScorers: z.number(),
      /** Captions for which no marks were proposed or made yet. */
      unmarked: z.number(),
      /** Studies with judgements of these captions. */
      studies: z.array(
        z.object({
          studyId: z.string(),
          name: z.string(),
          criteria: z.array(z.object({ id: z.string(), title: z.string() })),
        }),
      ),
      /** Names of the studies that are still blind and not looked at. */
      blind: z.array(z.string()),
    }),
  }),
}
