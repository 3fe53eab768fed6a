/** One small protocol over any duplex port: Electron channel, child process, test mailbox. */
import type { Client } from './contract.ts'
import { cancelled, fromWire, toWire, type WireError } from './errors.ts'

export type Reply =
  | { readonly t: 'event'; readonly event: unknown }
  | { readonly t: 'done'; readonly value: unknown }
  | { readonly t: 'fail'; readonly error: WireError }

export type Up =
  | { readonly t: 'call'; readonly id: number; readonly name: string; readonly input: unknown }
  | { readonly t: 'cancel'; readonly id: number }
export interface Down {
  readonly id: number
  readonly reply: Reply
}

export interface Port {
  postMessage(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}

/** Runs one operation. A plain call is a task that yields no events. */
export type Invoke = (
  name: string,
  input: unknown,
  signal: AbortSignal,
) => AsyncGenerator<unknown, unknown>

/** Drives a generator to its end and reports each step: any events, then exactly one ending. Never throws. */
export async function report(
  work: AsyncGenerator<unknown, unknown>,
  signal: AbortSignal,
  send: (reply: Reply) => void,
): Promise<void> {
  try {
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      if (signal.aborted) {
        await work.return(undefined)
        throw cancelled()
      }
      send({ t: 'event', event: step.value })
    }
    send({ t: 'done', value: step.value })
  } catch (error) {
    send({ t: 'fail', error: toWire(error, signal) })
  }
}

function isUp(raw: unknown): raw is Up {
  if (typeof raw !== 'object' || raw === null) return false
  const up = raw as Partial<Record<'t' | 'id' | 'name', unknown>>
  if (!Number.isSafeInteger(up.id)) return false
  return up.t === 'cancel' || (up.t === 'call' && typeof up.name === 'string')
}

export interface PortServer {
  /** Aborts everything in flight; call it when the other side is gone. */
  dispose(): void
}

export function servePort(port: Port, invoke: Invoke): PortServer {
  const running = new Map<number, AbortController>()
  let open = true
  port.onMessage((raw) => {
    if (!open || !isUp(raw)) return
    if (raw.t === 'cancel') return running.get(raw.id)?.abort()
    if (running.has(raw.id)) return
    const abort = new AbortController()
    running.set(raw.id, abort)
    const send = (reply: Reply) => {
      if (open) port.postMessage({ id: raw.id, reply } satisfies Down)
    }
    void report(invoke(raw.name, raw.input, abort.signal), abort.signal, send).finally(() =>
      running.delete(raw.id),
    )
  })
  return {
    dispose() {
      open = false
      for (const abort of running.values()) abort.abort()
    },
  }
}

/** Starts one operation and hands back its replies. */
export type Open = (
  name: string,
  input: unknown,
  signal: AbortSignal | undefined,
) => AsyncIterable<Reply>

async function* follow(
  open: Open,
  request: { name: string; input: unknown; signal: AbortSignal | undefined },
): AsyncGenerator<unknown, unknown> {
  const { name, input, signal } = request
  try {
    for await (const reply of open(name, input, signal)) {
      if (reply.t === 'event') yield reply.event
      else if (reply.t === 'done') return reply.value
      else throw fromWire(reply.error)
    }
  } catch (error) {
    throw fromWire(toWire(error, signal)) // a transport's own abort error reads like any other cancel
  }
  throw fromWire({ code: 'host-gone', message: `${name} ended without a result` })
}

/** A client whose operations are not typed by the product's contract (the engine's own wire uses it). */
export interface RawClient {
  call(name: string, input: unknown, signal?: AbortSignal): Promise<unknown>
  run(name: string, input: unknown, signal?: AbortSignal): AsyncGenerator<unknown, unknown>
}

export function createRawClient(open: Open): RawClient {
  const run = (name: string, input: unknown, signal?: AbortSignal) =>
    follow(open, { name, input, signal })
  return {
    run,
    async call(name, input, signal) {
      const work = run(name, input, signal)
      for (;;) {
        const step = await work.next()
        if (step.done) return step.value
      }
    },
  }
}

/** The only typed client implementation; every transport goes through it. */
export function createClient(open: Open): Client {
  const raw = createRawClient(open)
  return {
    run: (name, input, options) => raw.run(name, input, options?.signal) as never,
    call: (name, input, options) => raw.call(name, input, options?.signal) as never,
  }
}

export interface PortConnection {
  readonly open: Open
  /** Fails everything in flight with `error`; later calls fail at once. */
  fail(error: WireError): void
}

export function connectPort(port: Port): PortConnection {
  let lastId = 0
  let gone: WireError | undefined
  const listeners = new Map<number, (reply: Reply) => void>()
  port.onMessage((raw) => {
    const down = raw as Down
    listeners.get(down.id)?.(down.reply)
  })
  const open: Open = async function* (name, input, signal) {
    if (gone) return yield { t: 'fail', error: gone }
    const id = ++lastId
    const queue: Reply[] = []
    let wake = () => {}
    listeners.set(id, (reply) => {
      queue.push(reply)
      wake()
    })
    const cancel = () => port.postMessage({ t: 'cancel', id } satisfies Up)
    port.postMessage({ t: 'call', id, name, input } satisfies Up)
    if (signal?.aborted) cancel()
    signal?.addEventListener('abort', cancel, { once: true })
    let ended = false
    try {
      while (!ended) {
        const reply = queue.shift()
        if (reply) {
          ended = reply.t !== 'event'
          yield reply
        } else await new Promise<void>((resolve) => (wake = resolve))
      }
    } finally {
      signal?.removeEventListener('abort', cancel)
      listeners.delete(id)
      if (!ended && !gone) cancel()
    }
  }
  return {
    open,
    fail(error) {
      gone = error
      for (const listener of [...listeners.values()]) listener({ t: 'fail', error })
    },
  }
}
