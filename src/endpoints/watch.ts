/** How long and how much one question may take, and the one signal that ends it. */
import { setTimeout as sleep } from 'node:timers/promises'
import { cancelled, RealignError } from '../shared/errors.ts'

export interface AskLimits {
  /** Text beyond this is cut off: the answer counts as ended by length. */
  readonly textBytes: number
  /** Bytes of the whole reply, unpacked, with everything that is no text. */
  readonly bodyBytes: number
  /** Bytes of one event of a stream, and so of one line. */
  readonly eventBytes: number
  /** The whole question with all its tries. */
  readonly wholeMs: number
  /** Without a single byte. */
  readonly silenceMs: number
  /** After the model has ended: for the count of tokens and the end of the stream. */
  readonly tailMs: number
  readonly retries: number
  /** Before the first retry of a server that names no time; doubles each time. */
  readonly pauseMs: number
  /** The longest wait that a server may ask for. */
  readonly longestPauseMs: number
}

export const ASK_LIMITS: AskLimits = {
  textBytes: 64 * 1024,
  bodyBytes: 8 * 1024 * 1024,
  eventBytes: 1024 * 1024,
  wholeMs: 120_000,
  silenceMs: 60_000,
  tailMs: 2_000,
  retries: 3,
  pauseMs: 500,
  longestPauseMs: 20_000,
}

const FAREWELL_MS = 100

const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1_000))} s`

export class Watch {
  readonly limits: AskLimits
  readonly #host: string
  readonly #stopper = new AbortController()
  readonly #whole: NodeJS.Timeout
  readonly #release: () => void
  #silenceMs: number
  #ending = false

  constructor(host: string, caller: AbortSignal, limits: AskLimits) {
    this.limits = limits
    this.#host = host
    this.#silenceMs = limits.silenceMs
    const cancel = () => this.#stop(cancelled())
    if (caller.aborted) cancel()
    caller.addEventListener('abort', cancel)
    this.#release = () => caller.removeEventListener('abort', cancel)
    this.#whole = setTimeout(
      () => this.#late(`did not finish its answer within ${seconds(limits.wholeMs)}`),
      limits.wholeMs,
    )
  }

  /** Aborted with a RealignError as its reason, by the caller or by a limit. */
  get signal(): AbortSignal {
    return this.#stopper.signal
  }

  /** What the server does next; the clock of its silence runs only while we wait. */
  async hear<T>(work: Promise<T>): Promise<T> {
    const clock = setTimeout(
      () => this.#late(`was silent for ${seconds(this.#silenceMs)}`),
      this.#silenceMs,
    )
    try {
      return await work
    } finally {
      clearTimeout(clock)
    }
  }

  /** The answer is there: what may still come is waited for only shortly. */
  expectEnd(): void {
    this.#ending = true
    this.#silenceMs = Math.min(this.#silenceMs, this.limits.tailMs)
  }

  /** Waits for the last of an answer that is there; whoever does not close it in time is left. */
  async farewell(last: () => Promise<unknown>): Promise<void> {
    if (!this.#ending) return
    const late = new AbortController()
    const clock = sleep(FAREWELL_MS, undefined, { signal: late.signal })
    await Promise.race([last(), clock]).catch(() => undefined)
    late.abort()
    await clock.catch(() => undefined)
  }

  /** Closes what is still open. */
  end(): void {
    clearTimeout(this.#whole)
    this.#release()
    this.#stop(cancelled())
  }

  #late(what: string): void {
    this.#stop(
      new RealignError('endpoint-failed', `${this.#host} ${what}`, {
        hint: 'The server may be busy or the model large. Look at its own output, then try again.',
      }),
    )
  }

  #stop(reason: RealignError): void {
    this.#stopper.abort(reason)
  }
}
