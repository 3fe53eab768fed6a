/** Text as the scorer's encoder reads it: start, ids, end; cut at its length with the end token kept. */
import type { Scorer } from '../../shared/manifest.ts'
import type { Tokenizer } from './tokenizer.ts'

export interface ScorerText {
  /** Everything fed, start and end included; at most scorer.length ids. */
  readonly ids: readonly number[]
  /** Tokens of the whole text, before any cut, start and end included. */
  readonly tokens: number
  readonly truncated: boolean
  /** Characters [0, coveredChars) were read. */
  readonly coveredChars: number
}

export function toScorerText(text: string, scorer: Scorer, tokenizer: Tokenizer): ScorerText {
  const start = scorer.startId === null ? [] : [scorer.startId]
  const ids = tokenizer.encode(text)
  const room = Math.max(0, scorer.length - start.length - 1)
  const kept = ids.slice(0, room)
  const truncated = kept.length < ids.length
  return {
    ids: [...start, ...kept, scorer.endId],
    tokens: ids.length + start.length + 1,
    truncated,
    coveredChars: truncated ? coveredChars(text, kept, tokenizer) : text.length,
  }
}

/** How much of `text` the first tokens are. */
function coveredChars(text: string, kept: readonly number[], tokenizer: Tokenizer): number {
  if (!tokenizer.lossless) return coveredWords(text, kept.length, tokenizer)
  let bytes = kept.reduce((sum, id) => sum + tokenizer.bytesOf(id).length, 0)
  let chars = 0
  for (const char of text.toWellFormed()) {
    bytes -= new TextEncoder().encode(char).length
    if (bytes < 0) break
    chars += char.length
  }
  return chars
}

/** With a normaliser, bytes cannot be laid along the text: the most whole words that fit. */
function coveredWords(text: string, room: number, tokenizer: Tokenizer): number {
  const ends = [...text.matchAll(/\S+/g)].map((word) => word.index + word[0].length)
  let [low, high] = [0, ends.length]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const fits = tokenizer.encode(text.slice(0, ends[middle - 1])).length <= room
    if (fits) low = middle
    else high = middle - 1
  }
  return ends[low - 1] ?? 0
}
