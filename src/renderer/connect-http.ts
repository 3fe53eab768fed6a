/** The browser's transport: one POST per operation, the answer read line by line as it comes. */
import { parseWithBytes, stringifyWithBytes } from '../shared/bytes-json.ts'
import type { WireError } from '../shared/errors.ts'
import type { Open, Reply } from '../shared/rpc.ts'

const gone: WireError = {
  code: 'host-gone',
  message: 'The workbench does not answer',
}

function refusal(status: number): WireError {
  if (status === 403) return { code: 'forbidden', message: 'The workbench refused this page' }
  if (status === 413) return { code: 'bad-input', message: 'More than the workbench takes at once' }
  return { code: 'host-gone', message: `The workbench answered with status ${status}` }
}

async function* linesOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  let rest = ''
  for await (const text of body.pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\n')
    rest = lines.pop() ?? ''
    yield* lines.filter((line) => line !== '')
  }
  if (rest !== '') yield rest
}

const headers = (token: string) => ({
  authorization: `Bearer ${token}`,
  'content-type': 'application/json',
})

type Send = (path: string, init: RequestInit) => Promise<Response>

/** Leaving the generator early drops the request, which the host takes as a cancel. */
export function connectHttp(token: string, send: Send = (path, init) => fetch(path, init)): Open {
  return async function* (name, input, signal) {
    const left = new AbortController()
    const stop = signal ? AbortSignal.any([signal, left.signal]) : left.signal
    try {
      const response = await send(`/rpc/${name}`, {
        method: 'POST',
        headers: headers(token),
        body: stringifyWithBytes(input ?? {}),
        signal: stop,
      })
      if (!response.ok || !response.body)
        return yield { t: 'fail', error: refusal(response.status) }
      for await (const line of linesOf(response.body)) yield parseWithBytes(line) as Reply
    } catch (error) {
      if (signal?.aborted) throw error
      yield { t: 'fail', error: gone }
    } finally {
      left.abort()
    }
  }
}

/** Trades the token for a cookie that is good for pictures only, so that no address carries a secret. */
export async function openPictures(token: string): Promise<void> {
  await fetch('/session', { method: 'POST', headers: headers(token), body: '{}' })
}
