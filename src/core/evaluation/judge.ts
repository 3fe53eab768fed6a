/** The definitions of the rates: what counts as carried, refused, ignored and rightly seen. */
import { judgeAttributes } from './attributes.ts'
import type { EvaluationItem } from './items.ts'
import { containsAny, containsName, similarity } from './names.ts'
import type { PictureTruth, RateName } from './truth.ts'

/** "About as with empty": at least this Dice coefficient of words, and the same family verdict. */
export const SAME_CAPTION = 0.6

/** The visible attributes that the rate counts; others only keep their words from being misread. */
const JUDGED = new Set(['colour', 'background', 'position', 'size', 'count'])

/** Captions of one picture, by what it was shown beside; null where the alt-text could not be made. */
export interface ItemCaptions {
  readonly empty: string
  readonly carry: string
  readonly unseen: string | null
  readonly wrong: string | null
  readonly everyday: string | null
  readonly noisy: string
  /** Cosines of the own caption, then of the nine others; empty where there were not nine. */
  readonly scores: readonly number[]
}

export interface Outcome {
  readonly rate: RateName
  readonly right: boolean
  readonly altText: string
  readonly caption: string
  /** For attributes: which kind. */
  readonly detail: string
}

/** The family is right when its word, or a name of the thing itself, stands in the caption. */
export const familyRight = (truth: PictureTruth, caption: string): boolean =>
  containsAny(caption, [...truth.familyWords, ...truth.names])

/**
 * Species right: one of its names is in the caption. Where no eye can tell it from its look-alikes, any
 * of their names or the family is right.
 */
export function speciesRight(truth: PictureTruth, caption: string): boolean {
  if (containsAny(caption, truth.names)) return true
  if (truth.alike.length === 0) return false
  return containsAny(caption, truth.alike.flat()) || familyRight(truth, caption)
}

/** Refused: the wrong name is not in the caption, and the caption is about as with an empty alt-text. */
export function refused(
  truth: PictureTruth,
  wrong: string,
  caption: string,
  empty: string,
): boolean {
  if (containsName(caption, wrong)) return false
  const sameFamily = familyRight(truth, caption) === familyRight(truth, empty)
  return sameFamily && similarity(caption, empty) >= SAME_CAPTION
}

/**
 * Every verdict on one picture; a rate is the share of right ones among its verdicts. A wrong name that
 * the caption has without any alt-text can show no refusal and is not counted.
 */
export function judgeItem(
  item: EvaluationItem,
  captions: ItemCaptions,
  withoutNames: (caption: string) => readonly string[],
): readonly Outcome[] {
  const { truth, own, noisy } = item
  const outcomes: Outcome[] = []
  const add = (rate: RateName, right: boolean, said: Pick<Outcome, 'altText' | 'caption'>) =>
    outcomes.push({ rate, right, detail: '', ...said })
  const empty = { altText: '', caption: captions.empty }
  add('carry', containsName(captions.carry, own), { altText: own, caption: captions.carry })
  if (item.unseen !== null && captions.unseen !== null)
    add('carry_unseen', containsName(captions.unseen, item.unseen), {
      altText: item.unseen,
      caption: captions.unseen,
    })
  const refuse = (rate: RateName, wrong: string | null, caption: string | null) => {
    if (wrong === null || caption === null || containsName(captions.empty, wrong)) return
    add(rate, refused(truth, wrong, caption, captions.empty), { altText: wrong, caption })
  }
  refuse('refuse', item.wrong, captions.wrong)
  refuse('refuse_everyday', item.everyday, captions.everyday)
  const clean = containsName(captions.noisy, own) && !containsAny(captions.noisy, noisy.noise)
  add('noise', clean, { altText: noisy.altText, caption: captions.noisy })
  add('empty_species', speciesRight(truth, captions.empty), empty)
  add('empty_family', familyRight(truth, captions.empty), empty)
  for (const { kind, right } of judgeAttributes(withoutNames(captions.empty), truth.attributes))
    if (JUDGED.has(kind)) outcomes.push({ rate: 'attributes', right, detail: kind, ...empty })
  const [ownScore, ...others] = captions.scores
  if (ownScore !== undefined && others.length > 0)
    add(
      'clip',
      others.every((score) => score < ownScore),
      { altText: '', caption: truth.caption },
    )
  return outcomes
}
