/** After the closing question: which of these captions has the same author as that one? */
import { useEffect } from 'react'
import type { Guess as Question } from '../../shared/study-types.ts'
import { actionOf, isField, type KeyMap } from './keys.ts'

export function Guess(props: {
  readonly question: Question
  readonly busy: boolean
  readonly keys: KeyMap
  readonly onGuess: (slot: number) => void
  readonly onStop: () => void
}) {
  const { question, busy, keys, onGuess, onStop } = props
  const { like, cards, left } = question
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event, keys)
      if (action?.kind !== 'digit' || event.repeat || busy || isField(event.target)) return
      if (cards.some(({ slot }) => slot === action.digit)) onGuess(action.digit)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [busy, cards, keys, onGuess])
  return (
    <section className="closing guess" aria-labelledby="guess-title" aria-busy={busy}>
      <h2 id="guess-title">The same author: {left === 1 ? 'one guess' : `${left} guesses`}</h2>
      <p>
        Which of the captions below is by the author of this one? They are about another picture.
        Guess, even if you cannot tell: it changes none of your answers.
      </p>
      <blockquote dir="auto">{like.text}</blockquote>
      <ol className="rate-cards">
        {cards.map(({ slot, text }) => (
          <li key={slot}>
            <button
              type="button"
              className="digit"
              aria-label={`Guess card ${slot}`}
              onClick={() => !busy && onGuess(slot)}
            >
              {slot}
            </button>
            <p dir="auto">{text}</p>
          </li>
        ))}
      </ol>
      <button type="button" onClick={onStop}>
        No more guesses
      </button>
    </section>
  )
}
