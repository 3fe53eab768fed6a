/** Whether the columns are more than there is room for, so that they must be scrolled sideways. */
import { useLayoutEffect, useState, type RefObject } from 'react'

export function useSideways(rows: RefObject<HTMLElement | null>, columns: number): boolean {
  const [sideways, setSideways] = useState(false)
  useLayoutEffect(() => {
    const element = rows.current
    if (!element) return
    const measure = (): void => setSideways(element.scrollWidth > element.clientWidth + 1)
    const sizes = new ResizeObserver(measure)
    sizes.observe(element)
    measure()
    return () => sizes.disconnect()
  }, [rows, columns])
  return sideways
}
