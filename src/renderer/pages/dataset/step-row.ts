/** J and K: the neighbour of the current row takes the focus. */
import { useDataset } from '../../stores/dataset.ts'
import { useTriangulation } from '../../stores/triangulation.ts'

export function stepRow(step: number): void {
  const { shown } = useTriangulation.getState()
  const { current, list } = shown ? useTriangulation.getState() : useDataset.getState()
  const most = Math.max(0, (list?.cellIds.length ?? 1) - 1)
  const next = { current: Math.max(0, Math.min(most, current + step)) }
  if (shown) useTriangulation.setState(next)
  else useDataset.setState(next)
  // The row is drawn with the next frame at the latest.
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.ds-row.sel')?.focus({ preventScroll: true }),
  )
}
