/** Everything behind the selected caption: its tokens where they are known, its score, where it came from. */
import { Pin, RotateCw } from 'lucide-react'
import { isElsewhere } from '../../../shared/elsewhere.ts'
import { hasTokens, isEndpoint } from '../../../shared/endpoint-names.ts'
import type { Cell } from '../../../shared/types.ts'
import { onSelected, pin, replay } from '../../actions.ts'
import { KindChip } from '../../components/KindGlyph.tsx'
import { rowOf } from '../../sheet/sheet-model.ts'
import { useComparison } from '../../stores/comparison.ts'
import { useCurrentSheet, useSelectedCell } from '../../stores/current-sheet.ts'
import { cancelReplay, useInspection } from '../../stores/inspection.ts'
import { useRuns } from '../../stores/runs.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Occlusion } from './Occlusion.tsx'
import { ProvenanceList } from './ProvenanceList.tsx'
import { ScoreDetail } from './ScoreDetail.tsx'
import { TokenLens } from './TokenLens.tsx'
import { endpointBlock } from '../../captioners.ts'
import { FoldButton, useFocusHandedOn } from './FoldedInspector.tsx'

function ReplayButton({ cell }: { readonly cell: Cell }) {
  const replaying = useInspection((state) => state.replaying)
  const bundles = useStatus((state) => state.bundles)
  const behind = isEndpoint(cell.captionerId)
  const blocked = replaying
    ? 'Another caption is being replayed'
    : endpointBlock(bundles, cell.captionerId)
  if (replaying?.cellId === cell.id)
    return (
      <div className="progress grow" role="status">
        {replaying.phase}
        <Progress label={behind ? 'Asking again' : 'Replay'} fraction={replaying.fraction} />
        <Button look="quiet" onPress={cancelReplay}>
          Cancel
        </Button>
      </div>
    )
  return (
    <Button
      icon={<RotateCw className="icon" aria-hidden="true" />}
      keys="⇧R"
      blocked={blocked}
      onPress={() => onSelected(replay)}
    >
      {behind ? 'Ask again' : 'Replay'}
    </Button>
  )
}

function Inspected({ cell }: { readonly cell: Cell }) {
  const row = rowOf(useCurrentSheet(), cell)
  const pinned = useComparison((state) => state.baseline?.key === row.key)
  const told = hasTokens(cell.captionerId)
  return (
    <>
      <div className="insp-top">
        <h2>Inspect</h2>
        <KindChip kind={row.altKind} />
        <FoldButton />
      </div>
      <div className="insp-scroll" tabIndex={0} role="group" aria-label="Behind this caption">
        {told && <TokenLens cell={cell} />}
        {told && <Occlusion cell={cell} />}
        {isEndpoint(cell.captionerId) && (
          <p className="why">
            An endpoint tells no token probabilities: there is no token lens, no other tokens to
            branch to, and nothing can be left out or covered to see what the caption hangs on.
          </p>
        )}
        {cell.score && <ScoreDetail score={cell.score} caption={cell.caption} />}
        <ProvenanceList cell={cell} />
      </div>
      <div className="foot">
        {!isElsewhere(cell.captionerId) && <ReplayButton cell={cell} />}
        <Button
          icon={<Pin className="icon" aria-hidden="true" />}
          keys="P"
          pressed={pinned}
          onPress={() => onSelected(pin)}
        >
          Baseline
        </Button>
      </div>
    </>
  )
}

export function Inspector() {
  const cell = useSelectedCell()
  const selected = useComparison((state) => state.selected)
  const writing = useRuns(({ live }) => live.some(({ key }) => key === selected))
  return (
    <aside className="insp" aria-label="Inspect" ref={useFocusHandedOn()}>
      {cell ? (
        <Inspected key={cell.id} cell={cell} />
      ) : (
        <>
          <div className="insp-top">
            <h2>Inspect</h2>
            <FoldButton />
          </div>
          <p className="dim">
            {writing
              ? 'The caption is being written; what is behind it comes with its last token.'
              : 'Select a caption to see its tokens, its score and everything needed to make it again.'}
          </p>
        </>
      )}
    </aside>
  )
}
