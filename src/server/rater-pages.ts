/** Rating pages that a workbench opens and closes while it runs; one server at a time. */
import { existsSync } from 'node:fs'
import { networkInterfaces } from 'node:os'
import path from 'node:path'
import type { TaskFile } from '../shared/contract/studies.ts'
import { RealignError } from '../shared/errors.ts'
import type { Invoke } from '../shared/rpc.ts'
import { readPages, type Page } from './pages.ts'
import { startRaterHost, type RaterHost } from './rater-host.ts'
import { taskFileHtml } from './rater-task-file.ts'

const ownAddresses = (): string[] =>
  Object.values(networkInterfaces()).flatMap((all) =>
    (all ?? []).flatMap(({ family, internal, address }) =>
      family === 'IPv4' && !internal ? [address] : [],
    ),
  )

/** One address, never all of them at once. @throws RealignError bad-input */
export function checkOwnAddress(wanted: string): void {
  const own = ownAddresses()
  if (own.includes(wanted)) return
  throw new RealignError('bad-input', `${wanted} is not an address of this machine`, {
    hint: own.length > 0 ? `Choose one of ${own.join(', ')}.` : 'This machine is in no network.',
  })
}

/** The built rating page; '/' is the page itself. */
export async function readRatePages(folder: string): Promise<ReadonlyMap<string, Page>> {
  if (!existsSync(path.join(folder, 'rate.html')))
    throw new RealignError('unavailable', 'The rating page is not built yet', {
      hint: 'Run `npm run build` first.',
    })
  const all = new Map(await readPages(folder))
  const page = all.get('/rate.html')
  if (page) all.set('/', page)
  return all
}

export interface RaterPagesOptions {
  /** The gate for raters: asked for only once something is opened. */
  readonly invoke: () => Invoke
  readonly folder: string
}

export function createRaterPages({ invoke, folder }: RaterPagesOptions) {
  let host: RaterHost | null = null
  let address: string | null = null
  const close = async (): Promise<void> => {
    const closing = host
    host = null
    await closing?.close()
  }
  return {
    state: () => ({
      origin: host && `http://${address ?? '127.0.0.1'}:${host.port}`,
      lan: host?.lan ?? false,
      addresses: ownAddresses(),
    }),
    async open(wanted: string | null): Promise<void> {
      if (wanted !== null) checkOwnAddress(wanted)
      if (host && address === wanted) return
      const pages = await readRatePages(folder)
      await close()
      host = await startRaterHost({
        invoke: invoke(),
        pages,
        ...(wanted !== null && { lanAddress: wanted }),
      })
      address = wanted
      const opened = host
      void opened.closed.then(() => {
        if (host === opened) host = null // by itself, after hours
      })
    },
    close,
    taskFile: async (task: TaskFile, pictures: Readonly<Record<string, string>>) =>
      taskFileHtml(await readRatePages(folder), task, pictures),
  }
}
