/** Beside a scorer: makes it the one of this workspace, or gives its scores to captions that have none. */
import type { BundleSummary } from '../../../shared/types.ts'
import { cancelScoring, scoreAll, useModelWork, scoreWith } from '../../stores/model-work.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { formatCount, plural } from '../../format.ts'

export function ScorerButtons({ bundle }: { readonly bundle: BundleSummary }) {
  const inUse = useStatus(({ status }) => status?.defaultScorer === bundle.id)
  const scoring = useModelWork((state) => state.scoring)
  if (!bundle.roles.includes('scorer') || bundle.state === 'refused') return null
  if (!inUse)
    return (
      <Button
        blocked={scoring === null ? null : 'Captions are being scored'}
        onPress={() => void scoreWith(bundle)}
      >
        Score with it
      </Button>
    )
  if (scoring === null) return <Button onPress={() => void scoreAll()}>Score all</Button>
  const { done, total } = scoring
  return (
    <div className="progress scoring" role="status">
      <span className="num">
        {total === 0 ? 'Looking' : `${formatCount(done)} of ${plural(total, 'caption')}`}
      </span>
      <Progress
        label={`Scoring with ${bundle.name}`}
        fraction={total === 0 ? null : done / total}
      />
      <Button look="quiet" onPress={cancelScoring}>
        Cancel
      </Button>
    </div>
  )
}
