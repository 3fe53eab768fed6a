/** The guard as middleware of both servers: headers on every answer, and who may ask for what. */
import type { Context, MiddlewareHandler } from 'hono'
import { bearerOf, checkRead, checkWrite, type GuardRules } from './guard.ts'
import { SECURITY_HEADERS } from './headers.ts'

export const withSecurityHeaders: MiddlewareHandler = async (c, next) => {
  await next()
  for (const [name, value] of Object.entries(SECURITY_HEADERS)) c.res.headers.set(name, value)
}

const facts = (c: Context) => ({
  host: c.req.header('host'),
  origin: c.req.header('origin'),
  fetchSite: c.req.header('sec-fetch-site'),
  contentType: c.req.header('content-type'),
})

export interface GuardOptions {
  readonly rules: GuardRules
  /** Methods besides GET; any other is refused with 405. */
  readonly methods: readonly string[]
  /** May the holder of this token write? */
  readonly admits: (token: string) => boolean
  /** Largest request body, bytes. */
  readonly maxBody: number
}

/** Reads: Host, Origin and Sec-Fetch-Site. Writes: those, content type, token and size. */
export const guarded =
  ({ rules, methods, admits, maxBody }: GuardOptions): MiddlewareHandler =>
  async (c, next) => {
    const reads = c.req.method === 'GET'
    const verdict = (reads ? checkRead : checkWrite)(rules, facts(c))
    if (!verdict.ok) return c.text('Refused', verdict.status)
    if (reads) return next()
    if (!methods.includes(c.req.method)) return c.text('Refused', 405)
    const token = bearerOf(c.req.header('authorization'))
    if (!token || !admits(token)) return c.text('Refused', 403)
    const length = Number(c.req.header('content-length') ?? Number.NaN)
    if (!(length <= maxBody)) return c.text('Too large', 413)
    return next()
  }
