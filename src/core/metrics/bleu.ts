/**
 * Corpus BLEU (Papineni et al., ACL 2002): clipped counts and lengths summed over all items, then
 * BLEU-n = BP x (p1 ... pn)^(1/n), BP = exp(1 - r / c) for c < r, r the summed closest reference lengths (of two
 * equally close the shorter). The two small numbers against division by zero are those of
 * pycocoevalcap/bleu/bleu_scorer.py, so that the figures agree to the last digit.
 */
import { LONGEST_RUN, type Grams } from './ngrams.ts'

const SMALL = 1e-9
const TINY = 1e-15

/** A text as BLEU counts it. */
export interface Counted {
  readonly words: readonly string[]
  readonly grams: Grams
}

export interface Bleu {
  /** BLEU-1 to BLEU-4, 0 to 1. */
  readonly scores: readonly number[]
  readonly candidateWords: number
  readonly referenceWords: number
}

/** What one caption adds to a corpus. */
export interface BleuCounts {
  /** Clipped counts of runs of one to four words, and how many runs the caption has. */
  readonly correct: readonly number[]
  readonly guessed: readonly number[]
  readonly candidateWords: number
  /** Of the closest reference. */
  readonly referenceWords: number
}

function closestLength(length: number, references: readonly Counted[]): number {
  let closest = Infinity
  for (const { words } of references) {
    const [now, before] = [Math.abs(words.length - length), Math.abs(closest - length)]
    if (now < before || (now === before && words.length < closest)) closest = words.length
  }
  return closest
}

function clipped(n: number, candidate: Counted, references: readonly Counted[]): number {
  let sum = 0
  for (const [run, count] of candidate.grams[n - 1]!) {
    let most = 0
    for (const { grams } of references) most = Math.max(most, grams[n - 1]!.get(run) ?? 0)
    sum += Math.min(count, most)
  }
  return sum
}

const LENGTHS = Array.from({ length: LONGEST_RUN }, (_, index) => index + 1)

export function bleuCounts(candidate: Counted, references: readonly Counted[]): BleuCounts {
  const { length } = candidate.words
  return {
    correct: LENGTHS.map((n) => clipped(n, candidate, references)),
    guessed: LENGTHS.map((n) => Math.max(0, length - n + 1)),
    candidateWords: length,
    referenceWords: closestLength(length, references),
  }
}

export function bleuOf(items: readonly BleuCounts[]): Bleu {
  const sum = (of: (item: BleuCounts) => number) => items.reduce((all, item) => all + of(item), 0)
  const candidateWords = sum((item) => item.candidateWords)
  const referenceWords = sum((item) => item.referenceWords)
  const ratio = (candidateWords + TINY) / (referenceWords + SMALL)
  const brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1
  let product = 1
  const scores = LENGTHS.map((n) => {
    const [correct, guessed] = [
      sum((one) => one.correct[n - 1]!),
      sum((one) => one.guessed[n - 1]!),
    ]
    product *= (correct + TINY) / (guessed + SMALL)
    return product ** (1 / n) * brevity
  })
  return { scores, candidateWords, referenceWords }
}
