/** Bounded parallel work whose results come in the order of the input, failures included. */

export interface Settled<T, R> {
  readonly item: T
  readonly result: PromiseSettledResult<R>
}

/** At most `atOnce` pieces of work run at a time. Leaving early starts nothing new. */
export async function* inOrder<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): AsyncGenerator<Settled<T, R>> {
  const running: Promise<Settled<T, R>>[] = []
  const start = (item: T): void => {
    const settled = work(item).then(
      (value): Settled<T, R> => ({ item, result: { status: 'fulfilled', value } }),
      (reason: unknown): Settled<T, R> => ({ item, result: { status: 'rejected', reason } }),
    )
    running.push(settled)
  }
  let next = 0
  while (next < items.length || running.length > 0) {
    while (running.length < atOnce && next < items.length) start(items[next++]!)
    yield await running.shift()!
  }
}
