/** Which row of the Williams design each showing gets, so that every system visits every slot equally often. */
import { mulberry32 } from './statistics/mulberry32.ts'
import { williamsRows } from './williams.ts'

interface Uses {
  readonly rows: readonly (readonly number[])[]
  readonly overall: Uint32Array
  readonly byRater: Map<number, Uint32Array>
}

export interface RowChooser {
  /** A row for one item before one rater; `taken` are rows that other raters of the item have. */
  next(cards: number, rater: number, taken: ReadonlySet<number>): number
  order(cards: number, row: number): readonly number[]
  /** A row that was dealt in an earlier planning; returns which it was. */
  used(order: readonly number[], rater: number): number
}

/** Rows used least overall come first (so counts never differ by more than 1), then least by this rater. */
export function createRowChooser(seed: number): RowChooser {
  const random = mulberry32(seed)
  const designs = new Map<number, Uses>()
  const designOf = (cards: number): Uses => {
    const known = designs.get(cards)
    if (known) return known
    const rows = williamsRows(cards)
    const made = { rows, overall: new Uint32Array(rows.length), byRater: new Map() }
    designs.set(cards, made)
    return made
  }
  const ownOf = ({ rows, byRater }: Uses, rater: number): Uint32Array => {
    const own = byRater.get(rater) ?? new Uint32Array(rows.length)
    byRater.set(rater, own)
    return own
  }
  return {
    used(order, rater) {
      const design = designOf(order.length)
      const row = design.rows.findIndex((one) => one.join() === order.join())
      if (row < 0) return row
      const own = ownOf(design, rater)
      design.overall[row] = (design.overall[row] as number) + 1
      own[row] = (own[row] as number) + 1
      return row
    },
    next(cards, rater, taken) {
      const { rows, overall } = designOf(cards)
      const own = ownOf(designOf(cards), rater)
      const least = Math.min(...overall)
      const cost = (row: number): readonly number[] => [
        Number((overall[row] as number) > least),
        Number(taken.has(row)),
        own[row] as number,
        random(),
      ]
      let best = 0
      let bestCost = cost(0)
      for (let row = 1; row < rows.length; row++) {
        const tried = cost(row)
        const differs = tried.findIndex((value, i) => value !== bestCost[i])
        if (differs >= 0 && (tried[differs] as number) < (bestCost[differs] as number)) {
          best = row
          bestCost = tried
        }
      }
      overall[best] = (overall[best] as number) + 1
      own[best] = (own[best] as number) + 1
      return best
    },
    order: (cards, row) => designOf(cards).rows[row] ?? [],
  }
}
