/** Whom we connect to, what we send there, and what is told when it fails. */
import dns from 'node:dns'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:https'
import net from 'node:net'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { listModels } from '../../src/endpoints/ask.ts'
import { ask, END, events, json, piece, question, raw, serve } from '../support/endpoint-server.ts'

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

  test('its certificate is its own', async () => {
    const pem = readFileSync(path.join(import.meta.dirname, '../fixtures/self-signed.pem'))
    const server = createServer({ key: pem, cert: pem }, (_request, response) => response.end('{}'))
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const { port } = server.address() as net.AddressInfo
    const asking = ask(question(`https://localhost:${port}/v1`, { key: 'sk-1234567890' }))
    await expect(asking).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: expect.stringMatching(/has a certificate that is not trusted \(.*SELF_SIGNED/),
    })
    server.close()
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
