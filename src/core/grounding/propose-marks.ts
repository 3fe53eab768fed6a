/** The matcher: proposes marks for one caption and says of each what matched what, by which rule. Pure. */
import type { Explanation, MarkClass, MarkSpan } from '../../shared/contract/grounding.ts'
import { changesAgainst } from './changed-phrases.ts'
import { findDoubts, type Doubt } from './erroneous.ts'
import { explain } from './explain.ts'
import { matchConcept, type ConceptMatch } from './match-concept.ts'
import { noiseWords } from './noise-words.ts'
import { conceptsOf, readText, type Concept, type ReadText } from './phrases.ts'
import { readReferences, type ReferenceReader, type References } from './references.ts'
import { TAGGER } from './tagger.ts'
import { sliceCodePoints, type Run } from './tokens.ts'

/** Changes whenever another proposal could come of the same texts. */
export const MATCHER = `realign-matcher 1 (${TAGGER})`

export interface Proposal extends MarkSpan {
  readonly markClass: MarkClass
  readonly text: string
  readonly explanation: Explanation
}

export interface ProposeInput {
  readonly caption: string
  readonly altText: string
  readonly references: References
}

interface Reading {
  readonly alt: ReadText
  readonly caption: ReadText
  readonly reference: ReferenceReader
}

const spanIn = ({ tokens }: ReadText, { from, to }: Run) => ({
  start: tokens[from]!.start,
  end: tokens[to - 1]!.end,
})

const textIn = (read: ReadText, run: Run): string => {
  const [first, last] = [read.tokens[run.from]!, read.tokens[run.to - 1]!]
  return read.text.slice(first.at, last.at + last.text.length)
}

function* ofConcept(
  { alt, caption }: Reading,
  concept: Concept,
  match: ConceptMatch,
): Generator<Proposal> {
  for (const { rule, caption: run, alt: source } of match.carried)
    yield {
      place: 'caption',
      ...spanIn(caption, run),
      markClass: 'carried',
      text: textIn(caption, run),
      explanation: explain(rule, {
        in: 'alt-text',
        text: textIn(alt, source),
        ...spanIn(alt, source),
      }),
    }
  for (const run of match.rejected) {
    const part = run.to - run.from < concept.to - concept.from
    yield {
      place: 'alt-text',
      ...spanIn(alt, run),
      markClass: 'rejected',
      text: textIn(alt, run),
      explanation: explain(part ? 'modifier-missing' : 'not-in-caption', null),
    }
  }
}

function doubtMark({ caption, reference }: Reading, { run, markClass, rule }: Doubt): Proposal {
  const { authority, text } = reference
  const matched =
    authority === null ? null : { in: authority, text: text.slice(0, 200), start: null, end: null }
  return {
    place: 'caption',
    ...spanIn(caption, run),
    markClass,
    text: textIn(caption, run),
    explanation: explain(rule, matched),
  }
}

/** Corrected where the alt-text speaks and the empty-alt caption said otherwise; added where it says nothing. */
function* changed(
  { caption, reference }: Reading,
  emptyCaption: string,
  fromAlt: ReadonlySet<number>,
): Generator<Proposal> {
  const changes = changesAgainst(caption, emptyCaption)
  for (const { run, instead } of changes) {
    const brought = indices(run).filter((i) => fromAlt.has(i))
    if (brought.length > 0 && instead) {
      const part = { from: Math.min(...brought), to: Math.max(...brought) + 1 }
      const text = sliceCodePoints(emptyCaption, instead.start, instead.end)
      yield {
        place: 'caption',
        ...spanIn(caption, part),
        markClass: 'corrected',
        text: textIn(caption, part),
        explanation: explain('replaces', { in: 'empty-caption', text, ...instead }),
      }
    }
  }
  const isNew = new Set(changes.flatMap(({ run }) => indices(run)))
  for (const concept of conceptsOf(caption)) {
    const own = indices(concept)
    const head = concept.to - 1
    if (!own.every((i) => isNew.has(i)) || own.some((i) => fromAlt.has(i))) continue
    if (concept.kind === 'word' || reference.knowsWord(caption.tokens[head]!.folded)) continue
    yield {
      place: 'caption',
      ...spanIn(caption, concept),
      markClass: 'added',
      text: textIn(caption, concept),
      explanation: explain('only-with-alt', null),
    }
  }
}

const indices = ({ from, to }: Run): number[] =>
  Array.from({ length: to - from }, (_, i) => from + i)

/** One mark for a span and class, however many concepts lead to it; the first explanation stays. */
function unique(proposals: readonly Proposal[]): readonly Proposal[] {
  const kept = new Map<string, Proposal>()
  for (const one of proposals) {
    const key = `${one.place} ${one.start} ${one.end} ${one.markClass}`
    if (!kept.has(key)) kept.set(key, one)
  }
  return [...kept.values()].sort(
    (a, b) => a.place.localeCompare(b.place) || a.start - b.start || a.end - b.end,
  )
}

/** Marks for one caption under one alt-text. The same input always gives the same marks. */
export function proposeMarks({ caption, altText, references }: ProposeInput): readonly Proposal[] {
  const { taxonomy, emptyCaption } = references
  const reading: Reading = {
    alt: readText(altText, taxonomy),
    caption: readText(caption, taxonomy),
    reference: readReferences(references),
  }
  const concepts = conceptsOf(reading.alt, noiseWords(altText, reading.alt.tokens))
  const matches = concepts.map((concept) => ({
    concept,
    match: matchConcept(reading, concept, taxonomy),
  }))
  const fromAlt = new Set(
    matches.flatMap(({ match }) => match.carried.flatMap((one) => indices(one.caption))),
  )
  const found = matches.flatMap(({ concept, match }) => [...ofConcept(reading, concept, match)])
  const doubts = findDoubts({ ...reading, fromAlt: (i) => fromAlt.has(i) })
  found.push(...doubts.map((doubt) => doubtMark(reading, doubt)))
  if (emptyCaption !== null && altText.trim() !== '')
    found.push(...changed(reading, emptyCaption, fromAlt))
  return unique(found)
}
