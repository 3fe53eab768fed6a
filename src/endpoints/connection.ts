/** The only file that opens connections to endpoints: to checked addresses, without redirects, with our own headers alone. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Agent, Response as Reply } from 'undici'
import { RealignError } from '../shared/errors.ts'
import { boundedBytes, type Bytes } from './bounded-body.ts'
import { checkedLookup } from './checked-lookup.ts'
import { chainOf, connectionFailure, failed, Refused, wasReset, type Asked } from './failures.ts'
import type { Watch } from './watch.ts'

const CONNECT_MS = 10_000
const HEADER_BYTES = 32 * 1024
/** Of a refusal only the beginning is read: its first words are all that is shown. */
const REFUSAL_BYTES = 64 * 1024

export interface Outgoing extends Asked {
  readonly url: string
  /** JSON to send; without it the question is a GET. */
  readonly body: string | null
}

let shared: Agent | undefined

/**
 * Loaded with the first question. Its own fetch, since Node's would not take its agent. Connections are kept for the
 * next caption; their clocks are off, since a Watch holds those of each question.
 */
async function connector() {
  const { Agent, fetch } = await import('undici')
  shared ??= new Agent({
    connect: { lookup: checkedLookup, timeout: CONNECT_MS },
    allowH2: false,
    maxHeaderSize: HEADER_BYTES,
    headersTimeout: 0,
    bodyTimeout: 0,
  })
  return { fetch, agent: shared }
}

/** Asks, and asks again where that may help. Throws Refused, or a RealignError where there was no reply. */
export async function exchange(outgoing: Outgoing, watch: Watch): Promise<Bytes> {
  for (let attempt = 0; ; attempt++) {
    const outcome = await once(outgoing, watch)
    if ('bytes' in outcome) return outcome.bytes
    if (outcome.pauseMs === null || attempt >= watch.limits.retries) throw outcome.error
    const pauseMs = outcome.pauseMs ?? watch.limits.pauseMs * 2 ** attempt
    if (pauseMs > watch.limits.longestPauseMs)
      throw failed(
        `${outgoing.host} is busy and asks to wait ${Math.round(pauseMs / 1_000)} s`,
        'Try again later, or look at the limits of your account.',
      )
    await sleep(pauseMs, undefined, { signal: watch.signal })
  }
}

/** A reply, or why there is none; `pauseMs`: null where asking again is no use, undefined where no time is named. */
type Outcome =
  { readonly bytes: Bytes } | { readonly error: Error; readonly pauseMs: number | null | undefined }

async function once(outgoing: Outgoing, watch: Watch): Promise<Outcome> {
  try {
    const door = await connector()
    const reply = await watch.hear(send(door, outgoing, watch.signal))
    const bytes = reply.body
      ? boundedBytes(reply.body as ReadableStream<Uint8Array<ArrayBuffer>>, outgoing.host, watch)
      : nothing()
    if (reply.ok) return { bytes }
    const error = new Refused(reply.status, await beginningOf(bytes), reply.headers.get('location'))
    const again = reply.status === 429 || reply.status >= 500
    return { error, pauseMs: again ? retryAfter(reply) : null }
  } catch (error) {
    if (watch.signal.aborted) throw watch.signal.reason
    const ours = chainOf(error).find((one) => one instanceof RealignError)
    if (ours) throw ours // of the lookup
    const named = connectionFailure(error, outgoing)
    if (!named) throw error
    return { error: named, pauseMs: wasReset(error) ? undefined : null }
  }
}

function send(
  { fetch, agent }: Awaited<ReturnType<typeof connector>>,
  { url, key, body }: Outgoing,
  signal: AbortSignal,
): Promise<Reply> {
  return fetch(url, {
    method: body === null ? 'GET' : 'POST',
    ...(body !== null && { body }),
    headers: {
      accept: body === null ? 'application/json' : 'text/event-stream, application/json',
      'accept-encoding': 'identity',
      'user-agent': 'Realign',
      ...(body !== null && { 'content-type': 'application/json' }),
      ...(key !== null && { authorization: `Bearer ${key}` }),
    },
    redirect: 'manual',
    signal,
    dispatcher: agent,
  })
}

async function* nothing(): Bytes {}

async function beginningOf(bytes: Bytes): Promise<string> {
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of bytes) {
    parts.push(part)
    size += part.byteLength
    if (size >= REFUSAL_BYTES) break
  }
  return new TextDecoder().decode(Buffer.concat(parts).subarray(0, REFUSAL_BYTES))
}

/** Retry-After in ms: a number of seconds, or a date. */
function retryAfter(reply: Reply): number | undefined {
  const value = reply.headers.get('retry-after')?.trim() ?? ''
  if (/^\d{1,9}(\.\d+)?$/.test(value)) return Number(value) * 1_000
  const date = Date.parse(value)
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now())
}
