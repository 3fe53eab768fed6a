/**
 * What an alt-text knows that pixels do not say: names, numbers and dates, and which of them reach a caption.
 *
 * The rule, by letters alone (wink-nlp finds no names). A name is a run of words that begin with a capital, in which
 * "of", "de", "van" and their like may stand; the first word of a sentence begins one only before another capital,
 * and may then be missing in the caption. A date is a month with a day or a year, or written in digits. A number is
 * what is left in digits. Function words are no names; a text in capitals, or one of four or more words that all
 * begin with a capital (a title), has none that could be told. File names, addresses, prices, credits and shop talk
 * are nothing. Each counts once a text.
 */
import { noiseSpans } from '../grounding/noise-words.ts'
import { isFunctionWord } from '../grounding/tagger.ts'
import { findRuns, tokenise, type Token } from '../grounding/tokens.ts'

export const ENTITY_KINDS = ['name', 'number', 'date'] as const
export type EntityKind = (typeof ENTITY_KINDS)[number]

export interface Entity {
  readonly kind: EntityKind
  /** As they are compared: folded, dates and numbers without "th", months by three letters. */
  readonly words: readonly string[]
  /** Of a name whose first word begins a sentence. */
  readonly firstMayMiss: boolean
}

const LINKS = new Set(
  'of de la le les van von der den del della di da do dos du el al bin ibn y'.split(' '),
)
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const MONTH =
  '(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)'
const DAY = String.raw`\d{1,2}(?:st|nd|rd|th)?`
const DATES: readonly RegExp[] = [
  /\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/gu,
  new RegExp(String.raw`\b${DAY}\s+(?:of\s+)?${MONTH}\b\.?(?:,?\s+\d{4}\b)?`, 'gu'),
  new RegExp(String.raw`\b${MONTH}\b\.?\s+(?:${DAY}\b(?:,?\s+\d{4}\b)?|\d{4}\b)`, 'gu'),
]
const NUMBER = /^\p{N}[\p{N}.,:]*(?:st|nd|rd|th|s)?$/iu
const CAPITAL = /^\p{Lu}/u
const PRONOUN = /^I(?:['’]\p{L}+)?$/u
const SENTENCE_END = /[.!?…:\n\r]/u
/** As many words, all with a capital, are a title. */
const TITLE = 4

const DIGITS = /^\d/

/** One form for "July" and "Jul.", "4th", "04" and "4". */
function plainPart(word: string): string {
  if (DIGITS.test(word))
    return word.replace(/(?<=\d)(?:st|nd|rd|th)$/u, '').replace(/^0+(?=\d)/, '')
  const month = word.slice(0, 3)
  return MONTHS.includes(month) ? month : word
}

const isName = ({ text }: Token): boolean =>
  CAPITAL.test(text) && !PRONOUN.test(text) && !isFunctionWord(text)

/** In capitals, or all capitalised as titles are, it does not tell names from other words. */
export function hidesNames(text: string, tokens: readonly Token[]): boolean {
  const words = tokens.filter((one) => /^\p{L}/u.test(one.text) && !isFunctionWord(one.text))
  if (words.length >= TITLE && words.every((one) => CAPITAL.test(one.text))) return true
  return /\p{Lu}{2}/u.test(text) && text === text.toUpperCase()
}

function begins(text: string, tokens: readonly Token[], i: number): boolean {
  const [before, token] = [tokens[i - 1], tokens[i]]
  if (!before || !token) return true
  return (
    token.breakBefore && SENTENCE_END.test(text.slice(before.at + before.text.length, token.at))
  )
}

/** The end of the run of a name that begins at `from`. */
function endOfName(tokens: readonly Token[], from: number, free: (i: number) => boolean): number {
  const goesOn = (i: number): boolean => {
    const token = tokens[i]
    return !!token && !token.breakBefore && free(i)
  }
  let to = from + 1
  for (;;) {
    if (goesOn(to) && isName(tokens[to]!)) to++
    else if (goesOn(to) && LINKS.has(tokens[to]!.text) && goesOn(to + 1) && isName(tokens[to + 1]!))
      to += 2
    else return to
  }
}

function datesOf(text: string) {
  const spans: { readonly from: number; readonly to: number }[] = []
  for (const pattern of DATES)
    for (const { index, 0: found } of text.matchAll(pattern)) {
      const span = { from: index, to: index + found.length }
      if (!spans.some(({ from, to }) => span.from < to && from < span.to)) spans.push(span)
    }
  return spans
}

const inside = ({ at }: Token, from: number, to: number): boolean => at >= from && at < to

/** In the order of dates, then names and numbers as they stand. */
export function entitiesOf(text: string): readonly Entity[] {
  const tokens = tokenise(text)
  const found = new Map<string, Entity>()
  const keep = (kind: EntityKind, words: readonly string[], firstMayMiss = false): void => {
    const key = `${kind} ${words.join(' ')}`
    if (words.length > 0 && !found.has(key)) found.set(key, { kind, words, firstMayMiss })
  }
  const dates = datesOf(text)
  for (const { from, to } of dates)
    keep(
      'date',
      tokens
        .filter((one) => inside(one, from, to) && one.text.toLowerCase() !== 'of')
        .map(({ folded }) => plainPart(folded)),
    )
  const taken = [...dates.map(({ from, to }) => [from, to] as const), ...noiseSpans(text)]
  const free = (i: number): boolean => !taken.some(([from, to]) => inside(tokens[i]!, from, to))
  const hidden = hidesNames(text, tokens)
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i]!
    if (!free(i)) continue
    if (NUMBER.test(token.text)) keep('number', [plainPart(token.folded)])
    else if (!hidden && isName(token)) {
      const to = endOfName(tokens, i, free)
      const first = begins(text, tokens, i)
      if (!first || to > i + 1)
        keep(
          'name',
          tokens.slice(i, to).map(({ folded }) => folded),
          first,
        )
      i = to - 1
    }
  }
  return [...found.values()]
}

export interface EntityCount {
  of: number
  kept: number
}
export type EntityCounts = Readonly<Record<EntityKind, EntityCount>>

/** Names as a run of their words, dates by all of their parts, in whatever order. */
export function entitiesKept(entities: readonly Entity[], caption: string): EntityCounts {
  const counts = { name: { of: 0, kept: 0 }, number: { of: 0, kept: 0 }, date: { of: 0, kept: 0 } }
  if (entities.length === 0) return counts
  const tokens = tokenise(caption)
  const parts = new Set(tokens.map(({ folded }) => plainPart(folded)))
  const hasRun = (words: readonly string[]) => findRuns(tokens, words.join('')).length > 0
  for (const { kind, words, firstMayMiss } of entities) {
    const kept =
      kind === 'name'
        ? hasRun(words) || (firstMayMiss && hasRun(words.slice(1)))
        : words.every((word) => parts.has(word))
    counts[kind].of++
    if (kept) counts[kind].kept++
  }
  return counts
}
