/** Where a word ends for coco-caption's tokeniser: at each place the rule that reaches furthest has its way, the first of equals. */
import {
  APOSTROPHES,
  BOTH,
  DIGITS,
  HYPHENS,
  SIGNS,
  W,
  WORDS,
  type Rule,
} from './caption-word-rules.ts'

/** Signs that rules need: each list is one bit. */
const NEEDED = [
  HYPHENS,
  '_',
  '.',
  '!?',
  APOSTROPHES,
  '&',
  '+',
  '$#',
  '/',
  DIGITS,
  '@',
  ':;=',
  '(',
  '<',
]
const BITS = new Uint16Array(0x2020)
for (const [bit, signs] of NEEDED.entries())
  for (let i = 0; i < signs.length; i++) BITS[signs.charCodeAt(i)]! |= 1 << bit
const ALWAYS = 1 << NEEDED.length

const bitsOf = (signs: string, from: number, to: number): number => {
  let bits = 0
  for (let i = from; i < to; i++) bits |= BITS[signs.charCodeAt(i)] ?? 0
  return bits
}
const compiled = (rules: readonly Rule[]) =>
  [...rules, ...BOTH].map(([needs, pattern]) => ({
    bits: bitsOf(needs, 0, needs.length) || ALWAYS,
    pattern: new RegExp(pattern, 'uy'),
  }))
const OF_WORDS = compiled(WORDS)
const OF_SIGNS = compiled(SIGNS)
const BEGINS_WORD = new RegExp(W, 'uy')
const SPACE = /\s/g

/** Tells where the word ends that begins at a place; that place where none does. Ask for places in their order. */
export function wordEndsIn(text: string): (at: number) => number {
  let [bits, space] = [0, 0]
  return (at) => {
    if (at >= space) {
      SPACE.lastIndex = at + 1
      space = SPACE.exec(text)?.index ?? text.length
      bits = bitsOf(text, at, space) | ALWAYS
    }
    BEGINS_WORD.lastIndex = at
    let [end, furthest] = [at, at]
    for (const rule of BEGINS_WORD.test(text) ? OF_WORDS : OF_SIGNS) {
      if ((rule.bits & bits) === 0) continue
      rule.pattern.lastIndex = at
      const found = rule.pattern.exec(text)
      if (!found) continue
      const stop = at + found[0].length
      const reach = stop + (found[1]?.length ?? 0)
      if (reach > furthest) [end, furthest] = [stop, reach]
    }
    return end
  }
}
