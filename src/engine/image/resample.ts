/**
 * The whole picture to the model's square, pixel for pixel as Pillow and torchvision do it, which is what
 * CLIP models are trained with. Pure: RGB bytes in, RGB bytes out. libvips shrinks JPEG while decoding,
 * averages blocks before it interpolates, and cuts the middle out up to a pixel elsewhere.
 * First across, then down, bytes in between: Pillow did so until version 12, 13 turns some tall ones round.
 */
import type { SquareRule } from './preprocess.ts'

/** RGB bytes, row by row. */
export interface Raster {
  readonly data: Uint8Array
  readonly width: number
  readonly height: number
}

interface Kernel {
  /** Half the width of the curve, in pixels of the coarser picture. */
  readonly support: number
  readonly at: (x: number) => number
}

const sinc = (x: number): number => (x === 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x))

const KERNELS: Readonly<Record<Exclude<SquareRule['kernel'], 'nearest'>, Kernel>> = {
  linear: { support: 1, at: (x) => Math.max(0, 1 - Math.abs(x)) },
  /** Keys' cubic with a = -0.5. */
  cubic: {
    support: 2,
    at: (signed) => {
      const x = Math.abs(signed)
      if (x < 1) return (1.5 * x - 2.5) * x * x + 1
      return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0
    },
  },
  lanczos3: { support: 3, at: (x) => (Math.abs(x) < 3 ? sinc(x) * sinc(x / 3) : 0) },
}

/** Weights are whole numbers of so many binary places, so that every machine rounds alike. */
const PLACES = 22
const HALF = 1 << (PLACES - 1)

/** Which pixels of a line one pixel of the result is made of, and how much of each. */
interface Taps {
  readonly first: number
  readonly weights: Int32Array
}

/** One direction: a line of `from` pixels becomes one of `to`, of which `count` from `start` on are kept. */
interface Way {
  readonly from: number
  readonly to: number
  readonly start: number
  readonly count: number
}

function tapsOf({ from, to, start, count }: Way, kernel: SquareRule['kernel']): readonly Taps[] {
  const scale = from / to
  return Array.from({ length: count }, (_, at): Taps => {
    const centre = (start + at + 0.5) * scale
    if (kernel === 'nearest')
      return { first: Math.floor(centre), weights: Int32Array.of(1 << PLACES) }
    // Made smaller, the curve is stretched over all pixels that fall together (antialias).
    const stretch = Math.max(1, scale)
    const reach = KERNELS[kernel].support * stretch
    const first = Math.max(0, Math.trunc(centre - reach + 0.5))
    const end = Math.min(from, Math.trunc(centre + reach + 0.5))
    const curve = Array.from({ length: end - first }, (__, tap) =>
      KERNELS[kernel].at((first + tap - centre + 0.5) * (1 / stretch)),
    )
    const sum = curve.reduce((a, b) => a + b, 0)
    const whole = (share: number): number => {
      const scaled = share * 2 ** PLACES
      return Math.trunc(scaled < 0 ? scaled - 0.5 : scaled + 0.5)
    }
    return { first, weights: Int32Array.from(curve, (value) => whole(value * (1 / sum))) }
  })
}

const toByte = (sum: number): number => {
  const value = sum >> PLACES
  return value < 0 ? 0 : value > 255 ? 255 : value
}

/** Where the pixels of a raster lie: bytes from one to the next along a line, and from line to line. */
interface Steps {
  readonly pixel: number
  readonly line: number
}

/** Every one of `lines` lines made shorter or longer. */
function resampleLines(
  lines: number,
  taps: readonly Taps[],
  [source, from]: readonly [Uint8Array, Steps],
  [target, to]: readonly [Uint8Array, Steps],
): void {
  for (let line = 0; line < lines; line++) {
    let write = line * to.line
    for (const { first, weights } of taps) {
      let read = line * from.line + first * from.pixel
      let red = HALF
      let green = HALF
      let blue = HALF
      for (const weight of weights) {
        red += source[read]! * weight
        green += source[read + 1]! * weight
        blue += source[read + 2]! * weight
        read += from.pixel
      }
      target[write] = toByte(red)
      target[write + 1] = toByte(green)
      target[write + 2] = toByte(blue)
      write += to.pixel
    }
  }
}

/** A half goes to the even neighbour, as Python rounds. */
function roundHalfToEven(value: number): number {
  const low = Math.floor(value)
  if (value - low !== 0.5) return Math.round(value)
  return low % 2 === 0 ? low : low + 1
}

/** Squash: both sides to `size`. Centre crop: the short side to `size`, of the long one the middle. */
function ways({ width, height }: Raster, { size, resize }: SquareRule): readonly [Way, Way] {
  const short = Math.min(width, height)
  const way = (from: number): Way => {
    const to = resize === 'squash' || from === short ? size : Math.floor((size * from) / short)
    return { from, to, start: roundHalfToEven((to - size) / 2), count: size }
  }
  return [way(width), way(height)]
}

/** RGB bytes [size, size, 3]. */
export function resampleToSquare(picture: Raster, rule: SquareRule): Uint8Array {
  const { size, kernel } = rule
  const [across, down] = ways(picture, rule).map((way) => tapsOf(way, kernel)) as [
    readonly Taps[],
    readonly Taps[],
  ]
  // Only the rows that the square is made of.
  const top = down[0]?.first ?? 0
  const last = down.at(-1)
  const rows = last === undefined ? 0 : last.first + last.weights.length - top
  const stride = picture.width * 3
  const narrow = new Uint8Array(rows * size * 3)
  resampleLines(
    rows,
    across,
    [picture.data.subarray(top * stride), { pixel: 3, line: stride }],
    [narrow, { pixel: 3, line: size * 3 }],
  )
  const square = new Uint8Array(size * size * 3)
  const columns = { pixel: size * 3, line: 3 }
  resampleLines(
    size,
    down.map(({ first, weights }) => ({ first: first - top, weights })),
    [narrow, columns],
    [square, columns],
  )
  return square
}
