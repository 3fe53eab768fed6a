/** One engine, one job at a time: whoever waits is told its place, and turns go round in order of arrival. */
import { throwIfAborted } from '../shared/errors.ts'

export interface JobQueue {
  /**
   * Waits for the engine; yields the place in the queue (1 = next) at first and on every change, nothing
   * when it is free. Returns the function that hands the engine on; call it exactly once.
   */
  enter(signal: AbortSignal): AsyncGenerator<number, () => void>
  readonly waiting: number
}

interface Waiting {
  wake(): void
}

export function createJobQueue(): JobQueue {
  const line: Waiting[] = []
  let busy = false

  const leave = (): void => {
    busy = false
    for (const one of line) one.wake()
  }

  return {
    get waiting() {
      return line.length
    },
    async *enter(signal) {
      throwIfAborted(signal)
      const me = { wake: (): void => {} }
      line.push(me)
      const nudge = (): void => me.wake()
      signal.addEventListener('abort', nudge)
      try {
        let told = 0
        while (busy || line[0] !== me) {
          const turn = new Promise<void>((resolve) => (me.wake = resolve))
          const place = line.indexOf(me) + 1
          if (place !== told) yield (told = place)
          await turn
          throwIfAborted(signal)
        }
        busy = true
      } finally {
        signal.removeEventListener('abort', nudge)
        line.splice(line.indexOf(me), 1)
        for (const one of line) one.wake()
      }
      let left = false
      return () => {
        if (!left) leave()
        left = true
      }
    },
  }
}

/** Holds the engine for one piece of work that does not report its place. */
export async function withEngine<T>(
  queue: JobQueue,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const entering = queue.enter(signal)
  let step = await entering.next()
  while (!step.done) step = await entering.next()
  try {
    return await work()
  } finally {
    step.value()
  }
}
