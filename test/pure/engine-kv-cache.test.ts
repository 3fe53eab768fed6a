/** The decoder's memory: growing, appending and dropping rows must move every number to its place. */
import { expect, test } from 'vitest'
import {
  addRow,
  appendRow,
  BUCKET,
  createCache,
  freeCache,
  keepRows,
  reserve,
  rowsFrom,
  type KvCache,
  type Positions,
} from '../../src/engine/generate/kv-cache.ts'

/** One buffer of the rows from `first` on, as the graph reads it. */
const view = (cache: KvCache, buffer: number, first = 0): Float32Array =>
  rowsFrom(cache, first).buffers[buffer] ?? new Float32Array(0)

const SHAPE = { layers: 2, heads: 2, headDim: 3 }

/** A number that says where it came from: row, buffer, head, position, dimension. */
const mark = (row: number, buffer: number, head: number, position: number, dim: number) =>
  ((row * 10 + buffer) * 10 + head) * 10_000 + position * 10 + dim

/** Positions [from, from + count) of one row, in every buffer. */
const source = (row: number, from: number, count: number): readonly Positions[] =>
  Array.from({ length: 4 }, (_, buffer) => ({
    stride: count,
    data: Float32Array.from(
      Array.from({ length: 2 }, (_, head) =>
        Array.from({ length: count }, (_, at) =>
          [0, 1, 2].map((dim) => mark(row, buffer, head, from + at, dim)),
        ),
      ).flat(2),
    ),
  }))

/** Every valid number of the cache stands where `owners` says. */
function expectHolds(cache: KvCache, owners: readonly number[]): void {
  expect(cache.rows).toBe(owners.length)
  for (const [at, row] of owners.entries())
    for (let buffer = 0; buffer < 4; buffer++)
      for (let head = 0; head < 2; head++)
        for (let position = 0; position < (cache.lengths[at] ?? 0); position++) {
          const start = ((at * 2 + head) * cache.capacity + position) * 3
          expect([...view(cache, buffer).subarray(start, start + 3)]).toEqual(
            [0, 1, 2].map((dim) => mark(row, buffer, head, position, dim)),
          )
        }
}

function filled(lengths: readonly number[]): KvCache {
  const cache = createCache(SHAPE)
  reserve(cache, lengths.length, Math.max(...lengths))
  lengths.forEach((length, row) => {
    addRow(cache)
    appendRow(cache, source(row, 0, length), { from: 0, to: row, count: length })
  })
  return cache
}

test('rows of different lengths lie where they were put', () => {
  expectHolds(filled([3, 1, 5]), [0, 1, 2])
})

test('growing over a bucket keeps every position', () => {
  const cache = filled([BUCKET, 2])
  reserve(cache, 2, BUCKET + 1)
  expect(cache.capacity).toBe(2 * BUCKET)
  appendRow(cache, source(0, BUCKET, 1), { from: 0, to: 0, count: 1 })
  expect(cache.lengths).toEqual([BUCKET + 1, 2])
  expectHolds(cache, [0, 1])
})

test('with room ahead, growing moves blocks within the same buffers', () => {
  const cache = createCache(SHAPE)
  reserve(cache, 2, 3, 2 * BUCKET)
  for (const row of [0, 1]) {
    addRow(cache)
    appendRow(cache, source(row, 0, 3), { from: 0, to: row, count: 3 })
  }
  const buffers = cache.buffers
  reserve(cache, 2, BUCKET + 1)
  expect([cache.capacity, cache.buffers]).toEqual([2 * BUCKET, buffers])
  expect(cache.buffers[0]).toBe(buffers[0])
  expectHolds(cache, [0, 1])
  reserve(cache, 2, 2 * BUCKET + 1) // twice what was needed is all that lies ahead
  expect(cache.buffers[0]).not.toBe(buffers[0])
  expectHolds(cache, [0, 1])
})

test('dropping rows moves the others together and the view shrinks', () => {
  const cache = filled([3, 1, 5, 2])
  const before = view(cache, 0).length
  keepRows(cache, [1, 3])
  expect(cache.lengths).toEqual([1, 2])
  expect(view(cache, 0).length).toBe(before / 2)
  expectHolds(cache, [1, 3])
  keepRows(cache, [])
  expect([cache.rows, view(cache, 0).length]).toEqual([0, 0])
})

test('the last rows can be read by themselves', () => {
  const cache = filled([3, 1, 5, 2])
  const { lengths, capacity } = rowsFrom(cache, 2)
  expect([lengths, capacity]).toEqual([[5, 2], BUCKET])
  const [all, last] = [view(cache, 3), view(cache, 3, 2)]
  expect(last).toEqual(all.subarray(all.length / 2))
  expect(last.buffer).toBe(all.buffer)
})

test('a row can be added after others were dropped', () => {
  const cache = filled([3, 1, 5])
  keepRows(cache, [2])
  reserve(cache, 3, 4)
  addRow(cache)
  appendRow(cache, source(7, 0, 4), { from: 0, to: 1, count: 4 })
  expectHolds(cache, [2, 7])
})

test('only the counted positions of a padded source are taken', () => {
  const cache = createCache(SHAPE)
  reserve(cache, 1, 8)
  addRow(cache)
  appendRow(cache, source(0, 0, 6), { from: 0, to: 0, count: 4 })
  appendRow(cache, source(0, 4, 2), { from: 0, to: 0, count: 2 })
  expect(cache.lengths).toEqual([6])
  expectHolds(cache, [0])
})

test('a cache leaves its memory to the next of its shape, which starts empty', () => {
  const cache = filled([3, 1])
  freeCache(cache)
  const [next, another] = [createCache(SHAPE), createCache(SHAPE)]
  expect([next.buffers[0], next.rows, next.lengths]).toEqual([cache.buffers[0], 0, []])
  expect(next.buffers[0]).toBe(cache.buffers[0])
  expect(another.buffers[0]).toHaveLength(0) // given away once
  const huge = { shape: { ...SHAPE }, buffers: [new Float32Array(2 ** 25 + 1)] }
  freeCache({ ...cache, ...huge })
  expect(createCache(huge.shape).buffers[0]).toHaveLength(0)
  reserve(next, 1, 4)
  addRow(next)
  appendRow(next, source(7, 0, 4), { from: 0, to: 0, count: 4 })
  expectHolds(next, [7])
})

test('capacity is never 0, which would crash WebGPU', () => {
  expect(createCache(SHAPE).capacity).toBeGreaterThanOrEqual(1)
})
