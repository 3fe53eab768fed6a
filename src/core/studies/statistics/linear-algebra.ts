/** Small dense symmetric systems: Cholesky solve and inverse. */

export type Matrix = readonly Float64Array[]

/** Lower Cholesky factor, or null when the matrix is not positive definite. */
export function cholesky(matrix: Matrix): Float64Array[] | null {
  const n = matrix.length
  const lower = Array.from({ length: n }, () => new Float64Array(n))
  for (let i = 0; i < n; i++)
    for (let j = 0; j <= i; j++) {
      const [row, other] = [lower[i] as Float64Array, lower[j] as Float64Array]
      let sum = (matrix[i] as Float64Array)[j] as number
      for (let k = 0; k < j; k++) sum -= (row[k] as number) * (other[k] as number)
      if (i === j) {
        if (!(sum > 1e-12)) return null
        row[i] = Math.sqrt(sum)
      } else row[j] = sum / (other[j] as number)
    }
  return lower
}

/** x with L Lᵀ x = b. */
export function solve(lower: readonly Float64Array[], b: Float64Array): Float64Array {
  const n = b.length
  const x = Float64Array.from(b)
  for (let i = 0; i < n; i++) {
    const row = lower[i] as Float64Array
    for (let k = 0; k < i; k++) x[i] = (x[i] as number) - (row[k] as number) * (x[k] as number)
    x[i] = (x[i] as number) / (row[i] as number)
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++)
      x[i] = (x[i] as number) - ((lower[k] as Float64Array)[i] as number) * (x[k] as number)
    x[i] = (x[i] as number) / ((lower[i] as Float64Array)[i] as number)
  }
  return x
}

/** Diagonal of the inverse. */
export function inverseDiagonal(lower: readonly Float64Array[]): Float64Array {
  const n = lower.length
  return Float64Array.from({ length: n }, (_, i) => {
    const unit = new Float64Array(n)
    unit[i] = 1
    return solve(lower, unit)[i] as number
  })
}
