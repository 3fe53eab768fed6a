/**
 * One likelihood for every strength model: P(option) ∝ exp(sum of its terms).
 * Bradley-Terry, Davidson, Davidson-Beaver, Plackett-Luce, MaxDiff and slot effects only differ in their options.
 */
import { cholesky, inverseDiagonal, solve } from './linear-algebra.ts'

export interface Term {
  readonly parameter: number
  readonly value: number
}
export type Option = readonly Term[]

/** One kind of choice: its options and how often each was taken. */
export interface Choice {
  readonly options: readonly Option[]
  readonly counts: readonly number[]
}

export interface Fit {
  readonly estimates: Float64Array
  /** From the inverse of the observed information; 0 for parameters held fixed. */
  readonly standardErrors: Float64Array
  /** -log likelihood, without multinomial constants. */
  readonly negLogLik: number
  readonly converged: boolean
  readonly steps: number
}

export interface FitOptions {
  readonly parameters: number
  /** Parameters held at 0. */
  readonly fixed: readonly number[]
  readonly start?: Float64Array
}

interface State {
  readonly negLogLik: number
  readonly gradient: Float64Array
  readonly information: Float64Array[]
}

function evaluate(choices: readonly Choice[], theta: Float64Array, free: Int32Array): State {
  const size = free.reduce((most, at) => Math.max(most, at + 1), 0)
  const gradient = new Float64Array(size)
  const information = Array.from({ length: size }, () => new Float64Array(size))
  let negLogLik = 0
  for (const { options, counts } of choices) {
    const total = counts.reduce((sum, count) => sum + count, 0)
    if (total === 0) continue
    const scores = options.map((option) =>
      option.reduce((sum, term) => sum + (theta[term.parameter] as number) * term.value, 0),
    )
    const top = Math.max(...scores)
    const weights = scores.map((score) => Math.exp(score - top))
    const sum = weights.reduce((a, b) => a + b, 0)
    const logSum = top + Math.log(sum)
    const mean = new Float64Array(size)
    options.forEach((option, o) => {
      const p = (weights[o] as number) / sum
      const count = counts[o] as number
      if (count > 0) negLogLik -= count * ((scores[o] as number) - logSum)
      for (const { parameter, value } of option) {
        const at = free[parameter] as number
        if (at < 0) continue
        gradient[at] = (gradient[at] as number) + count * value
        mean[at] = (mean[at] as number) + p * value
        for (const other of option) {
          const to = free[other.parameter] as number
          const row = information[at] as Float64Array
          if (to >= 0) row[to] = (row[to] as number) + total * p * value * other.value
        }
      }
    })
    for (let i = 0; i < size; i++) {
      if (mean[i] === 0) continue
      gradient[i] = (gradient[i] as number) - total * (mean[i] as number)
      const row = information[i] as Float64Array
      for (let j = 0; j < size; j++)
        row[j] = (row[j] as number) - total * (mean[i] as number) * (mean[j] as number)
    }
  }
  return { negLogLik, gradient, information }
}

/** Maximum likelihood by Newton steps with halving. Fails softly (`converged: false`) when no maximum exists. */
export function fitChoices(choices: readonly Choice[], options: FitOptions): Fit {
  const { parameters, fixed } = options
  const free = new Int32Array(parameters)
  let next = 0
  for (let i = 0; i < parameters; i++) free[i] = fixed.includes(i) ? -1 : next++
  let theta = options.start ? Float64Array.from(options.start) : new Float64Array(parameters)
  for (const i of fixed) theta[i] = 0
  let state = evaluate(choices, theta, free)
  let converged = false
  let steps = 0
  for (; steps < 200 && !converged; steps++) {
    const lower = cholesky(state.information)
    if (!lower) break
    const step = solve(lower, state.gradient)
    let scale = 1
    let moved = false
    while (scale > 1e-8 && !moved) {
      const trial = theta.map((value, i) =>
        (free[i] as number) < 0 ? value : value + scale * (step[free[i] as number] as number),
      )
      const tried = evaluate(choices, trial, free)
      moved = tried.negLogLik <= state.negLogLik + 1e-12
      if (moved) {
        theta = trial
        state = tried
      } else scale /= 2
    }
    const size = step.reduce((most, value) => Math.max(most, Math.abs(value)), 0)
    converged = moved && size * scale < 1e-10
    if (!moved) break
  }
  const lower = cholesky(state.information)
  const variances = lower ? inverseDiagonal(lower) : null
  const standardErrors = Float64Array.from({ length: parameters }, (_, i) => {
    const at = free[i] as number
    return at < 0 ? 0 : variances ? Math.sqrt(variances[at] as number) : Number.NaN
  })
  // Separation: the likelihood has no maximum and estimates run away.
  const runaway = theta.some((value) => Math.abs(value) > 25)
  return {
    estimates: theta,
    standardErrors,
    negLogLik: state.negLogLik,
    converged: converged && !runaway,
    steps,
  }
}
