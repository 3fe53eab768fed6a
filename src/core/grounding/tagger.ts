/** Parts of speech and stems from wink-nlp. The only file that knows the library; it is not spaCy, and says so. */
import winkNLP, { type ItsFunction, type ItsHelpers, type WinkMethods } from 'wink-nlp'
import model from 'wink-eng-lite-web-model'
import type { Token } from './tokens.ts'

export type PartOfSpeech = 'noun' | 'adjective' | 'number' | 'determiner' | 'verb' | 'other'

export interface Tagged {
  readonly pos: PartOfSpeech
  readonly stem: string
}

/** Name and version of what tags the words; part of the matcher's own version. */
export const TAGGER = 'wink-nlp 2.4 / eng-lite-web 1.8'

/** Longer texts are tagged up to here; what follows counts as nouns. So do the words of a long run. */
const LONGEST = 20_000

/** A longer run without a space is no word of English ("http://http://..."), and the library takes minutes over it. */
const LONG_RUN = /\S{500,}/g

const KINDS: Readonly<Record<string, PartOfSpeech>> = {
  NOUN: 'noun',
  PROPN: 'noun',
  ADJ: 'adjective',
  NUM: 'number',
  DET: 'determiner',
  VERB: 'verb',
}

let nlp: WinkMethods | undefined

/** Words that the tagger likes to take for nouns although they never name a thing. */
const FUNCTION_WORDS = new Set(
  (
    'a an the this that these those its his her their our your my it they he she we you is are was were be been ' +
    'being has have had do does did of in on at by for from with without to into onto over under above below ' +
    'between behind beside near next around through and or but nor not no as than then so if while each every ' +
    'some any both all there here which who whose what when where very more most other another same'
  ).split(' '),
)
export const isFunctionWord = (word: string): boolean => FUNCTION_WORDS.has(word.toLowerCase())

const DETERMINERS = new Set(
  'a an the this that these those its his her their our your my each every some any'.split(' '),
)

interface Found {
  readonly at: number
  readonly end: number
  readonly tag: Tagged
}

function analyse(text: string, withStems: boolean): readonly Found[] {
  nlp ??= winkNLP(model, ['sbd', 'pos'])
  const its: ItsHelpers = nlp.its
  const words = nlp.readDoc(text).tokens()
  const values = words.out(its.value)
  const poses = words.out(its.pos)
  // The library's types give this helper its arguments in the wrong order.
  const stems = withStems ? words.out(its.stem as unknown as ItsFunction<string>) : []
  const found: Found[] = []
  let from = 0
  values.forEach((value, i) => {
    const at = text.indexOf(String(value), from)
    if (at < 0) return
    from = at + String(value).length
    const pos = KINDS[String(poses[i])] ?? 'other'
    found.push({ at, end: from, tag: { pos, stem: String(stems[i] ?? '') } })
  })
  return found
}

function safely(text: string, withStems: boolean): readonly Found[] {
  try {
    // In capitals everything looks like a name.
    const shouted = text === text.toUpperCase() && text.toLowerCase().length === text.length
    const start = (shouted ? text.toLowerCase() : text).slice(0, LONGEST)
    return analyse(
      start.replace(LONG_RUN, (run) => ' '.repeat(run.length)),
      withStems,
    )
  } catch {
    return [] // a text that the library cannot read is matched by its words alone
  }
}

/** One tag for every token. A token that the tagger did not see is a noun unless it is a function word. */
export const tag = (text: string, tokens: readonly Token[]): readonly Tagged[] =>
  read(text, tokens, true)

/** The same without stems, which cost more than all the rest. */
export const partsOfSpeech = (text: string, tokens: readonly Token[]): readonly PartOfSpeech[] =>
  read(text, tokens, false).map(({ pos }) => pos)

function read(text: string, tokens: readonly Token[], withStems: boolean): readonly Tagged[] {
  const found = safely(text, withStems)
  let next = 0
  return tokens.map(({ at, text: word, folded }) => {
    while (next < found.length && found[next]!.end <= at) next++
    const hit = found[next]
    const lower = word.toLowerCase()
    if (DETERMINERS.has(lower)) return { pos: 'determiner', stem: folded }
    if (FUNCTION_WORDS.has(lower)) return { pos: 'other', stem: folded }
    // The tagger reads English; words in other scripts are matched whole.
    if (!/[\p{Script=Latin}\p{N}]/u.test(word)) return { pos: 'noun', stem: folded }
    if (!hit || hit.at > at) return { pos: 'noun', stem: folded }
    const whole = hit.at === at && hit.end === at + word.length
    return { pos: hit.tag.pos, stem: whole ? hit.tag.stem : folded }
  })
}
