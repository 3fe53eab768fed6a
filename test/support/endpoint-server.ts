/** A chat server on this machine that answers as a test wants it, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { askChat, type ChatAnswer, type ChatQuestion } from '../../src/endpoints/ask.ts'
import type { AskLimits } from '../../src/endpoints/watch.ts'

export interface Request {
  readonly method: string
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: string
}

/** What one request gets: written raw, since many answers are wrong on purpose. `count`: from 1. */
export type Behaviour = (
  response: ServerResponse,
  count: number,
  request: Request,
) => void | Promise<void>

export interface EndpointServer extends AsyncDisposable {
  readonly port: number
  readonly url: string
  readonly requests: readonly Request[]
  readonly connections: () => number
}

export async function serve(behaviour: Behaviour): Promise<EndpointServer> {
  const requests: Request[] = []
  const sockets = new Set<Socket>()
  let connections = 0
  const server = createServer((incoming, response) => {
    const parts: Buffer[] = []
    incoming.on('data', (part: Buffer) => parts.push(part))
    incoming.on('end', () => {
      const { method = '', url: path = '', headers } = incoming
      const request = { method, path, headers, body: Buffer.concat(parts).toString() }
      requests.push(request)
      void (async () => behaviour(response, requests.length, request))().catch(() =>
        response.destroy(),
      )
    })
  })
  server.on('connection', (socket) => {
    connections += 1
    sockets.add(socket)
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    port,
    url: `http://127.0.0.1:${port}/v1`,
    requests,
    connections: () => connections,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

export const json =
  (value: unknown, status = 200, headers: Record<string, string> = {}): Behaviour =>
  (response) => {
    response
      .writeHead(status, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify(value))
  }

export const raw =
  (type: string, text: string | Buffer, status = 200): Behaviour =>
  (response) => {
    response.writeHead(status, { 'content-type': type }).end(text)
  }

export const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`

export const piece = (content: unknown, more: object = {}): string =>
  event({ model: 'm-1', choices: [{ index: 0, delta: { content }, ...more }] })

export const END = `${event({ choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] })}data: [DONE]\n\n`

export const events = (...parts: readonly (string | Buffer)[]): Behaviour =>
  raw('text/event-stream', Buffer.concat(parts.map((part) => Buffer.from(part))))

export const STREAM = 'text/event-stream'
export const MIB = 1024 * 1024

export const head: Behaviour = (response) => {
  response.writeHead(200, { 'content-type': STREAM }).flushHeaders()
}

/** The bytes one at a time, each in a packet of its own. */
export const dripped =
  (bytes: Buffer): Behaviour =>
  async (response, count, request) => {
    await head(response, count, request)
    for (const byte of bytes)
      await new Promise((resolve) => response.write(Buffer.of(byte), resolve))
    response.end()
  }

export const thenCut =
  (...parts: readonly (string | Buffer)[]): Behaviour =>
  async (response, count, request) => {
    await head(response, count, request)
    for (const part of parts) await new Promise((resolve) => response.write(part, resolve))
    response.destroy()
  }

export const thenNothing =
  (...parts: readonly string[]): Behaviour =>
  async (response, count, request) => {
    await head(response, count, request)
    for (const part of parts) response.write(part)
  }

export const inTurn =
  (...behaviours: readonly Behaviour[]): Behaviour =>
  (response, count, request) =>
    behaviours[Math.min(count, behaviours.length) - 1]?.(response, count, request)

export const reset: Behaviour = (response) => {
  response.socket?.resetAndDestroy()
}

export const whole = (message: unknown, more: object = {}) => ({
  model: 'm-1',
  choices: [{ index: 0, message, finish_reason: 'stop', ...more }],
})

/** Writes without collecting: waits where the reader is slow, stops where it is gone. */
export async function flood(response: ServerResponse, part: Buffer, times: number): Promise<void> {
  response.setMaxListeners(0)
  for (let time = 0; time < times && !response.destroyed; time++)
    if (!response.write(part))
      await new Promise<void>((resolve) => {
        response.once('drain', resolve).once('close', resolve)
      })
  response.end()
}

export const question = (url: string, more: Partial<ChatQuestion> = {}): ChatQuestion => ({
  url,
  model: 'm-1',
  key: null,
  prompt: 'Describe the picture.',
  picture: { type: 'image/png', bytes: Uint8Array.of(1, 2, 3) },
  parameters: { temperature: 0 },
  ...more,
})

/** The texts on the way, and the answer. */
export async function ask(
  asked: ChatQuestion,
  limits: Partial<AskLimits> = {},
  signal: AbortSignal = new AbortController().signal,
): Promise<{ readonly texts: readonly string[]; readonly answer: ChatAnswer }> {
  const asking = askChat(asked, signal, { pauseMs: 1, ...limits })
  const texts: string[] = []
  for (;;) {
    const { done, value } = await asking.next()
    if (done) return { texts, answer: value }
    texts.push(value)
  }
}
