/** The words of a text, in any script, as one steps through them by key or tints them. */
import { pointsBefore, type Stretch } from './code-points.ts'

let segmenter: Intl.Segmenter | undefined

export function wordsIn(text: string): readonly Stretch[] {
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' })
  const words: Stretch[] = []
  let at = 0
  for (const { segment, isWordLike } of segmenter.segment(text)) {
    const end = at + pointsBefore(segment, segment.length)
    if (isWordLike) words.push({ start: at, end })
    at = end
  }
  return words
}

/** A selection as a person meant it: without the white space around it; null when nothing is left. */
export function trimmed(text: string, { start, end }: Stretch): Stretch | null {
  const points = Array.from(text)
  let [from, to] = [start, Math.min(end, points.length)]
  while (from < to && /\s/u.test(points[from] ?? '')) from++
  while (to > from && /\s/u.test(points[to - 1] ?? '')) to--
  return from < to ? { start: from, end: to } : null
}

/** The word at a code point, or the nearest one before it; null in a text without words. */
export function wordAt(text: string, point: number): Stretch | null {
  const words = wordsIn(text)
  return words.findLast((word) => word.start <= point) ?? words[0] ?? null
}
