/** Words of a caption or alt-text with their places, folded so that case, plural, accent and spelling do not part them. */
import { foldWord } from '../evaluation/names.ts'

export interface Token {
  /** As written. */
  readonly text: string
  /** Code points [start, end) of the text it stands in. */
  readonly start: number
  readonly end: number
  /** UTF-16 offset of its first character. */
  readonly at: number
  /** One form for singular and plural, capital and small, 'two' and '2', grey and gray. */
  readonly folded: string
  /** No phrase reaches over the mark before this word (a comma, a full stop, a line end). */
  readonly breakBefore: boolean
}

const NUMBERS = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ')
const DIGITS: ReadonlyMap<string, string> = new Map(
  NUMBERS.map((word, n) => [word, String(n)] as const),
)
const SPELLING: ReadonlyMap<string, string> = new Map([
  ['grey', 'gray'],
  ['colour', 'color'],
  ['coloured', 'colored'],
  ['centre', 'center'],
  ['jewellery', 'jewelry'],
  ['aeroplane', 'airplane'],
  ['moustache', 'mustache'],
])

/** The form in which two words are compared; it need not be a real word. */
export function fold(word: string): string {
  const plain = word.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase().replace(/['’]/gu, '')
  if (/^\p{N}/u.test(plain)) return plain.replace(/(\d),(?=\d{3}(?:\D|$))/g, '$1')
  return DIGITS.get(plain) ?? SPELLING.get(plain) ?? foldWord(plain)
}

const WORD = /\p{N}+(?:[.,:]\p{N}+)+|[\p{L}\p{N}\p{M}]+(?:['’][\p{L}\p{M}]+)*/gu
/** Scripts that put no spaces between words. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u
const BREAK = /[,.;:!?()[\]{}|/\\"“”«»\n\r\t_+*=<>#@&~…]|[-–—]\s|\s[-–—]/u

let segmenter: Intl.Segmenter | undefined

function* pieces(word: string): Generator<{ text: string; at: number }> {
  if (!UNSPACED.test(word)) return yield { text: word, at: 0 }
  segmenter ??= new Intl.Segmenter('und', { granularity: 'word' })
  for (const { segment, index } of segmenter.segment(word)) yield { text: segment, at: index }
}

/** From UTF-16 offsets, which must come in rising order, to code points. */
export function codePointCounter(text: string): (offset: number) => number {
  let [at, points] = [0, 0]
  return (offset) => {
    while (at < offset) {
      at += (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
      points++
    }
    return points
  }
}

/** Words in order. Hyphens part words ("long-eared" is two), so that every way to join them matches. */
export function tokenise(text: string): readonly Token[] {
  const points = codePointCounter(text)
  const found: Token[] = []
  let last = 0
  let before = ''
  for (const match of text.matchAll(WORD))
    for (const piece of pieces(match[0])) {
      const at = match.index + piece.at
      const gap = text.slice(last, at)
      // "St. Bernard" is one name: a full stop after one or two letters ends no phrase.
      const short = /^\.\s?$/.test(gap) && before.length <= 2 && /^\p{L}/u.test(before)
      found.push({
        text: piece.text,
        at,
        start: points(at),
        end: points(at + piece.text.length),
        folded: fold(piece.text),
        breakBefore: found.length === 0 || (BREAK.test(gap) && !short),
      })
      last = at + piece.text.length
      before = piece.text
    }
  return found
}

/** The text between two code points. */
export const sliceCodePoints = (text: string, start: number, end: number): string =>
  Array.from(text).slice(start, end).join('')

/** A run of tokens [from, to). */
export interface Run {
  readonly from: number
  readonly to: number
}

/** Every run whose joined folded words are `wanted`: "tea pot", "tea-pot" and "teapots" all find "teapot". */
export function findRuns(tokens: readonly Token[], wanted: string): readonly Run[] {
  const runs: Run[] = []
  if (wanted === '') return runs
  for (let from = 0; from < tokens.length; from++) {
    let joined = ''
    for (let to = from; to < tokens.length; to++) {
      const token = tokens[to]!
      if (to > from && token.breakBefore) break
      joined += token.folded
      if (joined === wanted) runs.push({ from, to: to + 1 })
      if (joined.length >= wanted.length) break
    }
  }
  return runs
}

export const joined = (tokens: readonly Token[]): string =>
  tokens.map((token) => token.folded).join('')

/** Joined folded words of a name, the key under which it is looked up. */
export const nameKey = (name: string): string => joined(tokenise(name))
