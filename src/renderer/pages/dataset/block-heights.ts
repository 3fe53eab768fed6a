/** Heights of the blocks of a long list: where each begins and which lies at a place, in log n steps. */

/** A Fenwick tree over heights in px; a block that was never measured has the estimate. */
export class BlockHeights {
  readonly #estimate: number
  #heights = new Float64Array(0)
  #tree = new Float64Array(1)

  constructor(count: number, estimate: number) {
    this.#estimate = estimate
    this.resize(count)
  }

  /** Blocks that stay keep their height. */
  resize(count: number): void {
    if (count === this.count) return
    const heights = new Float64Array(count).fill(this.#estimate)
    heights.set(this.#heights.subarray(0, count))
    const tree = new Float64Array(count + 1)
    for (let i = 1; i <= count; i++) {
      tree[i]! += heights[i - 1]!
      const parent = i + (i & -i)
      if (parent <= count) tree[parent]! += tree[i]!
    }
    this.#heights = heights
    this.#tree = tree
  }

  get count(): number {
    return this.#heights.length
  }

  get total(): number {
    return this.before(this.count)
  }

  /** By how much the block grew; 0 for one that is not there. */
  set(block: number, height: number): number {
    const old = this.#heights[block]
    if (old === undefined || old === height) return 0
    this.#heights[block] = height
    for (let i = block + 1; i <= this.count; i += i & -i) this.#tree[i]! += height - old
    return height - old
  }

  /** Height of all blocks before this one: where it begins. */
  before(block: number): number {
    let sum = 0
    for (let i = Math.min(block, this.count); i > 0; i -= i & -i) sum += this.#tree[i]!
    return sum
  }

  /** The block that lies at this height; the first above the list, the last below it. */
  at(y: number): number {
    let block = 0
    let rest = y
    let step = 2 ** Math.floor(Math.log2(Math.max(1, this.count)))
    for (; step > 0; step >>= 1) {
      const next = block + step
      if (next <= this.count && this.#tree[next]! <= rest) {
        block = next
        rest -= this.#tree[next]!
      }
    }
    return Math.max(0, Math.min(block, this.count - 1))
  }
}
