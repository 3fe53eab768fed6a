/**
 * Words of a caption as the reference metrics count them: after the Penn Treebank's tokeniser and the punctuation
 * list of coco-caption (pycocoevalcap/tokenizer/ptbtokenizer.py, Stanford CoreNLP 3.4.1), in own code.
 *
 * As there: lower case; "n't", "'s", "'re" and their like are words of their own, "cannot" is two; "long-eared",
 * "black/white", "R&B", "1,000.5" and "10:30" are one; "%", "$" and "&" are words; quotes, stops and dashes are not.
 *
 * Not as there: brackets are dropped (there "-lrb-" stays, a slip of lower case); "mr." and "u.s." lose their last
 * stop; "£" and "€" stay themselves (there "#" and "$"); "cat.The" is two words; "!!!" is dropped; accents are
 * composed; Chinese characters and kana are one word each (there a whole line is one), as sacreBLEU has it.
 */

const GLUE = /[\uFE0E\uFE0F\u200D\u00AD]/gu
const APOSTROPHES = /[’ʼ＇]/gu
const HYPHENS = /[‐‑]/gu

const URL_OR_ADDRESS = /^(?:https?:\/\/\S+|[^\s@<>()]+@[^\s@<>()]+\.\p{L}{2,})$/u
const LONGEST_ADDRESS = 2000
const MARKS_AROUND = /^[("'“‘<[]+|[)"'”’>\].,;:!?]+$/gu

const LETTER = String.raw`[\p{L}\p{N}\p{M}]`
const PIECE = String.raw`[\p{L}\p{N}]${LETTER}*`
/** What holds pieces together: "-", "'", "/", "&", "_"; a mark inside a number; a stop between single letters. */
const JOINER = String.raw`(?:[-'/&_]|(?<=\p{N})[.,:](?=\p{N})|(?<=(?<!${LETTER})\p{L})\.(?=\p{L}(?!${LETTER})))`
/** Marks that count as words, pictures (emoji) not among them. */
const SIGN = String.raw`(?![\p{Extended_Pictographic}\p{RI}])[\p{Sm}\p{Sc}\p{So}%&*/@#^_\\]|[©®™]`
const WORD = new RegExp(`(?:[#@](?=\\p{L}))?${PIECE}(?:${JOINER}${PIECE})*|${SIGN}`, 'gu')

const UNSPACED = /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]/u
const UNSPACED_PIECES =
  /[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]\p{M}*|[^\p{scx=Han}\p{scx=Hira}\p{scx=Kana}]+/gu

/** Most words, told apart from the rest for speed. */
const PLAIN = /^([a-z]+)[.,;:!?]?$/

const CLITIC = /^(.+?)(n't|'(?:s|m|d|re|ve|ll))$/u
const JOINED_WORDS: ReadonlyMap<string, readonly string[]> = new Map([
  ['cannot', ['can', 'not']],
  ['gonna', ['gon', 'na']],
  ['gotta', ['got', 'ta']],
  ['wanna', ['wan', 'na']],
  ['gimme', ['gim', 'me']],
  ['lemme', ['lem', 'me']],
])

/** "shouldn't've" has two of them; more are no English. */
const MOST_CLITICS = 2

function split(word: string): readonly string[] {
  if (UNSPACED.test(word)) return word.match(UNSPACED_PIECES) ?? []
  if (!word.includes("'") && !JOINED_WORDS.has(word)) return [word]
  const tail: string[] = []
  let stem = word
  for (let cut = CLITIC.exec(stem); cut && tail.length < MOST_CLITICS; cut = CLITIC.exec(stem)) {
    stem = cut[1]!
    tail.unshift(cut[2]!)
  }
  return [...(JOINED_WORDS.get(stem) ?? [stem]), ...tail]
}

/** Lower-case words in order; none for a text without any. */
export function captionWords(text: string): readonly string[] {
  const tidy = text.normalize('NFC').toLowerCase().replace(GLUE, '')
  const words: string[] = []
  for (const chunk of tidy.replace(APOSTROPHES, "'").replace(HYPHENS, '-').split(/\s+/u)) {
    const plain = PLAIN.exec(chunk)?.[1]
    if (plain !== undefined && !JOINED_WORDS.has(plain)) {
      words.push(plain)
      continue
    }
    const mayBe = chunk.length <= LONGEST_ADDRESS && /@|:\/\//.test(chunk)
    const bare = mayBe ? chunk.replace(MARKS_AROUND, '') : ''
    if (URL_OR_ADDRESS.test(bare)) {
      words.push(bare)
      continue
    }
    for (const [run] of chunk.matchAll(WORD)) for (const word of split(run)) words.push(word)
  }
  return words
}
