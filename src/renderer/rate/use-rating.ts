/** The session of one rater: the state from the other side, and the events that change it. */
import { useCallback, useEffect, useRef, useState } from 'react'
import type { Answer, BehindAnswer, NewEvent, RateState } from '../../shared/study-types.ts'
import { APP_VERSION } from '../../shared/version.ts'
import { PageTooOld, type RateBackend } from './backend.ts'
import { createBreakClock } from './break-clock.ts'
import type { Recognised } from './Closing.tsx'
import { eventId } from './event-id.ts'
import { MOST_IN_NOTE } from './NoteBox.tsx'
import { withNoteOfOthers, type NoteDraft } from './note-draft.ts'
import { createOutbox } from './outbox.ts'
import { ownStorage } from './storage.ts'
import { createStopwatch, type Stopwatch } from './stopwatch.ts'

export interface Rating {
  readonly state: RateState | null
  readonly problem: string | null
  readonly waiting: string | null
  readonly busy: boolean
  /** The other side is newer: nothing can be said before the page was loaded again. */
  readonly outdated: boolean
  readonly watch: () => Stopwatch
  /** The question and its picture are in view: from here on time counts. */
  begun(): void
  /** An answer that was not kept, because its question had been answered elsewhere; the rater decides. */
  readonly behind: BehindAnswer | null
  /** Which answer counts: the one that stands, or the one that was given here. */
  settle(which: 'stands' | 'given'): void
  /** Why a break would do good now; null while there is no reason. */
  readonly tired: string | null
  /** `draft`: a note that was still open goes with the answer. */
  confirm(answer: Answer, draft?: NoteDraft | null): void
  undo(): void
  /** On its item, whichever is in view by now; '' takes back what was noted. False: not now, keep the words. */
  note(draft: NoteDraft): boolean
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

/** A question whose picture takes longer is shown without it, and says so. */
const PATIENCE_MS = 1500

/** Waits for the picture of the item in question, unless that is slow or fails. */
function withPicture(backend: RateBackend, trialId: string | undefined): Promise<unknown> | null {
  if (trialId === undefined || backend.ready(trialId) !== null) return null
  const slow = new Promise((resolve) => setTimeout(resolve, PATIENCE_MS))
  return Promise.race([backend.picture(trialId).catch(() => {}), slow])
}

export function useRating(backend: RateBackend): Rating {
  const [state, setState] = useState<RateState | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [waiting, setWaiting] = useState<string | null>(null)
  const [busy, setBusy] = useState(true)
  const [outdated, setOutdated] = useState(false)
  const outbox = useRef(createOutbox(backend, ownStorage.kept))
  const watch = useRef(createStopwatch())
  const breaks = useRef(createBreakClock())
  const [tired, setTired] = useState<string | null>(null)
  const resting = useRef(false)
  const turn = useRef(0)

  const say = useCallback(
    async (said: readonly Said[], nextSeq: number, settled?: string) => {
      setBusy(true)
      turn.current++
      try {
        const events = said.map((one, index) => toEvent(one, nextSeq + index))
        let state = await outbox.current.send(events, setWaiting, settled)
        // A question is shown only when it is whole: from then on every key counts.
        const reveal = revealOf(state)
        if (reveal.length > 0) state = await outbox.current.send(reveal, setWaiting)
        await withPicture(backend, state.trial?.trialId)
        setState(state)
        setProblem(null)
        setBusy(false)
        return state
      } catch (error) {
        if (error instanceof PageTooOld) {
          setWaiting(null)
          setOutdated(true)
          return null // busy for good: no key can be answered
        }
        setProblem(error instanceof Error ? error.message : String(error))
      }
      setBusy(false)
      return null
    },
    [backend],
  )

  useEffect(() => {
    void say([], 0)
  }, [say])

  // Whoever comes back to this tab from another one meets what is open now.
  const look = useCallback(async () => {
    const now = turn.current
    const there = await backend.state().catch((error: unknown) => {
      if (error instanceof PageTooOld) void say([], 0)
      return null
    })
    if (there && turn.current === now && there.nextSeq !== state?.nextSeq) void say([], 0)
  }, [backend, say, state?.nextSeq])
  useEffect(() => {
    const onHide = () => {
      watch.current.setHidden(document.hidden)
      if (!document.hidden && !busy) void look()
    }
    document.addEventListener('visibilitychange', onHide)
    return () => document.removeEventListener('visibilitychange', onHide)
  }, [busy, look])
  // The next picture is there before it is asked for.
  const next = state?.nextTrialId
  useEffect(() => {
    if (next) backend.picture(next).catch(() => {}) // the item itself says so when it comes
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
  /** Written last counts as last, also where another page has gone on meanwhile. */
  const keepNote = async (draft: NoteDraft, seen: RateState) => {
    const now = await backend.state().catch(() => seen)
    const there = now.trial?.trialId === draft.trialId ? now.trial.note : draft.was
    const text = withNoteOfOthers(draft, there, MOST_IN_NOTE)
    const { trialId } = draft
    const seq = Math.max(seen.nextSeq, now.nextSeq)
    await say([{ kind: 'note', trialId, criterion: '', payload: { text } }], seq)
  }

  return {
    state,
    problem,
    waiting,
    busy,
    outdated,
    tired,
    watch: () => watch.current,
    begun() {
      watch.current = createStopwatch()
      watch.current.setHidden(document.hidden)
      watch.current.setResting(resting.current)
    },
    behind: state?.behind[0] ?? null,
    settle(which) {
      const [one] = state?.behind ?? []
      if (!state || !one || busy) return
      const { event, stands } = one
      const { trialId, criterion, payload } = event
      // What was not wanted is kept as well, as something that never counted.
      const said: readonly Said[] =
        which === 'stands'
          ? [{ kind: 'skip', trialId, criterion, payload }]
          : [
              { kind: 'undo', trialId, criterion: '', payload: { target: stands.id } },
              { kind: 'confirm', trialId, criterion, payload },
            ]
      void say(said, state.nextSeq, event.id)
    },
    confirm(answer, draft = null) {
      if (!state?.trial || busy) return
      const { nextSeq, done } = state
      const { trialId, criterion } = state.trial
      const timing = watch.current.read()
      const said: Said = { kind: 'confirm', trialId, criterion, payload: { answer, timing } }
      const noted: readonly Said[] = draft
        ? [{ kind: 'note', trialId, criterion: '', payload: { text: draft.text.trim() } }]
        : []
      void say([...noted, said], nextSeq).then((after) => {
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
    note(draft) {
      if (!state || busy) return false
      setBusy(true)
      void keepNote(draft, state)
      return true
    },
    rest() {
      resting.current = true
      watch.current.setResting(true)
      rested()
      tell('break', {})
    },
    goOn() {
      resting.current = false
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
