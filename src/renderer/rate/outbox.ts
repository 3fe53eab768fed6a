/** Events on their way: kept until the other side has them, so that a lost line or a closed tab loses nothing. */
import { NewEvent, type RateState } from '../../shared/study-types.ts'
import { PageTooOld, Refused, type RateBackend } from './backend.ts'
import type { Kept } from './storage.ts'

export interface Outbox {
  /**
   * Sends what was left behind, then these; tries again until they are safe. Without any it asks where the
   * rater stands, as patiently. `onWait`: why it is waiting. `settled`: left behind, and not to be sent again.
   */
  send(
    events: readonly NewEvent[],
    onWait: (why: string | null) => void,
    settled?: string,
  ): Promise<RateState>
}

export function createOutbox(
  backend: RateBackend,
  store: Kept,
  pause: () => Promise<void> = () => new Promise((resolve) => setTimeout(resolve, 1500)),
): Outbox {
  const key = `realign-outbox${backend.seat === undefined ? '' : `-${backend.seat}`}`
  const left = (): readonly NewEvent[] => {
    try {
      return NewEvent.array().parse(JSON.parse(store.getItem(key) ?? '[]'))
    } catch {
      return [] // not ours
    }
  }
  const keep = (events: readonly NewEvent[]): void => {
    if (events.length > 0) store.setItem(key, JSON.stringify(events))
    else store.removeItem(key)
  }
  return {
    async send(events, onWait, settled) {
      const all = [...left().filter(({ id }) => id !== settled), ...events]
      const sent = new Set(all.map(({ id }) => id))
      const unsaved = all.length > 0
      keep(all)
      for (;;) {
        try {
          const state = await (unsaved ? backend.submit(all) : backend.state())
          // What another tab of this browser has put there meanwhile is its own to send.
          const others = left().filter(({ id }) => !sent.has(id))
          keep([...others, ...state.behind.map(({ event }) => event)])
          onWait(null)
          return state
        } catch (error) {
          if (error instanceof Refused) {
            store.removeItem(key)
            throw error
          }
          // All of it stays: the page that is loaded next sends it.
          if (error instanceof PageTooOld) throw error
          onWait(
            `${unsaved ? 'Not saved yet: no' : 'No'} connection. Trying again; keep this page open.`,
          )
          await pause()
        }
      }
    },
  }
}
