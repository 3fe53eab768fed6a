/** Bradley-Terry with one discrimination a rater: P(a over b, said by r) = logistic(s_r (u_a - u_b)). */

export interface Duel {
  readonly rater: number
  readonly winner: number
  readonly loser: number
}

export interface JudgePrecision {
  /** Log-worths centred on 0. */
  readonly logWorths: readonly number[]
  /** Geometric mean 1; above it a rater follows the common order more strictly. */
  readonly precisions: readonly number[]
  readonly converged: boolean
}

/**
 * Maximum a posteriori by turns: strengths given precisions (prior of standard deviation 10, for systems that
 * never lost), then each log precision (prior of standard deviation 1, for raters who never disagreed).
 */
export function judgePrecision(
  duels: readonly Duel[],
  size: { readonly systems: number; readonly raters: number },
): JudgePrecision {
  const { systems, raters } = size
  const cells = systems * systems
  const counts = new Float64Array(raters * cells)
  for (const { rater, winner, loser } of duels) {
    const at = rater * cells + winner * systems + loser
    counts[at] = (counts[at] as number) + 1
  }
  const u = new Float64Array(systems)
  const log = new Float64Array(raters)
  const each = (rater: number, visit: (a: number, b: number, n: number) => void): void => {
    for (let a = 0; a < systems; a++)
      for (let b = 0; b < systems; b++) {
        const n = counts[rater * cells + a * systems + b] as number
        if (n > 0) visit(a, b, n)
      }
  }
  /** One cautious step of each. */
  const strengths = (): void => {
    const gradient = Float64Array.from(u, (value) => -value / 100)
    const curvature = new Float64Array(systems).fill(1 / 100)
    for (let r = 0; r < raters; r++) {
      const s = Math.exp(log[r] as number)
      each(r, (a, b, n) => {
        const p = 1 / (1 + Math.exp(-s * ((u[a] as number) - (u[b] as number))))
        gradient[a] = (gradient[a] as number) + n * s * (1 - p)
        gradient[b] = (gradient[b] as number) - n * s * (1 - p)
        const c = n * s * s * p * (1 - p)
        // Twice the diagonal bounds the whole matrix, so that no step overshoots.
        curvature[a] = (curvature[a] as number) + 2 * c
        curvature[b] = (curvature[b] as number) + 2 * c
      })
    }
    for (let a = 0; a < systems; a++) {
      const step = (gradient[a] as number) / (curvature[a] as number)
      u[a] = (u[a] as number) + Math.max(-1, Math.min(1, step))
    }
  }
  const precisions = (): void => {
    for (let r = 0; r < raters; r++) {
      let gradient = -(log[r] as number)
      let curvature = 1
      const s = Math.exp(log[r] as number)
      each(r, (a, b, n) => {
        const d = (u[a] as number) - (u[b] as number)
        const p = 1 / (1 + Math.exp(-s * d))
        gradient += n * (1 - p) * s * d
        curvature += n * p * (1 - p) * (s * d) ** 2
      })
      log[r] = (log[r] as number) + Math.max(-0.5, Math.min(0.5, gradient / curvature))
    }
  }
  const centre = (values: Float64Array): number => {
    let mean = 0
    for (const value of values) mean += value / values.length
    for (let i = 0; i < values.length; i++) values[i] = (values[i] as number) - mean
    return mean
  }
  let converged = false
  for (let turn = 0; turn < 2000 && !converged; turn++) {
    const before = [...u, ...log]
    strengths()
    precisions()
    centre(u)
    // The scale is one for both: what precisions have in common belongs to the strengths.
    const common = Math.exp(centre(log))
    for (let a = 0; a < systems; a++) u[a] = (u[a] as number) * common
    converged = [...u, ...log].every((value, i) => Math.abs(value - (before[i] ?? 0)) < 1e-8)
  }
  return { logWorths: Array.from(u), precisions: Array.from(log, Math.exp), converged }
}
