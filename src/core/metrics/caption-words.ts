/**
 * Words of a caption as coco-caption has them (pycocoevalcap/tokenizer/ptbtokenizer.py, Stanford CoreNLP 3.4.1), in own
 * code: the Penn Treebank's words in lower case, without the punctuation on its list.
 *
 * As there: "n't", "'s", "'re" and their like are words of their own, "cannot" is two; "long-eared", "black/white",
 * "AT&T", "1,000.5", "10:30" and "cat.The" are one; "mr." and "u.s." keep their stop; "%", "$" and "&" are words; "£" is
 * "#" and "€" is "$". Brackets are words ("-lrb-"), as its list has them in capitals, and so are "!!!" and two quotes that
 * touch, as it lacks them; single marks, stops, dashes, quotes and emoji are none.
 *
 * Not as there, on purpose: each Chinese character and kana is a word (there a whole line is one), as sacreBLEU has it;
 * accents are composed; no word depends on the next line. Not as there, being rare: stops and hyphens in a chain
 * ("ex-U.S.-based", "Sr.-a", "Rd.a"); accents as entities beside a stop; "www" with odd signs; a soft hyphen beside a
 * slash; writing whose vowel signs it took for spaces (Kannada, Sinhala, Khmer, Burmese, Tibetan), which is kept whole.
 */
import { wordEndsIn } from './caption-word-ends.ts'
import { ABBREVIATIONS, JOINED, NUMBERED, STATES } from './caption-word-rules.ts'

const TWO_WORDS: ReadonlySet<string> = new Set(JOINED.split(' '))
const MAY_KEEP_STOP: ReadonlySet<string> = new Set(
  `${ABBREVIATIONS} ${STATES} ${NUMBERED} ${'abcdefghijklmnopqrstuvwxyz'.split('').join(' ')}`.split(
    ' ',
  ),
)

/** Its list, but for brackets in capitals: no word is. */
const DROPPED: ReadonlySet<string> = new Set([
  "''",
  "'",
  '``',
  '`',
  '.',
  '?',
  '!',
  ',',
  ':',
  '-',
  '--',
  '...',
  ';',
])
/** What needs no look at how it is written. */
const AS_IT_IS = /^[a-z0-9'][a-z0-9'.-]*$/
const DASHES_OR_DOTS = /^(?:-{2,4}|\.{3,}|[–—―…\u0085\u0096\u0097])$/
const QUOTES = /^[‘’‛‹›“”«»„‚‟`\u0091-\u0094]+$/
const CLITIC = /^(n?)(?:[’\u0092]|&apos;)(t|s|m|d|re|ve|ll)$/

/** Signs that it writes otherwise. */
const WRITTEN: ReadonlyMap<string, string> = new Map(
  [
    '( -lrb- ) -rrb- [ -lsb- ] -rsb- { -lcb- } -rcb- ¢ cents £ # € $ ¤ $ ₠ $ \u0080 $ ¼ 1/4 ½ 1/2 ¾ 3/4 ⅓ 1/3 ⅔ 2/3',
    "&amp; & &lt; < &gt; > &quot; '' &apos; ' &nbsp; - &mdash; -- &ndash; -- \" '' “ `` « `` \u0093 `` ” '' » '' \u0094 ''",
    "‘ ` ‛ ` ‹ ` \u0091 ` ’ ' › ' \u0092 '",
  ].flatMap((pairs) =>
    [...pairs.matchAll(/(\S+) (\S+)/g)].map(([, sign, as]) => [sign!, as!] as const),
  ),
)

const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u
const UNSPACED_PIECES =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]\p{M}*|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+/gu

const ASCII = /^[\u0020-\u007E]*$/

/** As it writes a word in lower case. */
function written(word: string): string {
  if (AS_IT_IS.test(word)) return word
  const known = WRITTEN.get(word)
  if (known !== undefined) return known
  if (DASHES_OR_DOTS.test(word)) return '-'
  if (QUOTES.test(word)) return word.replace(/./g, (c) => WRITTEN.get(c) ?? c)
  if (/^<[a-z/!?]/.test(word)) return word
  return word
    .replace(CLITIC, "$1'$2")
    .replace(/^n[‘\u0091]t$/, 'n`t')
    .replaceAll('&amp;', '&')
    .replaceAll('(', '-lrb-')
    .replaceAll(')', '-rrb-')
}

/** Signs of their own that make an accented letter become one. */
const composed = (word: string): readonly string[] =>
  ASCII.test(word)
    ? [word]
    : (UNSPACED.test(word) ? (word.match(UNSPACED_PIECES) ?? []) : [word]).map((one) =>
        one.normalize('NFC'),
      )

const SPACE = 0x20
const isSpace = (code: number) => code === SPACE || (code >= 9 && code <= 13)
const isLetter = (code: number) => (code | SPACE) >= 0x61 && (code | SPACE) <= 0x7a
const MARKS_BEHIND: ReadonlySet<number> = new Set(Array.from('.,;:!?', (c) => c.charCodeAt(0)))
const STOP = '.'.charCodeAt(0)

/** Lower-case words in order; none for a text without any. */
export function captionWords(given: string): readonly string[] {
  const text = given.replaceAll('\u00AD', '')
  const words: string[] = []
  const endOf = wordEndsIn(text)
  for (let at = 0; at < text.length;) {
    if (isSpace(text.charCodeAt(at))) {
      at++
      continue
    }
    // Most words are letters, at most one mark behind them, and a space: they need no rules.
    let behind = at
    while (isLetter(text.charCodeAt(behind))) behind++
    if (behind > at) {
      const mark = text.charCodeAt(behind)
      const next = MARKS_BEHIND.has(mark) ? behind + 1 : behind
      if (next === text.length || isSpace(text.charCodeAt(next))) {
        const word = text.slice(at, behind).toLowerCase()
        if (!TWO_WORDS.has(word) && !(mark === STOP && MAY_KEEP_STOP.has(word))) {
          words.push(word)
          at = next
          continue
        }
      }
    }
    const end = endOf(at)
    if (end > at) {
      const found = written(text.slice(at, end).toLowerCase())
      if (!DROPPED.has(found))
        for (const word of found.split(/\s+/u)) for (const one of composed(word)) words.push(one)
    }
    at = end > at ? end : at + (text.codePointAt(at)! > 0xffff ? 2 : 1)
  }
  return words
}

/** Brackets and runs of marks: words for the metrics alone. */
const UNCOUNTED = /^(?:\W*-[lr][rsc]b-|[?!'`]+)$/

/** Words as people count them: those of the metrics, but no brackets and no marks. */
export const countedWords = (text: string): readonly string[] =>
  captionWords(text).filter((word) => !UNCOUNTED.test(word))
