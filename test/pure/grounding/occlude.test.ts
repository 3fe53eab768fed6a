/** Words and patches that are taken away: exactly those, and nothing else. */
import { expect, test } from 'vitest'
import { withoutWord } from '../../../src/core/grounding/occlusion.ts'
import { placeTokens, tokensIn } from '../../../src/core/grounding/stretches.ts'
import { tokenise } from '../../../src/core/grounding/tokens.ts'
import { occlude, viewKey } from '../../../src/engine/image/occlude.ts'

test.each([
  ['great gray owl', ['gray owl', 'great owl', 'great gray']],
  ['an owl, Strix nebulosa', ['owl, Strix nebulosa', 'an, Strix nebulosa', 'an owl, nebulosa', 'an owl, Strix']],
  ['🦉 owl', ['🦉']],
  ['', []],
])('%s without each of its words', (alt, expected) => {
  expect(tokenise(alt).map((word) => withoutWord(alt, word))).toEqual(expected)
}) // prettier-ignore

test('patches cover every pixel of every channel once, whatever the size', () => {
  for (const [size, grid] of [[8, 8], [10, 3], [7, 4], [224, 8]] as const) {
    const planes = new Float32Array(3 * size * size).fill(1)
    const covered = new Float32Array(planes.length)
    for (let cell = 0; cell < grid * grid; cell++)
      occlude(planes, size, { kind: 'occluded', grid, cell }).forEach((value, i) => {
        if (value === 0) covered[i]! += 1
      })
    expect(covered.every((times) => times === 1)).toBe(true)
    expect(planes.every((value) => value === 1)).toBe(true)
  }
}) // prettier-ignore

test('views of an image have keys of their own', () => {
  const cells = Array.from(
    { length: 64 },
    (_, cell) => ({ kind: 'occluded', grid: 8, cell }) as const,
  )
  const other = { kind: 'occluded', grid: 4, cell: 1 } as const
  const keys = ['own' as const, 'mean' as const, other, ...cells].map((view) => viewKey('a', view))
  expect(new Set(keys).size).toBe(67)
})

test('tokens find their words: spaces around, emoji in pieces, an end token', () => {
  const caption = 'A 🦉 owl.'
  const places = placeTokens(caption, [' A', ' 🦉', ' ow', 'l', '.', ''])
  expect(places).toEqual([
    { start: 0, end: 1 },
    { start: 1, end: 3 },
    { start: 3, end: 6 },
    { start: 6, end: 7 },
    { start: 7, end: 8 },
    { start: 8, end: 8 },
  ])
  expect(tokensIn(places, { start: 4, end: 7 })).toEqual({ fromToken: 2, toToken: 4 })
})
