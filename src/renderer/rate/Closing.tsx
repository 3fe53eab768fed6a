/** After the last item: did a system betray itself? Asked once, told to nobody but those who made the study. */
import { useState } from 'react'
import type { RECOGNISED } from '../../shared/study-types.ts'

export type Recognised = (typeof RECOGNISED)[number]

const SAID: readonly (readonly [Recognised, string])[] = [
  ['no', 'No'],
  ['unsure', 'Perhaps'],
  ['yes', 'Yes'],
]

export function Closing({
  onAnswer,
}: {
  readonly onAnswer: (recognised: Recognised, text: string) => void
}) {
  const [said, setSaid] = useState<Recognised | null>(null)
  const [text, setText] = useState('')
  return (
    <form
      className="closing"
      onSubmit={(event) => {
        event.preventDefault()
        if (said) onAnswer(said, said === 'no' ? '' : text.trim())
      }}
    >
      <fieldset>
        <legend>
          One last question: did you recognise who or what had written some of the captions?
        </legend>
        {SAID.map(([value, words]) => (
          <label key={value}>
            <input
              type="radio"
              name="recognised"
              checked={said === value}
              onChange={() => setSaid(value)}
            />
            {words}
          </label>
        ))}
      </fieldset>
      {said !== null && said !== 'no' && (
        <label className="closing-words">
          <span>Which captions, and how could you tell?</span>
          <textarea
            value={text}
            maxLength={2000}
            rows={3}
            onChange={(event) => setText(event.target.value)}
          />
        </label>
      )}
      <button type="submit" className="primary" disabled={said === null}>
        Send this answer
      </button>
    </form>
  )
}
