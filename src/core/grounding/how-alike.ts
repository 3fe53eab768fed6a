/** Says by which rule two pieces of text are the same concept, from the strictest rule that holds. */

export type Likeness =
  'same-words' | 'other-case' | 'other-spacing' | 'other-accents' | 'number-word' | 'inflection'

const noAccents = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '')
const noSpaces = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '')

/** `a` and `b` are known to match by their folded words. */
export function howAlike(a: string, b: string): Likeness {
  if (a === b) return 'same-words'
  const [x, y] = [a.toLowerCase(), b.toLowerCase()]
  if (x === y) return 'other-case'
  if (noSpaces(x) === noSpaces(y)) return 'other-spacing'
  if (noSpaces(noAccents(x)) === noSpaces(noAccents(y))) return 'other-accents'
  return /\d/.test(a) !== /\d/.test(b) ? 'number-word' : 'inflection'
}
