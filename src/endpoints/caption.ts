/** One image captioned by an endpoint under several alt-texts: a question each, as many at the same time as its gate lets in. */
import { createHash } from 'node:crypto'
import type { CaptionEvent, CaptionJob, CaptionRequest, ModelProvenance } from '../core/ports.ts'
import type { EndpointAnswer } from '../shared/endpoint.ts'
import { cancelled, RealignError, throwIfAborted } from '../shared/errors.ts'
import { isLocal, originOf } from './address.ts'
import { askChat, type ChatAnswer } from './ask.ts'
import type { DefinedEndpoint } from './definitions.ts'
import type { Gate } from './gate.ts'
import { pngSize } from './png-size.ts'
import { captionIn, limitsFor, parametersFor, promptFor } from './question.ts'
import { together } from './together.ts'

export interface AskParts {
  readonly endpoint: DefinedEndpoint
  readonly key: string | null
  /** PNG of the picture, its longer side at most that many pixels, without metadata. */
  readonly png: (bytes: Uint8Array, maxSide: number, signal: AbortSignal) => Promise<Uint8Array>
  readonly now: () => Date
  /** Of this endpoint, for all images that are under way. */
  readonly gate: Gate
  readonly ask?: typeof askChat
}

interface Sent {
  readonly bytes: Uint8Array
  readonly facts: EndpointAnswer['picture']
  readonly encodeMs: number
}

async function pictureOf(
  { endpoint, png }: AskParts,
  job: CaptionJob,
  signal: AbortSignal,
): Promise<Sent> {
  const from = performance.now()
  const bytes = await png(await job.bytes(), endpoint.definition.maxSide, signal)
  const sha256 = createHash('sha256').update(bytes).digest('hex')
  const facts = { ...pngSize(bytes), bytes: bytes.byteLength, sha256 }
  return { bytes, facts, encodeMs: performance.now() - from }
}

function provenanceOf(
  { definition, id, sha256 }: DefinedEndpoint,
  endpoint: EndpointAnswer,
): ModelProvenance {
  return {
    captionerId: id,
    bundleSha256: sha256,
    variant: 'endpoint',
    device: new URL(definition.url).host,
    deviceReason: 'an endpoint',
    preprocessing: `PNG, longer side at most ${definition.maxSide}`,
    runtime: 'chat completions',
    endpoint,
  }
}

interface OneQuestion {
  readonly request: CaptionRequest
  readonly settings: CaptionJob['settings']
  readonly sent: Sent
}

async function* answer(
  parts: AskParts,
  one: OneQuestion,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, void> {
  const leave = await parts.gate.enter(signal)
  try {
    yield* answerNow(parts, one, signal)
  } finally {
    leave()
  }
}

async function* answerNow(
  parts: AskParts,
  { request, settings, sent }: OneQuestion,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, void> {
  const { endpoint, key: secret, now, ask = askChat } = parts
  const { definition } = endpoint
  const { key, altText, seed } = request
  const prompt = promptFor(definition, altText)
  const parameters = parametersFor(definition, settings, seed)
  const askedAt = now().toISOString()
  const question = {
    ...{ url: definition.url, model: definition.model, key: secret, prompt, parameters },
    picture: { type: 'image/png', bytes: sent.bytes },
  }
  const work = ask(question, signal, limitsFor(definition, isLocal(definition.url)))
  let step = await work.next()
  for (let pieces = 1; !step.done; step = await work.next(), pieces++)
    yield { kind: 'token', key, text: captionIn(step.value), tokens: pieces }
  const given: ChatAnswer = step.value
  const caption = captionIn(given.text)
  if (caption === '')
    throw new RealignError(
      'endpoint-failed',
      `${originOf(definition.url)} answered with no caption`,
      {
        hint: 'Test it in Models. A model that thinks long may need more max_tokens in the body of its definition.',
      },
    )
  const told: EndpointAnswer = {
    ...{ url: definition.url, model: definition.model, askedAt, prompt, parameters },
    ...{ answeredBy: given.answeredBy, fingerprint: given.fingerprint, usage: given.usage },
    picture: sent.facts,
    raw: given.text === caption ? null : given.text.toWellFormed(),
  }
  yield {
    kind: 'caption',
    model: provenanceOf(endpoint, told),
    caption: {
      ...{ key, text: caption, tokenIds: [], logProbs: [], finish: given.finish },
      ...{ altTokens: 0, altCut: false },
      timings: {
        encodeMs: sent.encodeMs,
        prefillMs: given.firstMs,
        decodeMs: Math.max(0, given.totalMs - given.firstMs),
      },
    },
  }
}

/** Fails with 'endpoint-failed', 'forbidden' (its key was refused), 'image-unreadable' or 'cancelled'. */
export async function* captionByEndpoint(
  parts: AskParts,
  job: CaptionJob,
  signal: AbortSignal,
): AsyncGenerator<CaptionEvent, void> {
  if (job.requests.some(({ prefix }) => prefix))
    throw new RealignError('bad-input', 'An endpoint cannot be made to begin as somebody wishes', {
      hint: 'Branch from a caption that a captioner of this machine wrote.',
    })
  yield { kind: 'encoding' }
  throwIfAborted(signal)
  const sent = await pictureOf(parts, job, signal)
  const { settings } = job
  const starts = job.requests.map(
    (request) => (within: AbortSignal) => answer(parts, { request, settings, sent }, within),
  )
  try {
    yield* together(starts, signal)
  } catch (error) {
    if (signal.aborted) throw cancelled()
    throw error
  }
}
