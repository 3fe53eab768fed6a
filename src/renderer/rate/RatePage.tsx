/** A rater's whole world: welcome, one item after another, thanks. */
import { useEffect, useState } from 'react'
import type { RateBackend } from './backend.ts'
import { Behind } from './Behind.tsx'
import { Closing } from './Closing.tsx'
import { Guess } from './Guess.tsx'
import { Item, type OwnKeys } from './Item.tsx'
import { LeftNote } from './LeftNote.tsx'
import { isUnkept, useNoteDraft } from './note-draft.ts'
import { Outdated } from './Outdated.tsx'
import { keepKeys, readKeys } from './key-map.ts'
import { Practice } from './Practice.tsx'
import { PRACTICE_ITEMS } from './practice.ts'
import { ownStorage } from './storage.ts'
import { useRating } from './use-rating.ts'

/** After the task file: the answers of several raters come together in one folder. */
function answersName(): string {
  const [, task = ''] = /([^/]+)\.html?$/i.exec(location.pathname) ?? []
  const plain = task.replace(/%[0-9a-f]{2}|[^\w-]+/gi, '-')
  return plain === '' ? 'answers.json' : `${plain}-answers.json`
}

function saveAnswers(text: string): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }))
  link.download = answersName()
  link.click()
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
}

/** `whole`: no question is left that a file saved now would lack. */
function SaveAnswers(props: { readonly backend: RateBackend; readonly whole?: boolean }) {
  const { answers } = props.backend
  const { whole = false } = props
  if (!answers) return null
  return (
    <button
      type="button"
      className={whole ? 'primary' : undefined}
      onClick={() => saveAnswers(answers())}
    >
      {whole ? 'Save the answers as a file' : 'Save the answers so far as a file'}
    </button>
  )
}

export function RatePage({ backend }: { readonly backend: RateBackend }) {
  const rating = useRating(backend)
  const [stage, setStage] = useState<'welcome' | 'practice' | 'items' | 'break'>('welcome')
  const notes = useNoteDraft(backend.seat)
  const [guessing, setGuessing] = useState(true)
  const [map, setMap] = useState(() => readKeys(ownStorage.kept, backend.seat))
  const keys: OwnKeys = {
    map,
    change(next) {
      setMap(next)
      keepKeys(ownStorage.kept, backend.seat, next)
    },
  }
  const { state, problem, waiting } = rating
  const forgetful = backend.answers !== undefined && !ownStorage.lasts
  useEffect(() => {
    if (!forgetful) return
    const onLeave = (event: BeforeUnloadEvent) => event.preventDefault()
    addEventListener('beforeunload', onLeave)
    return () => removeEventListener('beforeunload', onLeave)
  }, [forgetful])
  if (problem)
    return (
      <main className="said">
        <h1>This did not work</h1>
        <p role="alert">{problem}</p>
        <SaveAnswers backend={backend} />
      </main>
    )
  const { draft } = notes
  // An item in view says it below, so that what was placed stays in sight.
  const atItem = !rating.behind && stage === 'items' && !!state?.trial
  if (rating.outdated && !atItem)
    return (
      <main className="said">
        <h1>Load this page again</h1>
        <Outdated />
      </main>
    )
  if (!state)
    return (
      <main className="said">
        <h1>One moment</h1>
        <p role="status">{waiting ?? 'Fetching your items.'}</p>
      </main>
    )
  if (rating.behind)
    return (
      <Behind
        key={rating.behind.event.id}
        backend={backend}
        criteria={state.criteria}
        behind={rating.behind}
        busy={rating.busy}
        onSettle={rating.settle}
      />
    )
  if (!rating.outdated && draft && draft.trialId !== state.trial?.trialId && isUnkept(draft))
    return <LeftNote backend={backend} draft={draft} notes={notes} rating={rating} />
  if (!state.trial) {
    const asked = !state.closed && state.undo !== null
    const whole = !asked && !(state.guess && guessing)
    return (
      <main className="said">
        <h1>
          Done: {state.total} of {state.total}
        </h1>
        <p>
          Thank you. Every answer is saved
          {!backend.answers
            ? '.'
            : ` ${forgetful ? 'until this page is closed' : 'in this browser'}. ${
                whole
                  ? 'Save them as a file now and send it back.'
                  : 'The file to send back comes after what is asked below.'
              }`}
        </p>
        {asked && <Closing onAnswer={rating.close} />}
        {state.guess && guessing && (
          <Guess
            key={state.guess.trialId}
            question={state.guess}
            busy={rating.busy}
            keys={map}
            onGuess={rating.guess}
            onStop={() => setGuessing(false)}
          />
        )}
        <SaveAnswers backend={backend} whole={whole} />
        {state.undo && (
          <button type="button" onClick={rating.undo}>
            Undo the last answer
          </button>
        )}
      </main>
    )
  }
  if (stage === 'welcome')
    return (
      <main className="said">
        <h1>{state.title}</h1>
        <p>{state.instructions}</p>
        <p>{state.consent}</p>
        <p>
          {state.done} of {state.total} done.{' '}
          {forgetful
            ? 'This browser keeps nothing for this page: save your answers as a file before you close it, or they are lost. Another browser, or a window that is not private, would keep them.'
            : 'Every answer is saved at once: you may close this page and come back to the same item.'}
        </p>
        <div className="actions">
          <button type="button" className="primary" autoFocus onClick={() => setStage('items')}>
            {state.done === 0 ? 'Begin' : 'Go on'}
          </button>
          {state.done === 0 && (
            <button type="button" onClick={() => setStage('practice')}>
              Practise first: {PRACTICE_ITEMS} drawn items that do not count
            </button>
          )}
        </div>
        <SaveAnswers backend={backend} />
      </main>
    )
  if (stage === 'practice')
    return (
      <Practice state={state} seat={backend.seat} keys={keys} onDone={() => setStage('items')} />
    )
  const resting = stage === 'break'
  return (
    <>
      {resting && (
        <main className="said">
          <h1>A break</h1>
          <p>
            {state.done} of {state.total} done. This time does not count; what you had placed is
            still there.
          </p>
          <button
            type="button"
            className="primary"
            autoFocus
            onClick={() => {
              rating.goOn()
              setStage('items')
            }}
          >
            Go on
          </button>
          <SaveAnswers backend={backend} />
        </main>
      )}
      <div className="rate-stage" hidden={resting}>
        <Item
          key={`${state.trial.trialId}/${state.trial.criterion}`}
          backend={backend}
          state={state}
          trial={state.trial}
          rating={rating}
          keys={keys}
          notes={draft?.trialId === state.trial.trialId ? notes : { ...notes, draft: null }}
          resting={resting}
          onBreak={() => {
            rating.rest()
            setStage('break')
          }}
        />
      </div>
    </>
  )
}
