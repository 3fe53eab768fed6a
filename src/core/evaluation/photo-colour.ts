// Names the colour of a pixel and the dominant colour of a region, with few and well separated words.

export const COLOURS = [
  'black',
  'grey',
  'white',
  'brown',
  'red',
  'orange',
  'yellow',
  'green',
  'blue',
  'pink',
] as const
export type Colour = (typeof COLOURS)[number]

/** A word, and whether the measurement is far enough from its boundaries to be judged by. */
export interface Reading<W extends string> {
  readonly word: W
  readonly sure: boolean
}

/**
 * Colour word of one pixel, channels 0..255. Greys are split by lightness, the rest by hue; dark or
 * dull red to yellow is brown. Written for 64-pixel photographs: thresholds are wide on purpose.
 */
export function pixelColour(r: number, g: number, b: number): Colour {
  const high = Math.max(r, g, b)
  const chroma = high - Math.min(r, g, b)
  if (high < 48) return 'black'
  if (chroma < 24 || chroma < 0.16 * high)
    return high > 190 ? 'white' : high < 72 ? 'black' : 'grey'
  const hue = hueOf([r, g, b], high, chroma)
  if (hue >= 68 && hue < 170) return 'green'
  if (hue >= 170 && hue < 265) return 'blue'
  if (hue >= 265 && hue < 342) return 'pink'
  const vivid = chroma > 0.55 * high
  if (hue >= 342 || hue < 14) return vivid ? 'red' : high > 180 ? 'pink' : 'brown'
  if (hue < 42)
    return vivid && high > 175 ? 'orange' : high > 215 && chroma < 70 ? 'white' : 'brown'
  if (vivid && high > 140) return 'yellow'
  return high > 205 && chroma < 70 ? 'white' : hue > 56 ? 'green' : 'brown'
}

function hueOf(pixel: readonly [number, number, number], high: number, chroma: number): number {
  const [r, g, b] = pixel
  const sector =
    high === r
      ? ((g - b) / chroma + 6) % 6
      : high === g
        ? (b - r) / chroma + 2
        : (r - g) / chroma + 4
  return sector * 60
}

/**
 * Dominant colour of the pixels a region accepts. Sure when it covers at least 45 % of the region
 * and leads the next colour by 20 points. Undefined for a region of fewer than 40 pixels.
 */
export function dominantColour(
  rgb: Uint8Array,
  side: number,
  inside: (x: number, y: number) => boolean,
): Reading<Colour> | undefined {
  const counts = new Map<Colour, number>()
  let total = 0
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      if (!inside(x, y)) continue
      const i = (y * side + x) * 3
      const colour = pixelColour(rgb[i] ?? 0, rgb[i + 1] ?? 0, rgb[i + 2] ?? 0)
      counts.set(colour, (counts.get(colour) ?? 0) + 1)
      total++
    }
  }
  if (total < 40) return undefined
  const [first, second] = [...counts].sort((a, b) => b[1] - a[1])
  if (first === undefined) return undefined
  const share = first[1] / total
  return { word: first[0], sure: share >= 0.45 && share - (second?.[1] ?? 0) / total >= 0.2 }
}
