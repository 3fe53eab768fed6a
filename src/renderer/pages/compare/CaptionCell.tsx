/** One caption in the table: text, score against the baseline, how many samples say the same, what can be done. */
import type { Cell } from '../../../shared/types.ts'
import { again, copy } from '../../actions.ts'
import { CaptionText } from '../../components/CaptionText.tsx'
import { ScoreBadge } from '../../components/ScoreBadge.tsx'
import { KIND_NAMES } from '../../kinds.ts'
import type { Fold } from '../../sheet/sheet-model.ts'
import { select, useComparison } from '../../stores/comparison.ts'
import { useRuns } from '../../stores/runs.ts'
import { nameOf, useStatus } from '../../stores/status.ts'

export interface CaptionCellProps {
  readonly fold: Fold
  readonly base: Cell | null
  readonly range: readonly [number, number]
  readonly samples: number
  readonly selected: boolean
}

function Acts({ cell }: { readonly cell: Cell }) {
  const blocked = again.blocked(cell)
  return (
    <span className="acts">
      <button
        type="button"
        aria-disabled={blocked !== null}
        title={blocked ?? undefined}
        onClick={() => blocked === null && again.run(cell)}
      >
        <kbd aria-hidden="true">S</kbd> sample again
      </button>
      <button type="button" onClick={() => copy.run(cell)}>
        <kbd aria-hidden="true">C</kbd> copy
      </button>
    </span>
  )
}

export function CaptionCell({ fold, base, range, samples, selected }: CaptionCellProps) {
  const { cell, count } = fold
  const showDifferences = useComparison((state) => state.showDifferences)
  const waits = useRuns((state) => state.scoring.includes(cell.id))
  const bundles = useStatus((state) => state.bundles)
  const { altTokens, altCut, finish } = cell.provenance
  return (
    <div
      id={`cell ${fold.id}`}
      className="cell"
      role="group"
      aria-label={`Caption under ${KIND_NAMES[cell.altKind].toLowerCase()}`}
      aria-current={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => select(fold.id)}
      onFocus={() => select(fold.id)}
    >
      <CaptionText text={cell.caption} against={showDifferences && base ? base.caption : null} />
      <div className="meta">
        {cell.score ? (
          <ScoreBadge
            score={cell.score}
            scorer={nameOf(bundles, cell.score.scorerId)}
            range={range}
            baseline={base?.score ?? null}
          />
        ) : (
          <span className="tally">{waits ? 'scoring' : 'no score'}</span>
        )}
        {samples > 1 && (
          <span className="tally">
            same text in{' '}
            <b>
              {count} of {samples}
            </b>{' '}
            samples
          </span>
        )}
        {altCut && (
          <span className="tally" title={`${altTokens} alt tokens were read`}>
            alt-text cut
          </span>
        )}
        {finish === 'length' && <span className="tally">stopped at the length limit</span>}
        {selected && <Acts cell={cell} />}
      </div>
    </div>
  )
}
