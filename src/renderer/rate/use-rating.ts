/** The session of one rater: the state from the other side, and the events that change it. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Answer, NewEvent, RateState } from '../../shared/study-types.ts'
import { APP_VERSION } from '../../shared/version.ts'
import type { RateBackend } from './backend.ts'
import { eventId } from './event-id.ts'
import { createOutbox } from './outbox.ts'
import { createStopwatch, type Stopwatch } from './stopwatch.ts'

export interface Rating {
  readonly state: RateState | null
  readonly problem: string | null
  readonly waiting: string | null
  readonly busy: boolean
  readonly watch: () => Stopwatch
  confirm(answer: Answer): void
  undo(): void
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
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
    setBusy(false)
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
  // The next picture is there before it is asked for.
  const next = state?.nextTrialId
  useEffect(() => {
    if (next) backend.picture(next).catch(() => {})
  }, [backend, next])

  return {
    state,
    problem,
    waiting,
    busy,
    watch: () => watch.current,
    confirm(answer) {
      if (!state?.trial || busy) return
      const payload = { answer, timing: watch.current.read() }
      void say(
        [
          {
            kind: 'confirm',
            trialId: state.trial.trialId,
            criterion: state.trial.criterion,
            payload,
          },
        ],
        state.nextSeq,
      )
    },
    undo() {
      if (!state?.undo || busy) return
      const { id: target, trialId: about } = state.undo
      const payload = { target }
      void say([{ kind: 'undo', trialId: about, criterion: '', payload }], state.nextSeq)
    },
  }
}
