/** A server of chat completions on this machine that answers as a test wishes, and remembers what it was asked. */
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { text } from 'node:stream/consumers'

export interface Asked {
  readonly headers: IncomingHttpHeaders
  readonly body: Readonly<Record<string, unknown>>
  /** The words sent with the picture. */
  readonly prompt: string
  /** The picture's bytes. */
  readonly picture: Buffer
}

interface Part {
  readonly type: string
  readonly text?: string
  readonly image_url?: { readonly url: string }
}

export interface ChatServer {
  /** As far as /v1. */
  readonly url: string
  readonly origin: string
  readonly asked: readonly Asked[]
  close(): void
}

type Answer = string | { readonly status: number; readonly body: string }

const event = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`

/** `answer` gets what was asked; its words are streamed one by one, or a status with a body is sent. */
export async function startChatServer(
  answer: (asked: Asked) => Answer | Promise<Answer>,
): Promise<ChatServer> {
  const asked: Asked[] = []
  const server = createServer((request, response) => {
    void (async () => {
      const body = JSON.parse((await text(request)) || '{}') as Record<string, unknown>
      const [message] = (body['messages'] ?? []) as { readonly content: readonly Part[] }[]
      const part = (type: string) => message?.content.find((one) => one.type === type)
      const data = part('image_url')?.image_url?.url ?? ''
      const picture = Buffer.from(data.slice(data.indexOf(',') + 1), 'base64')
      const one = { headers: request.headers, body, prompt: part('text')?.text ?? '', picture }
      asked.push(one)
      const said = await answer(one)
      if (typeof said !== 'string') {
        response.writeHead(said.status, { 'content-type': 'application/json' }).end(said.body)
        return
      }
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const base = { id: 'c', object: 'chat.completion.chunk', created: 1, model: 'stand-in-1' }
      for (const word of said.split(/(?<= )/))
        response.write(event({ ...base, choices: [{ index: 0, delta: { content: word } }] }))
      response.write(event({ ...base, choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }))
      const usage = { prompt_tokens: 120, completion_tokens: 9, total_tokens: 129 }
      response.write(event({ ...base, choices: [], usage }))
      response.end('data: [DONE]\n\n')
    })()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ url: `${origin}/v1`, origin, asked },
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
}
