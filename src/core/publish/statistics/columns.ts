/** The figures of the Statistics table as data: a row of the table a row, and its growth curves, a point a row. */
import type { GrowthPoint } from '../../text-statistics/vocabulary.ts'
import { baseText } from '../base-row.ts'
import { integer, number, text, type DataColumn, type DataRow } from '../data-columns.ts'
import { MEASURES, type MeasureName } from './collect.ts'
import type { Statistics, StatisticsRow } from './figures.ts'

const NAMES: Readonly<Record<MeasureName, string>> = {
  words: 'n_words',
  tokens: 'n_tokens',
  sentences: 'n_sentences',
  opening: 'opening_share',
  prompts: 'table8_share',
  entities: 'entities_kept',
  names: 'names_kept',
  numbers: 'numbers_kept',
  dates: 'dates_kept',
  copied: 'copied_whole',
  verbatim: 'alt_verbatim',
  grounded: 'grounding_ratio',
}

const ROW_COLUMNS: readonly DataColumn[] = [text('alt_kind'), text('model'), text('model_sha256')]

const rowOf = ({ altKind, captionerId, captionerSha256 }: StatisticsRow): DataRow => [
  altKind,
  captionerId,
  captionerSha256,
]

/** `_n`: images that have anything to count; `_of`: captions, entities or words that the figure is over. */
export const STATISTICS_COLUMNS: readonly DataColumn[] = [
  ...ROW_COLUMNS,
  integer('captions'),
  integer('images'),
  /** What all differences are to: a kind of alt-text, 'alt-text' itself, or CAPTIONER,KIND. */
  text('base'),
  ...[number('n_words_q1'), number('n_words_median'), number('n_words_q3')],
  text('opening'),
  ...MEASURES.flatMap((name) => [
    ...['', '_low', '_high'].map((end) => number(NAMES[name] + end)),
    ...['_n', '_of'].map((end) => integer(NAMES[name] + end)),
    ...['_delta', '_delta_low', '_delta_high'].map((end) => number(NAMES[name] + end)),
    integer(`${NAMES[name]}_delta_n`),
  ]),
  /** Of the equal sample; null of a row with fewer images. */
  integer('sample_captions'),
  integer('sample_words'),
  integer('types'),
  number('mattr'),
  integer('trigrams'),
  integer('openings'),
  integer('repeated'),
]

const measure = ({ ratios, deltas }: StatisticsRow, name: MeasureName): DataRow => {
  const [found, delta] = [ratios[name], deltas[name]]
  return [
    ...(found
      ? [found.value, found.low, found.high, found.images, found.of]
      : [null, null, null, null, null]),
    ...(delta ? [delta.value, delta.low, delta.high, delta.images] : [null, null, null, null]),
  ]
}

export const statisticsRows = ({ rows, base }: Statistics): readonly DataRow[] =>
  rows.map((row) => {
    const { vocabulary: found } = row
    return [
      ...rowOf(row),
      ...[row.captions, row.images, baseText(base), ...row.quartiles, row.opening],
      ...MEASURES.flatMap((name) => measure(row, name)),
      ...(found
        ? [found.captions, found.words, found.types, found.mattr, found.trigrams]
        : [null, null, null, null, null]),
      ...(found ? [found.openings, found.repeated] : [null, null]),
    ]
  })

/** How many different words and trigrams so many captions of the sample hold. */
export const GROWTH_COLUMNS: readonly DataColumn[] = [
  ...ROW_COLUMNS,
  ...[integer('captions'), integer('words'), integer('types'), integer('trigrams')],
]

const pointRow = ({ captions, words, types, trigrams }: GrowthPoint): DataRow => [
  captions,
  words,
  types,
  trigrams,
]

export const growthRows = ({ rows }: Statistics): readonly DataRow[] =>
  rows.flatMap((row) =>
    (row.vocabulary?.growth ?? []).map((point) => [...rowOf(row), ...pointRow(point)]),
  )
