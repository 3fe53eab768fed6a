/** The engine behind a process border: starts it, watches it, restarts it, fails its work with a code. */
import type { AdoptEvent, CaptionEvent, CaptionResult, EngineStatus } from '../core/ports.ts'
import { RealignError } from '../shared/errors.ts'
import { connectPort, createRawClient, type PortConnection, type RawClient } from '../shared/rpc.ts'
import { describeEnding, describeSilence } from './ending.ts'
import { OPTIONS_VARIABLE, type EngineProcess, type SpawnSettings } from './engine-process.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { isBytesNeeded, isOpening, type EngineCall, type EngineCalls } from './wire.ts'

export interface RemoteEngineOptions extends EngineOptions {
  readonly spawn: (settings: SpawnSettings) => EngineProcess
  /** Longest silence of a working engine before it is ended (FAULTS M4). */
  readonly watchdogMs?: number | undefined
}

const WATCHDOG_MS = 60_000
/** A process that has said nothing yet is still starting: disks and virus scanners may be slow. */
const START_MS = 60_000
/** Loading a graph and a step of it block the process, the longer the larger the bundle: a second for each 16 MB. */
const BYTES_PER_MS = 16_000
const CLOSE_MS = 5_000
/** Longest silence after a cancel: it is heard between two steps, and nobody waits for more than the one. */
const CANCEL_MS = 5_000

interface Running {
  readonly process: EngineProcess
  readonly connection: PortConnection
  readonly client: RawClient
  lastSign: number
  heard: boolean
  openingBytes: number
}

/** Starts nothing until the first call; after the process ends, the next call starts a new one. */
export function createRemoteEngine(options: RemoteEngineOptions): Engine {
  const { spawn, watchdogMs = WATCHDOG_MS, ...engineOptions } = options
  let running: Running | undefined
  let closed = false
  let jobs = 0
  let doing: string | null = null
  let diedLoading = false
  let last: EngineStatus = { state: 'idle', queue: 0, device: null, tokensPerSecond: null }

  const start = (): Running => {
    const reason = 'the engine ended while it loaded a model the last time'
    const passed: EngineOptions = {
      ...engineOptions,
      ...(diedLoading && { cpuOnlyBecause: reason }),
    }
    const child = spawn({ [OPTIONS_VARIABLE]: JSON.stringify(passed) })
    const connection = connectPort({
      postMessage: (message) => child.port.postMessage(message),
      onMessage: (listener) =>
        child.port.onMessage((message) => {
          started.lastSign = performance.now()
          started.heard = true
          if (isOpening(message)) started.openingBytes = message.openingBytes
          else listener(message)
        }),
    })
    const started: Running = {
      process: child,
      connection,
      client: createRawClient(connection.open),
      lastSign: performance.now(),
      heard: false,
      openingBytes: 0,
    }
    child.onExit((code, signal = null) => {
      if (running === started) running = undefined
      diedLoading = doing?.startsWith('loading') ?? false
      connection.fail(describeEnding({ code, signal, doing }))
      doing = null
    })
    return started
  }

  const current = (): RawClient => {
    if (closed) throw new RealignError('host-gone', 'The engine was closed')
    return (running ??= start()).client
  }

  /** Ends a process that works but says nothing; its calls fail, the next one starts afresh. */
  const watch = (signal?: AbortSignal): (() => void) => {
    if (running) running.lastSign = performance.now()
    let cancelledAt = Infinity
    const timer = setInterval(
      () => {
        const silent = running
        if (!silent) return
        const now = performance.now()
        if (signal?.aborted) cancelledAt = Math.min(cancelledAt, now)
        const opening = silent.openingBytes / BYTES_PER_MS
        const limit = (silent.heard ? watchdogMs : Math.max(watchdogMs, START_MS)) + opening
        const sinceCancel = now - Math.max(cancelledAt, silent.lastSign)
        if (now - silent.lastSign < limit && sinceCancel < CANCEL_MS + opening) return
        running = undefined
        silent.connection.fail(describeSilence(Math.round((now - silent.lastSign) / 1000), doing))
        silent.process.kill()
      },
      Math.min(1000, watchdogMs / 4),
    )
    timer.unref()
    return () => clearInterval(timer)
  }

  const call = async <Result>(
    name: EngineCall,
    input: EngineCalls[EngineCall],
    signal?: AbortSignal,
  ): Promise<Result> => {
    const client = current()
    const stop = watch(signal)
    try {
      return (await client.call(name, input, signal)) as Result // both ends are one program
    } finally {
      stop()
    }
  }

  /** Counts work for `status`, and asks the process for its own status afterwards. */
  const enter = (): (() => void) => {
    jobs++
    return () => {
      jobs--
      if (jobs === 0) doing = null
      running?.client
        .call('status', null)
        .then((status) => (last = status as EngineStatus))
        .catch(() => {}) // it has just ended: the next job says why
    }
  }

  const asJob = async <T>(what: string, work: () => Promise<T>): Promise<T> => {
    const leave = enter()
    doing = what
    try {
      return await work()
    } finally {
      leave()
    }
  }

  interface Source {
    readonly imageId: string
    readonly bytes: () => Promise<Uint8Array>
  }

  /** Bytes cross the border only when the engine does not have the image. */
  const bytesFor = async (source: Source, bundleId: string, resize: string) =>
    (await call<boolean>('knows', [bundleId, source.imageId, resize])) ? null : source.bytes()

  /** The image may fall out of the cache between asking and working: then its bytes are sent after all. */
  const sendJob = async <Result>(
    name: 'score' | 'force',
    job: Source & {
      readonly signal: AbortSignal
      readonly bundleId: string
      readonly resize?: string
    },
  ): Promise<Result> => {
    const { signal, bundleId, ...rest } = job
    const bytes = await bytesFor(job, bundleId, job.resize ?? 'bundle')
    try {
      return await call<Result>(name, { ...rest, bytes } as never, signal)
    } catch (error) {
      if (bytes !== null || !isBytesNeeded(error)) throw error
      return call<Result>(name, { ...rest, bytes: await job.bytes() } as never, signal)
    }
  }

  return {
    bundles: () => call('bundles', null),
    check: (bundleId, signal) =>
      asJob(`loading ${bundleId}`, () => call('check', bundleId, signal)),

    async *caption(job, signal): AsyncGenerator<CaptionEvent, CaptionResult> {
      const leave = enter()
      let stop: (() => void) | undefined
      try {
        let bytes = await bytesFor(job, job.captionerId, job.settings.resize)
        for (;;) {
          stop = watch(signal)
          try {
            const work = current().run('caption', { ...job, bytes }, signal)
            return yield* follow(work as AsyncGenerator<CaptionEvent, CaptionResult>)
          } catch (error) {
            if (bytes !== null || !isBytesNeeded(error)) throw error
            stop()
            bytes = await job.bytes()
          }
        }
      } finally {
        stop?.()
        leave()
      }
    },

    score: (job, signal) =>
      asJob(`scoring with ${job.scorerId}`, () =>
        sendJob('score', { ...job, signal, bundleId: job.scorerId }),
      ),
    force: (job, signal) =>
      asJob('reading tokens', () =>
        sendJob('force', { ...job, signal, bundleId: job.captionerId }),
      ),
    async *adopt(folder, signal): AsyncGenerator<AdoptEvent, string> {
      const leave = enter()
      const stop = watch(signal)
      doing = 'adding a model'
      try {
        return yield* current().run('adopt', folder, signal) as AsyncGenerator<AdoptEvent, string>
      } finally {
        stop()
        leave()
      }
    },
    asSeen: (...input) => call('asSeen', input),
    countAltTokens: (...input) => call('countAltTokens', input),
    rowsTogether: (captionerId) => call('rowsTogether', captionerId),
    tokenTexts: (...input) => call('tokenTexts', input),
    inspect: (bytes, name, signal) => call('inspect', [bytes, name], signal),
    display: (bytes, maxSide, signal) => call('display', [bytes, maxSide], signal),
    png: (bytes, maxSide, signal) => call('png', [bytes, maxSide], signal),
    renderSvg: (...input) => call('renderSvg', input),
    knows: (...input) => call('knows', input),

    status() {
      const state = closed
        ? 'stopped'
        : jobs === 0
          ? 'idle'
          : doing?.startsWith('loading')
            ? 'loading'
            : 'busy'
      return { ...last, state, queue: jobs }
    },

    async close() {
      if (closed) return
      closed = true
      const ending = running
      running = undefined
      if (!ending) return
      const exited = new Promise<void>((resolve) => ending.process.onExit(() => resolve()))
      const late = new Promise<void>((resolve) => setTimeout(resolve, CLOSE_MS).unref())
      await Promise.race([ending.client.call('close', null).catch(() => {}), late])
      ending.connection.fail({ code: 'host-gone', message: 'The engine was closed' })
      ending.process.kill()
      await Promise.race([exited, late])
    },
  }

  /** Notes what the engine is doing, for its status and for the message if it ends. */
  async function* follow(
    work: AsyncGenerator<CaptionEvent, CaptionResult>,
  ): AsyncGenerator<CaptionEvent, CaptionResult> {
    try {
      let step = await work.next()
      for (; !step.done; step = await work.next()) {
        const event = step.value
        if (event.kind === 'loading') doing = event.fraction < 1 ? event.phase : null
        else doing = 'captioning'
        yield event
      }
      return step.value
    } finally {
      await work.return(undefined as never) // a no-op when the work has already ended
    }
  }
}
