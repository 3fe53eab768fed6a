/** One plain operation in this process, e.g. the bytes of a picture; its events are nobody's. */
import type { Invoke } from '../shared/rpc.ts'

export async function callOnce(
  invoke: Invoke,
  { name, input }: { readonly name: string; readonly input: unknown },
  signal: AbortSignal = new AbortController().signal,
): Promise<unknown> {
  const work = invoke(name, input, signal)
  for (;;) {
    const step = await work.next()
    if (step.done) return step.value
  }
}
