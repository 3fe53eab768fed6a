/** One turn at the engine for several pieces of work at the same time: the first waits for it, the last hands it on. */
import { cancelled } from '../../shared/errors.ts'
import type { JobQueue } from '../job-queue.ts'

export function shareTurn(queue: JobQueue): JobQueue {
  /** Of the turn that is held or waited for. */
  let turn: Promise<() => void> | null = null
  let inside = 0
  const goOut = (): void => {
    if (--inside === 0) turn = null
  }

  const waitFirst = async function* (signal: AbortSignal): AsyncGenerator<number, () => void> {
    const { promise, resolve, reject } = Promise.withResolvers<() => void>()
    promise.catch(() => {}) // nobody may have followed
    turn = promise
    let leave: (() => void) | null = null
    try {
      leave = yield* queue.enter(signal)
      resolve(leave)
      return leave
    } finally {
      if (!leave) reject(cancelled())
    }
  }

  return {
    get waiting() {
      return queue.waiting
    },
    async *enter(signal) {
      inside++
      let handOn: (() => void) | null = null
      try {
        handOn = turn ? await turn : yield* waitFirst(signal)
      } finally {
        if (!handOn) goOut()
      }
      const [handOnOnce, left] = [handOn, { value: false }]
      return () => {
        if (left.value) return
        left.value = true
        goOut()
        if (inside === 0) handOnOnce()
      }
    },
  }
}
