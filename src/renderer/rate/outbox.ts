/** Events on their way: kept until the other side has them, so that a lost line or a closed tab loses nothing. */
import { NewEvent, type RateState } from '../../shared/study-types.ts'
import { Refused, type RateBackend } from './backend.ts'

interface Kept {
  getItem(key: string): string | null
  setItem(key: string, value: string): void
  removeItem(key: string): void
}

export interface Outbox {
  /**
   * Sends what was left behind, then these; tries again until they are safe. Without any it asks where the
   * rater stands, as patiently. `onWait`: why it is waiting.
   */
  send(events: readonly NewEvent[], onWait: (why: string | null) => void): Promise<RateState>
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
  return {
    async send(events, onWait) {
      const all = [...left(), ...events]
      const unsaved = all.length > 0
      if (unsaved) store.setItem(key, JSON.stringify(all))
      for (;;) {
        try {
          const state = await (unsaved ? backend.submit(all) : backend.state())
          store.removeItem(key)
          onWait(null)
          return state
        } catch (error) {
          if (error instanceof Refused) {
            store.removeItem(key)
            throw error
          }
          onWait(
            `${unsaved ? 'Not saved yet: no' : 'No'} connection. Trying again; keep this page open.`,
          )
          await pause()
        }
      }
    },
  }
}
