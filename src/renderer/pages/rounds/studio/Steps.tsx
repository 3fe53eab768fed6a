/** The guideline beside the box: its goal, and its steps as a list to tick. */
import { stepsLeft } from '../../../rounds/words.ts'
import { useRounds } from '../../../stores/rounds.ts'
import { tickStep, useRewrite } from '../../../stores/rounds-rewrite.ts'
import { useMayWrite } from './use-may-write.ts'

export function Steps() {
  const guideline = useRounds((state) => state.detail?.guideline)
  const ticked = useRewrite((state) => state.box.steps)
  const may = useMayWrite()
  if (!guideline || guideline.steps.length === 0) return null
  const left = stepsLeft(guideline, ticked)
  return (
    <fieldset className="steps">
      <legend>
        <span className="label">
          Steps, {left === 0 ? 'all ticked' : `${left} of ${guideline.steps.length} left`}{' '}
          <kbd aria-hidden="true">Alt</kbd> <kbd aria-hidden="true">T</kbd>
        </span>
      </legend>
      {guideline.goal !== '' && (
        <details className="goal">
          <summary className="dim">Goal</summary>
          <p className="caption" dir="auto">
            {guideline.goal}
          </p>
        </details>
      )}
      {guideline.steps.map(({ id, text }, index) => (
        <label key={id} className="check step">
          <input
            type="checkbox"
            checked={ticked.includes(id)}
            aria-disabled={!may}
            onChange={() => may && tickStep(id)}
          />
          <span className="num dim">{index + 1}</span>
          <span className="grow" dir="auto">
            {text}
          </span>
        </label>
      ))}
    </fieldset>
  )
}
