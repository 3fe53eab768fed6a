/** Values at which an axis is labelled. */

/** Two to five values of the axis that are multiples of 1, 2 or 5 times a power of ten. */
export function roundValues(
  bottom: number,
  top: number,
): readonly { readonly value: number; readonly decimals: number }[] {
  const rough = (top - bottom) / 4
  const power = Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((of) => of * 10 ** power >= rough) ?? 10) * 10 ** power
  const decimals = Math.max(0, -Math.floor(Math.log10(step) + 1e-9))
  const first = Math.ceil(bottom / step - 1e-9)
  const last = Math.floor(top / step + 1e-9)
  return Array.from({ length: last - first + 1 }, (_, at) => ({
    value: (first + at) * step,
    decimals,
  }))
}
