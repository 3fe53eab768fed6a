/** Rank correlations within images: against scipy, against plain loops, and where there is too little to say. */
import { expect, test } from 'vitest'
import { agreementLater } from '../../../src/core/triangulation/agreement.ts'
import { createResampler } from '../../../src/core/studies/statistics/resampler.ts'
import type { MeasureAgreement } from '../../../src/shared/contract/triangulation.ts'
import { tauInWords } from '../../../src/shared/triangulation-words.ts'
import expected from '../../fixtures/triangulation.json' with { type: 'json' }
import { seededRandom } from '../../support/builders.ts'
import { finish, listOf } from './lists.ts'

type Images = Parameters<typeof listOf>[1]

function agreementOf(images: Images, resamples = 200): MeasureAgreement {
  const resampler = createResampler({ seed: 7, resamples })
  const captions = listOf(['clip', 'people'], images)
  const later = finish(agreementLater(captions, { a: 'clip', b: 'people' }, resampler))
  finish(resampler.run())
  return later()
}

/** The same image often enough that something is said of it. */
const often = (images: Images, times: number): Images =>
  Array.from({ length: times }, () => images).flat()

test.each(expected.one)(
  'ties or not, of one image it is scipy’s tau-b ($tau)',
  ({ image, tau }) => {
    const { tau: ours, low, high } = agreementOf(often([image], 12))
    expect(ours).toBeCloseTo(tau, 12)
    // Every image says the same: no draw differs, and yet the interval is not a point.
    expect(low).toBeLessThan(tau)
    expect(high).toBeGreaterThan(tau)
  },
)

test('where no caption ties and images are alike in size it is the mean of scipy’s taus', () => {
  const { images, meanTau } = expected.even
  expect(agreementOf(images).tau).toBeCloseTo(meanTau, 12)
})

test('with ties, gaps and images of any size it is that of plain loops over pairs', () => {
  const { images, tau } = expected.mixed
  const said = agreementOf(images)
  expect(said.tau).toBeCloseTo(tau, 12)
  expect(said.low).toBeLessThan(tau)
  expect(said.high).toBeGreaterThan(tau)
})

test('two concordant pairs, one discordant and one tie of each make (2 - 1) / 4', () => {
  const image = [
    [
      [1, 1],
      [2, 2],
    ],
    [
      [1, 3],
      [2, 4],
    ],
    [
      [1, 2],
      [2, 1],
    ],
    [
      [1, 1],
      [1, 2],
    ],
    [
      [1, 1],
      [2, 1],
    ],
  ]
  const said = agreementOf(often(image, 10))
  expect(said).toMatchObject({
    ...{ tau: 0.25, unknown: null },
    ...{ pairs: 50, decided: 30, images: 50, decidedImages: 30 },
  })
})

test('captions of different images are never compared', () => {
  // Across images the two agree perfectly; within each they are opposed.
  const images = Array.from({ length: 12 }, (_, n) => [
    [10 * n, 10 * n + 1],
    [10 * n + 1, 10 * n],
  ])
  expect(agreementOf(images).tau).toBe(-1)
})

test('what cannot be said is not said: nothing in common, always tied, too few images', () => {
  const unknown = (images: Images) => {
    const { tau, low, high, unknown } = agreementOf(images)
    expect([tau, low, high]).toEqual([null, null, null])
    return unknown
  }
  expect(unknown([])).toBe('none')
  expect(unknown(often([[[1, null]], [[null, 2]]], 20))).toBe('none')
  expect(
    unknown(
      often(
        [
          [
            [1, 3],
            [1, 4],
          ],
        ],
        20,
      ),
    ),
  ).toBe('open')
  const pair = [
    [1, 3],
    [2, 4],
  ]
  expect(unknown(often([pair], 9))).toBe('few')
  expect(agreementOf(often([pair], 10))).toMatchObject({ tau: 1, high: 1, unknown: null })
})

test('the interval is that of a slow bootstrap that draws the same images', () => {
  const random = seededRandom(3)
  const images = Array.from({ length: 30 }, () =>
    Array.from({ length: 3 }, () => [Math.floor(random() * 5), Math.floor(random() * 5)]),
  )
  const { low, high } = agreementOf(images, 400)
  const draws: number[] = []
  const resampler = createResampler({ seed: 7, resamples: 400 })
  resampler.draw(images.length, (counts) => {
    const drawn = images.flatMap((image, i) => Array.from({ length: counts[i] ?? 0 }, () => image))
    draws.push(agreementOf(drawn, 100).tau ?? Number.NaN)
  })
  finish(resampler.run())
  const sorted = draws.sort((a, b) => a - b)
  const at = (q: number) => {
    const place = (sorted.length - 1) * q
    const [a = 0, b = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
    return a + (b - a) * (place % 1)
  }
  expect(low).toBeCloseTo(at(0.025), 12)
  expect(high).toBeCloseTo(at(0.975), 12)
})

test('tau reads as papers print it', () => {
  expect([0.123, -0.5, 0, -0.001, 1, -0.996].map(tauInWords)).toEqual([
    ...['.12', '−.50', '.00', '.00', '1.0', '−1.0'],
  ])
})
