/** Runs of one to four words with their counts, and in how many images' references each stands. */
import { captionWords } from './caption-words.ts'

/** Longest run that BLEU-4 and CIDEr count. */
export const LONGEST_RUN = 4

/** Counts of runs; at place n - 1 those of n words. */
export type Grams = readonly ReadonlyMap<string, number>[]

/** Runs of n words, first to last. Words hold no spaces, so a joined run stands for itself alone. */
function* runsOf(words: readonly string[], n: number): Generator<string> {
  for (let i = 0; i + n <= words.length; i++) {
    let run = words[i]!
    for (let k = 1; k < n; k++) run += ` ${words[i + k]!}`
    yield run
  }
}

export function gramsOf(words: readonly string[]): Grams {
  return Array.from({ length: LONGEST_RUN }, (_, i) => {
    const counts = new Map<string, number>()
    for (const run of runsOf(words, i + 1)) counts.set(run, (counts.get(run) ?? 0) + 1)
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

/** Document frequencies of n-grams over the references of a corpus; one image is one document. An image without a reference is none. */
export function documentFrequencies(images: Iterable<readonly string[]>): DocumentFrequencies {
  const documents: (readonly (readonly string[])[])[] = []
  for (const references of images)
    if (references.length > 0) documents.push(references.map(captionWords))
  const counts = new Map<string, number>()
  // Shorter runs first: a run whose first or last words stand in one image only stands in one image itself.
  for (let n = 1; n <= LONGEST_RUN; n++) {
    const found = new Map<string, number>()
    for (const document of documents)
      for (const run of new Set(document.flatMap((words) => mayRecur(words, n, counts))))
        found.set(run, (found.get(run) ?? 0) + 1)
    for (const [run, count] of found) if (count > 1) counts.set(run, count)
  }
  return { images: documents.length, counts }
}

function mayRecur(
  words: readonly string[],
  n: number,
  counts: ReadonlyMap<string, number>,
): string[] {
  const runs = [...runsOf(words, n)]
  if (n === 1) return runs
  const shorter = [...runsOf(words, n - 1)].map((run) => counts.has(run))
  return runs.filter((_, i) => shorter[i] && shorter[i + 1])
}
