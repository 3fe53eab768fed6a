/** Keeps the caption that is being written in view: a new row grows below the last one, where nobody would see it. */
import { useLayoutEffect, useRef, type RefObject } from 'react'
import type { SheetModel } from '../../sheet/sheet-model.ts'
import { useMarks } from '../../stores/marks.ts'
import { useRuns } from '../../stores/runs.ts'

/** Follows from the first token to the marks; who scrolls the row away or selects another is left alone. */
export function useFollowWritten(
  scroller: RefObject<HTMLElement | null>,
  sheet: SheetModel,
  selected: string | null,
): void {
  const followed = useRef<{ readonly id: string; readonly wasLive: boolean } | null>(null)
  const marks = useMarks((state) => state.byCell)
  useLayoutEffect(() => {
    const { live } = useRuns.getState()
    const runs = (id: string): boolean => live.some(({ key }) => key === id)
    const last = followed.current
    const same = last?.id === selected
    // A finished caption takes the selection over from the row that it was written in.
    const finished = last?.wasLive === true && !runs(last.id)
    const follows = selected !== null && (runs(selected) || same || finished)
    followed.current = follows
      ? { id: selected, wasLive: runs(selected) || (same && last.wasLive) }
      : null
    const view = scroller.current
    const cell = view?.querySelector('.cell[aria-current=true]')
    if (!follows || !view || !cell) return
    const { top } = cell.getBoundingClientRect()
    const box = view.getBoundingClientRect()
    const starts = runs(selected) && !same
    if (starts || (top >= box.top && top < box.bottom)) cell.scrollIntoView({ block: 'nearest' })
  }, [scroller, sheet, selected, marks])
}
