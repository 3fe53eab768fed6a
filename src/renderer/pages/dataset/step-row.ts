/** J and K: the neighbour of the current row takes the focus. */
import { useDataset } from '../../stores/dataset.ts'

export function stepRow(step: number): void {
  const { current, list } = useDataset.getState()
  const most = Math.max(0, (list?.cellIds.length ?? 1) - 1)
  useDataset.setState({ current: Math.max(0, Math.min(most, current + step)) })
  // The row is drawn with the next frame at the latest.
  requestAnimationFrame(() =>
    document.querySelector<HTMLElement>('.ds-row.sel')?.focus({ preventScroll: true }),
  )
}
