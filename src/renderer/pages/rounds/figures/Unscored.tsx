/** Texts without a score, and the work that scores them. */
import { plural } from '../../../format.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { scoreTexts, useFigures } from '../../../stores/rounds-figures.ts'
import { Button } from '../../../ui/Button.tsx'
import { Working } from './Working.tsx'

export function Unscored() {
  const working = useFigures((state) => state.working)
  const problem = useFigures((state) => state.problem)
  const detail = useRounds((state) => state.detail)
  if (!detail) return null
  const { id, unscored, scorerId } = detail
  if (working?.what === 'score')
    return (
      <div className="sheet report-part unscored">
        <Working what="score" />
      </div>
    )
  if (unscored === 0 && problem === null && scorerId !== null) return null
  const none = scorerId === null ? 'No scorer is installed; Models says how to add one' : null
  const all = unscored === 0 ? 'Every text has its score' : null
  return (
    <div className="sheet report-part unscored">
      <span className="grow">
        {none === null ? `${plural(unscored, 'text')} without a CLIP score.` : `${none}.`}
        {problem !== null && ` ${problem}`}
      </span>
      <Button
        blocked={none ?? all ?? (working ? 'Other work is running' : null)}
        onPress={() => void scoreTexts(id)}
      >
        Score texts
      </Button>
    </div>
  )
}
