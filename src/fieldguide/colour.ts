/** Mixing of hexadecimal colours. */
import { clamp, lerp } from './geometry.ts'
import type { Rnd } from './random.ts'

type Channels = readonly [number, number, number]

const channels = (hex: string): Channels => {
  let digits = hex.replace('#', '')
  if (digits.length === 3) digits = digits.replace(/./g, '$&$&')
  const n = parseInt(digits, 16)
  return [n >> 16, (n >> 8) & 255, n & 255]
}

const byte = (v: number): string =>
  Math.round(clamp(v, 0, 255))
    .toString(16)
    .padStart(2, '0')

/** The colour that lies `t` of the way from `a` to `b`. */
export const mix = (a: string, b: string, t: number): string => {
  const x = channels(a)
  const y = channels(b)
  return `#${byte(lerp(x[0], y[0], t))}${byte(lerp(x[1], y[1], t))}${byte(lerp(x[2], y[2], t))}`
}

/** Luminance from 0 (black) to 1 (white). */
export const lum = (colour: string): number => {
  const [r, g, b] = channels(colour)
  return (0.3 * r + 0.59 * g + 0.11 * b) / 255
}

/** Towards warm paper white. */
export const light = (colour: string, t: number): string => mix(colour, '#fff6dc', t)

/** Towards a warm near-black. */
export const dark = (colour: string, t: number): string => mix(colour, '#231a24', t)

/** A little lighter or darker by chance. */
export const vary = (colour: string, rnd: Rnd, amount = 0.06): string => {
  const k = rnd.r(-amount, amount)
  return k > 0 ? light(colour, k) : dark(colour, -k)
}
