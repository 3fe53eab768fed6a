/** Several streams of work at the same time, their events in the order they come. */

/** The first failure stops the others and is thrown when all have ended; leaving the loop stops them too. */
export async function* together<T>(
  starts: readonly ((signal: AbortSignal) => AsyncGenerator<T, void>)[],
  signal: AbortSignal,
): AsyncGenerator<T, void> {
  const stop = new AbortController()
  const within = AbortSignal.any([signal, stop.signal])
  const events: T[] = []
  let failure: { readonly error: unknown } | undefined
  let wake = (): void => {}
  const follow = async (start: (signal: AbortSignal) => AsyncGenerator<T, void>) => {
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
  let going = true
  const all = Promise.all(starts.map(follow)).then(() => {
    going = false
    wake()
  })
  try {
    while (going || events.length > 0) {
      const event = events.shift()
      if (event !== undefined) yield event
      else
        await new Promise<void>((resolve) => {
          wake = resolve
        })
    }
    if (failure) throw failure.error
  } finally {
    stop.abort()
    await all
  }
}
