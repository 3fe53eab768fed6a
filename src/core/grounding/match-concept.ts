/** Where a concept of the alt-text stands in the caption, and which of its words are missing there. */
import type { Taxonomy } from '../probes/taxonomy.ts'
import { howAlike, type Likeness } from './how-alike.ts'
import type { Concept, NameHit, ReadText } from './phrases.ts'
import { findRuns, joined, type Run, type Token } from './tokens.ts'

export type MatchRule = Likeness | 'same-stem' | 'other-order' | 'shortened-name' | 'same-head'

export interface Carried {
  readonly rule: MatchRule
  /** In the caption. */
  readonly caption: Run
  /** In the alt-text. */
  readonly alt: Run
}

export interface ConceptMatch {
  readonly carried: readonly Carried[]
  /** Parts of the alt-text that the caption does not have. */
  readonly rejected: readonly Run[]
  /** The caption says something more exact instead ("animal" of an owl): neither carried nor rejected. */
  readonly implied: NameHit | null
}

const none: ConceptMatch = { carried: [], rejected: [], implied: null }

const textOf = ({ text, tokens }: ReadText, { from, to }: Run): string => {
  const [first, last] = [tokens[from]!, tokens[to - 1]!]
  return text.slice(first.at, last.at + last.text.length)
}

/** The caption's longer name around a run, unless it is this run. */
function longerName(caption: ReadText, run: Run): NameHit | undefined {
  return caption.names.find(
    ({ from, to, latin }) =>
      !latin && from <= run.from && run.to <= to && to - from > run.to - run.from,
  )
}

function whole(alt: ReadText, caption: ReadText, concept: Run): readonly Carried[] {
  const wanted = joined(alt.tokens.slice(concept.from, concept.to))
  return findRuns(caption.tokens, wanted).map((run) => ({
    rule: howAlike(textOf(alt, concept), textOf(caption, run)),
    caption: run,
    alt: concept,
  }))
}

/** "gray owl" for "great gray owl": the end of the name, standing alone and saying more than its kind. */
function shortened(
  alt: ReadText,
  caption: ReadText,
  { concept, taxonomy }: Named,
): readonly Carried[] {
  const isKind = (word: string) =>
    taxonomy.byKey(word).some(({ key }) => taxonomy.below(key).length > 0)
  for (let from = concept.from + 1; from < concept.to; from++) {
    const rest = { from, to: concept.to }
    const words = alt.tokens.slice(from, concept.to)
    if (words.length === 1 && isKind(words[0]!.folded)) return []
    const found = findRuns(caption.tokens, joined(words)).filter(
      (run) => !longerName(caption, run) && standsAlone(caption, run.from),
    )
    if (found.length > 0)
      return found.map((run) => ({ rule: 'shortened-name', caption: run, alt: rest }))
  }
  return []
}

/** No noun before it makes it another name ("barn owl" is no "owl" of the alt-text's "snowy owl"). */
function standsAlone({ tokens, tags }: ReadText, from: number): boolean {
  const before = tags[from - 1]
  return tokens[from]!.breakBefore || before === undefined || before.pos !== 'noun'
}

interface Named {
  readonly concept: Concept
  readonly taxonomy: Taxonomy
}

function matchName(alt: ReadText, caption: ReadText, named: Named): ConceptMatch {
  const { concept } = named
  const all = whole(alt, caption, concept)
  const free = all.filter((match) => !entails(longerName(caption, match.caption), concept))
  if (free.length > 0) return { ...none, carried: free }
  const ends = concept.hit?.latin ? [] : shortened(alt, caption, named)
  if (ends.length > 0) return { ...none, carried: ends }
  return { ...none, rejected: [concept] }
}

/** A name inside a longer one is carried only where the longer one is a kind of it (an owl in "barn owl"). */
function entails(longer: NameHit | undefined, { hit }: Concept): boolean {
  if (!longer || !hit) return false
  const words = (name: string) => name.toLowerCase()
  return !longer.nodes.some((node) =>
    hit.nodes.some(({ name }) => words(node.name).includes(words(name))),
  )
}

const sameStem = (alt: ReadText, a: number, caption: ReadText, c: number): boolean =>
  alt.tags[a]!.stem === caption.tags[c]!.stem && alt.tags[a]!.stem.length > 2

const sameWord = (a: Token, b: Token): boolean => a.folded === b.folded

/** The caption's phrase around a word, as far as adjectives, numbers and nouns reach. */
function phraseAround({ tokens, tags }: ReadText, at: number): Run {
  const inside = (i: number) => ['noun', 'adjective', 'number'].includes(tags[i]?.pos ?? '')
  let [from, to] = [at, at + 1]
  while (from > 0 && !tokens[from]!.breakBefore && inside(from - 1)) from--
  while (to < tokens.length && !tokens[to]!.breakBefore && inside(to)) to++
  return { from, to }
}

/** Runs of indices that follow each other, as [from, to). */
function toRuns(indices: readonly number[]): readonly Run[] {
  const runs: { from: number; to: number }[] = []
  for (const index of [...indices].sort((a, b) => a - b)) {
    const last = runs.at(-1)
    if (last?.to === index) last.to++
    else runs.push({ from: index, to: index + 1 })
  }
  return runs
}

/** By its last noun: "red car" against "a blue car" carries the car and rejects the red. */
function byHead(alt: ReadText, caption: ReadText, concept: Concept): ConceptMatch {
  const head = concept.to - 1
  const carried: Carried[] = []
  const missing = new Set(Array.from({ length: head - concept.from }, (_, i) => concept.from + i))
  let found = false
  caption.tokens.forEach((token, at) => {
    const same = sameWord(alt.tokens[head]!, token)
    if (!same && !sameStem(alt, head, caption, at)) return
    if (longerName(caption, { from: at, to: at + 1 })) return
    found = true
    const around = phraseAround(caption, at)
    const words = [at]
    for (let i = concept.from; i < head; i++)
      for (let c = around.from; c < around.to; c++)
        if (c !== at && sameWord(alt.tokens[i]!, caption.tokens[c]!)) {
          words.push(c)
          missing.delete(i)
        }
    const complete = words.length > head - concept.from
    const rule = complete ? 'other-order' : same ? 'same-head' : 'same-stem'
    for (const run of toRuns(words)) carried.push({ rule, caption: run, alt: concept })
  })
  if (!found) return { ...none, rejected: [concept] }
  for (const i of missing)
    if (alt.tags[i]!.pos === 'verb')
      caption.tokens.forEach((_, at) => {
        if (!sameStem(alt, i, caption, at)) return
        carried.push({
          rule: 'same-stem',
          caption: { from: at, to: at + 1 },
          alt: { from: i, to: i + 1 },
        })
        missing.delete(i)
      })
  const meaningful = [...missing].filter((i) => alt.tags[i]!.pos !== 'determiner')
  return { ...none, carried, rejected: toRuns(meaningful) }
}

function matchWord(alt: ReadText, caption: ReadText, concept: Concept): ConceptMatch {
  const carried = whole(alt, caption, concept)
  if (carried.length > 0) return { ...none, carried }
  const stems = caption.tokens.flatMap((_, at) =>
    concept.to - concept.from === 1 && sameStem(alt, concept.from, caption, at) ? [at] : [],
  )
  if (stems.length > 0)
    return {
      ...none,
      carried: stems.map((at) => ({
        rule: 'same-stem',
        caption: { from: at, to: at + 1 },
        alt: concept,
      })),
    }
  // A verb that the caption leaves out says little; an adjective or a number that it leaves out was refused.
  const verb = alt.tags[concept.from]!.pos === 'verb'
  return { ...none, rejected: verb ? [] : [concept] }
}

/** Something the caption names that is a kind of this concept. */
function moreExact(caption: ReadText, { hit }: Concept, { above }: Taxonomy): NameHit | null {
  const keys = new Set(hit?.nodes.map(({ key }) => key))
  const isBelow = ({ nodes }: NameHit) =>
    nodes.some((node) => [...keys].some((key) => above(node.key).has(key)))
  return (keys.size > 0 && caption.names.find(isBelow)) || null
}

/** One concept of the alt-text against the whole caption. */
export function matchConcept(
  { alt, caption }: { readonly alt: ReadText; readonly caption: ReadText },
  concept: Concept,
  taxonomy: Taxonomy,
): ConceptMatch {
  if (concept.kind === 'word') return matchWord(alt, caption, concept)
  if (concept.kind === 'name') {
    const match = matchName(alt, caption, { concept, taxonomy })
    if (match.carried.length > 0) return match
    const implied = moreExact(caption, concept, taxonomy)
    return implied ? { ...none, implied } : match
  }
  const carried = whole(alt, caption, concept)
  return carried.length > 0 ? { ...none, carried } : byHead(alt, caption, concept)
}
