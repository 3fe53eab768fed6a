/** Runs an evaluation: shows every picture with its alt-texts to a captioner and counts what is right. */
import { throwIfAborted } from '../../shared/errors.ts'
import { buildItems, type EvaluationItem } from './items.ts'
import { judgeItem, type ItemCaptions, type Outcome } from './judge.ts'
import { nameRemover, words } from './names.ts'
import type { Lexicon, PictureTruth, RateName, Rates } from './truth.ts'
import { wilson } from './wilson.ts'

export interface EvaluationPicture {
  readonly truth: PictureTruth
  /** File bytes of the picture (PNG, JPEG, …). */
  readonly bytes: () => Promise<Uint8Array>
}

/** The captioner and scorer under test; the product's engine or a plain script. */
export interface EvaluationSubject {
  /** Greedy captions of one picture, one an alt-text, in order. */
  captions(
    picture: EvaluationPicture,
    altTexts: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly string[]>
  /** Cosine of the picture with each text, in order. */
  scores(
    picture: EvaluationPicture,
    texts: readonly string[],
    signal?: AbortSignal,
  ): Promise<readonly number[]>
}

export interface EvaluationOptions {
  readonly lexicon: Lexicon
  readonly seed: number
  readonly signal?: AbortSignal
}

export interface EvaluationStep {
  readonly done: number
  readonly total: number
  readonly id: string
  readonly outcomes: readonly Outcome[]
}

/** Yields after every picture; returns the rates. Stops with 'cancelled' between pictures. */
export async function* evaluate(
  pictures: readonly EvaluationPicture[],
  subject: EvaluationSubject,
  { lexicon, seed, signal }: EvaluationOptions,
): AsyncGenerator<EvaluationStep, Rates> {
  const truths = pictures.map((picture) => picture.truth)
  const items = buildItems(truths, lexicon, seed)
  const withoutNames = nameRemover(removable(truths, lexicon))
  const all: Outcome[] = []
  for (const [i, picture] of pictures.entries()) {
    throwIfAborted(signal)
    const item = items[i]
    if (!item) continue
    const outcomes = judgeItem(item, await ask(subject, picture, { item, signal }), withoutNames)
    all.push(...outcomes)
    yield { done: i + 1, total: pictures.length, id: picture.truth.id, outcomes }
  }
  return summarise(all)
}

interface Asked {
  readonly item: EvaluationItem
  readonly signal: AbortSignal | undefined
}

/** All alt-texts of a picture go to the captioner together, as the product compares them. */
async function ask(
  subject: EvaluationSubject,
  picture: EvaluationPicture,
  { item, signal }: Asked,
): Promise<ItemCaptions> {
  const others = [item.unseen, item.wrong, item.everyday].map((altText) => altText ?? '')
  const altTexts = ['', item.own, item.noisy.altText, ...others]
  const made = await subject.captions(picture, altTexts, signal)
  const [empty = '', carry = '', noisy = '', unseen = '', wrong = '', everyday = ''] = made
  const { caption } = picture.truth
  const scores =
    item.otherCaptions.length === 0
      ? []
      : await subject.scores(picture, [caption, ...item.otherCaptions], signal)
  return {
    empty,
    carry,
    noisy,
    unseen: item.unseen === null ? null : unseen,
    wrong: item.wrong === null ? null : wrong,
    everyday: item.everyday === null ? null : everyday,
    scores,
  }
}

/** Names to take out before attributes are read: all of several words. */
function removable(truths: readonly PictureTruth[], lexicon: Lexicon): readonly string[] {
  const families = Object.values(lexicon).flatMap(({ seen, unseen }) => [...seen, ...unseen])
  return [
    ...families.filter((name) => words(name).length > 1),
    ...truths
      .flatMap((truth) => [...truth.names, ...truth.alike.flat()])
      .filter((name) => words(name).length > 1),
  ]
}

/** Shares with intervals, one for every rate. */
export function summarise(outcomes: readonly Outcome[]): Rates {
  const rate = (name: RateName) => {
    const own = outcomes.filter((outcome) => outcome.rate === name)
    return wilson(own.filter((outcome) => outcome.right).length, own.length)
  }
  return {
    carry: rate('carry'),
    carry_unseen: rate('carry_unseen'),
    refuse: rate('refuse'),
    refuse_everyday: rate('refuse_everyday'),
    noise: rate('noise'),
    empty_species: rate('empty_species'),
    empty_family: rate('empty_family'),
    attributes: rate('attributes'),
    clip: rate('clip'),
  }
}
