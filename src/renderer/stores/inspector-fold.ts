/** Whether the inspector is folded away: as somebody said last, else where the columns need its place. */
import { useEffect, useRef, useState } from 'react'
import { create } from 'zustand'
import { useComparison } from './comparison.ts'
import { useCurrentSheet } from './current-sheet.ts'

export interface InspectorFold {
  /** Null until somebody folds or opens it. */
  readonly chosen: 'open' | 'folded' | null
  /** What is shown, for the key that turns it round. */
  readonly folded: boolean
}

export const useInspectorFold = create<InspectorFold>(() => ({ chosen: null, folded: false }))

/** What was asked for is answered there. */
export function openInspector(): void {
  if (useInspectorFold.getState().folded)
    useInspectorFold.setState({ chosen: 'open', folded: false })
}

export const flipInspector = (): void =>
  useInspectorFold.setState(({ folded }) => ({
    chosen: folded ? 'open' : 'folded',
    folded: !folded,
  }))

/** From so many columns on they need what the picture, the rail and the inspector can spare. */
const MANY = 3
/** A column of captions (columns.css), and all that stands beside the columns while the inspector is open, px. */
const COLUMN = 224
const BESIDE = 646
/** In a window as narrow as this, or at 200 % in a wider one, any columns do. */
const NARROW = 960

function useWindowWidth(): number {
  const [width, setWidth] = useState(innerWidth)
  useEffect(() => {
    const measure = (): void => setWidth(innerWidth)
    addEventListener('resize', measure)
    return () => removeEventListener('resize', measure)
  }, [])
  return width
}

/** How Compare is laid out: many columns or few, with the inspector or without. */
export function useLayout(): { readonly many: boolean; readonly folded: boolean } {
  const sheet = useCurrentSheet()
  const loaded = useComparison((state) => state.loaded)
  const chosen = useInspectorFold((state) => state.chosen)
  const width = useWindowWidth()
  // While the next image comes nothing jumps: the columns of the last one stand for its own.
  const last = useRef(0)
  const columns = loaded ? sheet.columns.length : last.current
  useEffect(() => {
    last.current = columns
  }, [columns])
  const many = columns >= MANY || (columns > 0 && width < NARROW)
  const folded =
    chosen === null ? width < (many ? BESIDE + columns * COLUMN : NARROW) : chosen === 'folded'
  useEffect(() => useInspectorFold.setState({ folded }), [folded])
  return { many, folded }
}
