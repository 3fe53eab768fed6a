/** Which tokens of the captioner make which words of the caption, and their sums. */
import type { LensStretch } from '../../shared/contract/grounding.ts'
import { codePointCounter, sliceCodePoints, tokenise } from './tokens.ts'

/** Code points [start, end) of the caption that a token wrote; empty for the end token. */
export interface Place {
  readonly start: number
  readonly end: number
}

/**
 * Places of tokens whose texts, joined, are the caption but for white space around it. Where they are not
 * (a bundle whose words changed), the n-th token stands for the n-th word.
 */
export function placeTokens(caption: string, texts: readonly string[]): readonly Place[] {
  const all = texts.join('')
  const lead = all.replace(/\s/gu, ' ').indexOf(caption.replace(/\s/gu, ' '))
  if (lead < 0) {
    const words = tokenise(caption)
    return texts.map((_, i) => {
      const word = words[i]
      return word ? { start: word.start, end: word.end } : { start: 0, end: 0 }
    })
  }
  const points = codePointCounter(caption)
  const inside = (offset: number) => points(Math.min(Math.max(0, offset - lead), caption.length))
  let at = 0
  return texts.map((text) => {
    const start = inside(at)
    at += text.length
    return { start, end: inside(at) }
  })
}

export interface TokenNumbers {
  readonly places: readonly Place[]
  readonly own: readonly number[]
  readonly empty: readonly number[]
  readonly mean: readonly number[]
}

const sum = (values: readonly number[], from: number, to: number): number =>
  values.slice(from, to).reduce((total, value) => total + value, 0)

/** Tokens that wrote any letter of [start, end). */
export function tokensIn(places: readonly Place[], { start, end }: Place) {
  const inside = places.flatMap((place, i) =>
    place.start < end && start < place.end && place.end > place.start ? [i] : [],
  )
  const [first, last] = [inside[0], inside.at(-1)]
  return first === undefined || last === undefined
    ? { fromToken: 0, toToken: 0 }
    : { fromToken: first, toToken: last + 1 }
}

export function sumTokens(numbers: TokenNumbers, fromToken: number, toToken: number) {
  const logProb = sum(numbers.own, fromToken, toToken)
  return {
    logProb,
    altLift: logProb - sum(numbers.empty, fromToken, toToken),
    imageLift: logProb - sum(numbers.mean, fromToken, toToken),
  }
}

export function stretch(caption: string, numbers: TokenNumbers, place: Place): LensStretch {
  const { fromToken, toToken } = tokensIn(numbers.places, place)
  return {
    text: sliceCodePoints(caption, place.start, place.end),
    start: place.start,
    end: place.end,
    fromToken,
    toToken,
    ...sumTokens(numbers, fromToken, toToken),
  }
}

export const wordStretches = (caption: string, numbers: TokenNumbers): LensStretch[] =>
  tokenise(caption).map((word) => stretch(caption, numbers, word))
