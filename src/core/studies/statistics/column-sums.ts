/** Sums over drawn images of rows that repeat a lot: alike rows are counted first and added once. */

/** A row that counts whenever its image is drawn; zero columns are left out. */
export interface ImageRow {
  readonly image: number
  readonly row: readonly number[]
}

/** Fills `sums` with the total of every column; `counts[i]` = how often image i was drawn. */
export type ColumnSums = (counts: ArrayLike<number>, sums: Float64Array) => void

/**
 * Images are many and kinds of rows few (a ranking of five is one of 541), so that a resample costs one addition a
 * row and one sweep over the kinds. Whole numbers add up exactly, whatever the order.
 */
export function columnSums(rows: readonly ImageRow[]): ColumnSums {
  const kinds = new Map<string, number>()
  const image = new Uint32Array(rows.length)
  const kind = new Uint32Array(rows.length)
  const [columns, values, starts]: [number[], number[], number[]] = [[], [], [0]]
  rows.forEach((one, at) => {
    const key = one.row.join()
    let known = kinds.get(key)
    if (known === undefined) {
      known = kinds.size
      kinds.set(key, known)
      one.row.forEach((value, column) => {
        if (value === 0) return
        columns.push(column)
        values.push(value)
      })
      starts.push(columns.length)
    }
    image[at] = one.image
    kind[at] = known
  })
  const [column, value] = [Uint32Array.from(columns), Float64Array.from(values)]
  const start = Uint32Array.from(starts)
  const drawn = new Float64Array(kinds.size)
  return (counts, sums) => {
    drawn.fill(0)
    for (let at = 0; at < kind.length; at++) {
      const which = kind[at] as number
      drawn[which] = (drawn[which] as number) + (counts[image[at] as number] as number)
    }
    sums.fill(0)
    for (let which = 0; which < drawn.length; which++) {
      const times = drawn[which] as number
      if (times === 0) continue
      for (let at = start[which] as number; at < (start[which + 1] as number); at++) {
        const c = column[at] as number
        sums[c] = (sums[c] as number) + times * (value[at] as number)
      }
    }
  }
}

/** Every image once: the totals themselves. */
export function totalsOf(sums: ColumnSums, images: number, columns: number): Float64Array {
  const totals = new Float64Array(columns)
  sums(new Uint32Array(images).fill(1), totals)
  return totals
}
