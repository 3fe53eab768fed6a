/** Runs of one to four words with their counts, and in how many images' references each stands. */
import { captionWords } from './caption-words.ts'

/** Longest run that BLEU-4 and CIDEr count. */
export const LONGEST_RUN = 4

/** Counts of runs; at place n - 1 those of n words. */
export type Grams = readonly ReadonlyMap<string, number>[]

/** Each run with the word that follows it. Words hold no spaces, so a joined run stands for itself alone. */
const longer = (runs: readonly string[], words: readonly string[], n: number): readonly string[] =>
  runs.slice(0, -1).map((run, i) => `${run} ${words[i + n]!}`)

export function gramsOf(words: readonly string[]): Grams {
  let runs = words
  return Array.from({ length: LONGEST_RUN }, (_, i) => {
    if (i > 0) runs = longer(runs, words, i)
    const counts = new Map<string, number>()
    for (const run of runs) counts.set(run, (counts.get(run) ?? 0) + 1)
    return counts
  })
}

/** In the references of how many images each run of words stands. Plain data: it can cross a process border. */
export interface DocumentFrequencies {
  readonly images: number
  /** Runs of at least two images. A run of one image weighs what an unknown one weighs, so it is not kept. */
  readonly counts: ReadonlyMap<string, number>
}

/** Fewer images than this make CIDEr's weights say little: with one image all of them are 0. */
const FEW_IMAGES = 30

export const frequenciesAreFew = ({ images }: DocumentFrequencies): boolean => images < FEW_IMAGES

/** Words of one reference, and at each place the run from there that may stand in another image too. */
interface Growing {
  readonly words: readonly string[]
  runs: readonly (string | undefined)[]
}

/** Runs of n words from those of n - 1. A run whose first or last words stand in one image only does so itself. */
function grow({ words, runs }: Growing, n: number, counts: ReadonlyMap<string, number>) {
  const recurs = runs.map((run) => run !== undefined && counts.has(run))
  return runs
    .slice(0, -1)
    .map((run, i) => (recurs[i] && recurs[i + 1] ? `${run} ${words[i + n - 1]!}` : undefined))
}

const SUMMED_AT_ONCE = 5000

/** The same as documentFrequencies, which goes through it in one go; yields often, for whoever must let others have the thread. */
export function* countingFrequencies(
  images: Iterable<readonly string[]>,
): Generator<void, DocumentFrequencies> {
  const documents: Growing[][] = []
  for (const references of images) {
    if (references.length > 0)
      documents.push(references.map(captionWords).map((words) => ({ words, runs: words })))
    yield
  }
  const counts = new Map<string, number>()
  for (let n = 1; n <= LONGEST_RUN; n++) {
    const found = new Map<string, number>()
    for (const document of documents) {
      const runs = new Set<string>()
      for (const reference of document) {
        if (n > 1) reference.runs = grow(reference, n, counts)
        for (const run of reference.runs) if (run !== undefined) runs.add(run)
      }
      for (const run of runs) found.set(run, (found.get(run) ?? 0) + 1)
      yield
    }
    let looked = 0
    for (const [run, count] of found) {
      if (count > 1) counts.set(run, count)
      if (++looked % SUMMED_AT_ONCE === 0) yield
    }
  }
  return { images: documents.length, counts }
}

/** Document frequencies of n-grams over the references of a corpus; one image is one document. An image without a reference is none. */
export function documentFrequencies(images: Iterable<readonly string[]>): DocumentFrequencies {
  const work = countingFrequencies(images)
  for (;;) {
    const step = work.next()
    if (step.done) return step.value
  }
}
