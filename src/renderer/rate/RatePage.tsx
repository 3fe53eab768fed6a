/** A rater's whole world: welcome, one item after another, thanks. */
import { useState } from 'react'
import type { RateBackend } from './backend.ts'
import { Item } from './Item.tsx'
import { useRating } from './use-rating.ts'

function saveAnswers(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = 'answers.json'
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

function SaveAnswers({ backend }: { readonly backend: RateBackend }) {
  const { answers } = backend
  if (!answers) return null
  return (
    <button type="button" className="primary" onClick={() => saveAnswers(answers())}>
      Save the answers as a file
    </button>
  )
}

export function RatePage({ backend }: { readonly backend: RateBackend }) {
  const rating = useRating(backend)
  const [begun, setBegun] = useState(false)
  const { state, problem, waiting } = rating
  if (problem)
    return (
      <main className="said">
        <h1>This did not work</h1>
        <p role="alert">{problem}</p>
        <SaveAnswers backend={backend} />
      </main>
    )
  if (!state)
    return (
      <main className="said">
        <h1>One moment</h1>
        <p role="status">{waiting ?? 'Fetching your items.'}</p>
      </main>
    )
  if (!state.trial)
    return (
      <main className="said">
        <h1>
          Done: {state.total} of {state.total}
        </h1>
        <p>
          Thank you. Every answer is saved
          {backend.answers ? ' in this browser; send the file back' : ''}.
        </p>
        <SaveAnswers backend={backend} />
        {state.undo && (
          <button type="button" onClick={rating.undo}>
            Undo the last answer
          </button>
        )}
      </main>
    )
  if (!begun)
    return (
      <main className="said">
        <h1>{state.title}</h1>
        <p>{state.instructions}</p>
        <p>{state.consent}</p>
        <p>
          {state.done} of {state.total} done. Every answer is saved at once: you may close this page
          and come back to the same item.
        </p>
        <button type="button" className="primary" autoFocus onClick={() => setBegun(true)}>
          {state.done === 0 ? 'Begin' : 'Go on'}
        </button>
        <SaveAnswers backend={backend} />
      </main>
    )
  return (
    <Item
      key={`${state.trial.trialId}/${state.trial.criterion}`}
      backend={backend}
      state={state}
      trial={state.trial}
      rating={rating}
      onBreak={() => setBegun(false)}
    />
  )
}
