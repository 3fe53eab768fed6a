/** The figures as the paper's annotation table (section 5.1): length, edit distance, alignment, with intervals. */
import type { AnnotationFigures, Estimate, RoundFigures } from '../../../shared/annotation.ts'
import { shownNumber } from '../../../shared/numbers.ts'
import type { DataValue } from '../../publish/data-columns.ts'
import { csvLine } from '../../publish/csv.ts'
import { textCell, type DocCell, type DocColumn, type TableDoc } from '../../publish/table-doc.ts'

const COLUMNS: readonly DocColumn[] = [
  { label: 'Annotation', kind: 'text', share: 0.16 },
  { label: 'Images', kind: 'number', share: 0.08 },
  { label: 'Length (words)', kind: 'number', share: 0.15 },
  { label: 'Edit dist. (characters)', kind: 'number', share: 0.17 },
  { label: 'Edit dist. (words)', kind: 'number', share: 0.15 },
  { label: 'Alignment (CLIP)', kind: 'number', share: 0.15 },
  { label: 'Unchanged', kind: 'number', share: 0.14 },
]

function estimate(found: Estimate | null, digits: number, times = 1, unit = ''): DocCell {
  if (!found) return textCell('-')
  const [value, low, high] = [found.value, found.low, found.high].map((one) =>
    shownNumber(times * one, digits),
  )
  return textCell(`${value}${unit} [${low}, ${high}]`)
}

const row = (figures: RoundFigures, first: string): readonly DocCell[] => [
  textCell(figures.round === 1 ? `Round 1 (${first})` : `Round ${figures.round}`),
  { kind: 'number', value: figures.images, digits: 0, delta: null },
  estimate(figures.words, 1),
  estimate(figures.editedChars, 1),
  estimate(figures.editedWords, 1),
  estimate(figures.clip, 1),
  estimate(figures.unchanged, 0, 100, ' %'),
]

export const figuresDoc = (
  title: string,
  first: string,
  { rounds, outlook, notes }: AnnotationFigures,
): TableDoc => ({
  title,
  columns: COLUMNS,
  groups: [{ picture: null, rows: rounds.map((figures) => row(figures, first)) }],
  legend: [],
  notes: [...(outlook === null ? [] : [outlook]), ...notes],
  trace: [],
})

const MEASURES = ['words', 'editedChars', 'editedWords', 'clip', 'clipGain', 'unchanged'] as const
const NAMES: Readonly<Record<(typeof MEASURES)[number], string>> = {
  words: 'words',
  editedChars: 'edited_chars',
  editedWords: 'edited_words',
  clip: 'clip',
  clipGain: 'clip_gain',
  unchanged: 'unchanged',
}

/** All rounds, then each annotator's, whose rows have no intervals. */
export function figuresCsv({ rounds, annotators }: AnnotationFigures): string {
  const rules = [...new Set(rounds.flatMap(({ lint }) => Object.keys(lint)))].sort()
  const lines: (readonly DataValue[])[] = [
    [
      ...['round', 'annotator', 'images'],
      ...MEASURES.flatMap((one) => ['', '_low', '_high', '_n'].map((end) => NAMES[one] + end)),
      'median_seconds',
      ...rules.map((rule) => `lint_${rule.replaceAll('-', '_')}`),
    ],
    ...rounds.map((one) => [
      ...[one.round, null, one.images],
      ...MEASURES.flatMap((measure) => {
        const found = one[measure]
        return found ? [found.value, found.low, found.high, found.n] : [null, null, null, null]
      }),
      one.medianSeconds,
      // Nobody wrote round 1 here, so nothing is held against it.
      ...rules.map((rule) => (one.images === 0 || one.round === 1 ? null : (one.lint[rule] ?? 0))),
    ]),
    ...annotators.map((one) => [
      ...[one.round, one.annotator, one.images],
      ...MEASURES.flatMap((measure) => {
        if (measure !== 'words' && measure !== 'editedChars' && measure !== 'unchanged')
          return [null, null, null, null]
        return [one[measure], null, null, one.images]
      }),
      one.medianSeconds,
      ...rules.map(() => null),
    ]),
  ]
  return lines.map((line) => csvLine(line, 'guarded')).join('')
}
