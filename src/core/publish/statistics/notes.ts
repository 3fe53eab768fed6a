/** The footnote of the Statistics table: what was counted, how, and over what. */
import { plural } from '../../../shared/plural.ts'
import { PAPER_OPENINGS } from '../../annotations/default-guideline.ts'
import { FEWEST_WORDS, LEAST_SHARE } from '../../text-statistics/copied.ts'
import { LEAST_OF_LARGEST } from '../../text-statistics/equal-sample.ts'
import { MATTR_WINDOW } from '../../text-statistics/lexical-diversity.ts'
import { ALT_TEXT_ITSELF, baseLabel } from '../base-row.ts'
import { kindLabel, nameIn, type BundleNames } from '../bundle-names.ts'
import type { MeasureName } from './collect.ts'
import { RESAMPLES, SEED, type Statistics, type StatisticsRow } from './figures.ts'

export const rowLabel = (
  { captionerId, altKind }: Pick<StatisticsRow, 'captionerId' | 'altKind'>,
  names: BundleNames,
): string =>
  captionerId === null ? ALT_TEXT_ITSELF : `${nameIn(names, captionerId)} (${kindLabel(altKind)})`

const percent = (share: number): string => `${Math.round(100 * share)} %`

function intervalNotes({ base }: Statistics, names: BundleNames): string {
  const to = baseLabel(base, names)
  const same = base.kind === 'baseline' ? `the same captioner under the ${to} alt-text` : to
  return `Square brackets: 95 % percentile interval of a bootstrap over images (${RESAMPLES} draws, seed ${SEED}), Wilson's where all images agree. Round brackets: difference to ${same}, over the images that have something to count in both; intervals of differences, and of sentences, are in the data.`
}

function sampleNotes({ sample, rows }: Statistics, names: BundleNames): string {
  const { images, asked } = sample
  const without = rows.filter(({ vocabulary }) => vocabulary === null)
  const size = asked
    ? `${plural(images, 'image')} of each row, as asked`
    : `${plural(images, 'image')} of each row, as many as the smallest has (rows with less than ${percent(LEAST_OF_LARGEST)} of the largest one's aside)`
  const missing =
    without.length === 0
      ? ''
      : ` Rows with fewer images have none: ${without.map((row) => rowLabel(row, names)).join('; ')}.`
  return `Types, MATTR, trigrams and repeated captions are of an equal sample: the first caption of ${size}, those that come first by FNV-1a of "${SEED} " and the image's sha256, so that rows of the same images share them.${missing} They have no interval: a bootstrap draws images twice, which adds no words.`
}

function wordsInSample({ rows }: Statistics, names: BundleNames): readonly string[] {
  const told = rows.flatMap((row) =>
    row.vocabulary ? [`${rowLabel(row, names)} ${row.vocabulary.words}`] : [],
  )
  return told.length === 0 ? [] : [`Words in the sample: ${told.join('; ')}.`]
}

function altTextNotes({ altTexts: { texts, images, hidden } }: Statistics): string {
  if (texts === 0) return 'No image of this selection has an alt-text of its own.'
  const without = images - texts
  const missing = without === 0 ? '' : `; ${without} without one, left out of its row`
  const titles =
    hidden === 0 ? '' : ` ${plural(hidden, 'alt-text')} of them in capitals or title case.`
  return `The alt-text itself: of ${texts} of ${images} images${missing}.${titles}`
}

/** "A (own) 3 % [3, 4]" of every row that has it: what the table has no room for. */
const toldShares = ({ rows }: Statistics, name: MeasureName, names: BundleNames): string =>
  rows
    .flatMap((row) => {
      const found = row.ratios[name]
      if (!found) return []
      const [value, low, high] = [found.value, found.low, found.high].map((one) =>
        (100 * one).toFixed(0),
      )
      return [`${rowLabel(row, names)} ${value} % [${low}, ${high}]`]
    })
    .join('; ')

export function statisticsNotes(statistics: Statistics, names: BundleNames): readonly string[] {
  const { visual } = statistics
  return [
    intervalNotes(statistics, names),
    'Words: as the reference metrics of Table 1 count them, lower case, split after the Penn Treebank, punctuation, brackets and emoji dropped (the column Words of Table 1 counts what stands between spaces). Quartiles are of captions: lower, median, upper. A sentence ends with "!", "?" or a line, or with a stop behind three letters or more.',
    `Opening: the most frequent first three words, and the share of captions that begin with them. With one of the ${PAPER_OPENINGS.length} starting prompts of Altogether's Table 8 begin: ${toldShares(statistics, 'prompts', names)}.`,
    sampleNotes(statistics, names),
    `Types: different words. MATTR: mean share of different words in every ${MATTR_WINDOW} words on end, over the captions of the sample one after another (Covington and McFall 2010). Trigrams: different runs of three words within a caption, as CapsFusion counts them (there in millions, of whole data sets). Repeated: captions whose words, one by one, are those of another one.`,
    ...wordsInSample(statistics, names),
    'Entities: names, numbers and dates of the alt-text that was given that reach the caption, of all there are; of captions that were given none, those of the image\'s own alt-text. Told by letters: a name is a run of words with a capital ("of", "de", "van" may stand in it), at the start of a sentence only before another capital and then without its first word too; a date is a month with a day or a year, or written in digits; a number is what else is in digits. None are told in a text in capitals, or of four or more words that all have one. File names, addresses, prices, credits and shop talk are left out. A name is kept whole, whatever its case, plural and accents; a date by all of its parts.',
    `Copied: captions that hold the given alt-text word for word with little else (it is ${percent(LEAST_SHARE)} of their words or more), of those given ${FEWEST_WORDS} words or more.`,
    ...(visual
      ? [
          `Grounding ratio, the share of words that are in a vocabulary, here ${visual.name} (${plural(visual.words, 'word')}), that of MS-COCO in Nguyen et al.: ${toldShares(statistics, 'grounded', names)}.`,
        ]
      : []),
    altTextNotes(statistics),
  ]
}
