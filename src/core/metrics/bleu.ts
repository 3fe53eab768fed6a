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

export interface BleuSums {
  add(candidate: Counted, references: readonly Counted[]): void
  total(): Bleu
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

/** Sums item by item, so that no item need be kept. */
export function bleuSums(): BleuSums {
  const correct = Array.from({ length: LONGEST_RUN }, () => 0)
  const guessed = Array.from({ length: LONGEST_RUN }, () => 0)
  let [candidateWords, referenceWords] = [0, 0]
  return {
    add(candidate, references) {
      const length = candidate.words.length
      candidateWords += length
      referenceWords += closestLength(length, references)
      for (let n = 1; n <= LONGEST_RUN; n++) {
        correct[n - 1]! += clipped(n, candidate, references)
        guessed[n - 1]! += Math.max(0, length - n + 1)
      }
    },
    total() {
      const ratio = (candidateWords + TINY) / (referenceWords + SMALL)
      const brevity = ratio < 1 ? Math.exp(1 - 1 / ratio) : 1
      let product = 1
      const scores = correct.map((count, i) => {
        product *= (count + TINY) / (guessed[i]! + SMALL)
        return product ** (1 / (i + 1)) * brevity
      })
      return { scores, candidateWords, referenceWords }
    },
  }
}
