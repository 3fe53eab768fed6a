/** Noun phrases, names and single words of a text: the concepts that marks speak of. */
import type { Taxonomy, TaxonomyNode } from '../probes/taxonomy.ts'
import { tag, type Tagged } from './tagger.ts'
import { tokenise, type Run, type Token } from './tokens.ts'

/** A text read once: its words, their tags, the names in it. */
export interface ReadText {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly tags: readonly Tagged[]
  readonly names: readonly NameHit[]
}

export interface NameHit extends Run {
  readonly key: string
  /** Empty for a Latin name that nobody knows. */
  readonly nodes: readonly TaxonomyNode[]
  readonly latin: boolean
}

export interface Concept extends Run {
  /** name: carried whole or not at all; phrase: by its head; word: a lone adjective, number or verb. */
  readonly kind: 'name' | 'phrase' | 'word'
  readonly hit: NameHit | null
}

/** How a thing looks is no part of its name ("small gray", "medium-sized"). */
const LOOKS = new Set(
  (
    'small large big tiny huge medium sized red green blue yellow orange pink purple brown black white gray grey ' +
    'cream gold golden silver dark light pale bright young old single'
  ).split(' '),
)
export const isLook = (word: string): boolean => LOOKS.has(word.toLowerCase())

const LATIN_ENDING =
  /(?:us|a|um|is|i|ae|ii|ens|ans|es|or|ix|ax|ex|yx|on|as|os|ops|ys|er|al|ar|o|e)$/

/** Genus and species: "Strix nebulosa" alone, or between marks. */
function latinAt(text: string, tokens: readonly Token[], from: number): number | null {
  const [genus, species, third] = tokens.slice(from, from + 3)
  if (!genus?.breakBefore || /^(?:The|Two|Its?|This|One|Each|Three|Her|His)$/.test(genus.text))
    return null
  if (!species || species.breakBefore) return null
  if (!/^\p{Lu}\p{Ll}{2,}$/u.test(genus.text) || !/^\p{Ll}{3,}$/u.test(species.text)) return null
  if (!LATIN_ENDING.test(species.text)) return null
  const tail = third && !third.breakBefore && /^\p{Ll}{4,}(?:us|a|um|is|i|ae)$/u.test(third.text)
  const to = from + (tail ? 3 : 2)
  const next = tokens[to]
  return next === undefined || next.breakBefore ? to : null
}

/** Names from left to right, the longest at each place, none inside another. */
function findNames(text: string, tokens: readonly Token[], known: Taxonomy): readonly NameHit[] {
  const hits: NameHit[] = []
  for (let from = 0; from < tokens.length; from++) {
    let best: NameHit | null = null
    let key = ''
    for (let to = from; to < tokens.length && to < from + known.longest + 2; to++) {
      const token = tokens[to]!
      if (to > from && token.breakBefore) break
      key += token.folded
      const nodes = known.byKey(key)
      // "small white" is a butterfly, but before a noun it is only how something looks.
      if (nodes.length === 0 || tokens.slice(from, to + 1).every(({ text: word }) => isLook(word)))
        continue
      const latin = nodes.every((node) => node.key !== key) && /^\p{Lu}/u.test(tokens[from]!.text)
      best = { from, to: to + 1, key, nodes, latin: latin && to > from }
    }
    const latinTo = best ? null : latinAt(text, tokens, from)
    if (latinTo !== null) {
      const words = tokens.slice(from, latinTo).map(({ folded }) => folded)
      best = { from, to: latinTo, key: words.join(''), nodes: [], latin: true }
    }
    if (best) {
      hits.push(best)
      from = best.to - 1
    }
  }
  return hits
}

export function readText(text: string, known: Taxonomy): ReadText {
  const tokens = tokenise(text)
  return { text, tokens, tags: tag(text, tokens), names: findNames(text, tokens, known) }
}

/** Words that say that this is a picture, not what it shows. */
const GENERIC = new Set(
  (
    'photo photograph picture image drawing illustration painting sketch woodcut engraving print ink stock ' +
    'closeup close up view shot snapshot portrait clipart vector wallpaper jpg jpeg png gif webp'
  ).split(' '),
)
export const isGeneric = ({ folded }: Token): boolean => GENERIC.has(folded)

/** Concepts in [from, to) of a text, left to right, none inside another. `skip`: words that count for nothing. */
export function conceptsOf(
  read: ReadText,
  skip: (index: number) => boolean = () => false,
): readonly Concept[] {
  const { tokens, tags, names } = read
  const concepts: Concept[] = []
  let name = 0
  let open: number | null = null
  const close = (to: number) => {
    if (open === null) return
    const run = trimmed(read, { from: open, to })
    if (run) concepts.push({ ...run, kind: hasNoun(read, run) ? 'phrase' : 'word', hit: null })
    open = null
  }
  for (let i = 0; i < tokens.length; i++) {
    while (name < names.length && names[name]!.from < i) name++
    const hit = names[name]
    const start = open
    // "gray owl": one plain word at the end of a phrase is its noun, not a name beside it.
    const isHead = open !== null && hit?.to === i + 1 && !tokens[i]!.breakBefore
    if (hit?.from === i && !skip(i) && !isHead) {
      close(i)
      concepts.push({ from: hit.from, to: hit.to, kind: 'name', hit })
      i = hit.to - 1
      continue
    }
    const pos = describes(read, i) ? 'adjective' : tags[i]!.pos
    const inPhrase = pos === 'noun' || pos === 'adjective' || pos === 'number'
    if (skip(i) || (!inPhrase && pos !== 'verb')) close(i)
    else if (pos === 'verb') {
      close(i)
      concepts.push({ from: i, to: i + 1, kind: 'word', hit: null })
    } else {
      // After its noun a phrase is complete; another adjective begins the next one.
      const noun = start !== null && tags[i - 1]!.pos === 'noun' && !isLook(tokens[i - 1]!.text)
      const afterNoun = noun && pos !== 'noun'
      if (tokens[i]!.breakBefore || afterNoun) close(i)
      open ??= i
    }
  }
  close(tokens.length)
  return concepts
}

/** "web-spinning mite", "even-toed": a word hyphened into a phrase, or an -ing or -ed before its noun. */
function describes({ text, tokens, tags }: ReadText, i: number): boolean {
  const [token, next] = [tokens[i]!, tokens[i + 1]]
  const { pos } = tags[i]!
  if (pos === 'noun' || pos === 'determiner' || !next || next.breakBefore) return false
  if (text.slice(token.at + token.text.length, next.at) === '-') return true
  if (pos !== 'verb' || tags[i + 1]!.pos !== 'noun') return false
  const hyphened = i > 0 && text.slice(0, token.at).endsWith('-')
  const first = i === 0 || token.breakBefore || tags[i - 1]!.pos === 'determiner'
  return hyphened || (first && /(?:ing|ed)$/i.test(token.text))
}

const hasNoun = ({ tags }: ReadText, { from, to }: Run): boolean =>
  tags.slice(from, to).some(({ pos }) => pos === 'noun')

/** Without words like "photo" at its ends; null when nothing else is left. */
function trimmed({ tokens }: ReadText, { from, to }: Run): Run | null {
  while (from < to && isGeneric(tokens[from]!)) from++
  while (to > from && isGeneric(tokens[to - 1]!)) to--
  return from < to ? { from, to } : null
}
