/** Tail probabilities that the reports need, to about 1e-12. */

/** Natural log of the gamma function, x > 0 (Lanczos, g = 7, 9 terms). */
export function logGamma(x: number): number {
  const terms = [
    0.9999999999998099, 676.5203681218851, -1259.1392167224028, 771.3234287776531,
    -176.6150291621406, 12.507343278686905, -0.13857109526572012, 9.984369578019572e-6,
    1.5056327351493116e-7,
  ]
  if (x < 0.5) return Math.log(Math.PI / Math.sin(Math.PI * x)) - logGamma(1 - x)
  const z = x - 1
  let sum = terms[0] as number
  for (let i = 1; i < terms.length; i++) sum += (terms[i] as number) / (z + i)
  const t = z + 7.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}

/** Regularised upper incomplete gamma Q(a, x): series below a + 1, continued fraction above. */
export function upperGamma(a: number, x: number): number {
  if (x <= 0) return 1
  if (x === Number.POSITIVE_INFINITY) return 0
  const front = Math.exp(-x + a * Math.log(x) - logGamma(a))
  if (x < a + 1) {
    let term = 1 / a
    let sum = term
    for (let n = 1; n < 1000 && Math.abs(term) > 1e-17 * sum; n++) {
      term *= x / (a + n)
      sum += term
    }
    return 1 - front * sum
  }
  const tiny = 1e-300
  let b = x + 1 - a
  let c = 1 / tiny
  let d = 1 / b
  let h = d
  for (let i = 1; i < 1000; i++) {
    const an = -i * (i - a)
    b += 2
    d = 1 / (an * d + b || tiny)
    c = b + an / c || tiny
    h *= d * c
    if (Math.abs(d * c - 1) < 1e-15) break
  }
  return front * h
}

/** P(chi-squared with `df` degrees of freedom >= x). */
export const chiSquareTail = (x: number, df: number): number => upperGamma(df / 2, x / 2)

/** P(|Z| >= |z|) for a standard normal. */
export const normalTwoSided = (z: number): number => upperGamma(0.5, (z * z) / 2)

/** z with P(Z <= z) = p, 0 < p < 1, by bisection on the tail above (no table, no rounding surprise). */
export function normalQuantile(p: number): number {
  const upper = p > 0.5
  const tail = upper ? 1 - p : p
  let low = 0
  let high = 40
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2
    if (normalTwoSided(middle) / 2 > tail) low = middle
    else high = middle
  }
  return upper ? low : -low
}

/** P(|T| >= |t|) for Student's t with a whole number of degrees of freedom: the finite sums of Abramowitz 26.7. */
export function studentTwoSided(t: number, df: number): number {
  const angle = Math.atan(Math.abs(t) / Math.sqrt(df))
  const square = Math.cos(angle) ** 2
  let term = df % 2 === 1 ? Math.cos(angle) : 1
  let sum = df === 1 ? 0 : term
  for (let k = df % 2 === 1 ? 3 : 2; k < df - 1; k += 2) {
    term *= (square * (k - 1)) / k
    sum += term
  }
  const inside =
    df % 2 === 1 ? (2 / Math.PI) * (angle + Math.sin(angle) * sum) : Math.sin(angle) * sum
  return Math.max(0, 1 - inside)
}

/**
 * A bootstrap's two-sided p over few units is too small: resamples of n spread by sqrt((n - 1) / n) too little, and
 * their tails are a normal's. The same distance, corrected, read from Student's t with n - 1 degrees of freedom.
 */
export const forFewUnits = (p: number, units: number): number =>
  p >= 1 || units < 2
    ? 1
    : studentTwoSided(normalQuantile(1 - p / 2) * Math.sqrt((units - 1) / units), units - 1)

/** P(X >= atLeast) for a binomial of n trials with probability p. */
export function binomialUpper(n: number, atLeast: number, p: number): number {
  let sum = 0
  for (let k = Math.max(0, atLeast); k <= n; k++) {
    const choose = logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1)
    sum += Math.exp(choose + k * Math.log(p) + (n - k) * Math.log(1 - p))
  }
  return Math.min(1, sum)
}
