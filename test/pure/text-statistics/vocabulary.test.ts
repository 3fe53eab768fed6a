/** Words, trigrams, MATTR and intervals against nltk, lexicalrichness and Python (fixtures/make_text_statistics.py), and by hand. */
import { describe, expect, test } from 'vitest'
import { captionWords } from '../../../src/core/metrics/caption-words.ts'
import { quantile } from '../../../src/core/studies/statistics/bootstrap.ts'
import { createResampler } from '../../../src/core/studies/statistics/resampler.ts'
import {
  growthSizes,
  sampleOrder,
  sampleSize,
} from '../../../src/core/text-statistics/equal-sample.ts'
import { mattr } from '../../../src/core/text-statistics/lexical-diversity.ts'
import { ratiosLater, type ImageCounts } from '../../../src/core/text-statistics/ratios.ts'
import { createLexicon, vocabularyOf } from '../../../src/core/text-statistics/vocabulary.ts'
import fixture from '../../fixtures/text_statistics.json' with { type: 'json' }

const breathe = async () => {}
const wordsOf = (captions: readonly string[]) => captions.map((one) => captionWords(one))

describe.each(['short', 'long'] as const)('forty %s captions', (name) => {
  const golden = fixture[name]
  test('have the words and trigrams that nltk counts, as the sample grows', async () => {
    const lexicon = createLexicon()
    const ids = wordsOf(golden.captions).map((words) => lexicon.idsOf(words))
    const found = await vocabularyOf(ids, lexicon.size, breathe)
    expect(found.growth).toEqual(golden.growth)
    expect(found).toMatchObject(golden.growth.at(-1)!)
    expect(found).toMatchObject({ openings: golden.openings, repeated: golden.repeated })
    expect(found.mattr).toBeCloseTo(golden.mattr[100], 10)
  })
  test('have the moving average of lexicalrichness', () => {
    const lexicon = createLexicon()
    const ids = lexicon.idsOf(wordsOf(golden.captions).flat())
    for (const window of [10, 50, 100] as const)
      expect(mattr(ids, lexicon.size, window)).toBeCloseTo(golden.mattr[window], 10)
  })
  test('have the mean, its bootstrap interval and the quartiles of Python', async () => {
    const lengths = wordsOf(golden.captions).map(({ length }) => length)
    const found = await ratios(lengths.map((n, image) => ({ image, counted: [n], of: [1] })))
    expect(found).toMatchObject({ images: 40, of: 40 })
    for (const end of ['value', 'low', 'high'] as const)
      expect(found?.[end]).toBeCloseTo(golden.words[end], 10)
    const sorted = Float64Array.from(lengths).sort()
    for (const [at, value] of golden.quartiles.entries())
      expect(quantile(sorted, (at + 1) / 4)).toBeCloseTo(value, 10)
  })
})

const OPTIONS = { seed: 1, resamples: 1000 }

async function both(
  rows: readonly ImageCounts[],
  base: readonly ImageCounts[] | null,
  share = false,
) {
  const resampler = createResampler(OPTIONS)
  const later = await ratiosLater(resampler, [share], { rows, base, breathe })
  for (const _ of resampler.run());
  return later()
}
const ratios = async (rows: readonly ImageCounts[], share = false) =>
  (await both(rows, null, share)).ratios[0]

describe('ratios over images', () => {
  const rowsOf = (captions: readonly string[]): ImageCounts[] =>
    wordsOf(captions).map(({ length }, image) => ({ image, counted: [length], of: [1] }))

  test('differ by the paired bootstrap of Python', async () => {
    const { deltas } = await both(rowsOf(fixture.long.captions), rowsOf(fixture.short.captions))
    const [delta] = deltas
    for (const end of ['value', 'low', 'high'] as const)
      expect(delta?.[end]).toBeCloseTo(fixture.difference[end], 10)
  })
  test('differ over the images that have something to count in both', async () => {
    const ours = [4, 6, 8, 100].map((n, image) => ({ image, counted: [n], of: [2] }))
    const theirs = [
      { image: 0, counted: [1], of: [1] },
      { image: 1, counted: [0], of: [0] },
      { image: 2, counted: [2], of: [1] },
    ]
    // Images 0 and 2: (4 + 8) / 4 less (1 + 2) / 2.
    expect((await both(ours, theirs)).deltas[0]).toMatchObject({ value: 1.5, images: 2 })
  })
  test('are of all entities together, and certain of nothing where all agree', async () => {
    const found = await ratios(
      [
        { image: 0, counted: [3], of: [3] },
        { image: 1, counted: [1], of: [1] },
        { image: 2, counted: [0], of: [0] },
      ],
      true,
    )
    // Wilson of 2 of 2 images.
    expect(found).toMatchObject({ value: 1, images: 2, of: 4, high: 1 })
    expect(found?.low).toBeCloseTo(0.3424, 4)
  })
  test('are none where nothing is to be counted', async () => {
    expect(await ratios([])).toBeNull()
    expect(await ratios([{ image: 0, counted: [0], of: [0] }])).toBeNull()
  })
})

describe('an equal sample', () => {
  test('has the images of the smallest row, rows with less than half of the largest aside', () => {
    expect(sampleSize([100, 60, 49, 0])).toBe(60)
    expect(sampleSize([3])).toBe(3)
    expect(sampleSize([])).toBe(0)
  })
  test('begins with the same images whatever others a row has', () => {
    const ids = Array.from({ length: 50 }, (_, i) => `image ${i}`)
    const first = (all: readonly string[]) => sampleOrder(all, 1).map((at) => all[at])
    const some = ids.filter((_, i) => i % 3 > 0)
    expect(first(some)).toEqual(first(ids).filter((id) => some.includes(id ?? '')))
    expect(first([...ids].reverse())).toEqual(first(ids))
    expect(sampleOrder(ids, 2)).not.toEqual(sampleOrder(ids, 1))
  })
  test('grows in steps that tables can share', () => {
    expect(growthSizes(24)).toEqual([1, 2, 5, 10, 20, 24])
    expect(growthSizes(10)).toEqual([1, 2, 5, 10])
    expect(growthSizes(0)).toEqual([])
  })
})

test('runs of three words do not reach over the end of a caption', async () => {
  const lexicon = createLexicon()
  const ids = [['a', 'b'], ['c', 'd', 'e'], []].map((words) => lexicon.idsOf(words))
  expect(await vocabularyOf(ids, lexicon.size, breathe)).toMatchObject({
    ...{ captions: 3, words: 5, types: 5, trigrams: 1, mattr: null, repeated: 0 },
  })
})
