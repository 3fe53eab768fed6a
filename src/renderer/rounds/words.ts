/** What rules of a guideline are called, and what is said of rounds. */
import type { Guideline, LintRule } from '../../shared/annotation.ts'

export const RULE_NAMES: Readonly<Record<LintRule, string>> = {
  opening: 'Opening',
  feeling: 'Theme or feeling',
  person: 'About a person',
  count: 'Counting',
  'left-over-noise': 'Left-over noise',
  'alt-text-unused': 'Alt-text unused',
  length: 'Length',
}

export const RULE_ABOUT: Readonly<Record<LintRule, string>> = {
  opening: 'begins with one of the openings',
  feeling: 'no sentence on theme, mood or impression',
  person: 'nothing on origin, faith, health, face or hair of a person',
  count: 'more than ten are “many”',
  'left-over-noise': 'no file names, dates or credits of the alt-text',
  'alt-text-unused': 'concepts of the alt-text are used',
  length: 'neither a stub nor far too long',
}

/** In the order of the record. */
export const RULES = Object.keys(RULE_NAMES) as readonly LintRule[]

export const stepsLeft = (guideline: Guideline, ticked: readonly string[]): number =>
  guideline.steps.filter(({ id }) => !ticked.includes(id)).length

export const roundName = (round: number): string =>
  round === 1 ? 'Round 1, the start' : `Round ${round}`
