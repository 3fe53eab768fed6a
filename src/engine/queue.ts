/** One engine, one queue: jobs take turns in order, and a waiting job that is aborted leaves it. */
import { cancelled } from '../shared/errors.ts'

export interface Turn {
  /** Jobs before this one when it asked; 0 = it runs at once. */
  readonly before: number
  /** Resolves when the turn has come; call the result when done. @throws RealignError cancelled */
  readonly start: Promise<() => void>
}

export interface Queue {
  enter(signal?: AbortSignal): Turn
  /** Jobs running or waiting. */
  readonly length: number
}

export function createQueue(): Queue {
  const waiting: { begin: () => void }[] = []
  let running = false
  const advance = (): void => {
    const next = waiting.shift()
    running = next !== undefined
    next?.begin()
  }
  return {
    get length() {
      return waiting.length + (running ? 1 : 0)
    },
    enter(signal) {
      const before = waiting.length + (running ? 1 : 0)
      const start = new Promise<() => void>((resolve, reject) => {
        if (signal?.aborted) return reject(cancelled())
        let ended = false
        const leave = (): void => {
          if (ended) return
          ended = true
          advance()
        }
        const onAbort = (): void => {
          waiting.splice(waiting.indexOf(entry), 1)
          reject(cancelled())
        }
        const entry = {
          begin: () => {
            signal?.removeEventListener('abort', onAbort)
            resolve(leave)
          },
        }
        signal?.addEventListener('abort', onAbort, { once: true })
        waiting.push(entry)
        if (!running) advance()
      })
      return { before, start }
    },
  }
}
