/** Passes inner work through as outer events and returns its result. Leaving the outer closes the inner. */
export async function* relay<A, B, R>(
  work: AsyncGenerator<A, R>,
  toEvent: (event: A) => B,
): AsyncGenerator<B, R> {
  try {
    let step = await work.next()
    for (; !step.done; step = await work.next()) yield toEvent(step.value)
    return step.value
  } finally {
    await work.return(undefined as never) // a no-op when the work has already ended
  }
}
