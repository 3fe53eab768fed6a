/** So many questions at the same time and no more, from however many images they come. */
import { cancelled, throwIfAborted } from '../shared/errors.ts'

export interface Gate {
  /** Waits for room, in order; what it answers with gives the room back. Fails with 'cancelled'. */
  enter(signal: AbortSignal): Promise<() => void>
}

export function createGate(most: number): Gate {
  let inside = 0
  const waiting: (() => void)[] = []
  const waitFor = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const start = (): void => {
        signal.removeEventListener('abort', stop)
        resolve()
      }
      const stop = (): void => {
        waiting.splice(waiting.indexOf(start), 1)
        reject(cancelled())
      }
      waiting.push(start)
      signal.addEventListener('abort', stop, { once: true })
    })
  return {
    async enter(signal) {
      throwIfAborted(signal)
      if (inside < most) inside++
      else await waitFor(signal) // the room of whoever leaves is handed on
      let left = false
      return () => {
        if (left) return
        left = true
        const next = waiting.shift()
        if (next) next()
        else inside--
      }
    },
  }
}
