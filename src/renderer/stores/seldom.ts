/** Looking again, not more often than it costs to look. */

const PAUSE_MS = 2000
const PAUSES_PER_LOOK = 10

/** Looks at once, or after a pause where it has just looked: the last call is never lost. */
export function seldom(look: () => Promise<unknown>): () => void {
  let resting = false
  let wanted = false
  const start = (): void => {
    ;[resting, wanted] = [true, false]
    const from = performance.now()
    const rest = (): void => {
      const pause = PAUSE_MS + PAUSES_PER_LOOK * (performance.now() - from)
      setTimeout(() => {
        resting = false
        if (wanted) start()
      }, pause)
    }
    look().then(rest, rest)
  }
  return () => {
    wanted = true
    if (!resting) start()
  }
}
