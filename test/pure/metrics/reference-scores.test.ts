/** Captions against human captions: every figure as the reference implementations give it (test/fixtures/make_reference_metrics.py). */
import { describe, expect, test } from 'vitest'
import { captionWords } from '../../../src/core/metrics/caption-words.ts'
import { documentFrequencies, frequenciesAreFew } from '../../../src/core/metrics/ngrams.ts'
import {
  METRICS_NOTE,
  referenceScores,
  type Judged,
} from '../../../src/core/metrics/reference-scores.ts'
import fixture from '../../fixtures/reference_metrics.json' with { type: 'json' }

const frequenciesOf = (items: readonly Judged[]) =>
  documentFrequencies(items.map(({ references }) => references))
const scoresOf = (items: readonly Judged[]) => referenceScores(items, frequenciesOf(items))

const close = (actual: number, expected: number) =>
  expect(Math.abs(actual - expected)).toBeLessThan(1e-9)

describe.each(fixture.corpora)('a corpus ($name)', (corpus) => {
  const { items, each } = corpus
  const scores = scoresOf(items)
  const frequencies = frequenciesOf(items)
  const alone = items.map((item) => referenceScores([item], frequencies))

  test('is given in words that our own split leaves alone', () => {
    for (const { candidate, references } of items)
      for (const text of [candidate, ...references]) expect(captionWords(text).join(' ')).toBe(text)
  })

  test('has the BLEU of pycocoevalcap', () => {
    close(scores.bleu1, corpus.bleu[0]! * 100)
    close(scores.bleu4, corpus.bleu[3]! * 100)
    close(scores.lengthRatio, corpus.candidateWords / corpus.referenceWords)
  })

  test('has the ROUGE-L of pycocoevalcap, item by item', () => {
    close(scores.rougeL, corpus.rougeL * 100)
    for (const [i, { rougeL }] of alone.entries()) close(rougeL, each.rougeL[i]! * 100)
  })

  test("has nltk's METEOR without its WordNet stage, item by item", () => {
    close(scores.meteor, corpus.meteor * 100)
    for (const [i, { meteor }] of alone.entries()) close(meteor, each.meteor[i]! * 100)
  })

  test('has the CIDEr-D of pycocoevalcap, item by item', () => {
    close(scores.cider, corpus.cider * 100)
    for (const [i, { cider }] of alone.entries()) close(cider, each.cider[i]! * 100)
  })
})

describe('document frequencies', () => {
  test('count an image once, however many of its references hold the words', () => {
    const { images, counts } = documentFrequencies([
      ['a dog', 'a dog runs'],
      ['the dog'],
      ['a dog'],
    ])
    expect(images).toBe(3)
    expect(Object.fromEntries(counts)).toEqual({ a: 2, dog: 3, 'a dog': 2 })
  })

  test('of words found in one image only need not be kept: they weigh what unknown words weigh', () => {
    const { counts } = documentFrequencies([['a red fox'], ['blue sea']])
    expect(counts.size).toBe(0)
  })

  test('leave out an image without a reference', () => {
    expect(documentFrequencies([[], ['a dog']]).images).toBe(1)
  })

  test('of fewer than 30 images are few', () => {
    const of = (n: number) => documentFrequencies(Array.from({ length: n }, () => ['a dog']))
    expect(frequenciesAreFew(of(0))).toBe(true)
    expect(frequenciesAreFew(of(29))).toBe(true)
    expect(frequenciesAreFew(of(30))).toBe(false)
  })

  test('may come from more images than the items', () => {
    const item = { candidate: 'a red fox', references: ['a red fox'] }
    expect(scoresOf([item]).cider).toBe(0)
    const wide = documentFrequencies([['a red fox'], ['a dog'], ['a cat']])
    // Three of four lengths of run occur (no run of four words in three): 3 / 4 of the full 1000.
    close(referenceScores([item], wide).cider, 750)
  })
})

describe('scores', () => {
  const hostile = [
    '',
    '?!… —',
    '😀 👨‍👩‍👧',
    '小狗在草地上',
    '\ud83d lone \udc00',
    'word '.repeat(10_000),
    Array.from({ length: 10_000 }, (_, i) => `w${i}`).join(' '),
    '__proto__ constructor toString',
  ]
  test.each(hostile.map((text, i) => [i, text] as const))(
    'of hostile text %i are numbers',
    (_, text) => {
      for (const references of [['a dog runs'], [text], ['', text], ['']])
        for (const value of Object.values(scoresOf([{ candidate: text, references }])))
          expect(Number.isFinite(value)).toBe(true)
      const swapped = scoresOf([{ candidate: 'a dog', references: [text] }])
      expect(Object.values(swapped).every(Number.isFinite)).toBe(true)
    },
  )

  test('against frequencies of no image are numbers', () => {
    const item = { candidate: 'a dog', references: ['a dog'] }
    expect(
      Object.values(referenceScores([item], documentFrequencies([]))).every(Number.isFinite),
    ).toBe(true)
  })

  test('of a caption without a human caption are refused, and so are those of nothing', () => {
    const wrong = { candidate: 'a dog', references: [] }
    const right = { candidate: 'a dog', references: ['a dog'] }
    const refused = expect.objectContaining({ code: 'bad-input' })
    expect(() => scoresOf([right, wrong])).toThrow(refused)
    expect(() => scoresOf([])).toThrow(refused)
  })

  test('of noun phrases are means over the items; F1 is the mean of their F1', () => {
    const { npPrecision, npRecall, npF1 } = scoresOf([
      { candidate: 'A cat and a dog.', references: ['A cat.'] },
      { candidate: 'A cat.', references: ['A cat and a dog.'] },
      { candidate: 'A tree.', references: ['A cat.'] },
    ])
    close(npPrecision, 50)
    close(npRecall, 50)
    close(npF1, 400 / 3 / 3)
  })

  test('know by the length ratio a caption six times as long as its reference', () => {
    const { lengthRatio } = scoresOf([{ candidate: 'a b c d e f', references: ['a'] }])
    expect(lengthRatio).toBe(6)
  })
})

test('the note says in one line what was computed', () => {
  expect(METRICS_NOTE).not.toContain('\n')
  for (const word of ['BLEU', 'METEOR (exact, stem)', 'ROUGE-L', 'CIDEr-D', 'wink-nlp'])
    expect(METRICS_NOTE).toContain(word)
})
