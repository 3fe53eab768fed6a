/** Scores that are still lacking, and whatever long work runs: phase, fraction, Cancel. */
import { formatCount, plural } from '../../../format.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { cancelRoundsWork, scoreTexts, useFigures } from '../../../stores/rounds-figures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/Progress.tsx'

const PHASES = { score: 'Scoring texts', put: 'Putting texts into the project' } as const

export function Working() {
  const working = useFigures((state) => state.working)
  const problem = useFigures((state) => state.problem)
  const detail = useRounds((state) => state.detail)
  if (!detail) return null
  const { id, unscored, scorerId } = detail
  if (working) {
    const { what, done, total } = working
    return (
      <div className="sheet report-part progress" role="status">
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
  if (unscored === 0 && problem === null) return null
  return (
    <div className="sheet report-part unscored">
      <span className="grow">
        {plural(unscored, 'text')} without a CLIP score.
        {problem !== null && ` ${problem}`}
      </span>
      <Button
        blocked={
          scorerId === null
            ? 'No scorer is installed; Models says how to add one'
            : unscored === 0
              ? 'Every text has its score'
              : null
        }
        onPress={() => void scoreTexts(id)}
      >
        Score texts
      </Button>
    </div>
  )
}
