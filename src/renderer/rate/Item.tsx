/** One question about one picture: cards, keys, and the same as buttons. */
import { useLayoutEffect, useRef, useState } from 'react'
import type { RateState, Trial } from '../../shared/study-types.ts'
import type { RateBackend } from './backend.ts'
import { Cards } from './Cards.tsx'
import {
  answerOf,
  EMPTY,
  inWords,
  levelsOf,
  nextStep,
  pressDigit,
  takeBack,
  type Draft,
} from './draft.ts'
import { FITTED, ImagePane, moved } from './ImagePane.tsx'
import { actionOf, KEYS, type Action } from './keys.ts'
import type { Rating } from './use-rating.ts'

export function Item(props: {
  readonly backend: RateBackend
  readonly state: RateState
  readonly trial: Trial
  readonly rating: Rating
  readonly onBreak: () => void
}) {
  const { backend, state, trial, rating, onBreak } = props
  const criterion = state.criteria.find(({ id }) => id === trial.criterion)
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [tieNext, setTieNext] = useState(false)
  const [view, setView] = useState(FITTED)
  const [full, setFull] = useState(false)
  const [help, setHelp] = useState(false)
  const cards = trial.cards.length
  const answer = criterion ? answerOf(draft, criterion, cards) : null

  const act = (action: Action): void => {
    // While an answer is on its way the next question has not been seen: no key can be meant for it.
    if (!criterion || rating.busy) return
    switch (action.kind) {
      case 'digit':
        setDraft(pressDigit(draft, action.digit, { criterion, cards, tie: tieNext || action.tie }))
        return setTieNext(false)
      case 'tie':
        return setTieNext(criterion.ties && draft.presses.length > 0)
      case 'back':
        setTieNext(false)
        return setDraft(takeBack(draft))
      case 'confirm':
        return answer ? rating.confirm(answer) : undefined
      case 'cannot':
        return criterion.cannotJudge
          ? rating.confirm({ format: 'cannot-judge', reason: '' })
          : undefined
      case 'undo':
        return rating.undo()
      case 'full':
        return setFull(!full)
      case 'help':
        return setHelp(!help)
      case 'break':
        return onBreak()
      case 'view':
        rating.watch().zoomed()
        return setView(moved(view, action))
    }
  }
  // Before the item is painted: whoever can see it can also answer it.
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event)
      if (!action || event.repeat) return
      // A sheet over the page has its own keys.
      if (event.target instanceof Element && event.target.closest('[role=dialog]')) return
      // A focused button answers Enter and Space itself.
      if (action.kind === 'confirm' && event.target instanceof HTMLButtonElement) return
      event.preventDefault()
      rating.watch().touch(true)
      latest.current(action)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [rating])

  if (!criterion) return null
  const number = state.done + 1
  const step = nextStep(draft, criterion, cards)
  const said = inWords(draft, criterion)
  const byValue = ['pair', 'rubric', 'flags'].includes(criterion.format)
  return (
    <main className="rate" aria-busy={rating.busy}>
      <header>
        <p className="count">
          {number} of {state.total}
        </p>
        <div>
          <h1>{criterion.question}</h1>
          <p>{criterion.definition}</p>
        </div>
      </header>
      <ImagePane
        backend={backend}
        trialId={trial.trialId}
        view={view}
        full={full}
        onView={(next) => {
          rating.watch().zoomed()
          setView(next)
        }}
        onFull={() => setFull(!full)}
      />
      <section className="right" aria-label="Captions" onScroll={() => rating.watch().scrolled()}>
        {trial.altText !== null && (
          <p className="rate-alt">
            <span>alt-text</span> {trial.altText === '' ? '(empty)' : trial.altText}
          </p>
        )}
        <Cards
          cards={trial.cards}
          draft={draft}
          choose={byValue ? null : (slot) => act({ kind: 'digit', digit: slot, tie: false })}
        />
        {byValue && (
          <div className="levels" role="group" aria-label={step || criterion.question}>
            {step && <p className="step">{step}</p>}
            {levelsOf(criterion).map((label, index) => (
              <button
                key={label}
                type="button"
                onClick={() => act({ kind: 'digit', digit: index + 1, tie: false })}
              >
                <kbd>{index + 1}</kbd> {label}
              </button>
            ))}
          </div>
        )}
      </section>
      <footer>
        <p className="placed" role="status">
          {rating.waiting ?? (said === '' ? 'Nothing placed yet' : `Placed: ${said}`)}
          {tieNext && ' ='}
        </p>
        <div className="actions">
          {criterion.ties && !byValue && (
            <button type="button" aria-pressed={tieNext} onClick={() => act({ kind: 'tie' })}>
              Same place <kbd>=</kbd>
            </button>
          )}
          <button type="button" onClick={() => act({ kind: 'back' })}>
            Take back <kbd>Backspace</kbd>
          </button>
          <button type="button" disabled={!state.undo} onClick={() => act({ kind: 'undo' })}>
            Undo <kbd>U</kbd>
          </button>
          {criterion.cannotJudge && (
            <button type="button" onClick={() => act({ kind: 'cannot' })}>
              Cannot judge <kbd>0</kbd>
            </button>
          )}
          <button type="button" onClick={() => act({ kind: 'break' })}>
            Break <kbd>B</kbd>
          </button>
          <button type="button" aria-expanded={help} onClick={() => act({ kind: 'help' })}>
            Keys <kbd>?</kbd>
          </button>
          <button
            type="button"
            className="primary"
            disabled={!answer}
            onClick={() => act({ kind: 'confirm' })}
          >
            Confirm <kbd>Enter</kbd>
          </button>
        </div>
        {help && (
          <dl className="rate-keys">
            {KEYS.map(([keys, what]) => (
              <div key={keys}>
                <dt>{keys}</dt>
                <dd>{what}</dd>
              </div>
            ))}
          </dl>
        )}
      </footer>
    </main>
  )
}
