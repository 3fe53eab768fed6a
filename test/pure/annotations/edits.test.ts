/** What was changed: distances in characters and words, and the text in pieces. */
import { describe, expect, test } from 'vitest'
import { charDistance, wordDistance } from '../../../src/core/annotations/text-distance.ts'
import { textPieces } from '../../../src/core/annotations/text-pieces.ts'
import { seededRandom } from '../../support/builders.ts'

/** Wagner and Fischer's table, as in the textbook. */
function bySlowTable(a: readonly string[], b: readonly string[]): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j)
  for (const [i, one] of a.entries()) {
    const next = [i + 1]
    for (const [j, other] of b.entries())
      next.push(Math.min(next[j]! + 1, row[j + 1]! + 1, row[j]! + (one === other ? 0 : 1)))
    row = next
  }
  return row.at(-1)!
}

describe('distance', () => {
  test.each([
    ['', '', 0],
    ['', 'abc', 3],
    ['kitten', 'sitting', 3],
    ['an owl', 'an owl', 0],
    ['🦉', '🦊', 1],
    ['a🦉b', 'ab', 1],
    ['\ud800', '\udc00', 1],
    ['e\u0301', 'é', 2],
  ])('%j to %j is %i characters', (a, b, expected) => {
    expect(charDistance(a, b)).toBe(expected)
    expect(charDistance(b, a)).toBe(expected)
  })

  test('agrees with the textbook on random texts in several scripts', () => {
    const random = seededRandom(5)
    const letters = [...'ab 🦉🦊漢字é']
    const text = () =>
      Array.from(
        { length: Math.floor(random() * 80) },
        () => letters[Math.floor(random() * letters.length)],
      ).join('')
    for (let n = 0; n < 300; n++) {
      const [a, b] = [text(), text()]
      expect(charDistance(a, b), `${a} ${b}`).toBe(bySlowTable([...a], [...b]))
    }
  })

  test('words are those that the metrics count: case and stops are none', () => {
    expect(wordDistance('An owl.', 'an owl')).toBe(0)
    expect(wordDistance('a red fox', 'a fox in snow')).toBe(3)
    expect(wordDistance('', 'one two')).toBe(2)
  })

  test('works on twenty thousand different characters', () => {
    const all = Array.from({ length: 20_000 }, (_, n) => String.fromCodePoint(0x20000 + n))
    expect(charDistance(all.join(''), all.slice(1).join(''))).toBe(1)
    expect(charDistance(all.join(''), all.toReversed().join(''))).toBeGreaterThan(10_000)
  })
})

describe('pieces', () => {
  const both = (previous: string, text: string) => {
    const pieces = textPieces(previous, text)
    const without = (state: string) =>
      pieces
        .filter((piece) => piece.state !== state)
        .map((piece) => piece.text)
        .join('')
    expect(without('gone')).toBe(text)
    expect(without('new')).toBe(previous)
    return pieces
  }

  test('a replaced word, what is new at the end, what is gone at the beginning', () => {
    expect(both('the red fox', 'the blue fox')).toEqual([
      { text: 'the ', state: 'kept' },
      { text: 'red', state: 'gone' },
      { text: 'blue', state: 'new' },
      { text: ' fox', state: 'kept' },
    ])
    expect(both('a fox', 'a fox in snow')).toEqual([
      { text: 'a fox', state: 'kept' },
      { text: ' in snow', state: 'new' },
    ])
    expect(both('', 'a fox')).toEqual([{ text: 'a fox', state: 'new' }])
    expect(both('a fox', '')).toEqual([{ text: 'a fox', state: 'gone' }])
    expect(both('a fox', 'a fox')).toEqual([{ text: 'a fox', state: 'kept' }])
  })

  test('a short word between two replaced ones reads as part of the change', () => {
    expect(both('red cat of his', 'blue dog of hers')).toEqual([
      { text: 'red cat of his', state: 'gone' },
      { text: 'blue dog of hers', state: 'new' },
    ])
  })

  test('are both texts again, whatever is in them', () => {
    const random = seededRandom(11)
    const words = ['a', 'of', 'fox', '🦉', '漢', ',', ' ', '\n', '\u202e', '‏ש']
    const text = () =>
      Array.from({ length: Math.floor(random() * 60) }, () =>
        [words[Math.floor(random() * words.length)], random() < 0.7 ? ' ' : ''].join(''),
      ).join('')
    for (let n = 0; n < 200; n++) both(text(), text())
  })

  test('two long texts with nothing in common are gone and new as a whole', () => {
    const random = seededRandom(3)
    const long = () =>
      Array.from({ length: 1500 }, () => Math.floor(random() * 1e9).toString(36)).join(' ')
    expect(both(long(), long()).map(({ state }) => state)).toEqual(['gone', 'new'])
  })
})
