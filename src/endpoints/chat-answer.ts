/** Collects a chat answer from chunks whose shape nobody promised: text, how it ended, by whom, and how many tokens. */
import type { RealignError } from '../shared/errors.ts'
import { failed, serverError, type Asked } from './failures.ts'
import { field } from './field.ts'
import { hideInCaption, quoted } from './redact.ts'

export interface Usage {
  readonly prompt: number
  readonly completion: number
}

const nameOf = (value: unknown): string =>
  value === null ? 'null' : Array.isArray(value) ? 'a list' : `a ${typeof value}`

const count = (value: unknown): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null

export class ChatCollector {
  readonly #asked: Asked
  readonly #textBytes: number
  #raw = ''
  #size = 0
  #cut = false
  #ending: string | null = null
  #refusal = ''
  #reasoned = false
  #tools = false
  #choices = 0
  answeredBy: string | null = null
  fingerprint: string | null = null
  usage: Usage | null = null

  constructor(asked: Asked, textBytes: number) {
    this.#asked = asked
    this.#textBytes = textBytes
  }

  /** The text so far. */
  get text(): string {
    return hideInCaption(this.#raw, this.#asked.key).toWellFormed()
  }

  /** The text reached its limit: nothing more is wanted. */
  get full(): boolean {
    return this.#cut
  }

  /** The model has said that it is done. */
  get ended(): boolean {
    return this.#ending !== null
  }

  /** Takes a chunk of a stream (`delta`) or a whole answer (`message`); true when there is more text. */
  take(chunk: unknown): boolean {
    if (typeof chunk !== 'object' || chunk === null || Array.isArray(chunk))
      throw this.#odd('the answer', chunk, 'an object')
    const error = field(chunk, 'error')
    if (error !== undefined && error !== null) throw serverError(error, this.#asked)
    this.#takeLabels(chunk)
    const choices = field(chunk, 'choices')
    if (choices === undefined || choices === null) return false
    if (!Array.isArray(choices)) throw this.#odd('choices', choices, 'a list')
    const before = this.#size
    for (const choice of choices) this.#takeChoice(choice)
    return this.#size > before
  }

  #takeLabels(chunk: object): void {
    const [model, print] = [field(chunk, 'model'), field(chunk, 'system_fingerprint')]
    if (typeof model === 'string' && model !== '') this.answeredBy = quoted(model, this.#asked.key)
    if (typeof print === 'string' && print !== '') this.fingerprint = quoted(print, this.#asked.key)
    const usage = field(chunk, 'usage')
    const prompt = count(field(usage, 'prompt_tokens'))
    const completion = count(field(usage, 'completion_tokens'))
    if (prompt !== null && completion !== null) this.usage = { prompt, completion }
  }

  #takeChoice(choice: unknown): void {
    if (typeof choice !== 'object' || choice === null)
      throw this.#odd('a choice', choice, 'an object')
    if ((field(choice, 'index') ?? 0) !== 0) return
    this.#choices += 1
    const message = field(choice, 'delta') ?? field(choice, 'message') ?? null
    if (message !== null && typeof message !== 'object')
      throw this.#odd('a message', message, 'an object')
    this.#append(this.#textIn(field(message, 'content')))
    const refusal = field(message, 'refusal')
    if (typeof refusal === 'string' && this.#refusal.length < 1_000) this.#refusal += refusal
    this.#reasoned ||= ['reasoning_content', 'reasoning'].some((name) =>
      Boolean(field(message, name)),
    )
    const tools = field(message, 'tool_calls')
    this.#tools ||= Array.isArray(tools) && tools.length > 0
    const ending = field(choice, 'finish_reason')
    if (ending === undefined || ending === null || ending === '') return
    if (typeof ending !== 'string') throw this.#odd('finish_reason', ending, 'a text')
    this.#ending = ending
  }

  /** A text, or a list of parts of which those named text count; reasoning is no caption. */
  #textIn(content: unknown): string {
    if (content === undefined || content === null) return ''
    if (typeof content === 'string') return content
    if (!Array.isArray(content)) throw this.#odd('content', content, 'a text')
    return content
      .filter((part) => field(part, 'type') === 'text')
      .map((part) => field(part, 'text'))
      .filter((text) => typeof text === 'string')
      .join('')
  }

  #append(more: string): void {
    if (more === '' || this.#cut) return
    const bytes = Buffer.from(more)
    const room = this.#textBytes - this.#size
    this.#cut = bytes.byteLength > room
    // Half a character at the cut stays in the decoder. Text that fits is taken as it is: a pair of
    // surrogates may come in two chunks.
    this.#raw += this.#cut
      ? new TextDecoder().decode(bytes.subarray(0, room), { stream: true })
      : more
    this.#size += Math.min(bytes.byteLength, room)
  }

  /** How it ended. Throws where what came is no caption. `whole`: nothing more was to come. */
  finish(whole: boolean): 'eos' | 'length' {
    const { host, key } = this.#asked
    if (this.#cut) return 'length'
    if (this.#refusal.trim() !== '')
      throw failed(
        `The model declined: ${quoted(this.#refusal, key)}`,
        'Ask in other words, or ask another model.',
      )
    if (this.#ending === 'content_filter')
      throw failed(
        `The content filter of ${host} stopped the answer`,
        'Ask in other words, or ask another model.',
      )
    if (this.#tools || this.#ending === 'tool_calls' || this.#ending === 'function_call')
      throw failed(
        'The model called a tool instead of writing a caption',
        'Ask in other words, or ask another model.',
      )
    if (this.#choices === 0)
      throw failed(
        `${host} answered without a text`,
        'Check that the model takes pictures and can chat.',
      )
    if (!whole && this.#ending === null)
      throw failed(
        `${host} broke off its answer`,
        "Look at the server's own output, then try again.",
      )
    if (this.#raw === '' && this.#reasoned)
      throw failed(
        'The model only thought and wrote no caption',
        'Allow more tokens, or turn its reasoning off.',
      )
    return this.#ending === 'length' || this.#ending === 'max_tokens' ? 'length' : 'eos'
  }

  #odd(what: string, value: unknown, wanted: string): RealignError {
    return failed(
      `${this.#asked.host} does not answer as a chat server: ${what} is ${nameOf(value)}, not ${wanted}`,
      'Check the address: most servers want it to end in /v1.',
    )
  }
}
