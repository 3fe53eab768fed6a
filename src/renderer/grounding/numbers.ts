/** Nats as they stand on the page, with a true minus. */
export const nats = (value: number, digits = 1): string =>
  value
    .toFixed(digits)
    .replace('-', '−')
    .replace(/^−(0(?:\.0+)?)$/, '$1')

/** `+2.1`, `−0.3`, `0.0`. */
export const signedNats = (value: number): string => {
  const text = nats(value)
  return value > 0 && !/^0(?:\.0+)?$/.test(text) ? `+${text}` : text
}

/** `2e-7` for differences that should be nothing. */
export const smallNumber = (value: number, digits = 0): string =>
  value === 0 ? '0' : value.toExponential(digits).replace('-', '−')
