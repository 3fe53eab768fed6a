/** Pages for raters: their own items by their own token, and nothing else that this process knows. */
import { serve } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { RealignError, toWire, type ErrorCode } from '../shared/errors.ts'
import { RATE_VERSION_HEADER } from '../shared/rate-version.ts'
import type { Invoke } from '../shared/rpc.ts'
import { APP_VERSION } from '../shared/version.ts'
import { callOnce } from './call-once.ts'
import { bearerOf, type GuardRules } from './guard.ts'
import { guarded, withSecurityHeaders } from './guarded.ts'
import type { Page } from './pages.ts'
import { SLOW_CLIENT_RULES } from './slow-clients.ts'

/** A judgement is small; nobody sends more. */
const MAX_BODY = 32 * 1024
/** Pages that were forgotten do not stay open. */
export const LONGEST_HOURS = 8

export interface RaterHostOptions {
  /** The gate for raters: `workbench.invokeAs('rater')`. */
  readonly invoke: Invoke
  /** '/' is the rating page. */
  readonly pages: ReadonlyMap<string, Page>
  /** 0 = any free port. */
  readonly port?: number
  /** An address of this machine in the local network; left out, only this machine is served. */
  readonly lanAddress?: string
}

export interface RaterHost {
  readonly port: number
  /** True when other machines can reach it: the owner must see that. */
  readonly lan: boolean
  /** Invitation with the token in the fragment, which browsers never send. */
  linkFor(token: string): string
  close(): Promise<void>
  /** Resolves once it is closed, by `close` or by itself. */
  readonly closed: Promise<void>
}

const STATUS: Readonly<Partial<Record<ErrorCode, 400 | 403 | 404 | 503>>> = {
  'bad-input': 400,
  forbidden: 403,
  'not-found': 404,
  'store-busy': 503,
  'store-full': 503,
}

/** Everything a rater may ask for, as a fixed table. */
export function createRaterApp(options: RaterHostOptions & { readonly rules: GuardRules }): Hono {
  const { invoke, pages, rules } = options
  const app = new Hono()
  app.use(withSecurityHeaders)
  // Whose token it is, the operation itself finds out: a rater's is known by its hash alone.
  app.use(guarded({ rules, methods: ['POST'], admits: () => true, maxBody: MAX_BODY }))

  app.use('/rate/*', async (c, next) => {
    await next()
    c.header(RATE_VERSION_HEADER, APP_VERSION)
  })

  /** The token comes from the header alone: a body can never name another one. */
  const operation = (name: 'rate.state' | 'rate.submit') => async (c: Context) => {
    let body: unknown
    try {
      body = JSON.parse(await c.req.text())
    } catch {
      return c.json({ code: 'bad-input', message: 'Not JSON' }, 400)
    }
    if (typeof body !== 'object' || body === null || 'token' in body)
      return c.json({ code: 'bad-input', message: 'Not a request' }, 400)
    const token = bearerOf(c.req.header('authorization'))
    return c.json(
      (await callOnce(invoke, { name, input: { ...body, token } }, c.req.raw.signal)) as object,
    )
  }
  app.post('/rate/state', operation('rate.state'))
  app.post('/rate/submit', operation('rate.submit'))
  app.get('/rate/picture/:trial', async (c) => {
    const token = bearerOf(c.req.header('authorization'))
    if (!token) return c.text('Refused', 403)
    const view = c.req.query('view')
    const input = { token, trialId: c.req.param('trial'), ...(view !== undefined && { view }) }
    const { type, bytes } = (await callOnce(
      invoke,
      { name: 'rate.picture', input },
      c.req.raw.signal,
    )) as {
      type: string
      bytes: Uint8Array<ArrayBuffer>
    }
    return c.body(bytes, 200, { 'content-type': type })
  })
  app.get('*', (c) => {
    const page = pages.get(c.req.path)
    return page ? c.body(page.body, 200, { 'content-type': page.type }) : c.notFound()
  })
  app.onError((error, c) => {
    if (!(error instanceof RealignError)) return c.json({ code: 'bug', message: 'Failed' }, 500)
    // A bad token reads like a token of nobody; words beyond our own never leave.
    const { code, message, hint } = toWire(error)
    const words = code === 'bad-input' || code === 'forbidden' ? message : 'Failed'
    return c.json({ code, message: words, ...(hint && { hint }) }, STATUS[code] ?? 500)
  })
  return app
}

/** Random port on 127.0.0.1 unless a LAN address is given; stops by itself after eight hours. */
export async function startRaterHost(options: RaterHostOptions): Promise<RaterHost> {
  const hosts = new Set<string>()
  const origins = new Set<string>()
  const app = createRaterApp({ ...options, rules: { hosts, origins } })
  const hostname = options.lanAddress ?? '127.0.0.1'
  const server = await new Promise<Server>((resolve, reject) => {
    const serverOptions = { ...SLOW_CLIENT_RULES, requestTimeout: 10_000 }
    const started = serve(
      { fetch: app.fetch, hostname, port: options.port ?? 0, serverOptions },
      () => resolve(started as Server),
    )
    started.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        new RealignError('unavailable', `Cannot listen on ${hostname}:${options.port ?? 0}`, {
          hint:
            error.code === 'EADDRINUSE'
              ? 'Choose another port, or leave it out for any free one.'
              : 'Choose an address that this machine has in its network.',
          cause: error,
        }),
      ),
    )
  })
  server.maxConnections = 64
  server.maxRequestsPerSocket = 1000
  const { port } = server.address() as AddressInfo
  const names = options.lanAddress === undefined ? ['127.0.0.1', 'localhost'] : [hostname]
  for (const name of names) {
    hosts.add(`${name}:${port}`)
    origins.add(`http://${name}:${port}`)
  }
  const closed = new Promise<void>((resolve) => server.once('close', resolve))
  const close = (): Promise<void> => {
    clearTimeout(stop)
    server.close()
    server.closeAllConnections()
    return closed
  }
  const stop = setTimeout(() => void close(), LONGEST_HOURS * 60 * 60 * 1000)
  stop.unref()
  return {
    port,
    lan: options.lanAddress !== undefined,
    linkFor: (token) => `http://${hostname}:${port}/#${token}`,
    close,
    closed,
  }
}
