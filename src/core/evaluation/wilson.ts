/** The rates of a captioner with their Wilson intervals: honest for shares near 0 and 1, where they lie. */
import { wilson as wilsonInterval } from '../studies/statistics/shares.ts'
import type { Rate } from './truth.ts'

/** Share of `hits` in `n` with its 95 % interval; n = 0 gives no value and [0, 1]. */
export const wilson = (hits: number, n: number): Rate => ({
  value: n === 0 ? null : hits / n,
  n,
  ...wilsonInterval(hits, n),
})
