/** The engine's own operations on the wire: its ports, with image bytes sent only when they are needed. */
import type { CaptionJob, ForceJob, ScoreJob } from '../core/ports.ts'
import { RealignError } from '../shared/errors.ts'
import type { Invoke } from '../shared/rpc.ts'
import type { Engine } from './engine.ts'

/** A job whose image travels as bytes, or not at all when the engine has it cached. */
export type WireJob<Job> = Omit<Job, 'bytes'> & { readonly bytes: Uint8Array | null }

/** Each operation's arguments, as the two sides of the wire agree on them. */
export interface EngineCalls {
  readonly bundles: null
  readonly check: string
  readonly caption: WireJob<CaptionJob>
  readonly score: WireJob<ScoreJob>
  readonly force: WireJob<ForceJob>
  readonly asSeen: readonly [captionerId: string, bytes: Uint8Array, resize: string]
  readonly countAltTokens: readonly [captionerId: string, altText: string]
  readonly rowsTogether: string
  readonly adopt: string
  readonly tokenTexts: readonly [captionerId: string, tokenIds: readonly number[]]
  readonly inspect: readonly [bytes: Uint8Array, name: string]
  readonly display: readonly [bytes: Uint8Array, maxSide: number]
  readonly png: readonly [bytes: Uint8Array, maxSide: number]
  readonly renderSvg: readonly [svg: string, size: number]
  readonly knows: readonly [bundleId: string, imageId: string, resize: string]
  readonly status: null
  readonly close: null
}
export type EngineCall = keyof EngineCalls

/** What the engine says besides its replies: that it begins to work with a bundle of so many bytes. */
export interface OpeningMessage {
  readonly openingBytes: number
}
export const isOpening = (message: unknown): message is OpeningMessage =>
  typeof message === 'object' && message !== null && 'openingBytes' in message

const BYTES_NEEDED = 'The image is not cached: send its bytes'
export const isBytesNeeded = (error: unknown): boolean =>
  error instanceof RealignError && error.message === BYTES_NEEDED

const withBytes = <Job extends { readonly bytes: Uint8Array | null }>(job: Job) => ({
  ...job,
  bytes: async (): Promise<Uint8Array> => {
    if (job.bytes === null) throw new RealignError('not-found', BYTES_NEEDED)
    return job.bytes
  },
})

type Handlers = {
  readonly [Name in EngineCall]: (
    input: EngineCalls[Name],
    signal: AbortSignal,
  ) => Promise<unknown> | AsyncGenerator<unknown, unknown>
}

/** The engine process's side. Its only caller is our own host, so inputs are trusted to be well-formed. */
export function createEngineInvoke(engine: Engine): Invoke {
  const handlers: Handlers = {
    bundles: () => engine.bundles(),
    check: (bundleId, signal) => engine.check(bundleId, signal),
    caption: (job, signal) => engine.caption(withBytes(job), signal),
    score: (job, signal) => engine.score(withBytes(job), signal),
    force: (job, signal) => engine.force(withBytes(job), signal),
    asSeen: (input) => engine.asSeen(...input),
    countAltTokens: (input) => engine.countAltTokens(...input),
    rowsTogether: (captionerId) => engine.rowsTogether(captionerId),
    adopt: (folder, signal) => engine.adopt(folder, signal),
    tokenTexts: (input) => engine.tokenTexts(...input),
    inspect: (input, signal) => engine.inspect(...input, signal),
    display: (input, signal) => engine.display(...input, signal),
    png: (input, signal) => engine.png(...input, signal),
    renderSvg: (input) => engine.renderSvg(...input),
    knows: (input) => engine.knows(...input),
    status: async () => engine.status(),
    close: () => engine.close(),
  }
  return async function* (name, input, signal) {
    if (!Object.hasOwn(handlers, name))
      throw new RealignError('bug', `The engine has no operation ${name}`)
    const work = handlers[name as EngineCall](input as never, signal) // name was just checked
    if (!(Symbol.asyncIterator in work)) return await work
    return yield* work
  }
}
