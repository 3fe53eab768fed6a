/** Loaded models give way to the next one by what they take of the memory. */
import { expect, test } from 'vitest'
import { givingWay, type Held } from '../../src/engine/model/room.ts'

const held = (name: string, bytes: number): Held => {
  const [bundle = ''] = name.split(':')
  return { key: name, bundleSha256: bundle, bytes }
}
const gone = (all: readonly Held[], next: Held) => givingWay(all, next, 10)

test('nothing is closed while there is room', () => {
  expect(gone([], held('a:fp32', 99))).toEqual([])
  expect(gone([held('a:fp32', 4), held('b:fp32', 4)], held('c:fp32', 2))).toEqual([])
})

test('a fifth model closes what was used longest ago', () => {
  const four = ['a:fp32', 'b:fp32', 'c:fp32', 'd:fp32'].map((name) => held(name, 1))
  expect(gone(four, held('e:fp32', 1))).toEqual(['a:fp32'])
})

test('another variant of the same bundle goes before what was used longer ago', () => {
  const all = [held('a:fp32', 3), held('b:fp32', 5)]
  expect(gone(all, held('b:q8', 4))).toEqual(['b:fp32'])
})

test('the other bundle used last stays: a captioner and its scorer take turns', () => {
  expect(gone([held('large:fp32', 12)], held('scorer:fp32', 1))).toEqual([])
  expect(gone([held('old:fp32', 1), held('large:fp32', 12)], held('scorer:fp32', 1))).toEqual([
    'old:fp32',
  ])
})
