/** Several streams of work at the same time, a few of them going, their events in the order they come. */

/**
 * Starts at most `most` of `starts` at once, in order. The first failure stops the others and is thrown when all have
 * ended; leaving the loop stops them too.
 */
export async function* together<T>(
  starts: readonly ((signal: AbortSignal) => AsyncGenerator<T, void>)[],
  most: number,
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const stop = new AbortController()
  const within = AbortSignal.any([signal, stop.signal])
  const events: T[] = []
  const waiting = [...starts]
  let failure: { readonly error: unknown } | undefined
  let wake = (): void => {}
  const work = async (): Promise<void> => {
    for (let start = waiting.shift(); start && !within.aborted; start = waiting.shift()) {
      try {
        for await (const event of start(within)) {
          events.push(event)
          wake()
        }
      } catch (error) {
        failure ??= { error }
        stop.abort()
      }
    }
  }
  let going = true
  const all = Promise.all(Array.from({ length: Math.min(most, starts.length) }, work)).then(() => {
    going = false
    wake()
  })
  try {
    while (going || events.length > 0) {
      const event = events.shift()
      if (event !== undefined) yield event
      else if (going)
        await new Promise<void>((resolve) => {
          wake = resolve
          if (events.length > 0 || !going) resolve()
        })
    }
    if (failure) throw failure.error
  } finally {
    stop.abort()
    await all
  }
}
