/** Which blocks of a long table are on the screen, with room to spare; keeps the view still while heights become known. */
import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { BlockHeights } from './block-heights.ts'

/** Drawn and measured together; blocks never straddle two pages of rows (PAGE_ROWS). */
export const BLOCK_ROWS = 5
const ROW_ESTIMATE = 92
/** Rendered above and below, in heights of the view. */
const SPARE = 1

export interface RowWindow {
  readonly scroller: React.RefObject<HTMLDivElement | null>
  readonly heights: BlockHeights
  /** Blocks [first, last]. */
  readonly first: number
  readonly last: number
  /** For the element of a block: measures it as long as it is there. */
  readonly measure: (element: HTMLElement | null) => (() => void) | undefined
  readonly showRow: (index: number) => void
}

/** `view` says whose heights these are: every view has its own. */
const newHeights = (_view: number) => new BlockHeights(0, BLOCK_ROWS * ROW_ESTIMATE)

/** Another `view` begins at its top; the same one that grew stays where it was scrolled to. */
export function useWindow(rows: number, view: number): RowWindow {
  const scroller = useRef<HTMLDivElement>(null)
  const heights = useMemo(() => newHeights(view), [view])
  const [range, setRange] = useState({ first: 0, last: 0, version: 0 })
  const look = useCallback(
    (heightsChanged: boolean) => {
      const view = scroller.current
      if (!view) return
      const { scrollTop, clientHeight } = view
      const first = heights.at(scrollTop - clientHeight * SPARE)
      const last = heights.at(scrollTop + clientHeight * (1 + SPARE))
      setRange((old) =>
        !heightsChanged && old.first === first && old.last === last
          ? old
          : { first, last, version: old.version + 1 },
      )
    },
    [heights],
  )
  useLayoutEffect(() => {
    if (scroller.current) scroller.current.scrollTop = 0
  }, [heights])
  useLayoutEffect(() => {
    heights.resize(Math.ceil(rows / BLOCK_ROWS))
    look(true)
  }, [heights, rows, look])
  useEffect(() => {
    const view = scroller.current
    if (!view) return
    const onMove = () => look(false)
    const resize = new ResizeObserver(onMove)
    view.addEventListener('scroll', onMove, { passive: true })
    resize.observe(view)
    return () => {
      view.removeEventListener('scroll', onMove)
      resize.disconnect()
    }
  }, [look])
  const observer = useMemo(() => {
    return new ResizeObserver((entries) => {
      const view = scroller.current
      let changed = false
      for (const { target, borderBoxSize } of entries) {
        const block = Number((target as HTMLElement).dataset['block'])
        const height = borderBoxSize[0]?.blockSize ?? 0
        const above = view !== null && heights.before(block + 1) <= view.scrollTop
        const grown = height > 0 ? heights.set(block, height) : 0
        if (grown !== 0) changed = true
        // What lies above the view grows upwards, so that nothing moves under the eye.
        if (grown !== 0 && above) view.scrollTop += grown
      }
      if (changed) look(true)
    })
  }, [heights, look])
  useEffect(() => () => observer.disconnect(), [observer])
  const measure = useCallback(
    (element: HTMLElement | null) => {
      if (!element) return undefined
      observer.observe(element)
      return () => observer.unobserve(element)
    },
    [observer],
  )
  const showRow = useCallback(
    (index: number) => {
      const view = scroller.current
      if (!view) return
      const row = view.querySelector(`[aria-rowindex="${index + 2}"]`)
      if (row) return row.scrollIntoView({ block: 'nearest' })
      const block = Math.floor(index / BLOCK_ROWS)
      view.scrollTop = heights.before(block) + (index % BLOCK_ROWS) * ROW_ESTIMATE
    },
    [heights],
  )
  const last = Math.min(range.last, heights.count - 1)
  return {
    scroller,
    heights,
    first: Math.min(range.first, Math.max(0, last)),
    last,
    measure,
    showRow,
  }
}
