/** Whom we connect to, what we send there, and what is told when it fails. */
import dns from 'node:dns'
import net from 'node:net'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { askChat, listModels } from '../../src/endpoints/ask.ts'
import {
  ask,
  END,
  events,
  head,
  json,
  piece,
  question,
  raw,
  reset,
  serve,
  thenNothing,
} from '../support/endpoint-server.ts'

const ANSWER = events(piece('Two cats.'), END)
const quiet = new AbortController().signal

afterEach(() => {
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
})

describe('what is sent', () => {
  test('one message with the prompt and the picture, the parameters as they are, and no other header than needed', async () => {
    await using server = await serve(ANSWER)
    await ask(
      question(server.url, {
        key: 'sk-1234567890',
        parameters: { seed: 7, top_k: 3, model: 'no' },
      }),
    )
    const [request] = server.requests
    expect(request?.path).toBe('/v1/chat/completions')
    expect(JSON.parse(request?.body ?? '')).toEqual({
      seed: 7,
      top_k: 3,
      model: 'm-1',
      messages: [
        {
          role: 'user',
          content: [
            { type: 'text', text: 'Describe the picture.' },
            { type: 'image_url', image_url: { url: 'data:image/png;base64,AQID' } },
          ],
        },
      ],
      stream: true,
      stream_options: { include_usage: true },
    })
    expect(request?.headers).toEqual({
      host: `127.0.0.1:${server.port}`,
      authorization: 'Bearer sk-1234567890',
      'content-type': 'application/json',
      'content-length': String(request?.body.length),
      accept: 'text/event-stream, application/json',
      'accept-encoding': 'identity',
      'accept-language': '*',
      'sec-fetch-mode': 'cors',
      'user-agent': 'Realign',
      connection: 'keep-alive',
    })
  })

  test('without a key there is no authorization, whatever the environment holds', async () => {
    await using elsewhere = await serve(ANSWER)
    await using server = await serve(ANSWER)
    vi.stubEnv('OPENAI_API_KEY', 'sk-environment')
    vi.stubEnv('OPENAI_ADMIN_KEY', 'sk-environment')
    vi.stubEnv('OPENAI_BASE_URL', elsewhere.url)
    vi.stubEnv('OPENAI_ORG_ID', 'org-environment')
    vi.stubEnv('OPENAI_PROJECT_ID', 'proj-environment')
    vi.stubEnv(
      'OPENAI_CUSTOM_HEADERS',
      'x-extra: from-environment\nauthorization: Bearer environment',
    )
    vi.stubEnv('HTTP_PROXY', elsewhere.url)
    vi.stubEnv('http_proxy', elsewhere.url)
    await ask(question(server.url))
    const told = JSON.stringify(server.requests)
    expect(told).not.toContain('environment')
    expect(server.requests[0]?.headers).not.toHaveProperty('authorization')
    expect(elsewhere.connections()).toBe(0)
  })

  test('a base address without a path is asked as it is', async () => {
    await using server = await serve(ANSWER)
    await ask(question(`http://localhost:${server.port}`))
    expect(server.requests[0]?.path).toBe('/chat/completions')
  })

  test('connections are used again for the next questions', async () => {
    await using server = await serve(ANSWER)
    for (let turn = 0; turn < 6; turn++) await ask(question(server.url))
    // The next question may come before the last connection is free again.
    expect(server.connections()).toBeLessThanOrEqual(2)
  })
})

/** What sockets were told to connect to, and to which addresses their lookups would have led. No packet leaves. */
function blockSockets() {
  const led: string[] = []
  const spy = vi.spyOn(net.Socket.prototype, 'connect').mockImplementation(function (
    this: net.Socket,
    ...given: readonly unknown[]
  ) {
    const [options] = [given[0]].flat() as [net.TcpNetConnectOpts]
    const refuse = (error: Error | null) =>
      this.destroy(error ?? Object.assign(new Error('blocked'), { code: 'ECONNREFUSED' }))
    if (net.isIP(options.host ?? '') || !options.lookup) led.push(options.host ?? '')
    options.lookup?.(options.host ?? '', { all: true }, (error, found) => {
      if (Array.isArray(found)) led.push(...found.map((one) => one.address))
      refuse(error)
    })
    return this
  })
  return { led, spy }
}

/** A resolver with another answer each time, the last one for good. */
function resolveInTurn(...answers: readonly string[]) {
  let turn = 0
  const answer = (_name: string, _options: unknown, done: (...given: unknown[]) => void) => {
    const address = answers[Math.min(turn++, answers.length - 1)] ?? ''
    process.nextTick(done, null, [{ address, family: net.isIP(address) }])
  }
  return vi.spyOn(dns, 'lookup').mockImplementation(answer as unknown as typeof dns.lookup)
}

describe('where connections go', () => {
  test.each([
    'http://api.example/v1',
    'https://169.254.169.254/v1',
    'https://[::ffff:7f00:1]/v1',
    'http://0.0.0.0:8000/v1',
    'http://2130706433/v1',
    'https://a@b/v1',
    'file:///etc/passwd',
  ])('no socket is opened for %s', async (url) => {
    const { spy } = blockSockets()
    await expect(ask(question(url))).rejects.toMatchObject({ code: 'bad-input' })
    await expect(listModels({ url, key: null }, quiet)).rejects.toMatchObject({ code: 'bad-input' })
    expect(spy).not.toHaveBeenCalled()
  })

  test('the address that was checked is the one that is used, and it is looked up once', async () => {
    const { led } = blockSockets()
    const resolver = resolveInTurn('93.184.215.14', '127.0.0.1')
    const asking = ask(question('https://rebinding-1.example/v1'))
    await expect(asking).rejects.toThrow('rebinding-1.example takes no connection')
    expect(led).toEqual(['93.184.215.14'])
    expect(resolver).toHaveBeenCalledTimes(1)
  })

  test('a resolver that changes its mind leads nowhere', async () => {
    const { led } = blockSockets()
    resolveInTurn('93.184.215.14', '127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1')
    const url = 'https://rebinding-2.example/v1'
    await ask(question(url)).catch(() => undefined)
    for (const address of ['127.0.0.1', '169.254.169.254', '::1', '::ffff:127.0.0.1'])
      await expect(ask(question(url, { key: 'sk-1234567890' }))).rejects.toMatchObject({
        code: 'bad-input',
        message: expect.stringContaining(`rebinding-2.example leads to ${address}`),
      })
    expect(led).toEqual(['93.184.215.14'])
  })

  test('a server on this machine is not reached by a name that is not its own', async () => {
    await using victim = await serve(ANSWER)
    resolveInTurn('127.0.0.1')
    const url = `https://rebinding-3.example:${victim.port}/v1`
    await expect(ask(question(url))).rejects.toThrow('which is this machine')
    expect(victim.connections()).toBe(0)
  })

  test.each([301, 302, 303, 307, 308])(
    'a redirect with status %i is not followed',
    async (status) => {
      await using last = await serve(ANSWER)
      await using middle = await serve(json({}, status, { location: last.url }))
      await using first = await serve(
        json({}, status, { location: `${middle.url}/chat/completions` }),
      )
      await expect(ask(question(first.url, { key: 'sk-1234567890' }))).rejects.toMatchObject({
        code: 'endpoint-failed',
        message: expect.stringContaining(`sends this on to ${middle.url}`),
      })
      await expect(listModels({ url: first.url, key: null }, quiet)).rejects.toThrow(
        'sends this on',
      )
      expect([first.requests.length, middle.connections(), last.connections()]).toEqual([2, 0, 0])
    },
  )
})

describe('why there is no answer', () => {
  test('nothing listens there', async () => {
    const server = await serve(ANSWER)
    await server[Symbol.asyncDispose]()
    for (const host of ['127.0.0.1', 'localhost'])
      await expect(ask(question(`http://${host}:${server.port}/v1`))).rejects.toMatchObject({
        code: 'endpoint-failed',
        message: `${host}:${server.port} takes no connection`,
        hint: expect.stringContaining('started'),
      })
  })

  test('the name is not found', async () => {
    const missing = Object.assign(new Error('getaddrinfo'), { code: 'ENOTFOUND' })
    vi.spyOn(dns, 'lookup').mockImplementation(((
      _name: string,
      _options: unknown,
      done: (error: Error) => void,
    ) => process.nextTick(done, missing)) as unknown as typeof dns.lookup)
    await expect(ask(question('https://nowhere.example/v1'))).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: 'nowhere.example is not found',
    })
  })

  test('it speaks no https', async () => {
    await using server = await serve(ANSWER)
    const url = `https://127.0.0.1:${server.port}/v1`
    await expect(ask(question(url))).rejects.toThrow('does not speak https here')
  })

  test('it speaks no HTTP', async () => {
    const server = net.createServer((socket) =>
      socket.on('error', () => undefined).end('+OK ready\r\n'),
    )
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as net.AddressInfo
    await expect(ask(question(`http://127.0.0.1:${port}/v1`))).rejects.toThrow(
      'no valid HTTP answer',
    )
    server.close()
  })

  test('a model that is not there is told of with those that are', async () => {
    await using server = await serve((response, count, request) =>
      request.method === 'GET'
        ? json({ data: [{ id: 'llava' }, { id: 'qwen-vl' }] })(response, count, request)
        : json({ error: { message: 'model not found' } }, 404)(response, count, request),
    )
    await expect(ask(question(server.url))).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: `127.0.0.1:${server.port} does not know the model "m-1" at ${server.url}/chat/completions: model not found`,
      hint: 'It offers llava, qwen-vl.',
    })
  })

  test('an address that is not there is told of as such', async () => {
    await using server = await serve(raw('text/html', '<html>404</html>', 404))
    await expect(ask(question(server.url))).rejects.toMatchObject({
      message: expect.stringMatching(/does not know the model "m-1" at http.*completions$/),
      hint: expect.stringContaining('/v1'),
    })
  })

  test.each([401, 403])('status %i is about the key', async (status) => {
    await using server = await serve(json({ error: { message: 'no' } }, status))
    await expect(ask(question(server.url, { key: 'sk-1234567890' }))).rejects.toMatchObject({
      code: 'forbidden',
      message: `127.0.0.1:${server.port} refused the key: no`,
    })
    await expect(ask(question(server.url))).rejects.toThrow('wants a key')
  })

  test('a key with a line end is refused before it is sent', async () => {
    await using server = await serve(ANSWER)
    const asking = ask(question(server.url, { key: 'sk-canary\r\nx-evil: 1' }))
    await expect(asking).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.not.stringContaining('canary'),
    })
    expect(server.connections()).toBe(0)
  })

  test('what a server says is quoted short and without control characters', async () => {
    await using server = await serve(json({ error: `\u001b[31m\u202e${'a\n'.repeat(400)}` }, 400))
    const error: unknown = await ask(question(server.url)).catch((reason: unknown) => reason)
    const message = error instanceof Error ? error.message : ''
    expect(message).not.toMatch(/\p{C}/u)
    expect(message).toMatch(/status 400: \[31ma a a .*…$/)
    expect(message.length).toBeLessThan(380)
  })
})

describe('cancelling', () => {
  const CANCELLED = { code: 'cancelled' }

  test('before the question opens no connection', async () => {
    await using server = await serve(ANSWER)
    await expect(ask(question(server.url), {}, AbortSignal.abort())).rejects.toMatchObject(
      CANCELLED,
    )
    await expect(listModels(question(server.url), AbortSignal.abort())).rejects.toMatchObject(
      CANCELLED,
    )
    expect(server.connections()).toBe(0)
  })

  test('while a server is silent ends at once', async () => {
    const stop = new AbortController()
    await using server = await serve(() => stop.abort())
    await expect(ask(question(server.url), {}, stop.signal)).rejects.toMatchObject(CANCELLED)
  })

  test('in the middle of an answer closes the connection', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await serve(async (response, count, request) => {
      response.on('close', closed.resolve)
      await thenNothing(piece('Two'))(response, count, request)
    })
    const stop = new AbortController()
    const asking = askChat(question(server.url), stop.signal)
    expect(await asking.next()).toMatchObject({ value: 'Two' })
    stop.abort()
    await expect(asking.next()).rejects.toMatchObject(CANCELLED)
    await closed.promise
  })

  test('by leaving the loop closes the connection', async () => {
    const closed = Promise.withResolvers<void>()
    await using server = await serve(async (response, count, request) => {
      response.on('close', closed.resolve)
      await thenNothing(piece('Two'))(response, count, request)
    })
    for await (const text of askChat(question(server.url), quiet)) {
      expect(text).toBe('Two')
      break
    }
    await closed.promise
  })

  test('during the wait before another try ends at once', async () => {
    const stop = new AbortController()
    await using server = await serve((response, count, request) => {
      response.on('finish', () => setImmediate(() => stop.abort()))
      return json({}, 429, { 'retry-after': '20' })(response, count, request)
    })
    await expect(ask(question(server.url), {}, stop.signal)).rejects.toMatchObject(CANCELLED)
    expect(server.requests).toHaveLength(1)
  })
})

describe('the list of models', () => {
  test('holds each name once, in the order of the server', async () => {
    await using server = await serve(
      json({
        object: 'list',
        data: [{ id: 'b' }, { id: 'a' }, { id: 'b' }, { id: 7 }, null, { id: 'x\u0000' }, {}],
      }),
    )
    expect(await listModels({ url: server.url, key: 'sk-1234567890' }, quiet)).toEqual(['b', 'a'])
    expect(server.requests[0]).toMatchObject({
      method: 'GET',
      path: '/v1/models',
      headers: { authorization: 'Bearer sk-1234567890' },
    })
  })

  test('is empty where the server has none', async () => {
    await using server = await serve(json({ object: 'list', data: null }))
    expect(await listModels({ url: server.url, key: null }, quiet)).toEqual([])
  })

  test.each([
    ['a page', raw('text/html', '<html>'), /not JSON/],
    ['another shape', json({ models: [] }), /no list of models/],
    ['no such address', json({}, 404), /does not know a list of models at/],
    ['a reset', reset, /closed the connection/],
    ['silence', head, /was silent/],
  ])('is not read out of %s', async (_name, behaviour, message) => {
    await using server = await serve(behaviour)
    const asking = listModels({ url: server.url, key: null }, quiet, { pauseMs: 1, silenceMs: 200 })
    await expect(asking).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: expect.stringMatching(message),
    })
  })
})
