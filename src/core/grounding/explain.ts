/** Every rule of the matcher in one sentence: why these words have this colour. */
import type { Explanation } from '../../shared/contract/grounding.ts'
import type { DoubtRule } from './erroneous.ts'
import type { MatchRule } from './match-concept.ts'

export type Rule =
  MatchRule | DoubtRule | 'not-in-caption' | 'modifier-missing' | 'replaces' | 'only-with-alt'

const WORDS: Readonly<Record<Rule, string>> = {
  'same-words': 'The alt-text says the same words.',
  'other-case': 'The alt-text says the same words, in other capitals.',
  'other-spacing': 'The alt-text says the same words, with other hyphens or spaces.',
  'other-accents': 'The alt-text says the same words, with other accents.',
  'number-word': 'The alt-text says the same number, in digits or as a word.',
  inflection: 'The alt-text says the same words in another form (plural, spelling).',
  'same-stem': 'The alt-text has a word of the same stem.',
  'other-order': 'Every word of the phrase stands in the alt-text, in another order.',
  'shortened-name': 'The alt-text gives the longer name that ends in these words.',
  'same-head': 'The alt-text has the same noun; its other words differ.',
  'not-in-caption': 'The caption does not say this.',
  'modifier-missing': 'The caption has the thing but not this word about it.',
  'not-in-truth': 'What is known of the picture names something else.',
  'not-the-class': 'The class of the picture is something else of the same kind.',
  'unknown-subject': 'The caption says it shows this; what is known of the picture does not.',
  'unknown-latin': 'This Latin name belongs to no name that is known of the picture.',
  'no-reference': 'Nothing is known of the picture that could confirm or refute this name.',
  'outside-class': 'The class of the picture says nothing about this.',
  'more-exact-than-known': 'More exact than anything that is known of the picture.',
  replaces: 'With the empty alt-text the caption says something else here; the alt-text says this.',
  'only-with-alt': 'New beside the empty-alt caption, although the alt-text does not say it.',
}

export const explain = (rule: Rule, matched: Explanation['matched']): Explanation => ({
  rule,
  matched,
  words: WORDS[rule],
})
