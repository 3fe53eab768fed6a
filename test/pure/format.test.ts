/** Names where the place is small. */
import { expect, test } from 'vitest'
import { shortened } from '../../src/renderer/format.ts'

test('a long name keeps its beginning and its end, a short one everything', () => {
  expect(shortened('Realigner r3', 12)).toBe('Realigner r3')
  const cut = shortened(`${'A captioner '.repeat(20)}(elsewhere)`, 40)
  expect(cut).toHaveLength(40)
  expect(cut).toMatch(/^A captioner A capt.*….* \(elsewhere\)$/)
})

test('no letter is cut in two', () => {
  const family = '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}'
  expect(shortened(family.repeat(9), 5)).toBe(`${family.repeat(2)}…${family.repeat(2)}`)
  expect(shortened('e\u0301'.repeat(5), 5)).toBe('e\u0301'.repeat(5))
})
