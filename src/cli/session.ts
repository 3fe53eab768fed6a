/** Opens the workbench for one command and closes it whatever happens. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import { makeFolder } from '../files/make-folder.ts'
import { createEndpoints } from '../endpoints/endpoints.ts'
import { createMemoryKeys, takeKeys } from '../endpoints/keys.ts'
import { createExporter } from '../files/exporter.ts'
import { createRaterPages } from '../server/rater-pages.ts'
import { readLocated } from '../files/located-yaml.ts'
import { readTable } from '../files/tables/read-table.ts'
import { openForkedEngine } from '../workbench/open-engine.ts'
import type { Engine } from '../engine/engine.ts'
import { openWorkbench, type Workbench } from '../workbench.ts'
import type { Client } from '../shared/contract.ts'
import { RealignError, throwIfAborted } from '../shared/errors.ts'
import { APP_VERSION } from '../shared/version.ts'
import type { PrepareSample } from '../workbench/sample-project.ts'
import { defaultWorkspace, engineWorker, modelFolders, ownModels, ratePages } from './places.ts'

export interface SessionFlags {
  readonly workspace?: string | undefined
}

export interface SessionOptions extends SessionFlags {
  /** Serves a page, which may name no path: it brings bytes. */
  readonly serves?: boolean
  /** Nothing is written: a workspace that is not there yet is not made. */
  readonly dryRun?: boolean | undefined
  /** For commands that only look: a mistyped path is told, and makes no empty workspace. */
  readonly mustExist?: boolean
  /** Fills a workspace that never held an image. */
  readonly prepareSample?: ((engine: Engine) => PrepareSample) | undefined
}

export interface Session {
  readonly client: Client
  readonly workbench: Workbench
  readonly signal: AbortSignal
}

/** SIGHUP: the terminal was closed. */
const INTERRUPTS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** A signal that Ctrl-C aborts, and a reader who leaves early (`| head`). */
export async function withInterrupt<T>(work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController()
  const stop = () => abort.abort()
  for (const signal of INTERRUPTS) process.once(signal, stop)
  process.stdout.once('error', stop)
  try {
    return await work(abort.signal)
  } finally {
    for (const signal of INTERRUPTS) process.off(signal, stop)
    process.stdout.off('error', stop)
  }
}

/** For what runs until it is ended; an interruption may have come before anybody waits for it. */
export const untilInterrupted = (signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })

export const openEngine = (): Engine =>
  openForkedEngine({ worker: engineWorker(), modelFolders: modelFolders() })

/** One program at a time keeps a workspace; where that is rating pages, they can be interrupted. */
const BUSY_HINT =
  'Close the other window or program that uses this workspace, then try again. If it is `realign study serve`, end it with Ctrl-C, run this, and start it again with --keep-links and the --port of its links: open pages wait and go on.'

const withNextStep = (error: unknown): unknown =>
  error instanceof RealignError && error.code === 'store-busy'
    ? new RealignError(error.code, error.message, { hint: BUSY_HINT, cause: error })
    : error

/** Nobody chose the folder that a workspace without a name lies in. */
const orName =
  (workspace: string | undefined) =>
  (error: unknown): never => {
    if (!(error instanceof RealignError) || workspace !== undefined) throw error
    throw new RealignError(error.code, error.message, {
      hint: 'Name a workspace with --workspace, or set REALIGN_HOME to a folder where you may write.',
      cause: error,
    })
  }

/** Runs `work` with an open workbench and closes it whatever happens; Ctrl-C cancels cleanly. */
export async function withSession<T>(
  options: SessionOptions,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const file = path.resolve(options.workspace ?? defaultWorkspace())
  if (options.mustExist && options.workspace !== undefined && !existsSync(file))
    throw new RealignError('not-found', `There is no workspace ${file}`, {
      hint: 'Check the path; `realign compare` and `realign import` make one.',
    })
  const inMemory = options.dryRun === true && !existsSync(file)
  if (!inMemory) await makeFolder(path.dirname(file)).catch(orName(options.workspace))
  return withInterrupt(async (signal) => {
    const engine = openEngine()
    const workbench: Workbench = await openWorkbench({
      workspaceFile: inMemory ? ':memory:' : file,
      engine,
      appVersion: APP_VERSION,
      hostName: 'command line',
      ...(options.prepareSample && { prepareSample: options.prepareSample(engine) }),
      host: {
        // The person typed the path: on the command line a handle is the path itself.
        ...(!options.serves && { resolveHandle: (handle: string) => path.resolve(handle) }),
        exporter: createExporter(),
        raterPages: createRaterPages({
          invoke: () => workbench.invokeAs('rater'),
          folder: ratePages(),
        }),
        readLocated,
        readTable,
        modelFolders: modelFolders(),
        endpoints: createEndpoints(ownModels(), createMemoryKeys(takeKeys(process.env))),
      },
    }).catch((error: unknown) => {
      throw withNextStep(error)
    })
    try {
      throwIfAborted(signal) // while it was opened
      return await work({ client: workbench.clientAs('owner'), workbench, signal })
    } finally {
      await workbench.close()
    }
  })
}

/** The same for commands that only look at what is there. */
export const withKnownWorkspace = <T>(
  flags: SessionFlags,
  work: (session: Session) => Promise<T>,
): Promise<T> => withSession({ ...flags, mustExist: true }, work)
