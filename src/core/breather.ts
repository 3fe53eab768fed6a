/** Long work in this thread lets others have it now and then. */
import { throwIfAborted } from '../shared/errors.ts'
import type { Deps } from './deps.ts'

/** Longer than this without a breath and a window would feel it. */
const BREATH_MS = 20

/** Lets others have the thread when the last breath is long ago; fails with 'cancelled'. */
export function breather({ clock }: Pick<Deps, 'clock'>, signal: AbortSignal): () => Promise<void> {
  let last = clock.elapsedMs()
  return async () => {
    throwIfAborted(signal)
    if (clock.elapsedMs() - last < BREATH_MS) return
    await new Promise((resolve) => setTimeout(resolve))
    last = clock.elapsedMs()
    throwIfAborted(signal)
  }
}
