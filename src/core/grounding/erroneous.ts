/** Names in a caption that neither the alt-text nor what is known of the picture supports. */
import { subjectOf } from './caption-subject.ts'
import type { NameHit, ReadText } from './phrases.ts'
import { isGeneric, isLook } from './phrases.ts'
import type { Agreement, ReferenceReader } from './references.ts'
import type { Run } from './tokens.ts'

export type DoubtRule =
  | 'not-in-truth'
  | 'not-the-class'
  | 'unknown-subject'
  | 'unknown-latin'
  | 'no-reference'
  | 'outside-class'
  | 'more-exact-than-known'

export interface Doubt {
  readonly run: Run
  readonly markClass: 'erroneous' | 'cannot-verify'
  readonly rule: DoubtRule
}

export interface DoubtInput {
  readonly caption: ReadText
  readonly reference: ReferenceReader
  /** Words of the caption that the alt-text brought. */
  readonly fromAlt: (index: number) => boolean
}

const within = (run: Run, outer: Run | null): boolean =>
  outer !== null && outer.from <= run.from && run.to <= outer.to

/** One plain word ("perch", "boot") is a name only where it is the noun that its phrase is about. */
function isNoun({ tokens, tags }: ReadText, { from, to, latin }: NameHit): boolean {
  if (latin || to - from > 1) return true
  if (tags[from]!.pos !== 'noun') return false
  const next = tags[to]
  return next === undefined || tokens[to]!.breakBefore || next.pos !== 'noun'
}

function judge(
  hit: NameHit,
  agreement: Agreement,
  {
    reference,
    carried,
    subject,
  }: { reference: ReferenceReader; carried: boolean; subject: boolean },
): Omit<Doubt, 'run'> | null {
  if (agreement === 'said' || agreement === 'another-name' || agreement === 'kind-of') return null
  if (reference.authority === null)
    return carried ? null : { markClass: 'cannot-verify', rule: 'no-reference' }
  if (agreement === 'more-exact')
    return carried ? null : { markClass: 'cannot-verify', rule: 'more-exact-than-known' }
  if (reference.authority === 'truth') return { markClass: 'erroneous', rule: 'not-in-truth' }
  if (carried) return null // a class name is no full truth: the alt-text may know more
  if (hit.nodes.length === 0) return { markClass: 'erroneous', rule: 'unknown-latin' }
  return subject || reference.competes(hit)
    ? { markClass: 'erroneous', rule: 'not-the-class' }
    : { markClass: 'cannot-verify', rule: 'outside-class' }
}

/** A subject that nobody has heard of: "A drawing of a blorptail" where the class is an owl. */
function unknownSubject({ caption, reference, fromAlt }: DoubtInput, subject: Run | null) {
  if (!subject || reference.authority === null) return null
  if (caption.names.some((hit) => hit.from < subject.to && subject.from < hit.to)) return null
  let [from, to] = [subject.from, subject.to]
  while (to > from && isGeneric(caption.tokens[to - 1]!)) to--
  while (from < to - 1 && isLook(caption.tokens[from]!.text)) from++
  if (from === to) return null
  const words = caption.tokens.slice(from, to)
  const known = words.some(({ folded }) => reference.knowsWord(folded))
  const brought = words.some((_, i) => fromAlt(from + i))
  if (known || brought) return null
  return { run: { from, to }, markClass: 'erroneous', rule: 'unknown-subject' } as const
}

export function findDoubts(input: DoubtInput): readonly Doubt[] {
  const { caption, reference, fromAlt } = input
  const subject = subjectOf(caption)
  const named = caption.names.flatMap((hit): Doubt[] => {
    if (!isNoun(caption, hit)) return []
    const run = { from: hit.from, to: hit.to }
    const carried = Array.from({ length: hit.to - hit.from }, (_, i) => fromAlt(hit.from + i))
    const verdict = judge(hit, reference.agreement(hit), {
      reference,
      carried: carried.every(Boolean),
      subject: within(run, subject) || (hit.latin && hit.from === subject?.to),
    })
    return verdict ? [{ run, ...verdict }] : []
  })
  const unknown = unknownSubject(input, subject)
  return unknown ? [unknown, ...named] : named
}
