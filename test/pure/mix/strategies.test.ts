/** Which text each image is given: every strategy by hand, and what holds whatever the scores. */
import { describe, expect, test } from 'vitest'
import { MixStrategy } from '../../../src/shared/contract/publish.ts'
import { mixer, type Candidate, type Options } from '../../../src/core/mix/strategies.ts'
import { seededRandom } from '../../support/builders.ts'

const mixBy = (strategy: MixStrategy, candidates: readonly Candidate[], how: Options) =>
  mixer(candidates, how)(strategy)

const options: Options = { top: 40, share: 0.5, seed: 7 }

const candidate = (imageId: string, alt?: number | null, caption?: number | null): Candidate => ({
  imageId,
  alt: alt === undefined ? null : { clip: alt },
  caption: caption === undefined ? null : { clip: caption },
})

/** Alt-texts 30, 25, 20, 10 and none; captions 22, 26, 24, none and 40. Two of five are the top 40 %. */
const FIVE = [
  candidate('a', 30, 22),
  candidate('b', 25, 26),
  candidate('c', 20, 24),
  candidate('d', 10),
  candidate('e', undefined, 40),
]

const said = (strategy: MixStrategy, candidates = FIVE, how = options) =>
  mixBy(strategy, candidates, how)
    .pairs.map(({ at, from }) => `${candidates[at]?.imageId}${from[0]}`)
    .join(' ')

test.each([
  ['alt-text', 'aa ba ca da', null],
  ['caption', 'ac bc cc ec', null],
  ['top-alt-text', 'aa ba', 25],
  ['top-caption', 'bc ec', 26],
  ['caption-of-top-alt-text', 'ac bc', 25],
  ['top-alt-text-else-caption', 'aa ba cc ec', 25],
  // c's caption has 24, less than the 25 of the last alt-text of the top.
  ['top-alt-text-else-good-caption', 'aa ba ec', 25],
  // Of the others only a's alt-text has 26 or more.
  ['top-caption-else-good-alt-text', 'aa bc ec', 26],
  ['joined-else-good-caption', 'aj bj ec', 25],
  ['top-both', 'aa ba bc ec', null],
] as const)('%s', (strategy, texts, threshold) => {
  expect(said(strategy)).toBe(texts)
  expect(mixBy(strategy, FIVE, options).threshold).toBe(threshold)
})

describe('the share', () => {
  const many = Array.from({ length: 200 }, (_, at) => candidate(`i${at}`, 1, 1))
  const captions = (share: number, seed = 7) =>
    mixBy('share', many, { ...options, share, seed }).pairs.filter(({ from }) => from === 'caption')

  test('is met exactly, of images that have both', () => {
    expect([0, 0.15, 0.5, 0.951, 1].map((share) => captions(share).length)).toEqual([
      0, 30, 100, 190, 200,
    ])
    expect(said('share').split(' ').toSorted()).toHaveLength(5)
    expect(said('share')).toMatch(/da ec$/)
  })

  test('grows by adding: who had the caption at a smaller share keeps it', () => {
    const few = new Set(captions(0.15).map(({ at }) => at))
    const more = new Set(captions(0.75).map(({ at }) => at))
    expect([...few].every((at) => more.has(at))).toBe(true)
  })

  test('another seed draws others; the order of the images does not matter', () => {
    const ids = (list: readonly { readonly at: number }[], from = many) =>
      list.map(({ at }) => from[at]?.imageId).toSorted()
    expect(ids(captions(0.15, 8))).not.toEqual(ids(captions(0.15)))
    const turned = many.toReversed()
    const again = mixBy('share', turned, { ...options, share: 0.15 }).pairs
    expect(
      ids(
        again.filter(({ from }) => from === 'caption'),
        turned,
      ),
    ).toEqual(ids(captions(0.15)))
  })
})

test('equal scores: as many as the top says, by the seed', () => {
  const same = Array.from({ length: 10 }, (_, at) => candidate(`${at * 7919}s`, 5, 5))
  expect(mixBy('top-alt-text', same, options).pairs).toHaveLength(4)
  expect(said('top-alt-text', same)).not.toBe(said('top-alt-text', same, { ...options, seed: 8 }))
  // All captions are as good as the last of the top.
  expect(mixBy('top-alt-text-else-good-caption', same, options).pairs).toHaveLength(10)
})

test('nothing to choose from gives nothing', () => {
  for (const strategy of MixStrategy.options) {
    expect(mixBy(strategy, [], options)).toEqual({ pairs: [], threshold: null })
    expect(mixBy(strategy, [candidate('x')], options).pairs).toEqual([])
  }
  expect(mixBy('top-alt-text', FIVE, { ...options, top: 0.1 })).toEqual({
    pairs: [],
    threshold: null,
  })
})

test.each([1, 2, 3])('whatever the scores, seed %i', (seed) => {
  const random = seededRandom(seed)
  const score = () => (random() < 0.1 ? undefined : Math.round(20 * random()))
  const pool = Array.from({ length: 97 }, (_, at) => candidate(`r${at}`, score(), score()))
  for (const top of [1, 30, 50, 100])
    for (const strategy of MixStrategy.options) {
      const { pairs, threshold } = mixBy(strategy, pool, { ...options, top })
      const places = pairs.map(({ at }) => at)
      expect(places).toEqual(places.toSorted((a, b) => a - b))
      if (strategy !== 'top-both') expect(new Set(places).size).toBe(places.length)
      for (const { at, from } of pairs) {
        const one = pool[at]!
        if (from !== 'caption') expect(one.alt).not.toBeNull()
        if (from !== 'alt-text') expect(one.caption).not.toBeNull()
        if (strategy === 'top-alt-text-else-good-caption')
          expect((from === 'caption' ? one.caption : one.alt)?.clip).toBeGreaterThanOrEqual(
            threshold ?? 0,
          )
      }
    }
})
