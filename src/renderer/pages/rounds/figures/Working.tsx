/** Long work on the rounds while it runs: phase, fraction, Cancel. */
import { formatCount } from '../../../format.ts'
import { cancelRoundsWork, useFigures } from '../../../stores/rounds-figures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/Progress.tsx'

const PHASES = { score: 'Scoring texts', put: 'Putting texts into the project' } as const

/** Nothing while something else, or nothing, runs. */
export function Working({ what }: { readonly what: keyof typeof PHASES }) {
  const working = useFigures((state) => state.working)
  if (working?.what !== what) return null
  const { done, total } = working
  return (
    <div className="progress" role="status">
      <b className="num">
        {PHASES[what]}
        {total > 0 && `, ${formatCount(done)} of ${formatCount(total)}`}
      </b>
      <Progress label={PHASES[what]} fraction={total > 0 ? done / total : null} />
      <Button look="quiet" onPress={cancelRoundsWork}>
        Cancel
      </Button>
    </div>
  )
}
