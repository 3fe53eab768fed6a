/** Porter stems, against nltk's (test/fixtures/reference_metrics.json). */
import { describe, expect, test } from 'vitest'
import { porterStem } from '../../../src/core/metrics/porter.ts'
import fixture from '../../fixtures/reference_metrics.json' with { type: 'json' }

describe('a stem', () => {
  test("is nltk's", () => {
    const words = Object.keys(fixture.stems)
    expect(Object.fromEntries(words.map((word) => [word, porterStem(word)]))).toEqual(fixture.stems)
  })

  test('of a word beyond the usual letters is the word', () => {
    for (const word of ['😀s', '𠮷ing', '\ud83d', '']) expect(porterStem(word)).toBe(word)
  })
})
