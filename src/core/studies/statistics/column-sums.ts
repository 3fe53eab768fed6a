/** Sums over drawn images of rows that repeat a lot: alike rows are counted first and added once. */

/** A row that counts whenever its image is drawn; zero columns are left out. */
export interface ImageRow {
  readonly image: number
  readonly row: readonly number[]
  /** The column of each value; left out, the first columns in order. For wide rows with few values. */
  readonly columns?: readonly number[]
}

/** Fills `sums` with the total of every column; `counts[i]` = how often image i was drawn. */
export type ColumnSums = (counts: Uint32Array, sums: Float64Array) => void

/** The narrowest array that holds numbers below `limit`: half the memory is half the waiting. */
const smallest = (all: Uint32Array, limit: number): Uint16Array | Uint32Array =>
  limit <= 0x10000 ? Uint16Array.from(all) : all

/**
 * Images are many and kinds of rows few (a ranking of five is one of 541), so that a resample costs one addition a
 * row and one sweep over the kinds. Whole numbers add up exactly, whatever the order.
 */
export function columnSums(rows: readonly ImageRow[]): ColumnSums {
  const kinds = new Map<string, number>()
  const [columns, values, starts]: [number[], number[], number[]] = [[], [], [0]]
  const same = new Map<readonly number[], number>()
  const kindOf = (one: ImageRow): number => {
    // The very same row needs no comparing of its numbers.
    const met = one.columns ? undefined : same.get(one.row)
    if (met !== undefined) return met
    const kind = kindByValues(one)
    if (!one.columns) same.set(one.row, kind)
    return kind
  }
  const kindByValues = ({ row, columns: own }: ImageRow): number => {
    const key = own ? `${own.join()}:${row.join()}` : row.join()
    const known = kinds.get(key)
    if (known !== undefined) return known
    kinds.set(key, kinds.size)
    row.forEach((value, at) => {
      if (value === 0) return
      columns.push(own ? (own[at] as number) : at)
      values.push(value)
    })
    starts.push(columns.length)
    return kinds.size - 1
  }
  // Rows of one image stand together: neighbours in memory.
  const ordered = rows.every((one, at) => at === 0 || (rows[at - 1] as ImageRow).image <= one.image)
    ? rows
    : rows.toSorted((a, b) => a.image - b.image)
  const kind = smallest(Uint32Array.from(ordered, kindOf), kinds.size)
  const image = Uint32Array.from(ordered, (one) => one.image)
  const [column, value] = [Uint32Array.from(columns), Float64Array.from(values)]
  const start = Uint32Array.from(starts)
  const drawn = new Uint32Array(kinds.size)
  return (counts, sums) => {
    drawn.fill(0)
    // No question whether an image was drawn at all: a wrong guess costs more than adding nothing.
    for (let at = 0; at < kind.length; at++) {
      const which = kind[at] as number
      drawn[which] = (drawn[which] as number) + (counts[image[at] as number] as number)
    }
    sums.fill(0)
    for (let which = 0; which < drawn.length; which++) {
      const times = drawn[which] as number
      if (times === 0) continue
      const end = start[which + 1] as number
      for (let at = start[which] as number; at < end; at++) {
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
