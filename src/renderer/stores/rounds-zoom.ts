/** What part of the open image is seen, and how large. */
import { create } from 'zustand'
import { FITTED, moved, nextSize, type View } from '../rate/view.ts'

interface ZoomState {
  readonly view: View
  /** Screen pixels a pixel of the fitted picture. */
  readonly fit: number
}

export const useZoom = create<ZoomState>(() => ({ view: FITTED, fit: 1 }))

export const zoomBy = (zoom: number): void =>
  useZoom.setState(({ view }) => ({ view: moved(view, { zoom }) }))
export const moveBy = (x: number, y: number): void =>
  useZoom.setState(({ view }) => ({ view: moved(view, { x, y }) }))
export const nextZoom = (): void =>
  useZoom.setState(({ view, fit }) => ({ view: nextSize(view, fit) }))
export const fitPicture = (): void => useZoom.setState({ view: FITTED })
