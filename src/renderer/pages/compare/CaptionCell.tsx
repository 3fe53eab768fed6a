/** One caption in the table: text, score against the baseline, how many samples say the same, what can be done. */
import { useMemo } from 'react'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import type { Branch, Cell } from '../../../shared/types.ts'
import { again, copy } from '../../actions.ts'
import { ScoreBadge } from '../../components/ScoreBadge.tsx'
import { borders } from '../../grounding/code-points.ts'
import type { Layer } from '../../grounding/nest.ts'
import { KIND_NAMES } from '../../kinds.ts'
import { differingPhrases } from '../../sheet/differing-phrases.ts'
import type { Fold } from '../../sheet/sheet-model.ts'
import { select, useComparison } from '../../stores/comparison.ts'
import { marksOfFold, useMarks } from '../../stores/marks.ts'
import { useRuns } from '../../stores/runs.ts'
import { useStatus } from '../../stores/status.ts'
import { BranchLine } from './BranchLine.tsx'
import { MarkedText } from './MarkedText.tsx'
import { MarkTally } from './MarkTally.tsx'
import { nameOf } from '../../captioners.ts'

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
      {!isElsewhere(cell.captionerId) && (
        <button
          type="button"
          aria-disabled={blocked !== null}
          title={blocked ?? undefined}
          onClick={() => blocked === null && again.run(cell)}
        >
          <kbd aria-hidden="true">S</kbd> sample again
        </button>
      )}
      <button type="button" onClick={() => copy.run(cell)}>
        <kbd aria-hidden="true">C</kbd> copy
      </button>
    </span>
  )
}

const NONE: readonly Layer<'differs'>[] = []

/** Where the branch left its parent, in its own words. */
const forcedLayer = (branch: Branch | null): readonly Layer<'forced'>[] =>
  branch && branch.start < branch.end
    ? [{ start: branch.start, end: branch.end, what: 'forced' }]
    : []

/** Phrases that the baseline does not have, as layers over the caption. */
function differing(caption: string, against: string | null): readonly Layer<'differs'>[] {
  if (against === null) return NONE
  let at = 0
  return differingPhrases(against, caption).flatMap(({ text, differs }) => {
    const start = at
    at += borders(text).length - 1
    return differs ? [{ start, end: at, what: 'differs' as const }] : []
  })
}

export function CaptionCell({ fold, base, range, samples, selected }: CaptionCellProps) {
  const { cell, count } = fold
  const showDifferences = useComparison((state) => state.showDifferences)
  const waits = useRuns((state) => state.scoring.includes(cell.id))
  const bundles = useStatus((state) => state.bundles)
  const byCell = useMarks((state) => state.byCell)
  const shown = useMarks((state) => state.shown)
  const all = useMemo(() => marksOfFold(byCell, fold.cellIds), [byCell, fold.cellIds])
  const marks = useMemo(() => (shown ? all : []), [shown, all])
  const damaged = fold.cellIds.some((id) => byCell[id]?.damaged)
  const against = showDifferences && base ? base.caption : null
  const layers = useMemo(
    () => [...differing(cell.caption, against), ...forcedLayer(fold.branch)],
    [cell.caption, against, fold.branch],
  )
  const { altTokens, altCut, finish, elsewhere } = cell.provenance
  return (
    <div
      id={`cell ${fold.id}`}
      className={fold.branch ? 'cell branch' : 'cell'}
      role="group"
      aria-label={`${fold.branch ? 'Branch' : 'Caption'} under ${KIND_NAMES[cell.altKind].toLowerCase()}`}
      aria-current={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => select(fold.id)}
      onFocus={() => select(fold.id)}
    >
      {fold.branch && <BranchLine branch={fold.branch} />}
      {cell.caption === '' ? (
        <p className="caption dim">The captioner said nothing.</p>
      ) : (
        <p className="caption" dir="auto">
          <MarkedText
            text={cell.caption}
            place="caption"
            foldId={fold.id}
            marks={marks}
            differing={layers}
          />
        </p>
      )}
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
        {samples > 1 && elsewhere && (
          <span className="tally">
            from <bdi>{elsewhere.file}</bdi>
          </span>
        )}
        {samples > 1 && !fold.branch && !elsewhere && (
          <span className="tally">
            same text in{' '}
            <b>
              {count} of {samples}
            </b>{' '}
            samples
          </span>
        )}
        {shown && <MarkTally marks={all} />}
        {damaged && <span className="tally">a stored mark could not be read and was left out</span>}
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
