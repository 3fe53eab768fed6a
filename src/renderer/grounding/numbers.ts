/** Nats as they stand on the page. */
import { MINUS, shownDifference, shownNumber } from '../../shared/numbers.ts'

export const nats = (value: number, digits = 1): string => shownNumber(value, digits)

/** `+2.1`, `−0.3`, `0.0`. */
export const signedNats = (value: number): string => shownDifference(value, 1)

/** `2e−7` for differences that should be nothing. */
export const smallNumber = (value: number, digits = 0): string =>
  value === 0 ? '0' : value.toExponential(digits).replace('-', MINUS)
