/** Davidson's model on typed arrays, for ten thousand resamples; `strengths.ts` holds the plain form. */
import { cholesky, solve } from './linear-algebra.ts'

/** Pairs a < b in order: [wins of a, wins of b, ties] each. */
export const pairIndex = (a: number, b: number, systems: number): number =>
  3 * ((a * (2 * systems - a - 1)) / 2 + (b - a - 1))

export const pairCells = (systems: number): number => (3 * systems * (systems - 1)) / 2

/** Every system beats (or ties) and loses (or ties) along some path. */
function isJoined(counts: Float64Array, systems: number): boolean {
  const edge = (a: number, b: number) => {
    const at = pairIndex(Math.min(a, b), Math.max(a, b), systems)
    return (counts[at + (a < b ? 0 : 1)] as number) + (counts[at + 2] as number) > 0
  }
  for (const forward of [true, false]) {
    let reached = 1
    const queue = [0]
    for (let a = queue.pop(); a !== undefined; a = queue.pop())
      for (let b = 0; b < systems; b++)
        if (b !== a && !(reached & (1 << b)) && (forward ? edge(a, b) : edge(b, a))) {
          reached |= 1 << b
          queue.push(b)
        }
    if (reached !== (1 << systems) - 1) return false
  }
  return true
}

/**
 * Some circle of results has more wins than ties. Without one, systems stand on steps: every win goes down at least
 * one, every tie at most one. Worths and nu then grow together for ever, and wins and ties become the more likely.
 */
function hasUpset(counts: Float64Array, systems: number): boolean {
  const way = new Float64Array(systems * systems).fill(Number.POSITIVE_INFINITY)
  let at = 0
  for (let a = 0; a < systems; a++)
    for (let b = a + 1; b < systems; b++, at += 3) {
      const [up, down] = [(counts[at] as number) > 0, (counts[at + 1] as number) > 0]
      if (up && down) return true
      const tied = (counts[at + 2] as number) > 0 ? 1 : Number.POSITIVE_INFINITY
      way[a * systems + b] = up ? -1 : tied
      way[b * systems + a] = down ? -1 : tied
    }
  // Shortest ways between all (Floyd and Warshall): one back to its start below 0 is such a circle.
  for (let over = 0; over < systems; over++)
    for (let a = 0; a < systems; a++)
      for (let b = 0; b < systems; b++) {
        const to = a * systems + b
        const around = (way[a * systems + over] as number) + (way[over * systems + b] as number)
        if (around < (way[to] as number)) way[to] = around
      }
  for (let a = 0; a < systems; a++) if ((way[a * systems + a] as number) < 0) return true
  return false
}

/** The likelihood of Davidson's model has a maximum, so that worths and nu are finite numbers. */
export const hasMaximum = (counts: Float64Array, systems: number, ties: number): boolean =>
  isJoined(counts, systems) && (ties === 0 || hasUpset(counts, systems))

/**
 * Log-worths centred on 0, then log nu (not-a-number without ties, or with nothing else). When some system never
 * lost or never won, half a win and half a loss against a ghost of strength 1 are added for each. `start` speeds
 * up resamples.
 */
export function fitDavidson(
  counts: Float64Array,
  systems: number,
  start?: Float64Array,
): { readonly estimates: Float64Array; readonly ghost: boolean } {
  let [ties, decided] = [0, 0]
  for (let at = 0; at < counts.length; at += 3) {
    decided += (counts[at] as number) + (counts[at + 1] as number)
    ties += counts[at + 2] as number
  }
  const ghost = !hasMaximum(counts, systems, ties)
  const withTies = ties > 0 && decided > 0
  const first = ghost ? 0 : 1
  const size = systems - first + Number(withTies)
  const theta = new Float64Array(systems + 1)
  if (start) {
    for (let a = 0; a <= systems; a++)
      theta[a] = Number.isFinite(start[a]) ? (start[a] as number) : 0
    const zero = ghost ? 0 : (theta[0] as number)
    for (let a = 0; a < systems; a++) theta[a] = (theta[a] as number) - zero
  }
  const gradient = new Float64Array(size)
  const information = Array.from({ length: size }, () => new Float64Array(size))
  const nu = size - 1
  for (let step = 0; step < 60; step++) {
    gradient.fill(0)
    for (const row of information) row.fill(0)
    const put = (i: number, j: number, value: number) => {
      const row = information[i] as Float64Array
      row[j] = (row[j] as number) + value
    }
    const push = (i: number, value: number) => (gradient[i] = (gradient[i] as number) + value)
    let at = 0
    for (let a = 0; a < systems; a++)
      for (let b = a + 1; b < systems; b++, at += 3) {
        const [wa, wb, t] = [
          counts[at] as number,
          counts[at + 1] as number,
          counts[at + 2] as number,
        ]
        const n = wa + wb + t
        if (n === 0) continue
        const half = ((theta[a] as number) - (theta[b] as number)) / 2
        const ea = Math.exp(half)
        const et = withTies ? Math.exp(theta[systems] as number) : 0
        const z = ea + 1 / ea + et
        const [pa, pb, pt] = [ea / z, 1 / ea / z, et / z]
        // In terms of d = (theta a - theta b) / 2: score wa - wb, variance of (+1, -1, 0).
        const score = wa - wb - n * (pa - pb)
        const variance = n * (pa + pb - (pa - pb) ** 2)
        const [i, j] = [a - first, b - first]
        if (i >= 0) {
          push(i, score / 2)
          put(i, i, variance / 4)
        }
        push(j, -score / 2)
        put(j, j, variance / 4)
        if (i >= 0) {
          put(i, j, -variance / 4)
          put(j, i, -variance / 4)
        }
        if (!withTies) continue
        push(nu, t - n * pt)
        put(nu, nu, n * pt * (1 - pt))
        const cross = (-n * pt * (pa - pb)) / 2
        if (i >= 0) {
          put(i, nu, cross)
          put(nu, i, cross)
        }
        put(j, nu, -cross)
        put(nu, j, -cross)
      }
    if (ghost)
      for (let a = 0; a < systems; a++) {
        const p = 1 / (1 + Math.exp(-(theta[a] as number)))
        push(a, 0.5 - p)
        put(a, a, p * (1 - p))
      }
    const lower = cholesky(information)
    if (!lower) break
    const move = solve(lower, gradient)
    let most = 0
    for (let i = 0; i < size; i++) {
      const limited = Math.max(-2, Math.min(2, move[i] as number))
      most = Math.max(most, Math.abs(limited))
      const target = withTies && i === nu ? systems : i + first
      theta[target] = (theta[target] as number) + limited
    }
    if (most < 1e-9) break
  }
  let mean = 0
  for (let a = 0; a < systems; a++) mean += (theta[a] as number) / systems
  for (let a = 0; a < systems; a++) theta[a] = (theta[a] as number) - mean
  if (!withTies) theta[systems] = Number.NaN
  return { estimates: theta, ghost }
}
