/** Noun phrases of captions, worked by hand. */
import { describe, expect, test } from 'vitest'
import { nounPhrases, nounPhraseScores } from '../../../src/core/metrics/noun-phrases.ts'

const phrases = (text: string) => [...nounPhrases(text)]
const scores = (candidate: string, references: readonly string[]) =>
  nounPhraseScores(nounPhrases(candidate), references.map(nounPhrases))

describe('noun phrases', () => {
  test('are nouns with what describes them, without determiners, the last noun in the singular', () => {
    expect(phrases('A photo of two wooden tables and the red flowers on a tree branch.')).toEqual([
      'photo',
      'two wooden table',
      'red flower',
      'tree branch',
    ])
  })

  test('of a possessor and of what it has are two; a possessive pronoun is none', () => {
    expect(phrases("The man's hat lies near his dog.")).toEqual(['man', 'hat', 'dog'])
    expect(phrases('The boss’s glass')).toEqual(['boss', 'glass'])
  })

  test('end at a mark, a verb and a function word', () => {
    expect(phrases('A man wearing a blue shirt, a horse; water in a glass')).toEqual([
      'man',
      'blue shirt',
      'horse',
      'water',
      'glass',
    ])
  })

  test('take hyphened words and a leading -ing or -ed word with them', () => {
    expect(phrases('A long-eared owl.')).toEqual(['long eared owl'])
    expect(phrases('A black-and-white photo of a well-lit room and a half-eaten apple')).toEqual([
      'black and white photo',
      'well lit room',
      'half eaten apple',
    ])
    expect(phrases('A standing woman')).toEqual(['standing woman'])
  })

  test('are a set: whatever the case or number, a phrase counts once', () => {
    expect(phrases('A cat. Cats! The CAT and two cats')).toEqual(['cat', 'two cat'])
  })

  test('are not words without a noun, and none in an empty text', () => {
    for (const text of ['', '?!', 'a red', 'It is shiny.', 'They run'])
      expect(phrases(text)).toEqual([])
  })

  test('are found in any text', () => {
    for (const text of [
      '😀',
      '小狗在草地上',
      '\ud83d dog \udc00',
      'dog '.repeat(10_000),
      "'s's",
      '-',
    ])
      expect(nounPhrases(text).size).toBeLessThan(20)
    const address = 'http://'.repeat(2000)
    expect(phrases(`A red fox at ${address} near the old dog`)).toEqual(
      expect.arrayContaining(['red fox', 'old dog']),
    )
    expect(phrases('cafe\u0301')).toEqual(phrases('café'))
  })
})

describe('noun phrase scores', () => {
  test('are the shares of the two sets that stand in both', () => {
    // Candidate: cat, red sofa, window. Reference: cat, blue sofa.
    const { precision, recall, f1 } = scores('A cat on a red sofa near a window.', [
      'Cats on a blue sofa.',
    ])
    expect(precision).toBeCloseTo(1 / 3, 12)
    expect(recall).toBeCloseTo(1 / 2, 12)
    expect(f1).toBeCloseTo(0.4, 12)
  })

  test('are those of the reference with the best F1', () => {
    const candidate = 'A cat and a dog.'
    // The first shares one of two with all three; the second shares one of one.
    const best = { precision: 0.5, recall: 1, f1: 2 / 3 }
    expect(scores(candidate, ['A cat, a tree, a house.', 'The cat.'])).toEqual(best)
    expect(scores(candidate, ['The cat.', 'A cat, a tree, a house.'])).toEqual(best)
  })

  test('are 0 where nothing matches or a text has no phrase, and 1 where all do', () => {
    const none = { precision: 0, recall: 0, f1: 0 }
    expect(scores('A cat.', ['A dog.', ''])).toEqual(none)
    expect(scores('', ['A dog.'])).toEqual(none)
    expect(scores('', [''])).toEqual(none)
    expect(scores('A cat.', ['The cats'])).toEqual({ precision: 1, recall: 1, f1: 1 })
  })
})
