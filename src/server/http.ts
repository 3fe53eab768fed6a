/** The browser host: the same workbench for its owner, on this machine, behind a token. */
import { serve } from '@hono/node-server'
import { Hono, type Context } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import { randomBytes } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import type { Server } from 'node:http'
import { parseWithBytes, stringifyWithBytes } from '../shared/bytes-json.ts'
import { RealignError } from '../shared/errors.ts'
import { report, type Invoke } from '../shared/rpc.ts'
import { callOnce } from './call-once.ts'
import { sameSecret, type GuardRules } from './guard.ts'
import { guarded, withSecurityHeaders } from './guarded.ts'
import type { Page } from './pages.ts'
import { parsePictureUrl } from './picture-url.ts'
import { SLOW_CLIENT_RULES } from './slow-clients.ts'

/** Largest request body, bytes: one 200 MB picture as base64 with room for its envelope. */
const MAX_BODY = 280 * 1024 * 1024
const COOKIE = 'realign_pictures'

export interface BrowserHostOptions {
  readonly invoke: Invoke
  readonly pages: ReadonlyMap<string, Page>
  /** 0 = any free port. */
  readonly port?: number
  readonly token?: string
}

export interface BrowserHost {
  readonly port: number
  readonly token: string
  /** Address with the token in the fragment, which browsers never send. */
  readonly url: string
  close(): Promise<void>
}

/** The answer of one operation: NDJSON of events, then one ending. A closed request cancels the work. */
function answer(c: Context, invoke: Invoke, name: string, input: unknown): Response {
  const abort = new AbortController()
  c.req.raw.signal.addEventListener('abort', () => abort.abort(), { once: true })
  const encoder = new TextEncoder()
  const body = new ReadableStream<Uint8Array>({
    async start(controller) {
      let open = true
      abort.signal.addEventListener('abort', () => (open = false))
      await report(invoke(name, input, abort.signal), abort.signal, (reply) => {
        if (open) controller.enqueue(encoder.encode(`${stringifyWithBytes(reply)}\n`))
      })
      if (open) controller.close()
    },
    cancel: () => abort.abort(),
  })
  return c.body(body, 200, { 'content-type': 'application/x-ndjson' })
}

export function createApp(
  options: BrowserHostOptions & { readonly rules: GuardRules; readonly token: string },
): Hono {
  const { invoke, pages, rules, token } = options
  const pictureToken = randomBytes(32).toString('base64url')
  const app = new Hono()

  app.use(withSecurityHeaders)
  const admits = (given: string) => sameSecret(given, token)
  app.use(guarded({ rules, methods: ['POST', 'DELETE'], admits, maxBody: MAX_BODY }))

  /** Trades the bearer token for a cookie that is good for pictures only. */
  app.post('/session', (c) => {
    setCookie(c, COOKIE, pictureToken, { httpOnly: true, sameSite: 'Strict', path: '/picture' })
    return c.json({ ok: true })
  })
  app.delete('/session', (c) => {
    deleteCookie(c, COOKIE, { path: '/picture' })
    return c.json({ ok: true })
  })
  app.post('/rpc/:name', async (c) => {
    let input: unknown
    try {
      input = parseWithBytes(await c.req.text())
    } catch {
      return c.text('Not JSON', 400)
    }
    return answer(c, invoke, c.req.param('name'), input)
  })
  app.get('/picture/*', async (c) => {
    const given = getCookie(c, COOKIE)
    if (!given || !sameSecret(given, pictureToken)) return c.text('Refused', 403)
    const input = parsePictureUrl(new URL(c.req.url))
    if (!input) return c.notFound()
    try {
      const picture = (await callOnce(invoke, { name: 'images.picture', input })) as {
        type: string
        bytes: Uint8Array<ArrayBuffer>
      }
      return c.body(picture.bytes, 200, { 'content-type': picture.type })
    } catch (error) {
      if (error instanceof RealignError) return c.notFound()
      throw error
    }
  })
  app.get('*', (c) => {
    const page = pages.get(c.req.path)
    return page ? c.body(page.body, 200, { 'content-type': page.type }) : c.notFound()
  })
  app.onError((_error, c) => c.text('Failed', 500))
  return app
}

/** Listens on 127.0.0.1 only. */
export async function startBrowserHost(options: BrowserHostOptions): Promise<BrowserHost> {
  const token = options.token ?? randomBytes(32).toString('base64url')
  const hosts = new Set<string>()
  const origins = new Set<string>()
  const app = createApp({ ...options, token, rules: { hosts, origins } })
  const server = await new Promise<Server>((resolve, reject) => {
    const started = serve(
      {
        fetch: app.fetch,
        hostname: '127.0.0.1',
        port: options.port ?? 0,
        serverOptions: SLOW_CLIENT_RULES,
      },
      () => resolve(started as Server),
    )
    started.once('error', (error: NodeJS.ErrnoException) =>
      reject(
        error.code === 'EADDRINUSE'
          ? new RealignError('unavailable', `Port ${options.port} is taken`, {
              hint: 'Choose another with --port, or leave it out for any free one.',
              cause: error,
            })
          : error,
      ),
    )
  })
  const { port } = server.address() as AddressInfo
  for (const name of ['127.0.0.1', 'localhost']) {
    hosts.add(`${name}:${port}`)
    origins.add(`http://${name}:${port}`)
  }
  return {
    port,
    token,
    url: `http://127.0.0.1:${port}/#token=${token}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
