/** Numbers for people, in documents and on the screen: a true minus, and no sign before a rounded zero. Data files keep the hyphen. */

/** U+2212, as wide as a plus; a hyphen before a digit is short and low. */
export const MINUS = '\u2212'

/** `31.2`, `−3.2`, `0.0` for −0.04. Without `digits` as it is: `−0.25`, `3`. */
export const shownNumber = (value: number, digits?: number): string =>
  (digits === undefined ? String(value) : value.toFixed(digits))
    .replace(/^-(?=[0.]*$)/, '')
    .replaceAll('-', MINUS) // also of an exponent

/** `+1.8`, `−0.3`, `0.0`. */
export function shownDifference(value: number, digits: number): string {
  const text = shownNumber(value, digits)
  return value > 0 && Number(text) !== 0 ? `+${text}` : text
}

interface Interval {
  readonly low: number
  readonly high: number
}

/** `[−1.0, 31.6]`, on one line. */
export const shownInterval = ({ low, high }: Interval, digits: number): string =>
  `[${shownNumber(low, digits)},\u00a0${shownNumber(high, digits)}]`

/** A number in a cell of a table. */
export interface TableNumber {
  readonly value: number | null
  /** Digits after the point. */
  readonly digits: number
  /** Difference to the baseline, computed from stored numbers; null where there is none. */
  readonly delta: number | null
  /** 95 %, where there is one. */
  readonly interval?: Interval | undefined
}

/** "27.3", "-" for none, its interval as "[26.9, 27.8]" and the difference as "(+1.2)". */
export function tableNumber({ value, digits, delta, interval }: TableNumber): string {
  if (value === null) return '-'
  return [
    shownNumber(value, digits),
    ...(interval ? [shownInterval(interval, digits)] : []),
    ...(delta === null ? [] : [`(${shownDifference(delta, digits)})`]),
  ].join(' ')
}
