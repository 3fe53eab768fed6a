/** Which caption two measures see otherwise, how far, and on which place each puts it. */
import { expect, test } from 'vitest'
import { disagreements, spreadWithin } from '../../../src/core/triangulation/disagreement.ts'
import { placesAt } from '../../../src/core/triangulation/places.ts'
import type { MeasuredPlace } from '../../../src/shared/contract/triangulation.ts'
import {
  disagreementInWords,
  measureValue,
  ordinal,
  placeInWords,
} from '../../../src/shared/triangulation-words.ts'
import expected from '../../fixtures/triangulation.json' with { type: 'json' }
import { finish, listOf } from './lists.ts'

type Images = Parameters<typeof listOf>[1]

function disagreementsOf(images: Images): readonly number[] {
  const captions = listOf(['clip', 'people'], images)
  const [a, b] = [captions.columns.get('clip'), captions.columns.get('people')]
  if (!a || !b) throw new Error('no columns')
  return [...finish(disagreements(captions, a, b))]
}

test('with ties, gaps and images of any size it is that of plain loops', () => {
  const { images, disagreement } = expected.mixed
  const ours = disagreementsOf(images)
  expect(ours.length).toBe(disagreement.length)
  disagreement.forEach((value, at) => {
    if (value === null) expect(ours[at]).toBeNaN()
    else expect(ours[at]).toBeCloseTo(value, 12)
  })
})

test('a pair weighs what the weaker contradiction weighs, and an image sums to nothing', () => {
  // Within images both have a standard deviation of 1: gaps are standard units.
  const image = [
    [1, -1],
    [0, 0],
    [-1, 1],
  ]
  // Gaps to the others: 1 and 2, turned round by both alike.
  expect(disagreementsOf([image])).toEqual([1.5, 0, -1.5])
  const captions = listOf(
    ['clip'],
    [
      [[30], [32]],
      [[10], [14]],
    ],
  )
  // (1 + 1 + 4 + 4) over the two captions beyond the means
  const spread = finish(spreadWithin(captions, captions.columns.get('clip') ?? new Float64Array()))
  expect(spread).toBeCloseTo(Math.sqrt(5), 12)
})

test('agreement, ties, a caption alone and a missing measure are no disagreement', () => {
  expect(
    disagreementsOf([
      [
        [1, 1],
        [2, 2],
      ],
      [
        [1, 5],
        [2, 5],
      ],
      [[3, 3]],
      [
        [1, 2],
        [2, null],
      ],
    ]),
  ).toEqual([0, 0, 0, 0, NaN, NaN, NaN])
})

test('places are shared as in sports, among the captions that have the measure', () => {
  const captions = listOf(
    ['clip', 'erroneous'],
    [
      [[99, -9]],
      [
        [30, -2],
        [32, 0],
        [30, null],
        [10, 0],
      ],
    ],
  )
  const at = (place: number) => placesAt(captions, { image: 1, at: place }, ['clip', 'erroneous'])
  expect(at(1)).toEqual([
    { measure: 'clip', value: 30, place: 2, of: 4, sharing: 2 },
    { measure: 'erroneous', value: 2, place: 3, of: 3, sharing: 1 },
  ])
  expect(at(2)[1]).toEqual({ measure: 'erroneous', value: 0, place: 1, of: 3, sharing: 2 })
  expect(at(3)).toEqual([{ measure: 'clip', value: 30, place: 2, of: 4, sharing: 2 }])
})

test('what disagrees reads as a sentence', () => {
  const place = (one: Partial<MeasuredPlace>): MeasuredPlace => ({
    ...{ measure: 'clip', value: 1, place: 1, of: 4, sharing: 1 },
    ...one,
  })
  const people = place({ measure: 'people', place: 4 })
  expect(disagreementInWords([place({}), people], ['clip', 'people'])).toBe(
    '1st of 4 by CLIP, 4th by people',
  )
  expect(disagreementInWords([place({}), people], ['people', 'clip'])).toBe(
    '4th of 4 by people, 1st by CLIP',
  )
  const errors = place({ measure: 'erroneous', place: 2, of: 3, sharing: 2 })
  expect(disagreementInWords([place({}), errors], ['clip', 'erroneous'])).toBe(
    '1st of 4 by CLIP, shared 2nd of 3 by errors',
  )
  expect([1, 2, 3, 4, 11, 12, 21, 22].map(ordinal)).toEqual([
    ...['1st', '2nd', '3rd', '4th', '11th', '12th', '21st', '22nd'],
  ])
  expect(placeInWords(place({ place: 3 }))).toBe('3rd of 4')
  expect(
    [
      place({ value: 31.25 }),
      place({ measure: 'people', value: 2 / 3 }),
      place({ measure: 'words', value: 12 }),
    ].map(measureValue),
  ).toEqual(['31.3', '67 %', '12'])
})
