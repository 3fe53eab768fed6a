/** Starts the engine process with Node's own child_process: command line, browser host, tests. */
import { fork } from 'node:child_process'
import type { EngineProcess, SpawnSettings } from './engine-process.ts'
import type { Engine } from './engine.ts'
import { createRemoteEngine, type RemoteEngineOptions } from './remote-engine.ts'

/** glibc asks Linux for large pages: weights are read end to end every step. Other systems do not look at it. */
export const LARGE_PAGES = { GLIBC_TUNABLES: 'glibc.malloc.hugetlb=1' }

/** `worker` is worker.ts itself (Node 24 runs it as it is) or its built form. */
export function forkEngine(worker: string, settings: SpawnSettings): EngineProcess {
  const child = fork(worker, [], {
    serialization: 'advanced', // bytes stay bytes
    execArgv: [],
    env: { ...LARGE_PAGES, ...process.env, ...settings },
  })
  let failed: (() => void) | undefined
  child.on('error', () => failed?.())
  return {
    port: {
      postMessage(message) {
        if (child.connected) child.send(message as object, () => {}) // a failed send shows as an exit
      },
      onMessage: (listener) => void child.on('message', listener),
    },
    kill: () => void child.kill('SIGKILL'),
    onExit(listener) {
      let told = false
      const tell = (code: number | null, signal: string | null): void => {
        if (told) return
        told = true
        listener(code, signal)
      }
      child.once('exit', tell)
      failed = () => tell(null, 'could not be started')
    },
  }
}

export interface ForkedEngineOptions extends Omit<RemoteEngineOptions, 'spawn'> {
  /** Path of the worker entry. */
  readonly worker: string
}

/** A remote engine whose process is started by `fork`. */
export const createForkedEngine = ({ worker, ...options }: ForkedEngineOptions): Engine =>
  createRemoteEngine({ ...options, spawn: (settings) => forkEngine(worker, settings) })
