/** Asks a model behind an OpenAI-compatible endpoint about a picture, and which models there are. */
import type { OpenAI } from 'openai'
import { cancelled, RealignError, throwIfAborted } from '../shared/errors.ts'
import { checkAddress } from './address.ts'
import { EventGuard, openBody, streamOf, wholeText, type Bytes } from './bounded-body.ts'
import { ChatCollector, type Usage } from './chat-answer.ts'
import { exchange } from './connection.ts'
import {
  chainOf,
  connectionFailure,
  failed,
  harmless,
  refusal,
  Refused,
  serverError,
  type Asked,
} from './failures.ts'
import { modelIds, modelsOffered } from './model-list.ts'
import { quoted } from './redact.ts'
import { ASK_LIMITS, Watch, type AskLimits } from './watch.ts'

export interface ChatQuestion {
  /** As far as /v1. */
  readonly url: string
  readonly model: string
  readonly key: string | null
  readonly prompt: string
  readonly picture: { readonly type: string; readonly bytes: Uint8Array }
  /** temperature, top_p, seed, max_tokens …: goes into the question as it is. */
  readonly parameters: Readonly<Record<string, unknown>>
}

export interface ChatAnswer {
  readonly text: string
  readonly finish: 'eos' | 'length'
  /** The model that the server names, which may be another than the one asked for. */
  readonly answeredBy: string | null
  readonly fingerprint: string | null
  readonly usage: Usage | null
  /** Until the first text, and until the end. */
  readonly firstMs: number
  readonly totalMs: number
}

/** One open question: whom we ask, within which limits, by which client. */
interface Door extends Asked {
  /** As far as /v1, checked. */
  readonly base: string
  readonly watch: Watch
  readonly client: OpenAI
}

type Address = Pick<ChatQuestion, 'url' | 'key'>

/** Yields the whole text so far each time some comes. */
export async function* askChat(
  question: ChatQuestion,
  signal: AbortSignal,
  limits: Partial<AskLimits> = {},
): AsyncGenerator<string, ChatAnswer> {
  const door = await openDoor(question, signal, limits)
  const started = performance.now()
  const elapsed = () => performance.now() - started
  const { watch } = door
  const collector = new ChatCollector(door, watch.limits.textBytes)
  let firstMs: number | null = null
  try {
    const reply = await send(question, door)
    try {
      for await (const chunk of reply.chunks) {
        if (collector.take(chunk)) {
          firstMs ??= elapsed()
          yield collector.text
        }
        if (collector.full) break
        if (collector.ended) watch.expectEnd()
      }
      if (!collector.ended && watch.signal.aborted) throw watch.signal.reason
      await reply.close()
    } catch (error) {
      // The model was done: what broke afterwards was only the farewell.
      if (!collector.ended) throw error
    }
    throwIfAborted(signal)
    const finish = collector.finish(reply.complete())
    const { text, answeredBy, fingerprint, usage } = collector
    const totalMs = elapsed()
    return { text, finish, answeredBy, fingerprint, usage, firstMs: firstMs ?? totalMs, totalMs }
  } catch (error) {
    throw await inWords(error, door, signal, {
      what: `the model "${quoted(question.model, null)}" at ${door.base}/chat/completions`,
      offers: () => offersOf(question, signal),
    })
  } finally {
    watch.end()
  }
}

/** The names of the models that an endpoint offers, in its order. */
export async function listModels(
  question: Address,
  signal: AbortSignal,
  limits: Partial<AskLimits> = {},
): Promise<readonly string[]> {
  const door = await openDoor(question, signal, { wholeMs: 20_000, ...limits })
  try {
    const response = await door.client.get('/models', { signal: door.watch.signal }).asResponse()
    return modelIds(parsed(await wholeText(bytesOf(response)), door), door)
  } catch (error) {
    throw await inWords(error, door, signal, {
      what: `a list of models at ${door.base}/models`,
      offers: () => Promise.resolve(null),
    })
  } finally {
    door.watch.end()
  }
}

/** For whoever named a model that is not there. */
async function offersOf(question: Address, signal: AbortSignal): Promise<string | null> {
  try {
    return modelsOffered(await listModels(question, signal, { wholeMs: 5_000, retries: 0 }))
  } catch {
    return null // the first failure is the one to tell of
  }
}

async function openDoor(
  { url, key }: Address,
  signal: AbortSignal,
  limits: Partial<AskLimits>,
): Promise<Door> {
  throwIfAborted(signal)
  const checked = checkAddress(url)
  if (key !== null && !/^[\x21-\x7e]{1,4096}$/.test(key))
    throw new RealignError('bad-input', 'The key holds characters that no key has', {
      hint: 'Paste it once more, without spaces or line ends.',
    })
  // Loaded with the first question: most workbenches never ask one.
  const { OpenAI } = await import('openai')
  throwIfAborted(signal)
  const asked: Asked = { host: checked.host, key }
  const base = checked.href.replace(/\/$/, '')
  const watch = new Watch(asked.host, signal, { ...ASK_LIMITS, ...limits })
  // All that the client would read from OPENAI_* in the environment is named here. It never sees the key: the
  // connection adds it, and sends none of the client's own headers.
  const client = new OpenAI({
    baseURL: base,
    apiKey: 'unused',
    adminAPIKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    logLevel: 'off',
    maxRetries: 0,
    timeout: watch.limits.wholeMs + 10_000,
    fetch: async (input, init) => {
      const to = input instanceof Request ? input.url : String(input)
      if (!to.startsWith(`${base}/`)) throw new RealignError('bug', 'Another address was asked')
      const body = typeof init?.body === 'string' ? init.body : null
      const bytes = await exchange({ ...asked, url: to, body }, watch)
      return new Response(streamOf(bytes))
    },
  })
  return { ...asked, base, watch, client }
}

interface ChatReply {
  readonly chunks: AsyncIterable<unknown>
  /** Whether the reply came to its end, asked when there is no more of it. */
  readonly complete: () => boolean
  /** After the last chunk: lets the connection come to its end, so that the next question may use it. */
  readonly close: () => Promise<unknown>
}

async function send(question: ChatQuestion, door: Door): Promise<ChatReply> {
  const response = await post(question, door, true).catch((error: unknown) => {
    const refused = refusedIn(error)
    const known = refused && (refused.status === 400 || refused.status === 422)
    if (!known || !/stream_options|include_usage/.test(refused.body)) throw error
    return post(question, door, false) // a server that counts no tokens
  })
  const { first, bytes } = await openBody(bytesOf(response))
  if (first === '<')
    throw failed(
      `${door.host} answered with a web page`,
      'Check the address: most servers want it to end in /v1.',
    )
  if (first === '')
    throw failed(`${door.host} sent an empty answer`, "Look at the server's own output.")
  if (first === '{' || first === '[') {
    const whole = parsed(await wholeText(bytes), door)
    return { chunks: only(whole), complete: () => true, close: () => bytes.return() }
  }
  if (!'deir:'.includes(first)) {
    const beginning = await bytes.next() // enough to show
    throw notJson(new TextDecoder().decode(beginning.value ?? undefined), door)
  }
  const { Stream } = await import('openai/streaming')
  const guard = new EventGuard(door.host, door.watch)
  const events = new Response(streamOf(guard.guard(bytes)))
  return {
    chunks: Stream.fromSSEResponse<unknown>(events, new AbortController(), door.client),
    complete: () => guard.done,
    close: () => bytes.return(),
  }
}

const post = (question: ChatQuestion, door: Door, usage: boolean): Promise<Response> => {
  const { model, prompt, picture, parameters } = question
  const url = `data:${picture.type};base64,${Buffer.from(picture.bytes).toString('base64')}`
  const content = [
    { type: 'text', text: prompt },
    { type: 'image_url', image_url: { url } },
  ]
  const body = {
    ...parameters,
    model,
    messages: [{ role: 'user', content }],
    stream: true,
    ...(usage && { stream_options: { include_usage: true } }),
  }
  return door.client.post('/chat/completions', { body, signal: door.watch.signal }).asResponse()
}

async function* only(whole: unknown): AsyncGenerator<unknown, void> {
  yield whole
}

async function* bytesOf(response: Response): Bytes {
  if (response.body) yield* response.body
}

function parsed(text: string, asked: Asked): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw notJson(text, asked)
  }
}

const notJson = (text: string, { host, key }: Asked): RealignError =>
  failed(
    `${host} answered with something that is not JSON: ${quoted(text, key)}`,
    'Check the address: most servers want it to end in /v1.',
  )

const refusedIn = (error: unknown): Refused | undefined =>
  chainOf(error).find((one) => one instanceof Refused)

/** `what`: for a server that does not know it; `offers`: what it has instead. */
interface NotFound {
  readonly what: string
  readonly offers: () => Promise<string | null>
}

/** Any failure as a RealignError, none with the key in it. */
async function inWords(
  error: unknown,
  door: Door,
  signal: AbortSignal,
  { what, offers }: NotFound,
): Promise<RealignError> {
  if (signal.aborted) return cancelled()
  if (door.watch.signal.aborted) return door.watch.signal.reason
  const ours = chainOf(error).find((one) => one instanceof RealignError)
  if (ours) return ours
  const refused = refusedIn(error)
  if (refused) {
    const instead = refused.status === 404 ? await offers() : null
    return signal.aborted ? cancelled() : refusal(refused, door, what, instead)
  }
  const { APIError } = await import('openai')
  if (error instanceof APIError) return serverError(error.error, door)
  if (error instanceof SyntaxError)
    return failed(
      `${door.host} sent a part of its answer that is not JSON`,
      "Look at the server's own output, then try again.",
    )
  return (
    connectionFailure(error, door) ?? new RealignError('bug', harmless(error, door.key).message)
  )
}
