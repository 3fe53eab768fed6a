/** Opens the workbench for one command and closes it whatever happens. */
import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { createForkedEngine } from '../workbench/forked-engine.ts'
import { openWorkbench, type Workbench } from '../workbench.ts'
import type { Client } from '../shared/contract.ts'
import { APP_VERSION } from '../shared/version.ts'
import { defaultWorkspace, engineWorker, modelFolders } from './places.ts'

export interface SessionFlags {
  readonly workspace?: string | undefined
}

export interface Session {
  readonly client: Client
  readonly workbench: Workbench
  readonly signal: AbortSignal
}

/** Runs `work` with an open workbench; Ctrl-C cancels it cleanly. */
export async function withSession<T>(
  flags: SessionFlags,
  work: (session: Session) => Promise<T>,
): Promise<T> {
  const file = path.resolve(flags.workspace ?? defaultWorkspace())
  await mkdir(path.dirname(file), { recursive: true })
  const abort = new AbortController()
  const stop = () => abort.abort()
  process.once('SIGINT', stop)
  process.once('SIGTERM', stop)
  const workbench = await openWorkbench({
    workspaceFile: file,
    engine: createForkedEngine({ worker: engineWorker(), modelFolders: modelFolders() }),
    appVersion: APP_VERSION,
    hostName: 'command line',
    host: {
      pickImages: async () => ({ handles: [], available: false }),
      // The person typed the path: on the command line a handle is the path itself.
      resolveHandle: (handle) => path.resolve(handle),
    },
  })
  try {
    return await work({ client: workbench.clientAs('owner'), workbench, signal: abort.signal })
  } finally {
    process.off('SIGINT', stop)
    process.off('SIGTERM', stop)
    await workbench.close()
  }
}
