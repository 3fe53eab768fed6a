/** What part of the picture is seen, and how large. */
export interface View {
  readonly zoom: number
  readonly x: number
  readonly y: number
}
export const FITTED: View = { zoom: 1, x: 0, y: 0 }
const MOST = 16

/** Fitted, then one, two and four screen pixels a pixel of the picture, then fitted again. `fit`: those of the fitted one. */
export function nextSize(view: View, fit: number): View {
  const levels = [1, 2, 4].map((size) => Math.min(MOST, size / fit))
  const zoom = levels.find((level) => level > 1.01 * view.zoom)
  return zoom === undefined ? FITTED : { ...FITTED, zoom }
}

const clamp = (value: number, most: number) => Math.max(-most, Math.min(most, value))

export function moved(view: View, change: Partial<Record<'zoom' | 'x' | 'y', number>>): View {
  const zoom = Math.max(1, Math.min(MOST, view.zoom * (change.zoom ?? 1)))
  // Half of what is out of sight on either side.
  const most = ((zoom - 1) / 2) * 100
  return {
    zoom,
    x: clamp(view.x + (change.x ?? 0), most),
    y: clamp(view.y + (change.y ?? 0), most),
  }
}
