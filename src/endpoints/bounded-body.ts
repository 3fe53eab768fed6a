/** A reply's bytes as they come, never more of them than its limits, and what kind of text they are. */
import { RealignError } from '../shared/errors.ts'
import type { Watch } from './watch.ts'

export type Bytes = AsyncGenerator<Uint8Array<ArrayBuffer>, void, undefined>

const MIB = 1024 * 1024

const tooMuch = (host: string, what: string, bytes: number): RealignError =>
  new RealignError(
    'endpoint-failed',
    `${host} sent ${what} of more than ${Math.max(1, Math.round(bytes / MIB))} MiB`,
    { hint: 'This is no caption. Check the address, and what runs there.' },
  )

/** Reads on demand only, so that a server cannot fill memory faster than the reader looks. */
export async function* boundedBytes(
  body: ReadableStream<Uint8Array<ArrayBuffer>>,
  host: string,
  watch: Watch,
): Bytes {
  const reader = body.getReader()
  let total = 0
  try {
    for (;;) {
      const { done, value } = await watch.hear(reader.read())
      if (done) return
      total += value.byteLength
      if (total > watch.limits.bodyBytes) throw tooMuch(host, 'an answer', watch.limits.bodyBytes)
      yield value
    }
  } finally {
    // An answer that is read to its end leaves the connection open for the next caption.
    await watch.farewell(() => reader.read())
    await reader.cancel().catch(() => undefined) // it ended, or broke: nothing to close
  }
}

const [LINE_FEED, RETURN] = [10, 13]

/** Passes the bytes of an event stream on, no event larger than its limit, and notices the mark of its end. */
export class EventGuard {
  /** Whether `data: [DONE]` came by. */
  done = false
  readonly #host: string
  readonly #watch: Watch
  #event = 0
  #line = 0
  #before = 0
  #tail = ''

  constructor(host: string, watch: Watch) {
    this.#host = host
    this.#watch = watch
  }

  async *guard(bytes: AsyncIterable<Uint8Array<ArrayBuffer>>): Bytes {
    for await (const chunk of bytes) {
      for (const byte of chunk) this.#count(byte)
      this.#tail += Buffer.from(chunk).toString('latin1')
      this.done ||= /(^|[\r\n])data: ?\[DONE\]/.test(this.#tail)
      this.#tail = this.#tail.slice(-20)
      if (this.done) this.#watch.expectEnd()
      yield chunk
    }
  }

  /** An empty line ends an event; a line ends with LF, CR or both. */
  #count(byte: number): void {
    const secondHalf = byte === LINE_FEED && this.#before === RETURN
    this.#before = byte
    if (secondHalf) return
    if (byte !== LINE_FEED && byte !== RETURN) this.#line += 1
    else {
      if (this.#line === 0) this.#event = 0
      this.#line = 0
    }
    this.#event += 1
    const most = this.#watch.limits.eventBytes
    if (this.#event > most) throw tooMuch(this.#host, 'a single event', most)
  }
}

export interface Opened {
  /** The first visible character, or '' of an empty body. */
  readonly first: string
  readonly bytes: Bytes
}

/** Looks at the beginning without losing it: what servers say of their content type is not always so. */
export async function openBody(bytes: Bytes): Promise<Opened> {
  const seen: Uint8Array<ArrayBuffer>[] = []
  let first = ''
  while (first === '') {
    const { done, value } = await bytes.next()
    if (done) break
    seen.push(value)
    first = Buffer.from(value)
      .toString('latin1')
      .replace(/^[\s\xEF\xBB\xBF]+/, '')
      .slice(0, 1)
  }
  return { first, bytes: both(seen, bytes) }
}

async function* both(seen: readonly Uint8Array<ArrayBuffer>[], rest: Bytes): Bytes {
  try {
    yield* seen
    yield* rest
  } finally {
    await rest.return() // whoever leaves may not have come to the rest
  }
}

/** For a Response. Without a queue of its own, so that bytes are read on demand here too. */
export const streamOf = (bytes: Bytes): ReadableStream<Uint8Array<ArrayBuffer>> =>
  new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await bytes.next()
        if (done) controller.close()
        else controller.enqueue(value)
      },
      cancel: async () => {
        await bytes.return()
      },
    },
    { highWaterMark: 0 },
  )

export async function wholeText(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = []
  for await (const part of bytes) parts.push(part)
  return new TextDecoder().decode(Buffer.concat(parts))
}
