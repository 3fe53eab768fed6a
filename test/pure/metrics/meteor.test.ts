/** METEOR, worked by hand. */
import { describe, expect, test } from 'vitest'
import { meteor, stemming } from '../../../src/core/metrics/meteor.ts'

const stem = stemming()
const read = (text: string) => stem(text.split(' ').filter(Boolean))
const score = (candidate: string, ...references: readonly string[]) =>
  meteor(read(candidate), references.map(read))

describe('METEOR', () => {
  test('of the same words is 1 less what one chunk costs', () => {
    expect(score('a dog runs', 'a dog runs')).toBeCloseTo(1 - 0.5 / 27, 12)
  })

  test('weighs recall nine times as much as precision', () => {
    // 1 of 2 words right, of 4 said: P = 1/2, R = 1/4, F = (1/8) / (0.45 + 0.025), one chunk of one match.
    expect(score('dog sky', 'dog tree lake hill')).toBeCloseTo(0.5 * (0.125 / 0.475), 12)
  })

  test('matches stems after words', () => {
    // Both pairs match, as one chunk: "dogs" with "dog" by its stem.
    expect(score('dogs run', 'dog run')).toBeCloseTo(1 - 0.5 / 8, 12)
    // "dog" has the only "dog" already; "dogs" is left over.
    expect(score('dogs dog', 'dog')).toBeCloseTo(0.5 * (0.5 / (0.45 + 0.1)), 12)
  })

  test('costs half when every match stands alone', () => {
    expect(score('a b c', 'c b a')).toBeCloseTo(0.5, 12)
  })

  test('aligns from the end, as nltk does, even where that breaks a chunk', () => {
    // "the" goes to the last "the": two chunks. With the first "the" it were one.
    expect(score('the dog', 'the dog near the')).toBeCloseTo(0.5 * (0.5 / (0.9 + 0.05)), 12)
  })

  test('takes the best reference, and is 0 where nothing matches', () => {
    expect(score('a dog', 'blue sea', 'a dog')).toBe(score('a dog', 'a dog'))
    expect(score('x', 'y')).toBe(0)
    expect(score('', 'y')).toBe(0)
    expect(score('', '')).toBe(0)
  })
})
