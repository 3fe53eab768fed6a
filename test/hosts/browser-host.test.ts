/** The browser host over real sockets: the checks, streaming, cancel, pictures, pages. */
import { request, type OutgoingHttpHeaders } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { RealignError } from '../../src/shared/errors.ts'
import { startBrowserHost, type BrowserHost } from '../../src/server/http.ts'

const SHA = 'ab'.repeat(32)
const seen: { name: string; input: unknown }[] = []
let aborted: Promise<void>
let markAborted = () => {}
const reset = () => (aborted = new Promise((resolve) => (markAborted = resolve)))

async function* invoke(name: string, input: unknown, signal: AbortSignal) {
  seen.push({ name, input })
  if (name === 'images.picture') {
    if ((input as { imageId: string }).imageId !== SHA) throw new RealignError('not-found', 'none')
    return { type: 'image/webp', bytes: Uint8Array.of(1, 2, 3) }
  }
  if (name === 'two.events') {
    yield { n: 1, bytes: Uint8Array.of(9) }
    yield { n: 2 }
    return 'end'
  }
  if (name === 'wait') {
    yield 'started'
    await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    markAborted()
    throw new RealignError('cancelled', 'Cancelled')
  }
  throw new RealignError('bad-input', 'no such thing', { hint: 'try another' })
}

let host: BrowserHost
beforeAll(async () => {
  host = await startBrowserHost({
    invoke,
    pages: new Map([['/', { type: 'text/html; charset=utf-8', body: new Uint8Array([60]) }]]),
  })
})
afterAll(() => host.close())

interface Answer {
  status: number
  headers: NodeJS.Dict<string | string[]>
  body: string
}

function send(
  method: string,
  path: string,
  headers: OutgoingHttpHeaders,
  body = '',
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: host.port, method, path, headers },
      (incoming) => {
        let text = ''
        incoming.setEncoding('utf8')
        incoming.on('data', (chunk: string) => (text += chunk))
        incoming.on('end', () =>
          resolve({ status: incoming.statusCode ?? 0, headers: incoming.headers, body: text }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const good = (): OutgoingHttpHeaders => ({
  host: `127.0.0.1:${host.port}`,
  origin: `http://127.0.0.1:${host.port}`,
  'content-type': 'application/json',
  'sec-fetch-site': 'same-origin',
  authorization: `Bearer ${host.token}`,
})
const without = (name: string) => {
  const headers = good()
  delete headers[name]
  return headers
}

describe('browser host', () => {
  test('streams events and exactly one ending, bytes included', async () => {
    const { status, body } = await send('POST', '/rpc/two.events', good(), '{"a":1}')
    expect(status).toBe(200)
    expect(
      body
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      { t: 'event', event: { n: 1, bytes: { $bytes: 'CQ==' } } },
      { t: 'event', event: { n: 2 } },
      { t: 'done', value: 'end' },
    ])
  })

  test('a failure crosses with its code, message and hint', async () => {
    const { body } = await send('POST', '/rpc/none', good(), '{}')
    expect(JSON.parse(body)).toEqual({
      t: 'fail',
      error: { code: 'bad-input', message: 'no such thing', hint: 'try another' },
    })
  })

  test.each([
    ['no token', () => without('authorization'), 403],
    ['a wrong token', () => ({ ...good(), authorization: `Bearer ${'x'.repeat(43)}` }), 403],
    ['a rebound name', () => ({ ...good(), host: 'evil.test' }), 421],
    ['no Origin', () => without('origin'), 403],
    ['a foreign Origin', () => ({ ...good(), origin: 'http://evil.test' }), 403],
    ['a cross-site fetch', () => ({ ...good(), 'sec-fetch-site': 'cross-site' }), 403],
    ['a form body', () => ({ ...good(), 'content-type': 'text/plain' }), 415],
  ])('a write with %s reaches nothing', async (_name, headers, status) => {
    const before = seen.length
    const answer = await send('POST', '/rpc/two.events', headers(), '{}')
    expect(answer.status).toBe(status)
    expect(seen.length).toBe(before)
  })

  test('a body that is not JSON is refused', async () => {
    expect((await send('POST', '/rpc/two.events', good(), '{')).status).toBe(400)
  })

  test('a closed request cancels the work', async () => {
    void reset()
    const outgoing = request({
      host: '127.0.0.1',
      port: host.port,
      method: 'POST',
      path: '/rpc/wait',
      headers: { ...good(), 'content-length': 2 },
    })
    outgoing.on('error', () => {})
    outgoing.on('response', (incoming) => incoming.once('data', () => outgoing.destroy()))
    outgoing.end('{}')
    await aborted
  })

  test('pictures need the cookie that the token buys, and only hashes are looked up', async () => {
    const read = { host: `127.0.0.1:${host.port}` }
    expect((await send('GET', `/picture/${SHA}/thumbnail`, read)).status).toBe(403)
    const session = await send('POST', '/session', good(), '{}')
    const cookie = String(session.headers['set-cookie']).split(';')[0] ?? ''
    expect(String(session.headers['set-cookie'])).toMatch(/HttpOnly.*SameSite=Strict/i)
    const picture = await send('GET', `/picture/${SHA}/thumbnail`, { ...read, cookie })
    expect(picture.status).toBe(200)
    expect(picture.headers['content-type']).toBe('image/webp')
    expect(picture.headers['x-content-type-options']).toBe('nosniff')
    const before = seen.length
    for (const path of [
      '/picture/../../etc/passwd',
      '/picture/..%2f..%2fetc%2fpasswd/full',
      `/picture/${SHA}/seen?resize=..`,
      `/picture/${SHA.toUpperCase()}/full`,
      `/picture/${SHA}%00/full`,
    ])
      expect((await send('GET', path, { ...read, cookie })).status).toBe(404)
    expect(seen.length).toBe(before)
    const unknown = await send('GET', `/picture/${'cd'.repeat(32)}/full`, { ...read, cookie })
    expect(unknown.status).toBe(404)
  })

  test('pages come with the policy; unknown paths are not found; foreign sites see nothing', async () => {
    const read = { host: `localhost:${host.port}` }
    const page = await send('GET', '/', read)
    expect(page.status).toBe(200)
    expect(page.headers['content-security-policy']).toContain("default-src 'none'")
    expect((await send('GET', '/../package.json', read)).status).toBe(404)
    expect((await send('GET', '/', { host: 'evil.test' })).status).toBe(421)
    expect((await send('GET', '/', { ...read, 'sec-fetch-site': 'cross-site' })).status).toBe(403)
  })

  test('a taken port is a clear error', async () => {
    await expect(
      startBrowserHost({ invoke, pages: new Map(), port: host.port }),
    ).rejects.toMatchObject({ code: 'unavailable' })
  })
})
