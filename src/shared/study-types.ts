/** The words of a study: criteria, answers, events. What a rater may see is a type of its own, and strict. */
import { z } from 'zod'
import { AltKind, AltTextInput, Sha256 } from './types.ts'

export const FORMATS = ['ranking', 'best', 'best-worst', 'pair', 'rubric', 'flags'] as const
export const AnswerFormat = z.enum(FORMATS)
export type AnswerFormat = z.output<typeof AnswerFormat>

const Words = z.string().max(4000)
const Slot = z.int().min(1).max(8)

/** One question. `labels`: the levels of a pair (card 1 … card 2), the words of 1..n, or the flags themselves. */
export const Criterion = z.strictObject({
  id: z.string().regex(/^[a-z][a-z0-9-]{0,39}$/),
  question: Words,
  definition: Words,
  format: AnswerFormat,
  labels: z.array(z.string().max(300)).max(9),
  /** May the alt-text be read while this is answered? Ignored unless the study reveals in stages. */
  altText: z.enum(['hidden', 'shown']),
  ties: z.boolean(),
  cannotJudge: z.boolean(),
  /** Pair only: a separate key for texts that say the same (CapsFusion). */
  nearlyIdentical: z.boolean().default(false),
})
export type Criterion = z.output<typeof Criterion>

const Letter = z.int().min(0).max(20_000)
/** `label` counts the questions of the criterion from 0. */
export const Span = z.strictObject({
  slot: Slot,
  label: z.int().min(0).max(8),
  start: Letter,
  end: Letter,
})
export type Span = z.output<typeof Span>

/** Slots count from 1, as the cards are numbered on the screen. A pair's value is below 0 for card 1. */
export const Answer = z.discriminatedUnion('format', [
  z.strictObject({
    format: z.literal('ranking'),
    order: z.array(z.array(Slot).min(1)).min(1).max(8),
  }),
  z.strictObject({ format: z.literal('best'), slots: z.array(Slot).min(1).max(8) }),
  z.strictObject({ format: z.literal('best-worst'), best: Slot, worst: Slot }),
  z.strictObject({
    format: z.literal('pair'),
    value: z.int().min(-2).max(2),
    identical: z.boolean(),
  }),
  z.strictObject({ format: z.literal('rubric'), values: z.array(z.int().min(1).max(9)).max(8) }),
  z.strictObject({
    format: z.literal('flags'),
    values: z.array(z.array(z.boolean().nullable()).max(9)).max(8),
    /** Words of a caption that made the rater say yes: letters from `start` up to `end`. */
    spans: z.array(Span).max(200).optional(),
  }),
  z.strictObject({ format: z.literal('cannot-judge'), reason: z.string().max(500) }),
])
export type Answer = z.output<typeof Answer>

/** Monotonic milliseconds since the item was shown. */
export const Timing = z.strictObject({
  firstKeyMs: z.number().min(0).nullable(),
  /** Seen and not idle. */
  activeMs: z.number().min(0),
  idleMs: z.number().min(0),
  hiddenMs: z.number().min(0),
  zoomed: z.boolean(),
  scrolled: z.boolean(),
  /** The rater looked at the captioner's own pixels. */
  modelView: z.boolean().optional(),
})
export type Timing = z.output<typeof Timing>

export const EVENT_KINDS = ['confirm', 'undo', 'skip', 'note', 'reveal', 'break', 'guess'] as const

export const RECOGNISED = ['yes', 'no', 'unsure'] as const

/** Which card of this item has the same author as that card of another one? Asked after the last item. */
export const GuessAnswer = z.strictObject({
  like: z.strictObject({ trialId: z.string().regex(/^[0-9a-f]{32}$/), slot: Slot }),
  slot: Slot,
})
export type GuessAnswer = z.output<typeof GuessAnswer>

/** What a rater's page sends: its own id makes sending it twice harmless. */
export const NewEvent = z.strictObject({
  id: z.uuid(),
  trialId: z.string().regex(/^[0-9a-f]{32}$/),
  /** '' when the event is about the whole item. */
  criterion: z.string().max(40),
  seq: z.int().min(0).max(1_000_000_000),
  kind: z.enum(EVENT_KINDS),
  payload: z.strictObject({
    answer: Answer.optional(),
    /** Undo: the confirm that is taken back. */
    target: z.uuid().optional(),
    text: z.string().max(2000).optional(),
    /** Closing note: did a system betray itself? */
    recognised: z.enum(RECOGNISED).optional(),
    guess: GuessAnswer.optional(),
    timing: Timing.optional(),
  }),
  tMonoMs: z.number().min(0),
  tWall: z.string().max(40),
  appVersion: z.string().max(40),
})
export type NewEvent = z.output<typeof NewEvent>

/** As kept: append-only, with a checksum over every field. */
export const JudgementEvent = NewEvent.extend({ checksum: Sha256 })
export type JudgementEvent = z.output<typeof JudgementEvent>

/** A captioner under an alt-text condition, or a column of imported captions. */
export const System = z.strictObject({
  name: z.string().min(1).max(200),
  captionerId: z.string().max(200).optional(),
  altKind: AltKind.optional(),
  altText: AltTextInput.optional(),
})
export type System = z.output<typeof System>

export const ExclusionRules = z.strictObject({
  /** Flag when the upper end of the gold interval lies below this. */
  goldUpperBelow: z.number().min(0).max(1).default(0.75),
  /** Flag when tau with oneself is below this over at least 5 repeats. */
  selfTauBelow: z.number().min(-1).max(1).default(0.2),
  /** Flag when more than this share of answers came too fast. */
  tooFastOver: z.number().min(0).max(1).default(0.2),
  /** 'advice': the main result keeps everybody and the report shows both. */
  action: z.enum(['advice', 'exclude']).default('advice'),
})
export type ExclusionRules = z.output<typeof ExclusionRules>

/** Fixed before anybody answers. */
export const Protocol = z.strictObject({
  version: z.literal(1),
  id: z.string().regex(/^[0-9a-f]{32}$/),
  name: z.string().min(1).max(200),
  /** What raters read as the title; says nothing of the systems. */
  title: z.string().max(200),
  template: z.string().max(60),
  instructions: Words,
  consent: Words,
  criteria: z.array(Criterion).min(1).max(6),
  systems: z.array(System).min(1).max(8),
  /** When the alt-text is seen: throughout (the paper), in stages, or never. */
  reveal: z.enum(['always', 'staged', 'never']),
  seed: z.int().min(0).max(0xffffffff),
  raters: z.array(z.string().min(1).max(100)).min(1).max(500),
  ratersPerItem: z.int().min(1),
  repeatShare: z.number().min(0).max(1),
  exclusion: ExclusionRules,
  /** Hash of every caption, alt-text and image in plan order. */
  contentSha256: Sha256,
  createdAt: z.string(),
  appVersion: z.string(),
})
export type Protocol = z.output<typeof Protocol>

/** Everything a rater's page is ever told about one item. Strict: an extra field is an error, not a leak. */
export const Trial = z.strictObject({
  trialId: z.string(),
  altText: z.string().nullable(),
  cards: z.array(z.strictObject({ slot: z.number(), text: z.string() })),
  /** Criterion ids answered already, in the study's order. */
  answered: z.array(z.string()),
  /** The criterion to answer now. */
  criterion: z.string(),
  /** The alt-text may be shown after a `reveal` event. */
  canReveal: z.boolean(),
  /** What this rater noted on this item, to be read again by the same rater alone. */
  note: z.string(),
  /** There are pixels of the captioner to look at. */
  modelView: z.boolean(),
})
export type Trial = z.output<typeof Trial>

/** One guess: a caption of one item, and the cards of another one. No name, no picture, no order of systems. */
export const Guess = z.strictObject({
  trialId: z.string(),
  like: z.strictObject({ trialId: z.string(), slot: z.number(), text: z.string() }),
  cards: Trial.shape.cards,
  /** This one and those after it. */
  left: z.number(),
})
export type Guess = z.output<typeof Guess>

/** An answer that was not kept: the question has another one, which its page did not know of. The rater decides. */
export const BehindAnswer = z.strictObject({
  event: NewEvent,
  cards: Trial.shape.cards,
  stands: z.strictObject({ id: z.string(), answer: Answer }),
})
export type BehindAnswer = z.output<typeof BehindAnswer>

export const RateState = z.strictObject({
  title: z.string(),
  instructions: z.string(),
  consent: z.string(),
  criteria: z.array(Criterion.strict()),
  done: z.number(),
  total: z.number(),
  trial: Trial.nullable(),
  /** Picture of the item after this one, to be fetched early. */
  nextTrialId: z.string().nullable(),
  /** The confirm that `undo` would take back, and its item. */
  undo: z.strictObject({ id: z.string(), trialId: z.string() }).nullable(),
  nextSeq: z.number(),
  /** The closing question is answered. */
  closed: z.boolean(),
  /** After the closing question, as long as there is something to guess. */
  guess: Guess.nullable(),
  /** Of the events that were just sent. */
  behind: z.array(BehindAnswer),
})
export type RateState = z.output<typeof RateState>
