/** Sums of the lens over any stretch of a caption, and how strongly a word is tinted by them. */
import type { LensContext } from '../../shared/contract/grounding.ts'
import { borders, type Stretch } from './code-points.ts'
import { wordsIn } from './words.ts'

/** Code points that each token wrote; where the texts do not join to the caption, the n-th stands for the n-th word. */
export function placeTokens(caption: string, texts: readonly string[]): readonly Stretch[] {
  const lead = texts.join('').indexOf(caption)
  const words = lead < 0 ? wordsIn(caption) : []
  const at = borders(caption)
  const point = (offset: number): number => {
    const inside = Math.max(0, Math.min(caption.length, offset - lead))
    return at.findIndex((border) => border >= inside)
  }
  let offset = 0
  return texts.map((text, index) => {
    if (lead < 0) return words[index] ?? { start: 0, end: 0 }
    const start = point(offset)
    offset += text.length
    return { start, end: point(offset) }
  })
}

export interface TokenRange {
  /** Tokens [from, to). */
  readonly from: number
  readonly to: number
}

/** Tokens that wrote any letter of a stretch; null where none did. */
export function tokensOver(tokens: readonly Stretch[], stretch: Stretch): TokenRange | null {
  const inside = (token: Stretch) =>
    token.start < token.end && token.start < stretch.end && stretch.start < token.end
  const from = tokens.findIndex(inside)
  return from < 0 ? null : { from, to: tokens.findLastIndex(inside) + 1 }
}

export const sum = (values: readonly number[], { from, to }: TokenRange): number =>
  values.slice(from, to).reduce((total, value) => total + value, 0)

export interface Sums {
  /** Log-probability in nats. */
  readonly logProb: number
  /** Null while nothing was compared. */
  readonly altLift: number | null
  readonly imageLift: number | null
}

type Numbers = readonly (Stretch & {
  readonly logProb: number
  readonly altLift?: number
  readonly imageLift?: number
})[]

export function sumsOver(tokens: Numbers, range: TokenRange): Sums {
  const of = (key: 'altLift' | 'imageLift'): number | null => {
    const values = tokens.map((token) => token[key])
    return values.every((value) => value !== undefined) ? sum(values, range) : null
  }
  const logProb = sum(
    tokens.map((token) => token.logProb),
    range,
  )
  return { logProb, altLift: of('altLift'), imageLift: of('imageLift') }
}

/** Lifts are full at 6 nats (400 times likelier), surprise at 4 (one in fifty). */
export const FULL_LIFT = 6
export const FULL_SURPRISE = 4
const MOST_TINT = 46

export interface Tint {
  /** Below: the words are likelier without. Hatched, so that no colour alone tells it. */
  readonly below: boolean
  /** Per cent of the accent or of the ink. */
  readonly strength: number
}

export function tintOf(value: number, full: number): Tint {
  const strength = Math.round((Math.min(full, Math.abs(value)) / full) * MOST_TINT)
  return { below: value < 0 && strength > 1, strength }
}

/** What a context says of a stretch: its log-probability, and the rank of its first token. */
export function inContext(context: LensContext, range: TokenRange) {
  return {
    logProb: sum(context.logProbs, range),
    rank: context.ranks[range.from] ?? null,
  }
}
