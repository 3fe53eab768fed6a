/** Shares and their intervals: Wilson, differences within the same images, exact sign test, sample sizes. */
import { binomialUpper, normalQuantile, normalTwoSided } from './distributions.ts'

export interface Interval {
  readonly low: number
  readonly high: number
}

const Z95 = normalQuantile(0.975)

/** Wilson (1927) 95 % interval of `successes` in n. n = 0 gives [0, 1]: nothing is known. */
export function wilson(successes: number, n: number, z = Z95): Interval {
  if (n === 0) return { low: 0, high: 1 }
  const p = successes / n
  const centre = p + (z * z) / (2 * n)
  const half = z * Math.sqrt((p * (1 - p)) / n + (z * z) / (4 * n * n))
  const scale = 1 + (z * z) / n
  // At the ends the interval reaches them exactly, whatever rounding says.
  return {
    low: successes === 0 ? 0 : (centre - half) / scale,
    high: successes === n ? 1 : (centre + half) / scale,
  }
}

/** Two-sided exact sign test of wins against losses; ties are not part of it. */
export function signTest(wins: number, losses: number): number {
  const n = wins + losses
  if (n === 0) return 1
  return Math.min(1, 2 * binomialUpper(n, Math.max(wins, losses), 0.5))
}

/** Difference of two shares of the same n images (one multinomial): estimate, standard error, z, p. */
export function shareDifference(a: number, b: number, n: number) {
  const [pa, pb] = [a / n, b / n]
  const difference = pa - pb
  const se = Math.sqrt((pa + pb - difference * difference) / n)
  const z = difference === 0 ? 0 : difference / se
  return {
    difference,
    se,
    z,
    p: normalTwoSided(z),
    low: difference - Z95 * se,
    high: difference + Z95 * se,
  }
}

const Z80 = normalQuantile(0.8)

/** Images needed to tell two shares of one multinomial apart (80 % power, two-sided 5 %). */
export function imagesForShares(pa: number, pb: number): number {
  const d = pa - pb
  const root = Z95 * Math.sqrt(pa + pb) + Z80 * Math.sqrt(pa + pb - d * d)
  return Math.ceil((root * root) / (d * d))
}

/** Decided pairs needed to tell a win rate from one half (80 % power, two-sided 5 %). */
export function pairsForWinRate(p: number): number {
  const root = Z95 / 2 + Z80 * Math.sqrt(p * (1 - p))
  return Math.ceil((root * root) / ((p - 0.5) * (p - 0.5)))
}

/** n m / (1 + (m - 1) rho): what n images with m raters each are worth (design effect). */
export const effectiveImages = (n: number, raters: number, rho: number): number =>
  (n * raters) / (1 + (raters - 1) * rho)
