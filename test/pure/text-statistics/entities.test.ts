/** Names, numbers and dates of an alt-text, and which of them reach a caption. */
import { describe, expect, test } from 'vitest'
import { copiedOf } from '../../../src/core/text-statistics/copied.ts'
import { captionReader } from '../../../src/core/text-statistics/caption-measures.ts'
import { entitiesKept, entitiesOf } from '../../../src/core/text-statistics/entities.ts'

const told = (text: string): string[] =>
  entitiesOf(text).map(({ kind, words }) => `${kind}: ${words.join(' ')}`)

describe('what an alt-text knows', () => {
  test.each([
    ['a heron in London', ['name: london']],
    ['the University of Oxford library', ['name: university ove oxford']],
    ['A Siamese cat', ['name: siamese']],
    ['Beautiful day at the beach', []],
    ['Golden Gate Bridge at night', ['name: golden gate bridge']],
    ['It rains. Umbrellas in Paris', ['name: pari']],
    ['Yesterday I saw an owl', []],
    ['the bus in 1999, 12 seats', ['number: 1999', 'number: 12']],
    ['2nd floor', ['number: 2']],
    ['the flood of July 4th, 2010', ['date: jul 4 2010']],
    ['on 4 Jul. 2010 in Rome', ['date: 4 jul 2010', 'name: rome']],
    ['the flood of 2010-07-04', ['date: 2010 7 4']],
    ['she may 4 times', ['number: 4']],
    ['London and London', ['name: london']],
  ])('%s', (text, expected) => expect(told(text)).toEqual(expected))

  test.each([
    ['a title', 'Blue Summer Dress With Flowers'],
    ['capitals', 'EIFFEL TOWER'],
    ['a file name', 'IMG_2034.jpg'],
    ['a price', 'a mug for $5'],
    ['a credit', 'an owl, photo by Jane Goodall'],
    ['a word of three dimensions', 'a 3D model'],
  ])('%s has none', (_what, text) => expect(told(text)).toEqual([]))
})

const kept = (altText: string, caption: string): string => {
  const counts = entitiesKept(entitiesOf(altText), caption)
  return (['name', 'number', 'date'] as const)
    .map((kind) => `${counts[kind].kept}/${counts[kind].of}`)
    .join(' ')
}

describe('what reaches a caption', () => {
  test.each([
    ['a heron in London', 'a photo of a heron in london, at dusk', '1/1 0/0 0/0'],
    ['a heron in London', 'a heron in a city', '0/1 0/0 0/0'],
    ['London’s bridge', 'a bridge in London', '0/0 0/0 0/0'],
    ['the bridge of São Paulo', 'A bridge in Sao Paulo.', '1/1 0/0 0/0'],
    ['a view of New York', 'a new house in York', '0/1 0/0 0/0'],
    ['Beautiful Paris at night', 'Paris at night', '1/1 0/0 0/0'],
    ['3 owls', 'three owls', '0/0 1/1 0/0'],
    ['the flood of 4 July 2010', 'a flood, July 4th of 2010', '0/0 0/0 1/1'],
    ['the flood of 4 July 2010', 'a flood in July 2010', '0/0 0/0 0/1'],
  ])('%s > %s', (altText, caption, expected) => expect(kept(altText, caption)).toBe(expected))
})

describe('an alt-text over again', () => {
  const copied = (caption: string, altText: string) =>
    copiedOf(caption.split(' '), altText.split(' '))
  test('is copied whole where there is little else', () => {
    expect(copied('a red bus in rome', 'red bus in rome')).toEqual({ verbatim: true, whole: true })
    expect(copied('red bus in rome at night with a man', 'red bus in rome')).toEqual({
      ...{ verbatim: true, whole: false },
    })
    expect(copied('a red double decker bus in rome', 'red bus in rome')).toEqual({
      ...{ verbatim: false, whole: false },
    })
  })
  test('is not told of a name of two words', () => {
    expect(copied('a red bus', 'red bus')).toBeNull()
  })
})

test('captions that were given nothing are looked through for what the own alt-text knows', () => {
  const read = captionReader()
  const texts = { given: '', own: 'an owl in Rome, 1999' }
  const { entities, copied, words, sentences } = read('An owl sits. It is in Rome!', texts)
  expect(entities).toMatchObject({ name: { of: 1, kept: 1 }, number: { of: 1, kept: 0 } })
  expect(copied).toBeNull()
  expect([words.length, sentences]).toEqual([7, 2])
  expect(read('…', { given: '', own: '' })).toEqual({
    ...{ words: [], sentences: 0, entities: null, copied: null },
  })
})
