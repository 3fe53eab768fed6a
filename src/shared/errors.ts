/** The one error type that crosses process borders, its closed list of codes, and the wire form. */
export const ERROR_CODES = [
  'bad-input',
  'not-found',
  'forbidden',
  'image-unreadable',
  'model-missing',
  'model-mismatch',
  'model-unsafe',
  'device-unavailable',
  'out-of-memory',
  'engine-crashed',
  'engine-timeout',
  'endpoint-failed',
  'host-gone',
  'store-busy',
  'store-corrupt',
  'store-full',
  'store-newer',
  'unavailable',
  'cancelled',
  'bug',
] as const

export type ErrorCode = (typeof ERROR_CODES)[number]

export interface RealignErrorOptions extends ErrorOptions {
  /** What the person can do next, one sentence. */
  readonly hint?: string
}

/** Thrown where the reason is known. Anything else that reaches a border is a `bug`. */
export class RealignError extends Error {
  readonly code: ErrorCode
  readonly hint: string | undefined

  constructor(code: ErrorCode, message: string, options?: RealignErrorOptions) {
    super(message, options)
    this.name = 'RealignError'
    this.code = code
    this.hint = options?.hint
  }
}

export interface WireError {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string | undefined
}

export const isCancelled = (error: unknown): boolean =>
  (error instanceof RealignError && error.code === 'cancelled') ||
  (error instanceof Error && error.name === 'AbortError')

/** An aborted signal makes any ending a cancellation: the raw AbortError of a transport reads the same. */
export function toWire(error: unknown, signal?: AbortSignal): WireError {
  if (signal?.aborted || isCancelled(error)) return { code: 'cancelled', message: 'Cancelled' }
  if (error instanceof RealignError)
    return { code: error.code, message: error.message, ...(error.hint && { hint: error.hint }) }
  return { code: 'bug', message: error instanceof Error ? error.message : String(error) }
}

export const fromWire = (wire: WireError): RealignError =>
  new RealignError(wire.code, wire.message, wire.hint === undefined ? {} : { hint: wire.hint })

export const cancelled = (): RealignError => new RealignError('cancelled', 'Cancelled')

export function throwIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}

export function assertNever(value: never): never {
  throw new RealignError('bug', `Unexpected value: ${JSON.stringify(value)}`)
}
