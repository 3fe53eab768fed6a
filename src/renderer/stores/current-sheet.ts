/** The table of the open image and what is selected in it, for components and for keys. */
import { useMemo } from 'react'
import type { Cell } from '../../shared/types.ts'
import { selectable, toSheet, type LiveCell, type SheetModel } from '../sheet/sheet-model.ts'
import { select, useComparison } from './comparison.ts'
import { useRuns } from './runs.ts'

const liveOf = (live: readonly LiveCell[], imageId: string | null) =>
  live.filter((one) => one.imageId === imageId)

export function useCurrentSheet(): SheetModel {
  const imageId = useComparison((state) => state.imageId)
  const cells = useComparison((state) => state.cells)
  const live = useRuns((state) => state.live)
  return useMemo(() => toSheet(cells, liveOf(live, imageId)), [cells, live, imageId])
}

export function currentSheet(): SheetModel {
  const { cells, imageId } = useComparison.getState()
  return toSheet(cells, liveOf(useRuns.getState().live, imageId))
}

/** A selected sample stands for its fold: equal captions show as one. */
export function selectedFold(sheet: SheetModel, selected: string | null): string | null {
  const places = sheet.rows.flatMap((row) => row.places)
  const folds = places.flatMap((place) => place.folds)
  if (folds.some((fold) => fold.id === selected)) return selected
  const cell = useComparison.getState().cells.find(({ id }) => id === selected)
  if (!cell) return selected
  return folds.find(({ cellIds }) => cellIds.includes(cell.id))?.id ?? null
}

export const selectedCell = (): Cell | null => {
  const { cells, selected } = useComparison.getState()
  return cells.find(({ id }) => id === selected) ?? null
}

export function useSelectedCell(): Cell | null {
  return useComparison(({ cells, selected }) => cells.find(({ id }) => id === selected) ?? null)
}

/** Selects the next (1) or previous (-1) caption and brings it into view with the focus. */
export function stepSelection(step: number): void {
  const sheet = currentSheet()
  const all = selectable(sheet)
  const at = all.indexOf(selectedFold(sheet, useComparison.getState().selected) ?? '')
  const next = all[Math.min(all.length - 1, Math.max(0, at + step))]
  if (next === undefined) return
  select(next)
  document.getElementById(`cell ${next}`)?.focus()
}
