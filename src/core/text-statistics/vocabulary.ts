/** How rich the words of a sample of captions are: different words and trigrams as it grows, MATTR, repeated captions. */
import { growthSizes } from './equal-sample.ts'
import { mattr } from './lexical-diversity.ts'
import { createTrigramSet } from './trigrams.ts'

/** Words to numbers, the same over all rows of a table. */
export interface Lexicon {
  idsOf(words: readonly string[]): Uint32Array
  readonly size: number
}

export function createLexicon(): Lexicon {
  const ids = new Map<string, number>()
  const idOf = (word: string): number => {
    const known = ids.get(word)
    if (known !== undefined) return known
    ids.set(word, ids.size)
    return ids.size - 1
  }
  return {
    idsOf: (words) => Uint32Array.from(words, idOf),
    get size() {
      return ids.size
    },
  }
}

export interface GrowthPoint {
  readonly captions: number
  readonly words: number
  /** Different words. */
  readonly types: number
  /** Different runs of three words within a caption, as CapsFusion counts them. */
  readonly trigrams: number
}

export interface Vocabulary extends GrowthPoint {
  /** Null of fewer words than its window. */
  readonly mattr: number | null
  /** Different first three words. */
  readonly openings: number
  /** Captions whose words are, one by one, those of another caption of the sample. */
  readonly repeated: number
  readonly growth: readonly GrowthPoint[]
}

function joined(captions: readonly Uint32Array[], words: number): Uint32Array {
  const all = new Uint32Array(words)
  let at = 0
  for (const one of captions) {
    all.set(one, at)
    at += one.length
  }
  return all
}

/** `captions` in the order of the sample, each as numbers below `types`. */
export async function vocabularyOf(
  captions: readonly Uint32Array[],
  types: number,
  breathe: () => Promise<void>,
): Promise<Vocabulary> {
  const sizes = new Set(growthSizes(captions.length))
  const seen = new Uint8Array(types)
  const runs = captions.reduce((sum, { length }) => sum + Math.max(0, length - 2), 0)
  const trigrams = createTrigramSet(runs)
  await breathe()
  const openings = new Set<string>()
  const same = new Map<string, number>()
  const growth: GrowthPoint[] = []
  let [words, different] = [0, 0]
  for (const [at, caption] of captions.entries()) {
    for (const word of caption)
      if (seen[word] === 0) {
        seen[word] = 1
        different++
      }
    for (let i = 0; i + 2 < caption.length; i++)
      trigrams.add(caption[i]!, caption[i + 1]!, caption[i + 2]!)
    words += caption.length
    openings.add(caption.subarray(0, 3).join(' '))
    const key = caption.join(' ')
    same.set(key, (same.get(key) ?? 0) + 1)
    if (sizes.has(at + 1))
      growth.push({ captions: at + 1, words, types: different, trigrams: trigrams.size })
    await breathe()
  }
  let repeated = 0
  for (const count of same.values()) if (count > 1) repeated += count
  const all = joined(captions, words)
  await breathe()
  return {
    ...{ captions: captions.length, words, types: different, trigrams: trigrams.size },
    mattr: mattr(all, types),
    ...{ openings: openings.size, repeated, growth },
  }
}
