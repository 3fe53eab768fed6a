/** Numbers of a report as a paper prints them. What could not be estimated is an en dash. */
import { shownNumber } from '../../shared/numbers.ts'
import type { Estimate } from '../../shared/study-report.ts'

/** Over the wire a number that is none comes as null. */
export type Maybe = number | null | undefined

export const isNumber = (value: Maybe): value is number =>
  typeof value === 'number' && Number.isFinite(value)

const NONE = '–'

export const decimal = (value: Maybe, digits = 2): string =>
  isNumber(value) ? shownNumber(value, digits) : NONE

export const percent = (share: Maybe): string =>
  isNumber(share) ? `${shownNumber(100 * share, 1)} %` : NONE

/** `41` of 41 %: for places where the unit is said once. */
export const hundredth = (share: Maybe): string =>
  isNumber(share) ? shownNumber(100 * share, 1) : NONE

export function pValue(p: Maybe): string {
  if (!isNumber(p)) return NONE
  if (p < 0.001) return '< .001'
  if (p > 0.995) return '1'
  return p.toFixed(p < 0.1 ? 3 : 2).replace(/^0/, '')
}

type Interval = { readonly low: Maybe; readonly high: Maybe }

export const interval = (one: Interval | null | undefined, digits = 2): string =>
  one && isNumber(one.low) && isNumber(one.high)
    ? `[${decimal(one.low, digits)}, ${decimal(one.high, digits)}]`
    : ''

export const percentInterval = (one: Interval | null | undefined): string =>
  one && isNumber(one.low) && isNumber(one.high)
    ? `[${hundredth(one.low)}, ${hundredth(one.high)}]`
    : ''

export const estimate = (one: Estimate | null, digits = 2): string =>
  one && isNumber(one.value) ? `${decimal(one.value, digits)} ${interval(one, digits)}` : NONE
