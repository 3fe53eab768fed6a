/** What went wrong with an endpoint, in words: its refusals by status, and the errors of connections by code. */
import { RealignError } from '../shared/errors.ts'
import { field } from './field.ts'
import { quoted } from './redact.ts'

/** Whom was asked, and the secret that no word may repeat. */
export interface Asked {
  /** Host and port. */
  readonly host: string
  readonly key: string | null
}

/** A reply with a status that is no success. It stays inside this folder: `refusal` puts it into words. */
export class Refused extends Error {
  readonly status: number
  /** What the server wrote, as it is. */
  readonly body: string
  readonly location: string | null

  constructor(status: number, body: string, location: string | null) {
    super(`Status ${status}`)
    this.status = status
    this.body = body
    this.location = location
  }
}

export const failed = (message: string, hint: string): RealignError =>
  new RealignError('endpoint-failed', message, { hint })

const ADDRESS = 'Check the address: most servers want it to end in /v1.'
const OUTPUT = "Look at the server's own output, then try again."

/** The message inside an error reply, of which there are many shapes; a web page says nothing. */
export function saidIn(body: string): string {
  const text = body.trim()
  if (text.startsWith('<')) return ''
  try {
    return messageIn(JSON.parse(text)) ?? text
  } catch {
    return text
  }
}

/** The first text under one of the usual names. */
export function messageIn(value: unknown): string | null {
  if (typeof value === 'string') return value
  const error = field(value, 'error')
  if (typeof error === 'object' && error !== null) {
    const inner = field(error, 'message')
    return typeof inner === 'string' ? inner : JSON.stringify(error)
  }
  const texts = [error, ...['message', 'detail', 'msg', 'code'].map((name) => field(value, name))]
  return texts.find((text): text is string => typeof text === 'string' && text !== '') ?? null
}

/** `what`: the thing that a 404 says is not there. `offers`: what the server has instead, if it says. */
export function refusal(
  refused: Refused,
  asked: Asked,
  what: string,
  offers: string | null,
): RealignError {
  const { host, key } = asked
  const { status, location } = refused
  const said = quoted(saidIn(refused.body), key)
  const words = said === '' ? '' : `: ${said}`
  if (status >= 300 && status < 400)
    return failed(
      `${host} sends this on to ${location === null ? 'another address' : quoted(location, key)}`,
      'Realign follows no redirect, since a key would go along. If you trust that address, write it as the address of the endpoint.',
    )
  if (status === 401 || status === 403)
    return new RealignError(
      'forbidden',
      key === null ? `${host} wants a key${words}` : `${host} refused the key${words}`,
      { hint: 'Check the key, and that it may use this model.' },
    )
  if (status === 404) return failed(`${host} does not know ${what}${words}`, offers ?? ADDRESS)
  if (status === 405) return failed(`${host} takes no questions at this address${words}`, ADDRESS)
  if (status === 413)
    return failed(`${host} finds the picture too large${words}`, 'Choose a smaller picture size.')
  if (status === 429)
    return failed(
      `${host} is busy${words}`,
      'Wait a little, or look at the limits of your account.',
    )
  if (status >= 500) return failed(`${host} failed with status ${status}${words}`, OUTPUT)
  return failed(
    `${host} refused the question with status ${status}${words}`,
    'Check the name of the model, that it takes pictures, and the settings.',
  )
}

/** An error that came inside a reply. */
export function serverError(error: unknown, { host, key }: Asked): RealignError {
  const said = quoted(messageIn({ error }) ?? '', key)
  return failed(`${host} failed${said === '' ? '' : `: ${said}`}`, OUTPUT)
}

interface FromSystem {
  readonly code?: unknown
  readonly cause?: unknown
  readonly message?: unknown
  readonly name?: unknown
}

/** An error and what caused it, outermost first. */
export function chainOf(error: unknown): readonly FromSystem[] {
  const chain: FromSystem[] = []
  let next: unknown = error
  while (chain.length < 8 && typeof next === 'object' && next !== null) {
    const one: FromSystem = next
    chain.push(one)
    next = one.cause
  }
  return chain
}

export function codeOf(error: unknown): string {
  for (const { code } of chainOf(error)) if (typeof code === 'string') return code
  return ''
}

/** Whether the connection was closed under the question, which asking once more may cure. */
export const wasReset = (error: unknown): boolean =>
  ['ECONNRESET', 'EPIPE', 'UND_ERR_SOCKET'].includes(codeOf(error))

const CONNECTION: Readonly<Record<string, readonly [what: string, hint: string]>> = {
  ECONNREFUSED: ['takes no connection', 'Is the server started, and is the port right?'],
  ENOTFOUND: ['is not found', 'Check the name, and that this machine is online.'],
  EAI_AGAIN: ['is not found at the moment', 'Check that this machine is online, then try again.'],
  ECONNRESET: ['closed the connection', OUTPUT],
  EPIPE: ['closed the connection', OUTPUT],
  UND_ERR_SOCKET: ['closed the connection', OUTPUT],
  ETIMEDOUT: ['does not answer', 'Check the address, and that no firewall stands between.'],
  UND_ERR_CONNECT_TIMEOUT: [
    'does not answer',
    'Check the address, and that no firewall stands between.',
  ],
  EHOSTUNREACH: ['cannot be reached', 'Check the network of this machine.'],
  ENETUNREACH: ['cannot be reached', 'Check the network of this machine.'],
  ENETDOWN: ['cannot be reached', 'Check the network of this machine.'],
  EADDRNOTAVAIL: ['cannot be reached', 'Check the network of this machine.'],
  UND_ERR_HEADERS_OVERFLOW: ['sent headers that are too large', OUTPUT],
  HPE_HEADER_OVERFLOW: ['sent headers that are too large', OUTPUT],
  UND_ERR_RES_CONTENT_LENGTH_MISMATCH: ['sent less than it promised', OUTPUT],
}

const CERTIFICATE = /CERT|SIGNED|SIGNATURE|ISSUER|HOSTNAME/

const FORWARD =
  'A certificate must come from an authority that this machine trusts. For a server of your own, forward its port instead: ssh -L PORT:localhost:PORT, then http://localhost:PORT/v1.'

/** An error of a connection in words; null for what is none, which is then a bug. */
export function connectionFailure(error: unknown, asked: Asked): RealignError | null {
  const code = codeOf(error)
  const known = CONNECTION[code]
  const options = { cause: harmless(error, asked.key) }
  const say = (what: string, hint: string) =>
    new RealignError('endpoint-failed', `${asked.host} ${what}`, { ...options, hint })
  if (known) return say(...known)
  if (CERTIFICATE.test(code)) return say(`has a certificate that is not trusted (${code})`, FORWARD)
  if (code.startsWith('ERR_SSL') || code.startsWith('ERR_TLS') || code === 'EPROTO')
    return say(
      'does not speak https here',
      'Check the port; a server on this machine may want http://localhost.',
    )
  const garbled = chainOf(error).some(({ name }) => name === 'HTTPParserError')
  if (garbled || code.startsWith('HPE_') || code.startsWith('Z_') || code.startsWith('UND_ERR'))
    return say(
      'sent what is no valid HTTP answer',
      'Check the port: another kind of service may answer there.',
    )
  const message = chainOf(error)
    .map((one) => String(one.message ?? ''))
    .join(': ')
  if (/terminated|fetch failed|aborted|premature/i.test(message))
    return say('broke off its answer', OUTPUT)
  return null
}

/** What may stand as the cause of an error: its words alone, without the key, never the request it belongs to. */
export function harmless(error: unknown, key: string | null): Error {
  const words = chainOf(error)
    .map(({ code, message }) => [code, message].filter((one) => typeof one === 'string').join(' '))
    .join(': ')
  return new Error(quoted(words, key))
}
