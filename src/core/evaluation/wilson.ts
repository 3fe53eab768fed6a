/** The Wilson score interval: honest for shares near 0 and 1, where the rates of a captioner lie. */
import type { Rate } from './truth.ts'

const Z = 1.959963984540054

/** Share of `hits` in `n` with its 95 % interval (Wilson 1927); n = 0 gives no value and [0, 1]. */
export function wilson(hits: number, n: number): Rate {
  if (n === 0) return { value: null, n: 0, low: 0, high: 1 }
  const share = hits / n
  const square = Z * Z
  const centre = (share + square / (2 * n)) / (1 + square / n)
  const reach = (Z / (1 + square / n)) * Math.sqrt((share * (1 - share)) / n + square / (4 * n * n))
  return {
    value: share,
    n,
    low: Math.max(0, centre - reach),
    high: Math.min(1, centre + reach),
  }
}
