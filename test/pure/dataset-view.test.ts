/** The long table's arithmetic: where blocks begin, which lies where, and texts cut at their marks. */
import { describe, expect, test } from 'vitest'
import { BlockHeights } from '../../src/renderer/pages/dataset/block-heights.ts'
import { markedParts } from '../../src/renderer/pages/dataset/marked-parts.ts'
import type { Mark } from '../../src/shared/contract/grounding.ts'
import { seededRandom } from '../support/builders.ts'

describe('heights of blocks', () => {
  test('agree with plain sums through many measurements', () => {
    const random = seededRandom(5)
    const plain = Array<number>(257).fill(40)
    const heights = new BlockHeights(plain.length, 40)
    for (let i = 0; i < 2000; i++) {
      const block = Math.floor(random() * plain.length)
      const height = 1 + Math.floor(random() * 300)
      expect(heights.set(block, height)).toBe(height - plain[block]!)
      plain[block] = height
    }
    let sum = 0
    plain.forEach((height, block) => {
      expect(heights.before(block)).toBe(sum)
      expect(heights.at(sum)).toBe(block)
      expect(heights.at(sum + height - 1)).toBe(block)
      sum += height
    })
    expect(heights.total).toBe(sum)
  })

  test('stay when the list grows, and shrink with it', () => {
    const heights = new BlockHeights(3, 10)
    heights.set(1, 25)
    heights.resize(6)
    expect([heights.count, heights.total, heights.before(2), heights.at(40)]).toEqual([
      6, 75, 35, 2,
    ])
    heights.resize(2)
    expect([heights.count, heights.total]).toEqual([2, 35])
  })

  test('answer beyond both ends, and for no blocks at all', () => {
    const heights = new BlockHeights(10, 5)
    expect([heights.at(-100), heights.at(0), heights.at(50), heights.at(1e9)]).toEqual([0, 0, 9, 9])
    expect([heights.set(10, 99), heights.set(3, 5), heights.total]).toEqual([0, 0, 50])
    const none = new BlockHeights(0, 5)
    expect([none.at(7), none.total, none.before(0)]).toEqual([0, 0, 0])
  })
})

test('marked parts are the text again, whatever overlaps', () => {
  const text = 'a 🦉 owl, <b>not</b> a 狐'
  const mark = (start: number, end: number) => ({ start, end }) as Mark
  const marks = [mark(2, 7), mark(4, 12), mark(4, 12), mark(0, 99), mark(21, 21)]
  const parts = markedParts(text, marks)
  expect(parts.map((part) => part.text).join('')).toBe(text)
  expect(parts.find((part) => part.text.startsWith('🦉'))?.marks.length).toBe(2)
  expect(markedParts(text, [])).toEqual([{ text, marks: [] }])
})
