/** Dawid and Skene (1979): what is true of each item, and how often each rater says what, by expectation-maximisation. */

export interface Said {
  readonly item: number
  readonly rater: number
  /** 0 .. categories - 1. */
  readonly category: number
}

export interface DawidSkene {
  /** Share of each true category. */
  readonly shares: readonly number[]
  /** errors[rater][truth][said]: rows sum to 1. */
  readonly errors: readonly (readonly (readonly number[])[])[]
  /** posterior[item][category]. */
  readonly posterior: readonly (readonly number[])[]
  readonly logLik: number
  readonly steps: number
}

/** Keeps a probability that no vote spoke for from becoming an iron rule. */
const LEAST = 1e-9

export function dawidSkene(
  said: readonly Said[],
  size: { readonly items: number; readonly raters: number; readonly categories: number },
): DawidSkene {
  const { items, raters, categories: k } = size
  const posterior = Array.from({ length: items }, () => new Float64Array(k))
  // The start is each item's own shares of votes.
  for (const { item, category } of said) {
    const row = posterior[item] as Float64Array
    row[category] = (row[category] as number) + 1
  }
  const normalise = (row: Float64Array): void => {
    let sum = 0
    for (const value of row) sum += value
    for (let c = 0; c < k; c++) row[c] = sum === 0 ? 1 / k : (row[c] as number) / sum
  }
  posterior.forEach(normalise)
  const shares = new Float64Array(k)
  const errors = new Float64Array(raters * k * k)
  const maximise = (): void => {
    shares.fill(0)
    errors.fill(0)
    for (const row of posterior)
      for (let c = 0; c < k; c++) shares[c] = (shares[c] as number) + (row[c] as number) / items
    for (const { item, rater, category } of said)
      for (let c = 0; c < k; c++) {
        const at = (rater * k + c) * k + category
        errors[at] = (errors[at] as number) + ((posterior[item] as Float64Array)[c] as number)
      }
    for (let row = 0; row < raters * k; row++) normalise(errors.subarray(row * k, row * k + k))
  }
  const expect = (): number => {
    const logOf = (p: number): number => Math.log(Math.max(LEAST, p))
    const [prior, error] = [shares.map(logOf), errors.map(logOf)]
    const logs = Array.from({ length: items }, () => prior.slice())
    for (const { item, rater, category } of said) {
      const row = logs[item] as Float64Array
      for (let c = 0; c < k; c++)
        row[c] = (row[c] as number) + (error[(rater * k + c) * k + category] as number)
    }
    let logLik = 0
    logs.forEach((row, item) => {
      const top = Math.max(...row)
      const weights = posterior[item] as Float64Array
      let sum = 0
      row.forEach((value, c) => {
        weights[c] = Math.exp(value - top)
        sum += weights[c] as number
      })
      logLik += top + Math.log(sum)
      normalise(weights)
    })
    return logLik
  }
  let [logLik, before, steps] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY, 0]
  do {
    before = logLik
    maximise()
    logLik = expect()
    steps++
  } while (steps < 200 && !(Math.abs(logLik - before) < 1e-7 * Math.max(1, Math.abs(logLik))))
  return {
    shares: Array.from(shares),
    errors: Array.from({ length: raters }, (_, r) =>
      Array.from({ length: k }, (_t, c) =>
        Array.from(errors.subarray((r * k + c) * k, (r * k + c + 1) * k)),
      ),
    ),
    posterior: posterior.map((row) => Array.from(row)),
    logLik,
    steps,
  }
}
