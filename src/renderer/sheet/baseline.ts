/** What every caption is measured against: a pinned alt-text row, or a pinned captioner column. */
import type { Cell } from '../../shared/types.ts'
import type { SheetModel } from './sheet-model.ts'

export type Baseline =
  { readonly kind: 'row'; readonly key: string } | { readonly kind: 'column'; readonly key: string }

/** The pinned one while it is in the table, else the empty alt-text, else none. */
export function effectiveBaseline(sheet: SheetModel, pinned: Baseline | null): Baseline | null {
  if (pinned?.kind === 'row' && sheet.rows.some((row) => row.key === pinned.key)) return pinned
  if (pinned?.kind === 'column' && sheet.columns.some((column) => column.key === pinned.key))
    return pinned
  const empty = sheet.rows.find((row) => row.altKind === 'empty')
  return empty && sheet.rows.length > 1 ? { kind: 'row', key: empty.key } : null
}

/** The cell that stands for the baseline at a place; null where it is the baseline itself. */
export function baselineCell(
  sheet: SheetModel,
  baseline: Baseline | null,
  at: { readonly row: string; readonly column: string },
): Cell | null {
  if (!baseline) return null
  if (baseline.kind === 'row' ? at.row === baseline.key : at.column === baseline.key) return null
  const row = baseline.kind === 'row' ? baseline.key : at.row
  const column = baseline.kind === 'column' ? baseline.key : at.column
  const index = sheet.columns.findIndex((one) => one.key === column)
  const place = sheet.rows.find((one) => one.key === row)?.places[index]
  return place?.folds[0]?.cell ?? null
}

/** Range of all scores in the table, at least four points wide, so that a dot's place means something. */
export function scoreRange(cells: readonly Cell[]): readonly [number, number] {
  const values = cells.flatMap((cell) => (cell.score ? [cell.score.clip] : []))
  if (values.length === 0) return [0, 1]
  const middle = (Math.min(...values) + Math.max(...values)) / 2
  const half = Math.max(2, (Math.max(...values) - Math.min(...values)) * 0.6)
  return [middle - half, middle + half]
}
