/** What the measures of the triangulation are called, and what a disagreement reads like. */
import type {
  MeasureAgreement,
  MeasuredPlace,
  TriangulationMeasure,
} from './contract/triangulation.ts'
import { shownNumber } from './numbers.ts'

interface MeasureWords {
  /** Where one is chosen. */
  readonly name: string
  /** Over a column. */
  readonly short: string
  /** In a sentence, after 'by'. */
  readonly by: string
}

/** A measure that is called the same everywhere. */
const plain = (name: string): MeasureWords => ({ name, short: name, by: name })

export const MEASURE_WORDS: Readonly<Record<TriangulationMeasure, MeasureWords>> = {
  clip: { ...plain('CLIP'), name: 'CLIP score' },
  people: { name: 'People (comparisons won)', short: 'People', by: 'people' },
  npF1: { ...plain('NP F1'), name: 'Noun phrases, F1' },
  cider: plain('CIDEr-D'),
  meteor: plain('METEOR'),
  rougeL: plain('ROUGE-L'),
  bleu1: plain('BLEU-1'),
  erroneous: { name: 'Erroneous marks, fewest first', short: 'Errors', by: 'errors' },
  carried: { name: 'Carried marks, most first', short: 'Carried', by: 'carried marks' },
  rejected: { name: 'Rejected marks, most first', short: 'Rejected', by: 'rejected marks' },
  words: { name: 'Length in words, longest first', short: 'Words', by: 'length' },
}

const ENDINGS: Readonly<Record<string, string>> = { one: 'st', two: 'nd', few: 'rd', other: 'th' }
const rules = new Intl.PluralRules('en', { type: 'ordinal' })
export const ordinal = (n: number): string => `${n}${ENDINGS[rules.select(n)] ?? 'th'}`

/** `31.2`, `67 %`, `2`. */
export function measureValue({ measure, value }: Pick<MeasuredPlace, 'measure' | 'value'>): string {
  switch (measure) {
    case 'people':
      return `${Math.round(value * 100)} %`
    case 'erroneous':
    case 'carried':
    case 'rejected':
    case 'words':
      return String(value)
    default:
      return shownNumber(value, 1)
  }
}

/** `1st of 4`, `shared 2nd of 4`. */
export const placeInWords = ({ place, of, sharing }: MeasuredPlace): string =>
  `${sharing > 1 ? 'shared ' : ''}${ordinal(place)} of ${of}`

/** `1st of 4 by CLIP, 4th by people`; how many there are is said again where it is another number. */
export function disagreementInWords(
  measures: readonly MeasuredPlace[],
  by: readonly TriangulationMeasure[],
): string {
  const [a, b] = by.map((name) => measures.find(({ measure }) => measure === name))
  if (!a || !b) return ''
  const second = a.of === b.of ? placeInWords(b).replace(/ of \d+$/, '') : placeInWords(b)
  return `${placeInWords(a)} by ${MEASURE_WORDS[a.measure].by}, ${second} by ${MEASURE_WORDS[b.measure].by}`
}

/** What the list says of itself; the formula stands in core/triangulation/disagreement.ts. */
export const DISAGREEMENT_NOTE =
  'Disagreement: over the other captions of the image that the two measures order the other way round, the smaller of the two gaps in standard deviations within images; averaged over all other captions.'

export const AGREEMENT_NOTE =
  'Kendall’s tau-b over pairs of captions of the same image, with 95 % intervals of a bootstrap over images.'

/** `−.12`, `.40`, `1.0`. */
export function tauInWords(tau: number): string {
  const text = shownNumber(tau, Math.abs(tau) >= 0.995 ? 1 : 2)
  return text.replace(/0(?=\.\d\d)/, '')
}

/** Why there is no correlation. */
export const UNKNOWN_WORDS: Readonly<Record<NonNullable<MeasureAgreement['unknown']>, string>> = {
  none: 'no pair has both',
  open: 'one is always tied',
  few: 'too few',
}
