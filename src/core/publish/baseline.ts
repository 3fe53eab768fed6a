/** Differences of CLIP scores to a baseline condition, always computed from stored scores. */
import type { AltKind } from '../../shared/types.ts'
import type { SelectedCell } from './selection.ts'

/**
 * CLIP of each cell minus that of the first `baseline` cell of the same image and captioner, in points of
 * 100 x cosine. Null without a baseline, without scores, under another scorer, and for the baseline itself.
 */
export function deltasOf(
  cells: readonly SelectedCell[],
  baseline: AltKind,
): readonly (number | null)[] {
  return cells.map((one) => {
    const { captionerId, score } = one.cell
    const base = cells.find(
      ({ altKind, cell }) =>
        altKind === baseline && cell.captionerId === captionerId && !cell.provenance.branch,
    )
    if (!base || base === one || !score || !base.cell.score) return null
    if (base.cell.score.scorerSha256 !== score.scorerSha256) return null
    return score.clip - base.cell.score.clip
  })
}
