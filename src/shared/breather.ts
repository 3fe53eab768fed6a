/** Long work in a thread lets others have it now and then. */
import { throwIfAborted } from './errors.ts'

/** Longer than this without a breath and a window would feel it. */
const BREATH_MS = 20

/** Lets others have the thread. */
export const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve))

/** The same when the last breath is long ago; fails with 'cancelled'. */
export function createBreather(
  signal: AbortSignal,
  elapsedMs: () => number = () => performance.now(),
): () => Promise<void> {
  let last = elapsedMs()
  return async () => {
    throwIfAborted(signal)
    if (elapsedMs() - last < BREATH_MS) return
    await pause()
    last = elapsedMs()
    throwIfAborted(signal)
  }
}
