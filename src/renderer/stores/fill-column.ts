/** Captions that a column of the table still lacks: every row under one captioner and its settings. */
import type { Condition } from '../../shared/contract/comparisons.ts'
import { columnKey, missingIn, type Asked } from '../sheet/sheet-model.ts'
import { useComparison } from './comparison.ts'
import { currentSheet, useCurrentSheet } from './current-sheet.ts'
import { resolveResize, startRun } from './runs.ts'
import { chosenCaptioner, settingsFor, useSettings } from './settings.ts'
import { useStatus } from './status.ts'
import { note } from './toasts.ts'
import { endpointBlock } from '../captioners.ts'

/** What the settings of the moment ask for, as a stored cell would name it; null without a captioner. */
function presentColumn(): Asked | null {
  const captionerId = chosenCaptioner()
  if (captionerId === null) return null
  return { captionerId, settings: resolveResize(captionerId, settingsFor(captionerId)) }
}

function fill({ captionerId, settings }: Asked, conditions: readonly Condition[]): void {
  const { imageId } = useComparison.getState()
  const { seed } = useSettings.getState()
  const blocked = endpointBlock(useStatus.getState().bundles, captionerId)
  if (blocked !== null) return note(blocked)
  if (imageId !== null) void startRun({ imageId, conditions, captionerId, settings, seed })
}

/** Captions what this column lacks, or one row of it. */
export function fillColumn(column: Asked, row?: string): void {
  const missing = missingIn(currentSheet(), columnKey(column), row)
  if (missing.length > 0) fill(column, missing)
}

/** Captions every row with the settings of the moment; they stand in a column of their own. */
export function fillPresentColumn(): void {
  const column = presentColumn()
  const sheet = currentSheet()
  if (column === null || sheet.rows.length === 0) return note('There is nothing to caption yet')
  const missing = missingIn(sheet, columnKey(column))
  if (missing.length === 0) return note('Every row has a caption with these settings')
  fill(column, missing)
}

/** How many rows the settings of the moment have no caption for. */
export function useMissing(): number {
  const sheet = useCurrentSheet()
  useSettings() // asked again when they change
  const column = presentColumn()
  return column === null ? 0 : missingIn(sheet, columnKey(column)).length
}
