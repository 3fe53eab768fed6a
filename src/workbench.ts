/** The composition root: one workspace file, one engine, the core between them, for every host. */
import { createHash } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import type { Deps } from './core/deps.ts'
import { createInvoke } from './core/invoke.ts'
import { createJobQueue } from './core/job-queue.ts'
import { createLocalClient, type LocalClient } from './core/local-client.ts'
import type { CaptionEngine, Clock, HostHooks, PictureReader } from './core/ports.ts'
import { mayAsk } from './core/models/endpoints.ts'
import { createProcedures } from './core/procedures.ts'
import type { Client } from './shared/contract.ts'
import type { Audience } from './shared/contract/define.ts'
import { RealignError, toWire, type WireError } from './shared/errors.ts'
import type { Invoke } from './shared/rpc.ts'
import { readNamesFile } from './workbench/known-names.ts'
import { createImageFiles } from './workbench/image-files.ts'
import type { Endpoints } from './endpoints/endpoints.ts'
import { withEndpoints } from './endpoints/with-endpoints.ts'
import { createStudyWorker } from './workbench/study-runner.ts'
import { makeSample, wantsSample, type PrepareSample } from './workbench/sample-project.ts'

export type Engine = CaptionEngine & PictureReader

export interface Host extends HostHooks {
  /** The path behind a handle that this host gave out; without it, only bytes can be imported. */
  resolveHandle?(handle: string): string | undefined
  /** Captioners behind an address, and the keys to them. */
  readonly endpoints?: Endpoints
}

export interface WorkbenchOptions {
  /** A .realign file (made when missing), or ':memory:'. */
  readonly workspaceFile: string
  readonly engine: Engine | (() => Promise<Engine>)
  readonly appVersion: string
  readonly hostName: string
  readonly host?: Host
  readonly clock?: Clock
  /** Fills a workspace that never held an image; runs in the background, see `app.status`. */
  readonly prepareSample?: PrepareSample
  /** How long to wait for another program that uses the workspace. */
  readonly busyTimeoutMs?: number
}

export interface Workbench {
  /** The gate, for a host that speaks the wire protocol. */
  invokeAs(audience: Audience): Invoke
  /** A client in this process. */
  clientAs(audience: Audience): Client
  /** Resolves when the sample is there (at once when none was wanted); its failure, if it had one. */
  readonly sampleReady: Promise<WireError | null>
  /** Stops what runs, folds in the write-ahead log, lets the file and the engine go. */
  close(): Promise<void>
}

const systemClock: Clock = { now: () => new Date(), elapsedMs: () => performance.now() }

/** better-sqlite3 13 ends the whole process under older Node, so this must be said before it is loaded. */
function assertNode(): void {
  const major = Number(process.versions.node.split('.')[0])
  if (major < 22)
    throw new RealignError(
      'unavailable',
      `Realign needs Node 22 or newer; this is ${process.version}`,
      {
        hint: 'Use npm start or npm run realign: they bring their own Node.',
      },
    )
}

/** Fails with the store's errors ('store-busy', 'store-newer', …); the engine is then closed again. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  assertNode()
  const own = typeof options.engine === 'function' ? await options.engine() : options.engine
  const { busyTimeoutMs } = options
  const store = await import('./store/open-store.ts')
    .then(({ openStore }) =>
      openStore(options.workspaceFile, busyTimeoutMs === undefined ? {} : { busyTimeoutMs }),
    )
    .catch(async (error: unknown) => {
      await own.close()
      throw error
    })
  const endpoints = options.host?.endpoints
  const clock = options.clock ?? systemClock
  const asking = { mayAsk: (origin: string) => mayAsk(store, origin), now: () => clock.now() }
  const engine = endpoints ? withEndpoints(own, { endpoints, ...asking }) : own
  let preparing = false
  const deps: Deps = {
    store,
    engine,
    pictures: engine,
    files: createImageFiles({
      resolveHandle: (one) => options.host?.resolveHandle?.(one),
      workspaceFile: options.workspaceFile,
    }),
    hooks: { knownNames: readNamesFile, ...options.host },
    clock,
    queue: createJobQueue(),
    studyWorker: createStudyWorker(),
    sha256: (bytes) => createHash('sha256').update(bytes).digest('hex'),
    appVersion: options.appVersion,
    hostName: options.hostName,
    preparing: () => preparing,
  }
  const procedures = createProcedures(deps)
  const running = new Set<AsyncGenerator<unknown, unknown>>()
  const closing = new AbortController()
  const clients: LocalClient[] = []

  /** Every operation also ends with the workbench, and `close` waits for it. */
  const invokeAs = (audience: Audience): Invoke => {
    const invoke = createInvoke(procedures, audience)
    return async function* (name, input, signal) {
      if (closing.signal.aborted) throw new RealignError('host-gone', 'The workbench was closed')
      const work = invoke(name, input, AbortSignal.any([signal, closing.signal]))
      running.add(work)
      try {
        return yield* work
      } finally {
        running.delete(work)
      }
    }
  }
  const clientAs = (audience: Audience): Client => {
    const local = createLocalClient(invokeAs(audience))
    clients.push(local)
    return local.client
  }
  const prepareSample = async (): Promise<WireError | null> => {
    if (!options.prepareSample || !wantsSample(deps)) return null
    preparing = true
    try {
      const tools = { client: clientAs('owner'), signal: closing.signal }
      await makeSample(deps, options.prepareSample, tools)
      return null
    } catch (error) {
      return toWire(error, closing.signal)
    } finally {
      preparing = false
    }
  }
  const sampleReady = prepareSample()

  return {
    invokeAs,
    clientAs,
    sampleReady,
    async close() {
      closing.abort()
      const ending = [...running].map((work) => work.return(undefined))
      const pages = options.host?.raterPages?.close()
      await Promise.allSettled([engine.close(), sampleReady, pages, ...ending])
      for (const local of clients) local.close()
      store.close()
    },
  }
}
