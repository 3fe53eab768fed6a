/** What every rule of the lint is given and answers. */
import type { Guideline, LintHit, LintRule } from '../../../shared/annotation.ts'
import { codePointCounter } from '../../grounding/tokens.ts'

export interface LintInput {
  readonly text: string
  /** The same with its quoted lettering blanked out. */
  readonly said: string
  readonly altText: string
  readonly guideline: Pick<Guideline, 'openings'>
}

/** UTF-16 offsets; null where the text as a whole is meant. */
export interface Finding {
  readonly at: { readonly from: number; readonly to: number } | null
  readonly message: string
}

export type Check = (input: LintInput) => Iterable<Finding>

/** For a message: the words as they stand there, a few of them. */
export function shown(text: string): string {
  const line = text.replace(/\s+/gu, ' ').trim()
  return line.length > 60 ? `“${line.slice(0, 57).toWellFormed()}…”` : `“${line}”`
}

/** Hits in the order of the text, those about all of it first. */
export function toHits(rule: LintRule, text: string, findings: Iterable<Finding>): LintHit[] {
  const inOrder = [...findings].sort((a, b) => (a.at?.from ?? -1) - (b.at?.from ?? -1))
  return inOrder.map(({ at, message }) => {
    const points = codePointCounter(text)
    const span = at && { start: points(at.from), end: points(at.to) }
    return { rule, message, span }
  })
}
