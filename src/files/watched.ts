/** A promise that tells how it gets on, as a generator: of several tellings in a row the newest is enough. */

/** Leaving early waits for the work; whoever leaves has aborted it. */
export async function* watched<E, R>(
  start: (tell: (event: E) => void) => Promise<R>,
): AsyncGenerator<E, R> {
  let newest: { readonly event: E } | null = null
  let ended = false
  let wake = (): void => undefined
  const work = start((event) => {
    newest = { event }
    wake()
  }).finally(() => {
    ended = true
    wake()
  })
  try {
    for (;;) {
      const told = newest as { readonly event: E } | null // written by the work meanwhile
      newest = null
      if (told) yield told.event
      else if (ended) return await work
      else await new Promise<void>((resolve) => (wake = resolve))
    }
  } finally {
    await work.catch(() => undefined)
  }
}
