/** Speaks to a Chromium over its debugging pipe: JSON messages that end with a NUL, no port, no network. */
import type { ChildProcess } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'
import { RealignError } from '../shared/errors.ts'

export type Answer = Readonly<Record<string, unknown>>

export interface Devtools {
  /** @throws RealignError unavailable when the browser refuses, ends or stays silent */
  send(method: string, params: object, sessionId?: string): Promise<Answer>
}

interface Message {
  readonly id?: number
  readonly result?: Answer
  readonly error?: { readonly message: string }
}

/** A long table takes minutes to print on a busy machine; whoever cannot wait cancels. */
const SILENCE_MS = 600_000
const HINT = 'Try another Chromium with CHROMIUM_PATH, or export HTML and print it yourself.'

const failed = (what: string): RealignError =>
  new RealignError('unavailable', `The browser could not print: ${what}`, { hint: HINT })

/** The child must have been started with pipes as its third and fourth stream. */
export function openDevtools(child: ChildProcess): Devtools {
  const [, , , to, from] = child.stdio as readonly unknown[] as [
    unknown,
    unknown,
    unknown,
    Writable,
    Readable,
  ] // as spawned
  const waiting = new Map<number, PromiseWithResolvers<Answer>>()
  let last = 0
  let ended: RealignError | null = null

  const end = (what: string) => {
    ended ??= failed(what)
    for (const one of waiting.values()) one.reject(ended)
    waiting.clear()
  }
  const receive = ({ id, result, error }: Message) => {
    if (id === undefined) return
    const one = waiting.get(id)
    waiting.delete(id)
    if (error) one?.reject(failed(error.message))
    else one?.resolve(result ?? {})
  }
  let rest = Buffer.alloc(0)
  from.on('data', (piece: Buffer) => {
    rest = Buffer.concat([rest, piece])
    for (let at = rest.indexOf(0); at >= 0; at = rest.indexOf(0)) {
      receive(JSON.parse(rest.toString('utf8', 0, at)) as Message) // our own child speaks the protocol
      rest = rest.subarray(at + 1)
    }
  })
  to.on('error', () => end('it closed its pipe'))
  from.on('error', () => end('it closed its pipe'))
  child.once('error', (error) => end(error.message))
  child.once('exit', (code, signal) => end(`it ended (${signal ?? code})`))

  return {
    async send(method, params, sessionId) {
      if (ended) throw ended
      const id = ++last
      const answer = Promise.withResolvers<Answer>()
      waiting.set(id, answer)
      const timer = setTimeout(() => {
        waiting.delete(id)
        answer.reject(failed(`no answer to ${method}`))
      }, SILENCE_MS)
      to.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
      try {
        return await answer.promise
      } finally {
        clearTimeout(timer)
      }
    },
  }
}
