/**
 * CIDEr-D (Vedantam et al., CVPR 2015) as pycocoevalcap/cider/cider_scorer.py has it: for runs of 1 to 4 words the
 * cosine of tf-idf vectors, the candidate's weights clipped to the reference's, times exp(-d2 / (2 x 6^2)) with d the
 * difference in length (counted in pairs of words); mean over n and references, times 10.
 */
import { LONGEST_RUN, type DocumentFrequencies, type Grams } from './ngrams.ts'

export const CIDER_SIGMA = 6
export const CIDER_FACTOR = 10

/** What one more of a run weighs: log(images / images with this run), an unknown run as if one image had it. */
const rarity = (run: string, { images, counts }: DocumentFrequencies): number =>
  Math.log(Math.max(1, images)) - Math.log(counts.get(run) ?? 1)

function lengthOf(runs: ReadonlyMap<string, number>, frequencies: DocumentFrequencies): number {
  let squares = 0
  for (const [run, count] of runs) squares += (count * rarity(run, frequencies)) ** 2
  return Math.sqrt(squares)
}

/** A text with the lengths of its four vectors. */
interface Weighed {
  readonly grams: Grams
  readonly lengths: readonly number[]
}

const weigh = (grams: Grams, frequencies: DocumentFrequencies): Weighed => ({
  grams,
  lengths: grams.map((runs) => lengthOf(runs, frequencies)),
})

function pairs(grams: Grams): number {
  let sum = 0
  for (const count of grams[1]!.values()) sum += count
  return sum
}

/** Cosine of the vectors of runs of n words, ours cut down to theirs where it is longer. */
function cosine(
  n: number,
  ours: Weighed,
  theirs: Weighed,
  frequencies: DocumentFrequencies,
): number {
  const [length, other] = [ours.lengths[n - 1]!, theirs.lengths[n - 1]!]
  if (length === 0 || other === 0) return 0
  let sum = 0
  for (const [run, count] of ours.grams[n - 1]!) {
    const there = theirs.grams[n - 1]!.get(run)
    if (there !== undefined) sum += Math.min(count, there) * there * rarity(run, frequencies) ** 2
  }
  return sum / (length * other)
}

/** 0 to 10. */
export function ciderD(
  candidate: Grams,
  references: readonly Grams[],
  frequencies: DocumentFrequencies,
): number {
  const ours = weigh(candidate, frequencies)
  let sum = 0
  for (const reference of references) {
    const theirs = weigh(reference, frequencies)
    const longer = pairs(candidate) - pairs(reference)
    const near = Math.exp(-(longer ** 2) / (2 * CIDER_SIGMA ** 2))
    for (let n = 1; n <= LONGEST_RUN; n++) sum += cosine(n, ours, theirs, frequencies) * near
  }
  return (sum / LONGEST_RUN / references.length) * CIDER_FACTOR
}
