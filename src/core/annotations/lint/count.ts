/** Exact numbers of things above ten, where a guideline asks for "many". English only. */
import { shown, type Check } from './find.ts'

const TEENS = 'eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen'
const TENS = 'twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety'
/** No year, no part of a longer number, price, size or name ("A12", "11x11", "10:30", "#12"). */
const NUMBER = String.raw`(?<![\p{L}\p{N}.,:/#$€£¥x×-])(?:1[1-9]|[2-9]\d|[1-9]\d{2}|[1-9]\d{0,2}(?:,\d{3})+)(?![\p{L}\p{N}]|[.,:/%°x×-][\p{L}\p{N}]|\s?[%°])`
const WORDS = String.raw`\b(?:${TEENS}|(?:${TENS})(?:-(?:one|two|three|four|five|six|seven|eight|nine))?|(?:one|two|three|a)\s+(?:hundred|thousand))\b(?!-)`
const THINGS = String.raw`(?:[\p{L}-]+\s+){0,2}?(?:\p{L}{3,}(?<=[^su]s)|people|men|women|children|sheep|fish|geese|mice|deer)\b`
const COUNTED = new RegExp(String.raw`(${NUMBER}|${WORDS})\s+(${THINGS})`, 'giu')

/** Measures, ages and times are facts, not counts. */
const MEASURES =
  /\b(?:centimet|millimet|kilomet|met|lit)(?:re|er)s$|\b(?:inches|feet|yards|miles|years|months|weeks|days|hours|minutes|seconds|pounds|ounces|grams|kilograms|tons|tonnes|dollars|euros|cents|pence|degrees|pixels|megapixels|percents?|volts|watts|gallons|pages|pieces|times|points)$/iu
/** "12 of the birds" is a count, "in 20 or so years" none; a preposition between ends the phrase. */
const PARTED =
  /\b(?:of|in|on|at|by|for|from|with|and|or|to|near|beside|behind|under|above|over|through|between|into|along|around|that|which|as|is|are|was|were)\b/iu

export const count: Check = function* ({ said, altText }) {
  for (const { 0: words, 1: number = '', 2: things = '', index } of said.matchAll(COUNTED)) {
    if (MEASURES.test(things) || PARTED.test(things)) continue
    // What the alt-text knows may stay.
    if (new RegExp(String.raw`(?<![\p{L}\p{N}])${number}(?![\p{L}\p{N}])`, 'iu').test(altText))
      continue
    yield {
      at: { from: index, to: index + words.length },
      message: `${shown(words)} counts above ten; the guideline asks for “many”.`,
    }
  }
}
