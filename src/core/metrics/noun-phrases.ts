/**
 * Base noun phrases of a caption and how many of them stand in a human caption: Table 1's NP precision, recall and
 * F1. The paper says only that spaCy finds two sets and that their intersection is right; its code is not public.
 *
 * The choice here. A phrase is a run of nouns, adjectives and numbers that ends in a noun, found with the product's
 * own tagger (wink-nlp, not spaCy). Marks, determiners ("the", "his"), verbs and all other words end it, and so does
 * a possessor: "the man's hat" is "man" and "hat". Hyphened words go with the noun they describe, and so does a verb
 * in -ing or -ed between a determiner or a mark and a noun. Pronouns are no phrases. Compared in lower case, the last
 * noun in one form for singular and plural, all other words as they are. Sets: a phrase said twice counts once, and
 * only equal phrases match.
 *
 * Precision is the share of the candidate's phrases, recall that of the reference's. In the paper's table it is the
 * short captions that have the high "recall" (GiT 1.0 and 11.3), so its two columns look exchanged.
 */
import { foldWord } from '../evaluation/names.ts'
import { isLook } from '../grounding/phrases.ts'
import { partsOfSpeech, type PartOfSpeech } from '../grounding/tagger.ts'
import { tokenise, type Token } from '../grounding/tokens.ts'

interface Read {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly parts: readonly PartOfSpeech[]
}

/** True when word i hangs on the word before it ("eared" in "long-eared"). */
function isHung({ text, tokens }: Read, i: number): boolean {
  const [before, token] = [tokens[i - 1], tokens[i]]
  return !!before && !!token && text.slice(before.at + before.text.length, token.at) === '-'
}

/** "man's", "dogs'". */
const isPossessor = ({ text }: Read, token: Token): boolean =>
  /['’]s$/iu.test(token.text) ||
  /^s['’]/iu.test(text.slice(token.at + token.text.length - 1, token.at + token.text.length + 1))

const isNoun = ({ tokens, parts }: Read, i: number): boolean =>
  parts[i] === 'noun' && !tokens[i]!.breakBefore

function describesNoun(read: Read, i: number): boolean {
  const token = read.tokens[i]!
  const part = read.parts[i]!
  if (part === 'adjective' || part === 'number') return true
  if (part === 'determiner') return false
  if (isHung(read, i + 1) || (isHung(read, i) && isNoun(read, i + 1))) return true
  if (part !== 'verb') return isLook(token.text)
  const opens = i === 0 || token.breakBefore || read.parts[i - 1] === 'determiner'
  return opens && /(?:ing|ed)$/iu.test(token.text) && isNoun(read, i + 1)
}

/** Without the mark of a possessor, lower case. */
const plain = (token: Token): string => token.text.toLowerCase().replace(/['’]s$/u, '')

/** The phrases of a text, each once. */
export function nounPhrases(text: string): ReadonlySet<string> {
  const composed = text.normalize('NFC')
  const tokens = tokenise(composed)
  const read: Read = { text: composed, tokens, parts: partsOfSpeech(composed, tokens) }
  const phrases = new Set<string>()
  let run: string[] = []
  /** Words of the run up to and with its last noun. */
  let upTo = 0
  const close = () => {
    const head = run[upTo - 1]
    if (head !== undefined) phrases.add([...run.slice(0, upTo - 1), foldWord(head)].join(' '))
    run = []
    upTo = 0
  }
  tokens.forEach((token, i) => {
    const noun = read.parts[i] === 'noun'
    if (!noun && !describesNoun(read, i)) return close()
    // After its noun a phrase is complete; an adjective begins the next one, unless the noun only says a colour.
    const complete = upTo > 0 && upTo === run.length && !isLook(run[upTo - 1]!)
    if (token.breakBefore || (complete && !noun && !isHung(read, i))) close()
    run.push(plain(token))
    if (noun) upTo = run.length
    if (isPossessor(read, token)) close()
  })
  close()
  return phrases
}

/** Each 0 to 1. */
export interface PhraseScores {
  readonly precision: number
  readonly recall: number
  readonly f1: number
}

const NOTHING: PhraseScores = { precision: 0, recall: 0, f1: 0 }

function compare(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): PhraseScores {
  let matched = 0
  for (const phrase of ours) if (theirs.has(phrase)) matched++
  if (matched === 0) return NOTHING
  const [precision, recall] = [matched / ours.size, matched / theirs.size]
  return { precision, recall, f1: (2 * precision * recall) / (precision + recall) }
}

/** Against the reference with the best F1, of equally good ones the first; all 0 where nothing matches. */
export function nounPhraseScores(
  ours: ReadonlySet<string>,
  references: readonly ReadonlySet<string>[],
): PhraseScores {
  return references
    .map((theirs) => compare(ours, theirs))
    .reduce((best, one) => (one.f1 > best.f1 ? one : best), NOTHING)
}
