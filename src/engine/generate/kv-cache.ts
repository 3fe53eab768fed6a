/** The decoder's memory, owned by us: keys and values [rows, heads, capacity, headDim] per layer (ENGINE.md section 5). */

/** Capacity grows in steps of this, so buffers are remade every 64 tokens, not every token. */
export const BUCKET = 64

export interface CacheShape {
  readonly layers: number
  readonly heads: number
  readonly headDim: number
}

/**
 * Rows are prompts being decoded. Unused capacity holds zeros or old finite numbers, which the graph
 * ignores; the runtime reads the arrays in place, so a step costs no copy of the cache.
 */
export interface KvCache {
  readonly shape: CacheShape
  capacity: number
  rows: number
  /** Valid positions of each row. */
  lengths: number[]
  /** Key and value of each layer in turn: 2 x layers arrays. */
  buffers: Float32Array[]
}

const roundUp = (positions: number): number => Math.max(1, Math.ceil(positions / BUCKET)) * BUCKET

/** More than this goes back to the system between two comparisons: six captions of OPT-125m take 57 MB. */
const KEPT_BYTES = 128 * 1024 ** 2

/** Buffers of the last cache of a shape: the system takes longer to give memory than a step takes to fill it. */
const spare = new WeakMap<CacheShape, Float32Array[]>()

export function createCache(shape: CacheShape): KvCache {
  const buffers =
    spare.get(shape) ?? Array.from({ length: 2 * shape.layers }, () => new Float32Array(0))
  spare.delete(shape)
  return { shape, capacity: BUCKET, rows: 0, lengths: [], buffers }
}

/** Leaves the cache's memory to the next one of its shape object. Not for one that may hold numbers that are not finite. */
export function freeCache({ shape, buffers }: KvCache): void {
  if (buffers.reduce((sum, { byteLength }) => sum + byteLength, 0) <= KEPT_BYTES)
    spare.set(shape, buffers)
}

/** Values of one buffer that hold `rows` rows. */
const rowSize = ({ shape, capacity }: Pick<KvCache, 'shape' | 'capacity'>): number =>
  shape.heads * capacity * shape.headDim

/**
 * Makes room for `rows` rows of `positions` positions, keeping what is there. Buffers are remade for up to
 * `ahead` positions more, at most twice what is needed: memory that is never written costs nothing, and
 * growing then moves blocks within a buffer.
 */
export function reserve(cache: KvCache, rows: number, positions: number, ahead = 0): void {
  const capacity = Math.max(cache.capacity, roundUp(positions))
  const { heads, headDim } = cache.shape
  const blocks = rows * heads * headDim
  if (blocks * capacity > (cache.buffers[0]?.length ?? 0)) {
    const room = Math.min(Math.max(capacity, roundUp(positions + ahead)), 2 * capacity)
    cache.buffers = cache.buffers.map((old) => {
      const grown = new Float32Array(blocks * room)
      grown.set(old.subarray(0, cache.rows * rowSize(cache)))
      return grown
    })
  }
  if (capacity > cache.capacity) spread(cache, capacity)
}

/** Moves every block of positions to where a larger capacity has it, the last one first. */
function spread(cache: KvCache, capacity: number): void {
  const { heads, headDim } = cache.shape
  const [oldStride, newStride] = [cache.capacity * headDim, capacity * headDim]
  for (const buffer of cache.buffers)
    for (let block = cache.rows * heads - 1; block > 0; block--)
      buffer.copyWithin(block * newStride, block * oldStride, (block + 1) * oldStride)
  cache.capacity = capacity
}

/** What the graph reads: the rows from `first` on, without a copy. */
export const rowsFrom = (cache: KvCache, first: number): Past => ({
  buffers: cache.buffers.map((buffer) =>
    buffer.subarray(first * rowSize(cache), cache.rows * rowSize(cache)),
  ),
  capacity: cache.capacity,
  lengths: cache.lengths.slice(first),
})

/** The past of every row: 2 x layers arrays [rows, heads, capacity, headDim], of which `lengths` are valid. */
export interface Past {
  readonly buffers: readonly Float32Array[]
  readonly capacity: number
  readonly lengths: readonly number[]
}

/** A source of positions: [rows, heads, stride positions, headDim]. */
export interface Positions {
  readonly data: Float32Array
  readonly stride: number
}

/** Copies the first `count` positions of `source` row `from` behind what row `to` already has. */
function append(cache: KvCache, buffer: number, move: Positions & Move): void {
  const { heads, headDim } = cache.shape
  const target = cache.buffers[buffer]
  if (!target) return
  for (let head = 0; head < heads; head++) {
    const start = (move.from * heads + head) * move.stride * headDim
    const to = ((move.to * heads + head) * cache.capacity + (cache.lengths[move.to] ?? 0)) * headDim
    target.set(move.data.subarray(start, start + move.count * headDim), to)
  }
}

interface Move {
  readonly from: number
  readonly to: number
  readonly count: number
}

/** Appends `count` positions of one source row, from every buffer, to row `to`. Call `reserve` before. */
export function appendRow(cache: KvCache, sources: readonly Positions[], move: Move): void {
  sources.forEach((source, buffer) => append(cache, buffer, { ...source, ...move }))
  cache.lengths[move.to] = (cache.lengths[move.to] ?? 0) + move.count
}

/** Numbers that one line of the processor's cache holds. */
const LINE = 16
const TOUCHED = new Float64Array(1)

/**
 * Appends one position to every row, from every buffer. Call `reserve` before. The weights that a step reads have pushed the
 * cache out of the processor: places to write are touched first, all on their way at once, or each write
 * would wait for its own (the copy takes half as long so). A view for every 64 numbers would cost more than the copy.
 */
export function appendStep(cache: KvCache, sources: readonly Positions[]): void {
  const { heads, headDim } = cache.shape
  const places = cache.lengths.flatMap((length, row) =>
    Array.from(
      { length: heads },
      (_, head) => ((row * heads + head) * cache.capacity + length) * headDim,
    ),
  )
  for (const [buffer, { data, stride }] of sources.entries()) {
    const target = cache.buffers[buffer]
    if (target) copyHeads(target, data, { places, headDim, skip: stride * headDim })
  }
  cache.lengths = cache.lengths.map((length) => length + 1)
}

function copyHeads(
  target: Float32Array,
  source: Float32Array,
  { places, headDim, skip }: { places: readonly number[]; headDim: number; skip: number },
): void {
  let touched = 0
  for (const to of places)
    for (let at = 0; at < headDim; at += LINE) touched += target[to + at] ?? 0
  TOUCHED[0] = touched // or the compiler would leave the reading out
  for (let place = 0; place < places.length; place++) {
    const [to, from] = [places[place] ?? 0, place * skip]
    for (let at = 0; at < headDim; at++) target[to + at] = source[from + at] ?? 0
  }
}

/** Adds an empty row at the end and gives its number. Call `reserve` before. */
export function addRow(cache: KvCache): number {
  cache.lengths.push(0)
  return cache.rows++
}

/** Keeps only the named rows (rising order), moved together so that a view stays one piece. */
export function keepRows(cache: KvCache, kept: readonly number[]): void {
  const size = rowSize(cache)
  kept.forEach((row, to) => {
    if (row !== to)
      for (const buffer of cache.buffers) buffer.copyWithin(to * size, row * size, (row + 1) * size)
  })
  cache.lengths = kept.map((row) => cache.lengths[row] ?? 0)
  cache.rows = kept.length
}
