/** Levenshtein distance of two texts, in characters (code points) and in words. */
import { distance } from 'fastest-levenshtein'
import { countedWords } from '../metrics/caption-words.ts'

/** The library counts UTF-16 units: every different item becomes a unit of its own, so that it counts items. */
function inUnits(texts: readonly (readonly string[])[]): readonly string[] {
  const units = new Map<string, string>()
  return texts.map((items) => {
    let text = ''
    for (const item of items) {
      const known = units.get(item) ?? String.fromCharCode(units.size)
      units.set(item, known)
      text += known
    }
    return text
  })
}

/** Insertions, deletions and replacements of items; together the lists have fewer than 65,536 different ones. */
export function itemDistance(a: readonly string[], b: readonly string[]): number {
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let [endA, endB] = [a.length, b.length]
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [left = '', right = ''] = inUnits([a.slice(from, endA), b.slice(from, endB)])
  return distance(left, right)
}

export const charDistance = (a: string, b: string): number =>
  a === b ? 0 : itemDistance(Array.from(a), Array.from(b))

/** Words as the metrics count them, without brackets: case and punctuation are none. */
export const wordDistance = (a: string, b: string): number =>
  a === b ? 0 : itemDistance(countedWords(a), countedWords(b))
