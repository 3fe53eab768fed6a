/** Nothing waits for whoever sits here: what can be done instead. */
import { plural } from '../../../format.ts'
import { annotatorOf, showRoundsView, sitDown, useRounds } from '../../../stores/rounds.ts'
import { openQueue } from '../../../stores/rounds-queue.ts'
import { Button } from '../../../ui/Button.tsx'

export function Finished() {
  const detail = useRounds((state) => state.detail)
  const annotator = useRounds(annotatorOf)
  if (!detail) return null
  const { openRound, images, done, annotators } = detail
  const left = images - done
  const others = annotators.filter((name) => name !== annotator)
  return (
    <div className="empty">
      <p>
        {left === 0
          ? `Every image has its round ${openRound}.`
          : `Nothing waits for ${annotator ?? 'anybody'} in round ${openRound}; ${plural(left, 'image')} ${left === 1 ? 'waits' : 'wait'} for others.`}
      </p>
      <div className="together">
        <Button look="primary" onPress={() => showRoundsView('figures')}>
          {left === 0 ? `See the figures, or open round ${openRound + 1}` : 'See the figures'}
        </Button>
        <Button onPress={() => void openQueue('done')}>List what is written</Button>
        {left > 0 &&
          others.map((name) => (
            <Button key={name} onPress={() => sitDown(name)}>
              Sit down as {name}
            </Button>
          ))}
      </div>
    </div>
  )
}
