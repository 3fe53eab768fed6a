/** Sampling: temperature, then top-k, then top-p, against numbers worked by hand. */
import { expect, test } from 'vitest'
import { pickToken, type SamplingRule } from '../../src/engine/generate/sample.ts'
import { seededRandom } from '../../src/shared/random.ts'

// At temperature 1: 0.6439, 0.2369, 0.0871, 0.0321.
const LOGITS = Float32Array.of(2, 1, 0, -1)
const OPEN: SamplingRule = { greedy: false, temperature: 1, topK: 50, topP: 1 }
const pick = (rule: Partial<SamplingRule>, uniform: number) =>
  pickToken(LOGITS, { ...OPEN, ...rule }, () => uniform)

test('without limits the uniform number walks through the distribution', () => {
  const borders = [0.6439, 0.8808, 0.9679]
  expect(borders.map((at) => [pick({}, at - 0.001), pick({}, at + 0.001)])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
  ])
})

test('top-p 0.7 keeps two tokens and shares their mass 0.7311 to 0.2689', () => {
  expect([pick({ topP: 0.7 }, 0.73), pick({ topP: 0.7 }, 0.7312)]).toEqual([0, 1])
  expect(pick({ topP: 0.7 }, 0.999999)).toBe(1)
})

test('temperature comes before top-p: at 0.5 the first token has 0.8650 and stands alone', () => {
  expect(pick({ temperature: 0.5, topP: 0.7 }, 0.999999)).toBe(0)
  // At 2: 0.4551 + 0.2760 reach 0.7; their shares are 0.6225 and 0.3775.
  expect(pick({ temperature: 2, topP: 0.7 }, 0.622)).toBe(0)
  expect(pick({ temperature: 2, topP: 0.7 }, 0.623)).toBe(1)
})

test('top-k comes before top-p: of two tokens the first has 0.7311 and is enough', () => {
  expect(pick({ topK: 2, topP: 0.7 }, 0.999999)).toBe(0)
  expect(pick({ topK: 2, topP: 0.75 }, 0.999999)).toBe(1)
})

test('greedy takes the first and draws no number', () => {
  const refuse = () => {
    throw new Error('drew a number')
  }
  expect(pickToken(LOGITS, { ...OPEN, greedy: true }, refuse)).toBe(0)
})

test('frequencies over 20,000 draws are the probabilities', () => {
  const uniform = seededRandom(5)
  const counts = [0, 0, 0, 0]
  for (let draw = 0; draw < 20_000; draw++) {
    const place = pickToken(LOGITS, OPEN, uniform)
    counts[place] = (counts[place] ?? 0) + 1
  }
  const expected = [0.6439, 0.2369, 0.0871, 0.0321]
  counts.forEach((count, at) => expect(count / 20_000).toBeCloseTo(expected[at] ?? 0, 2))
})

test('a seed gives its own numbers, always the same, in [0, 1)', () => {
  const draw = (seed: number) => Array.from({ length: 4 }, seededRandom(seed))
  expect(draw(7)).toEqual(draw(7))
  expect(draw(7)).not.toEqual(draw(8))
  expect(draw(7)).not.toEqual(draw(7 + 2 ** 32))
  const many = Array.from({ length: 10_000 }, seededRandom(1))
  expect(many.every((value) => value >= 0 && value < 1)).toBe(true)
  expect(many.reduce((sum, value) => sum + value) / many.length).toBeCloseTo(0.5, 1)
})
