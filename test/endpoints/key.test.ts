/** The key is nowhere but in the question's own header: not in an error, its cause, an answer, or on the console. */
import dns from 'node:dns'
import { inspect } from 'node:util'
import { afterEach, expect, test, vi } from 'vitest'
import { listModels } from '../../src/endpoints/ask.ts'
import { quoted } from '../../src/endpoints/redact.ts'
import {
  ask,
  END,
  event,
  events,
  json,
  piece,
  question,
  raw,
  reset,
  serve,
  type Behaviour,
} from '../support/endpoint-server.ts'

const KEY = 'sk-Canary+1/2=3&4"5<6%7~8'

const base64 = (text: string) => Buffer.from(text).toString('base64')
const hex = Buffer.from(KEY).toString('hex')

/** The key as a server may write it. */
const FORMS: Readonly<Record<string, string>> = {
  plain: KEY,
  'within a word': `x${KEY}y`,
  twice: `${KEY}${KEY}`,
  'as a header': `Authorization: Bearer ${KEY}`,
  'url-encoded': encodeURIComponent(KEY),
  'url-encoded in small letters': encodeURIComponent(KEY).replace(/%../g, (code) =>
    code.toLowerCase(),
  ),
  'every byte url-encoded': `%${hex.match(/../g)?.join('%')}`,
  base64: base64(KEY),
  'base64 for addresses': Buffer.from(KEY).toString('base64url'),
  'base64 with a name before it': base64(`:${KEY}`),
  'base64 within a header': base64(`user:${KEY}\n`),
  hex,
  'hex in capitals': hex.toUpperCase(),
  'as JSON': JSON.stringify(KEY),
  'as HTML': KEY.replaceAll('&', '&amp;').replaceAll('<', '&lt;'),
  'as JSON within JSON': JSON.stringify(JSON.stringify(KEY)),
  'as HTML in numbers': [...KEY].map((one) => `&#${one.charCodeAt(0)};`).join(''),
  'url-encoded twice': encodeURIComponent(encodeURIComponent(KEY)),
  'with a character nobody sees': `${KEY.slice(0, 9)}\u200b${KEY.slice(9)}`,
  'with a control character': `${KEY.slice(0, 9)}\u0000${KEY.slice(9)}`,
  'at the end of what is quoted': `${'a'.repeat(290)}${KEY}`,
  'far behind': `${'a'.repeat(70_000)}${KEY}`,
}

/** What would give the key away, whole or nearly. */
const TRACES = [
  KEY,
  KEY.slice(0, 12),
  KEY.slice(-12),
  encodeURIComponent(KEY),
  ...[0, 1, 2].map((offset) => base64('\0'.repeat(offset) + KEY).slice(4, -4)),
  hex,
]

function expectNoKey(value: unknown): void {
  const shown = inspect(value, { depth: null, showHidden: true, maxStringLength: null })
  const plain = shown.replace(/\p{C}/gu, '')
  for (const trace of TRACES) {
    expect(plain.toLowerCase()).not.toContain(trace.toLowerCase())
    expect(plain).not.toContain(JSON.stringify(trace).slice(1, -1))
  }
}

const ECHOES: Readonly<Record<string, (said: string) => Behaviour>> = {
  'a refused key': (said) => json({ error: { message: `Incorrect API key: ${said}` } }, 401),
  'a forbidden model': (said) => json({ error: said }, 403),
  'a bad question': (said) => json({ error: { headers: { authorization: said } } }, 400),
  'a missing model': (said) => json({ message: said }, 404),
  'too many questions': (said) => raw('text/plain', said, 429),
  'a failure': (said) => raw('text/plain', said, 500),
  'a redirect': (said) => (response) =>
    void response.writeHead(302, { location: `https://host/?${encodeURI(said)}` }).end(),
  'no JSON': (said) => raw('application/json', said),
  'half of JSON': (said) => raw('application/json', `{"a":"${said}`),
  'an error in a stream': (said) => events(piece('Two'), event({ error: { message: said } })),
  'a part of no JSON': (said) => events(`data: ${said}\n\n`),
  'a refusal': (said) => events(event({ choices: [{ delta: { refusal: said } }] }), END),
  'a filter': (said) =>
    events(
      piece(said.slice(-1_000)),
      event({ choices: [{ delta: {}, finish_reason: 'content_filter' }] }),
    ),
  'another shape': (said) => json({ choices: said }),
  'garbage in place of HTTP': (said) => (response) => {
    response.socket?.end(`${said}\r\n\r\n`)
  },
  'a reset': () => reset,
}

afterEach(() => vi.restoreAllMocks())

const consoleSpies = () =>
  (['debug', 'error', 'info', 'log', 'trace', 'warn'] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => undefined),
  )

test.each(Object.keys(ECHOES))('no error tells the key: %s', async (name) => {
  const spies = consoleSpies()
  let said = ''
  await using server = await serve((response, count, request) =>
    ECHOES[name]?.(said)(response, count, request),
  )
  for (said of Object.values(FORMS)) {
    const asked = question(server.url, { key: KEY })
    const error: unknown = await ask(asked, { retries: 0 }).catch((reason: unknown) => reason)
    expect(error).toHaveProperty('code')
    expect(error).toBeInstanceOf(Error)
    expectNoKey(error)
    const listing = listModels(asked, new AbortController().signal, { retries: 0 })
    expectNoKey(await listing.catch((reason: unknown) => reason))
  }
  for (const spy of spies) expect(spy).not.toHaveBeenCalled()
})

test('no error of a connection tells the key', async () => {
  await using server = await serve(reset)
  vi.spyOn(dns, 'lookup').mockImplementation(((
    _name: string,
    _options: unknown,
    done: (error: Error) => void,
  ) => process.nextTick(done, new Error(`cannot resolve ${KEY}`))) as unknown as typeof dns.lookup)
  for (const url of [
    'https://nowhere.example/v1',
    'http://localhost:2/v1',
    `https://127.0.0.1:${server.port}/v1`,
    'http://nowhere.example/v1',
  ]) {
    const error: unknown = await ask(question(url, { key: KEY })).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expectNoKey(error)
  }
})

test('an answer does not hand the key on', async () => {
  await using server = await serve((response, count, request) =>
    (request.method === 'GET'
      ? json({ data: [{ id: KEY }, { id: 'llava' }] })
      : json({
          model: KEY,
          system_fingerprint: `fp-${KEY}`,
          choices: [{ message: { content: `Your key is ${KEY}.` }, finish_reason: 'stop' }],
        }))(response, count, request),
  )
  const told = await ask(question(server.url, { key: KEY }))
  expectNoKey(told)
  expect(told.answer.text).toBe('Your key is [key].')
  const asked = { url: server.url, key: KEY }
  expect(await listModels(asked, new AbortController().signal)).toEqual(['llava'])
})

test('a word that stands in for a key stays a word in captions', async () => {
  await using server = await serve(events(piece('An EMPTY street.'), END))
  const { answer } = await ask(question(server.url, { key: 'EMPTY' }))
  expect(answer.text).toBe('An EMPTY street.')
})

test('a key of any length leaves no part of itself where a long text is cut', () => {
  for (const length of [8, 51, 300, 4_096]) {
    const key = Array.from({ length }, (_, index) => String.fromCharCode(97 + (index % 26))).join(
      '',
    )
    expect(quoted(`${key} `.repeat(200_000 / length), key).replace(/\[key\]|…| /g, '')).toBe('')
  }
})
