/** Holds a text against the rules of a guideline. It points, and never rewrites. Pure; its word lists are English. */
import {
  LINT_RULES,
  type Guideline,
  type LintHit,
  type LintRule,
} from '../../../shared/annotation.ts'
import { count } from './count.ts'
import { feeling } from './feeling.ts'
import { toHits, type Check, type LintInput } from './find.ts'
import { leftOverNoise } from './left-over-noise.ts'
import { length } from './length.ts'
import { opening } from './opening.ts'
import { person } from './person.ts'
import { withoutQuotes } from './sentences.ts'

const CHECKS: Readonly<Record<Exclude<LintRule, 'alt-text-unused'>, Check>> = {
  opening,
  feeling,
  person,
  count,
  'left-over-noise': leftOverNoise,
  length,
}

const UNUSED: LintHit = {
  rule: 'alt-text-unused',
  message:
    'Nothing of the alt-text is in it; the guideline asks to keep what the alt-text knows, unless the picture refutes it.',
  span: null,
}

export interface LintRequest {
  readonly text: string
  readonly altText: string
  readonly guideline: Pick<Guideline, 'openings' | 'rules'>
  /** Whether an alt-text that says something is passed over whole; asked only where the rule is on. */
  readonly passedOver: () => boolean
}

/** Of an empty text nothing is said: it is not written yet. */
export function lintText({ text, altText, guideline, passedOver }: LintRequest): LintHit[] {
  if (text.trim() === '') return []
  const input: LintInput = { text, said: withoutQuotes(text), altText, guideline }
  return LINT_RULES.filter((rule) => guideline.rules.includes(rule)).flatMap((rule) => {
    if (rule === 'alt-text-unused') return passedOver() ? [UNUSED] : []
    return toHits(rule, text, CHECKS[rule](input))
  })
}
