/** What a person can do with the selected caption, each with the reason why it cannot be done now. */
import { isElsewhere, writerOf } from '../shared/elsewhere.ts'
import type { Cell } from '../shared/types.ts'
import type { Baseline } from './sheet/baseline.ts'
import { columnKey, rowKey, rowOf } from './sheet/sheet-model.ts'
import { useComparison } from './stores/comparison.ts'
import { currentSheet, selectedCell } from './stores/current-sheet.ts'
import { replayCell, useInspection } from './stores/inspection.ts'
import { sampleAgain } from './stores/runs.ts'
import { useStatus } from './stores/status.ts'
import { note, showError } from './stores/toasts.ts'
import { endpointBlock } from './captioners.ts'

export type Action = {
  readonly run: (cell: Cell) => void
  readonly blocked: (cell: Cell | null) => string | null
}

const needsCell = (cell: Cell | null) => (cell ? null : 'Select a caption first')

const needsCaptioner = (cell: Cell | null) =>
  cell && isElsewhere(cell.captionerId)
    ? `${writerOf(cell.captionerId)} wrote this elsewhere and cannot be asked from here`
    : (needsCell(cell) ?? endpointBlock(useStatus.getState().bundles, cell?.captionerId ?? null))

/** Cells of the same place: same alt-text, captioner and settings. */
const placeMates = (cell: Cell): readonly Cell[] =>
  useComparison
    .getState()
    .cells.filter(
      (other) =>
        !other.provenance.branch &&
        rowKey(other) === rowKey(cell) &&
        columnKey({ captionerId: other.captionerId, settings: other.provenance.settings }) ===
          columnKey({ captionerId: cell.captionerId, settings: cell.provenance.settings }),
    )

export async function copyText(text: string, what: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    note(`${what} copied`)
  } catch (error) {
    showError(error)
  }
}

export const again: Action = {
  run: (cell) =>
    sampleAgain(
      cell,
      placeMates(cell).map(({ seed }) => seed),
    ),
  blocked: (cell) =>
    needsCaptioner(cell) ??
    (cell?.provenance.branch ? 'This is a branch: sample the caption that it leaves' : null) ??
    (cell?.provenance.settings.greedy ? 'Greedy decoding gives the same caption every time' : null),
}

export const copy: Action = {
  run: (cell) => void copyText(cell.caption, 'Caption'),
  blocked: needsCell,
}

export const replay: Action = {
  run: (cell) => void replayCell(cell),
  blocked: (cell) =>
    needsCaptioner(cell) ?? (useInspection.getState().replaying ? 'A replay is running' : null),
}

export const pin: Action = {
  run: (cell) => {
    const baseline: Baseline = { kind: 'row', key: rowOf(currentSheet(), cell).key }
    const pinned = useComparison.getState().baseline
    useComparison.setState({ baseline: pinned?.key === baseline.key ? null : baseline })
  },
  blocked: needsCell,
}

/** Runs an action on the selected caption, or says why not. */
export function onSelected(action: Action): void {
  const cell = selectedCell()
  const reason = action.blocked(cell)
  if (reason !== null) note(reason)
  else if (cell) action.run(cell)
}
