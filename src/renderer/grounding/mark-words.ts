/** What marks are called, and why they stand there, in words for people. */
import type { Mark, MarkClass } from '../../shared/contract/grounding.ts'

export interface ClassWords {
  readonly name: string
  /** Continues the name: "carried from the alt-text". */
  readonly means: string
}

/** The paper's three colours first, then the quieter classes. */
export const CLASS_WORDS: Readonly<Record<MarkClass, ClassWords>> = {
  carried: { name: 'carried', means: 'from the alt-text' },
  erroneous: { name: 'erroneous', means: 'for this picture' },
  rejected: { name: 'rejected', means: 'by the captioner' },
  corrected: { name: 'corrected', means: 'against what is said without alt-text' },
  added: { name: 'added', means: 'and not said without alt-text' },
  'cannot-verify': { name: 'cannot verify', means: 'from what is known' },
}

const MATCHED_IN: Readonly<Record<string, string>> = {
  caption: 'In the caption',
  'alt-text': 'In the alt-text',
  'empty-caption': 'Without alt-text',
  truth: 'Known of the picture',
  class: 'Class',
}

export const matchedIn = (place: string): string => MATCHED_IN[place] ?? place

export function statusWords({ status, origin, decidedBy }: Mark): string {
  const who = decidedBy ? decidedBy : 'a person'
  if (status === 'proposed') return 'proposed by the machine'
  if (status === 'overruled') return `proposed by the machine, overruled by ${who}`
  return origin === 'person' ? `marked by ${who}` : `proposed by the machine, confirmed by ${who}`
}

/** One mark in one sentence, for those who hear the page. */
export function describeMark(mark: Mark): string {
  const why = mark.explanation ? ` ${mark.explanation.words}` : ''
  return `${CLASS_WORDS[mark.markClass].name}, ${statusWords(mark)}.${why}`
}

/** The paper's three always stand in the legend; the quieter ones where there are any. */
export const MARK_LEGEND: readonly { readonly markClass: MarkClass; readonly always: boolean }[] = [
  { markClass: 'carried', always: true },
  { markClass: 'erroneous', always: true },
  { markClass: 'rejected', always: true },
  { markClass: 'corrected', always: false },
  { markClass: 'added', always: false },
  { markClass: 'cannot-verify', always: false },
]
