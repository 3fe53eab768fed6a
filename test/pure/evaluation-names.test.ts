/** Names are found in captions whatever their plural, case, hyphen or spacing, and nowhere else. */
import { describe, expect, test } from 'vitest'
import {
  containsName,
  findPhrase,
  nameRemover,
  similarity,
  words,
} from '../../src/core/evaluation/names.ts'

test.each([
  ['A drawing of two Great Gray Owls.', 'great gray owl'],
  ['a long eared owl on a branch', 'long-eared owl'],
  ['a long-eared owl', 'long eared owl'],
  ['two tea pots', 'teapot'],
  ['a teapot', 'tea pot'],
  ['three foxes', 'fox'],
  ['butterflies over a meadow', 'butterfly'],
  ['a pack of wolves', 'wolf'],
  ['one glove', 'gloves'],
  ['two geese', 'goose'],
  ['beaches', 'beach'],
  ['birds of prey', 'bird of prey'],
  ['A photo of a great gray owl, Strix nebulosa.', 'Strix nebulosa'],
  ['Eichhörnchen', 'eichhornchen'],
  ["a Blackburn's warbler", 'blackburns warbler'],
  ['a bus', 'buses'],
  ['three douroucoulis', 'douroucouli'],
  ['two showy orchises', 'showy orchis'],
  ['two zebus', 'zebu'],
  ['cactuses', 'cactus'],
  ['a house', 'houses'],
  ['white mice', 'white mouse'],
  ['two tortoises', 'tortoise'],
])('%s has %s', (caption, name) => {
  expect(containsName(caption, name)).toBe(true)
})

test.each([
  ['a howl in the night', 'owl'],
  ['an owlet', 'owl'],
  ['a great owl that is gray', 'great gray owl'],
  ['a cat', ''],
  ['', 'cat'],
  ['a catfish', 'cat'],
])('%s does not have %s', (caption, name) => {
  expect(containsName(caption, name)).toBe(false)
})

describe('taking names out', () => {
  test('takes the longest first, every time it stands there', () => {
    const without = nameRemover(['gray owl', 'great gray owl'])
    expect(without('A great gray owl and gray owls')).toEqual(['a', '', 'and', ''])
  })

  test('leaves a gap that no phrase can reach across', () => {
    const text = nameRemover(['red fox'])('a dark red fox green leaf')
    expect(text).toEqual(['a', 'dark', '', 'green', 'leave'])
    expect(findPhrase(text, 'dark green')).toBeNull()
    expect(findPhrase(text, 'green leaves')).toEqual([3, 5])
  })
})

test('similarity is 1 for the same words in any order, 0 for none, and counts repeats once each', () => {
  expect(similarity('A red owl.', 'owl, red a')).toBe(1)
  expect(similarity('owl', 'teapot')).toBe(0)
  expect(similarity('', '')).toBe(1)
  expect(similarity('red red owl', 'red owl')).toBeCloseTo(0.8)
})

test('hostile text is only words', () => {
  expect(words('<script>alert(1)</script>')).toEqual(['script', 'alert', '1', 'script'])
  expect(containsName('a.*b', '.*')).toBe(false)
  expect(words('\ud800')).toEqual([])
})
