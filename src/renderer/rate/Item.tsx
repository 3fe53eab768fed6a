/** One question about one picture: cards, keys, and the same as buttons. */
import { useLayoutEffect, useRef, useState } from 'react'
import type { Answer, RateState, Trial } from '../../shared/study-types.ts'
import type { RateBackend } from './backend.ts'
import { Cards } from './Cards.tsx'
import {
  answerOf,
  EMPTY,
  inWords,
  levelsOf,
  markable,
  nextStep,
  placeInWords,
  pressDigit,
  takeBack,
  toggleSpan,
  type Draft,
} from './draft.ts'
import { ImagePane } from './ImagePane.tsx'
import { KeyHelp } from './KeyHelp.tsx'
import { actionOf, isField, shownKey, type Action, type KeyMap } from './keys.ts'
import { NoteBox } from './NoteBox.tsx'
import { isUnkept, type NoteDrafts } from './note-draft.ts'
import { Outdated } from './Outdated.tsx'
import type { Rating } from './use-rating.ts'
import { FITTED, moved, nextSize } from './view.ts'

/** What gives an answer, or begins one. */
const JUDGING: ReadonlySet<Action['kind']> = new Set([
  'digit',
  'tie',
  'back',
  'confirm',
  'cannot',
  'mark',
])

export interface OwnKeys {
  readonly map: KeyMap
  readonly change: (map: KeyMap) => void
}

export function Item(props: {
  readonly backend: RateBackend
  readonly state: RateState
  readonly trial: Trial
  readonly rating: Rating
  readonly keys: OwnKeys
  /** None during practice: there is nobody to read them. */
  readonly notes?: NoteDrafts
  readonly onBreak: () => void
  /** During a break: still there, but deaf. */
  readonly resting?: boolean
  readonly practice?: boolean
}) {
  const { backend, state, trial, rating, keys, notes, onBreak } = props
  const { resting = false, practice = false } = props
  const criterion = state.criteria.find(({ id }) => id === trial.criterion)
  const [draft, setDraft] = useState<Draft>(EMPTY)
  const [tieNext, setTieNext] = useState(false)
  const [view, setView] = useState(FITTED)
  const [fit, setFit] = useState(1)
  const [full, setFull] = useState(false)
  const [model, setModel] = useState(false)
  const [help, setHelp] = useState(false)
  const [marks, setMarks] = useState(false)
  const [attempt, setAttempt] = useState(0)
  const [picture, setPicture] = useState<'waited for' | 'shown' | 'failed'>(() =>
    backend.ready(trial.trialId) === null ? 'waited for' : 'shown',
  )
  const seen = picture === 'shown'
  const note = notes?.draft ?? null
  const cards = trial.cards.length
  const yes = criterion ? markable(draft, criterion) : null
  const answer = criterion ? answerOf(draft, criterion, cards) : null

  /** A note that is still open belongs to what is answered. */
  const confirm = (given: Answer): void => {
    rating.confirm(given, note && isUnkept(note) ? note : null)
    if (note) notes?.change(null)
  }
  const act = (action: Action): void => {
    // While an answer is on its way the next question has not been seen: no key can be meant for it.
    if (!criterion || rating.busy) return
    // Nobody judges what was not seen.
    if (!seen && JUDGING.has(action.kind)) {
      if (action.kind === 'confirm') return setAttempt(attempt + 1)
      if (action.kind !== 'cannot' || picture !== 'failed') return
    }
    switch (action.kind) {
      case 'digit':
        setMarks(false)
        setDraft(pressDigit(draft, action.digit, { criterion, cards, tie: tieNext || action.tie }))
        return setTieNext(false)
      case 'tie':
        return setTieNext(criterion.ties && draft.presses.length > 0)
      case 'back':
        setTieNext(false)
        setMarks(false)
        return setDraft(takeBack(draft, criterion.labels.length))
      case 'confirm':
        return answer ? confirm(answer) : undefined
      case 'cannot':
        return criterion.cannotJudge
          ? confirm({ format: 'cannot-judge', reason: seen ? '' : 'no picture' })
          : undefined
      case 'undo':
        return rating.undo()
      case 'full':
        return setFull(!full)
      case 'model':
        if (!trial.modelView) return
        rating.watch().sawModelView()
        return setModel(!model)
      case 'help':
        return setHelp(!help)
      case 'note':
        if (note) return notes?.change(null)
        return notes?.change({ trialId: trial.trialId, was: trial.note, text: trial.note })
      case 'mark':
        return setMarks(!marks && yes !== null)
      case 'break':
        return onBreak()
      case 'size':
        rating.watch().zoomed()
        return setView(nextSize(view, fit))
      case 'view':
        rating.watch().zoomed()
        return setView(moved(view, action))
    }
  }
  const { begun } = rating
  const start = useRef(begun)
  useLayoutEffect(() => {
    if (seen) start.current()
  }, [seen])
  // Before the item is painted: whoever can see it can also answer it.
  const latest = useRef(act)
  useLayoutEffect(() => {
    latest.current = act
  })
  useLayoutEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const action = actionOf(event, keys.map)
      if (!action || event.repeat || resting || isField(event.target)) return
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
  }, [rating, keys.map, resting])

  if (!criterion) return null
  const number = state.done + 1
  const step = nextStep(draft, criterion, cards)
  const said = inWords(draft, criterion)
  const levels = levelsOf(criterion)
  const keyOf = (id: string): string => shownKey(keys.map, id)
  const byValue = ['pair', 'rubric', 'flags'].includes(criterion.format)
  return (
    <main className="rate" aria-busy={rating.busy}>
      <header>
        <p className="count">
          {practice && 'Practice '}
          {number} of {state.total}
        </p>
        <div>
          <h1>{criterion.question}</h1>
          <p>{criterion.definition}</p>
        </div>
        {rating.tired !== null && (
          <p className="tired" role="status">
            {rating.tired}. A short one helps; its time does not count.
            <button type="button" onClick={rating.goOn}>
              Later
            </button>
          </p>
        )}
      </header>
      <ImagePane
        backend={backend}
        trialId={trial.trialId}
        view={view}
        full={full}
        model={trial.modelView ? model : null}
        keyOf={keyOf}
        onView={(next) => {
          rating.watch().zoomed()
          setView(next)
        }}
        fit={fit}
        onFit={setFit}
        attempt={attempt}
        onAgain={() => setAttempt(attempt + 1)}
        onLoading={setPicture}
        onSize={() => act({ kind: 'size' })}
        onFull={() => setFull(!full)}
        onModel={() => act({ kind: 'model' })}
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
          placeOf={(slot) => placeInWords(draft, criterion, slot)}
          marking={
            marks && yes
              ? {
                  ...yes,
                  toggle: (span) => setDraft(toggleSpan(draft, span)),
                  onClose: () => setMarks(false),
                }
              : null
          }
          choose={byValue ? null : (slot) => act({ kind: 'digit', digit: slot, tie: false })}
        />
        {byValue && (
          <div className="levels" role="group" aria-label={step || criterion.question}>
            {step && <p className="step">{step}</p>}
            {levels.map((label, index) => (
              <button
                key={label}
                type="button"
                aria-pressed={criterion.format === 'pair' ? said === label : undefined}
                onClick={() => act({ kind: 'digit', digit: index + 1, tie: false })}
              >
                <kbd>{keyOf(`card-${index + 1}`)}</kbd> {label}
              </button>
            ))}
            {yes && (
              <button type="button" aria-pressed={marks} onClick={() => act({ kind: 'mark' })}>
                Mark its words in card {yes.slot} <kbd>{keyOf('mark')}</kbd>
              </button>
            )}
          </div>
        )}
      </section>
      <footer>
        <p className="placed" role="status">
          {rating.waiting ??
            (said === ''
              ? `Nothing ${byValue ? 'answered' : 'placed'} yet`
              : `${byValue ? 'Answered' : 'Placed'}: ${said}`)}
          {tieNext && ' ='}
        </p>
        <div className="actions">
          {criterion.ties && !byValue && (
            <button type="button" aria-pressed={tieNext} onClick={() => act({ kind: 'tie' })}>
              Same place <kbd>{keyOf('tie')}</kbd>
            </button>
          )}
          <button type="button" onClick={() => act({ kind: 'back' })}>
            Take back <kbd>{keyOf('back')}</kbd>
          </button>
          <button type="button" disabled={!state.undo} onClick={() => act({ kind: 'undo' })}>
            Undo <kbd>{keyOf('undo')}</kbd>
          </button>
          {criterion.cannotJudge && (
            <button type="button" onClick={() => act({ kind: 'cannot' })}>
              Cannot judge <kbd>{keyOf('cannot')}</kbd>
            </button>
          )}
          {notes && (
            <button
              type="button"
              aria-expanded={note !== null}
              onClick={() => act({ kind: 'note' })}
            >
              {trial.note === '' ? 'Note' : 'Your note'} <kbd>{keyOf('note')}</kbd>
            </button>
          )}
          <button type="button" onClick={() => act({ kind: 'break' })}>
            {practice ? 'End practice' : 'Break'} <kbd>{keyOf('break')}</kbd>
          </button>
          <button type="button" aria-expanded={help} onClick={() => act({ kind: 'help' })}>
            Keys <kbd>{keyOf('help')}</kbd>
          </button>
          <button
            type="button"
            className="primary"
            disabled={!answer || !seen || rating.outdated}
            onClick={() => act({ kind: 'confirm' })}
          >
            Confirm <kbd>{keyOf('confirm')}</kbd>
          </button>
        </div>
        {rating.outdated && <Outdated />}
        {notes && note && <NoteBox draft={note} notes={notes} onSave={rating.note} />}
        {help && (
          <KeyHelp
            map={keys.map}
            onMap={keys.change}
            cards={Math.max(cards, levels.length)}
            marks={criterion.format === 'flags'}
            modelView={trial.modelView}
          />
        )}
      </footer>
    </main>
  )
}
