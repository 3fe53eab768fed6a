/** The session of one rater: the state from the other side, and the events that change it. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Answer, NewEvent, RateState } from '../../shared/study-types.ts'
import { APP_VERSION } from '../../shared/version.ts'
import type { RateBackend } from './backend.ts'
import { createBreakClock } from './break-clock.ts'
import type { Recognised } from './Closing.tsx'
import { eventId } from './event-id.ts'
import { createOutbox } from './outbox.ts'
import { createStopwatch, type Stopwatch } from './stopwatch.ts'

export interface Rating {
  readonly state: RateState | null
  readonly problem: string | null
  readonly waiting: string | null
  readonly busy: boolean
  readonly watch: () => Stopwatch
  /** Why a break would do good now; null while there is no reason. */
  readonly tired: string | null
  confirm(answer: Answer): void
  undo(): void
  /** On this item; '' takes back what was noted. */
  note(text: string): void
  /** A break begins: it is logged, and its time counts nowhere. */
  rest(): void
  /** It is over, or it was not wanted. */
  goOn(): void
  close(recognised: Recognised, text: string): void
  /** This card of the item in question. */
  guess(slot: number): void
}

type Said = Pick<NewEvent, 'kind' | 'trialId' | 'criterion' | 'payload'>

const toEvent = (said: Said, seq: number): NewEvent => ({
  ...said,
  id: eventId(),
  seq,
  tMonoMs: performance.now(),
  tWall: new Date().toISOString(),
  appVersion: APP_VERSION,
})

/** The alt-text comes into view with the first question that is about it. */
function revealOf({ trial, nextSeq }: RateState): readonly NewEvent[] {
  if (!trial?.canReveal) return []
  return [toEvent({ kind: 'reveal', trialId: trial.trialId, criterion: '', payload: {} }, nextSeq)]
}

export function useRating(backend: RateBackend): Rating {
  const [state, setState] = useState<RateState | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [waiting, setWaiting] = useState<string | null>(null)
  const [busy, setBusy] = useState(true)
  const outbox = useRef(createOutbox(backend, localStorage))
  const watch = useRef(createStopwatch())
  const breaks = useRef(createBreakClock())
  const [tired, setTired] = useState<string | null>(null)

  const say = useCallback(async (said: readonly Said[], nextSeq: number) => {
    setBusy(true)
    try {
      const events = said.map((one, index) => toEvent(one, nextSeq + index))
      let state = await outbox.current.send(events, setWaiting)
      // A question is shown only when it is whole: from then on every key counts.
      const reveal = revealOf(state)
      if (reveal.length > 0) state = await outbox.current.send(reveal, setWaiting)
      setState(state)
      setProblem(null)
      setBusy(false)
      return state
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
    return null
  }, [])

  useEffect(() => {
    void say([], 0)
  }, [say])

  const trialId = state?.trial?.trialId
  const criterion = state?.trial?.criterion
  useLayoutEffect(() => {
    watch.current = createStopwatch()
  }, [trialId, criterion])
  useEffect(() => {
    const onHide = () => watch.current.setHidden(document.hidden)
    document.addEventListener('visibilitychange', onHide)
    return () => document.removeEventListener('visibilitychange', onHide)
  }, [])
  // The next picture is there before it is asked for, and decoded: held by an element, it stays so.
  const next = state?.nextTrialId
  const ahead = useRef<HTMLImageElement>(null)
  useEffect(() => {
    if (!next) return
    backend
      .picture(next)
      .then((url) => {
        const image = new Image()
        image.src = url
        ahead.current = image
        return image.decode()
      })
      .catch(() => {}) // the item itself says so when it comes
  }, [backend, next])

  const rested = () => {
    breaks.current.rested()
    setTired(null)
  }
  /** About the item in view, or the last one that was answered. */
  const tell = (kind: 'note' | 'break', payload: NewEvent['payload']) => {
    const about = state?.trial?.trialId ?? state?.undo?.trialId
    if (!state || about === undefined || busy) return
    void say([{ kind, trialId: about, criterion: '', payload }], state.nextSeq)
  }

  return {
    state,
    problem,
    waiting,
    busy,
    tired,
    watch: () => watch.current,
    confirm(answer) {
      if (!state?.trial || busy) return
      const { nextSeq, done } = state
      const { trialId, criterion } = state.trial
      const timing = watch.current.read()
      const payload = { answer, timing }
      void say([{ kind: 'confirm', trialId, criterion, payload }], nextSeq).then((after) => {
        if (!after) return
        breaks.current.worked(timing.activeMs, done, after.done)
        setTired(breaks.current.due())
      })
    },
    undo() {
      if (!state?.undo || busy) return
      const { id: target, trialId: about } = state.undo
      const payload = { target }
      void say([{ kind: 'undo', trialId: about, criterion: '', payload }], state.nextSeq)
    },
    note: (text) => tell('note', { text }),
    rest() {
      watch.current.setResting(true)
      rested()
      tell('break', {})
    },
    goOn() {
      watch.current.setResting(false)
      rested()
    },
    guess(slot) {
      if (!state?.guess || busy) return
      const { trialId, like } = state.guess
      const guess = { like: { trialId: like.trialId, slot: like.slot }, slot }
      void say([{ kind: 'guess', trialId, criterion: '', payload: { guess } }], state.nextSeq)
    },
    close: (recognised, text) => tell('note', { recognised, ...(text !== '' && { text }) }),
  }
}
