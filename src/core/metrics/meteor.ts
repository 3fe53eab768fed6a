/**
 * METEOR (exact, stem): Lavie and Agarwal, 2007, with the parameters and the alignment of
 * nltk/translate/meteor_score.py: F = P R / (0.9 P + 0.1 R), times 1 - 0.5 (chunks / matches)^3; the best reference
 * counts. Equal words are aligned first, then equal Porter stems; no synonyms and no paraphrases.
 *
 * The alignment is nltk's: greedy from the last word back, each word to the last free equal one. The paper asks for
 * the fewest crossings, which can give fewer chunks and a slightly higher score.
 */
import { porterStem } from './porter.ts'

export const METEOR_ALPHA = 0.9
export const METEOR_BETA = 3
export const METEOR_GAMMA = 0.5

/** Where each word is aligned to in the reference; -1: nowhere. */
type Alignment = Int32Array

/** Aligns what is still free on both sides and reads the same. */
function align(
  ours: readonly string[],
  theirs: readonly string[],
  aligned: Alignment,
  taken: Uint8Array,
): void {
  const free = new Map<string, number[]>()
  theirs.forEach((word, j) => {
    if (taken[j]) return
    const places = free.get(word)
    if (places) places.push(j)
    else free.set(word, [j])
  })
  for (let i = ours.length - 1; i >= 0; i--) {
    if (aligned[i]! >= 0) continue
    const j = free.get(ours[i]!)?.pop()
    if (j === undefined) continue
    aligned[i] = j
    taken[j] = 1
  }
}

/** Runs of matches that stand together, in the same order, in both texts. */
function chunksOf(aligned: Alignment): { readonly matches: number; readonly chunks: number } {
  let [matches, chunks] = [0, 0]
  aligned.forEach((j, i) => {
    if (j < 0) return
    matches++
    if (i === 0 || aligned[i - 1]! < 0 || aligned[i - 1] !== j - 1) chunks++
  })
  return { matches, chunks }
}

/** A text as METEOR reads it. */
export interface Stemmed {
  readonly words: readonly string[]
  readonly stems: readonly string[]
}

/** Stems words, each word of a corpus once. */
export function stemming(): (words: readonly string[]) => Stemmed {
  const known = new Map<string, string>()
  const stemOf = (word: string): string => {
    const stem = known.get(word) ?? porterStem(word)
    known.set(word, stem)
    return stem
  }
  return (words) => ({ words, stems: words.map(stemOf) })
}

function against(ours: Stemmed, theirs: Stemmed): number {
  const aligned = new Int32Array(ours.words.length).fill(-1)
  const taken = new Uint8Array(theirs.words.length)
  align(ours.words, theirs.words, aligned, taken)
  align(ours.stems, theirs.stems, aligned, taken)
  const { matches, chunks } = chunksOf(aligned)
  if (matches === 0) return 0
  const [precision, recall] = [matches / ours.words.length, matches / theirs.words.length]
  const mean = (precision * recall) / (METEOR_ALPHA * precision + (1 - METEOR_ALPHA) * recall)
  return (1 - METEOR_GAMMA * (chunks / matches) ** METEOR_BETA) * mean
}

/** 0 to 1. */
export const meteor = (candidate: Stemmed, references: readonly Stemmed[]): number =>
  references.reduce((best, reference) => Math.max(best, against(candidate, reference)), 0)
