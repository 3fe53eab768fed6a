/** Marks count code points, JavaScript counts UTF-16 units: the way from one to the other. */

/** UTF-16 offset of every border between code points; border i lies before code point i. */
export function borders(text: string): readonly number[] {
  const at = [0]
  for (const character of text) at.push((at.at(-1) ?? 0) + character.length)
  return at
}

/** Code points [start, end) of a text; beyond its end there is nothing. */
export function sliceCodePoints(text: string, start: number, end: number): string {
  const at = borders(text)
  const place = (point: number) => at[Math.max(0, Math.min(at.length - 1, point))] ?? 0
  return text.slice(place(start), place(end))
}

/** How many code points begin before this UTF-16 offset. */
export function pointsBefore(text: string, offset: number): number {
  let points = 0
  let at = 0
  for (const character of text) {
    if (at >= offset) return points
    at += character.length
    points++
  }
  return points
}

export interface Stretch {
  /** Code points [start, end). */
  readonly start: number
  readonly end: number
}

export const overlaps = (a: Stretch, b: Stretch): boolean => a.start < b.end && b.start < a.end
export const sameStretch = (a: Stretch, b: Stretch): boolean =>
  a.start === b.start && a.end === b.end
export const contains = (outer: Stretch, inner: Stretch): boolean =>
  outer.start <= inner.start && inner.end <= outer.end
