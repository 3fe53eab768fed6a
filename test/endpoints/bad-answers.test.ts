/** The answers of a chat server that are refused: too much, too slow, cut short, of another shape, or a failure of its own. */
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import {
  ask,
  END,
  event,
  events,
  flood,
  head,
  json,
  MIB,
  piece,
  question,
  raw,
  reset,
  serve,
  thenCut,
  thenNothing,
  whole,
  type Behaviour,
} from '../support/endpoint-server.ts'

const WRONG_SHAPES: readonly unknown[] = [
  42,
  'text',
  [],
  null,
  { choices: {} },
  { choices: 'none' },
  { choices: [null] },
  { choices: [7] },
  { choices: [{ delta: 'Two cats.' }] },
  { choices: [{ delta: { content: 7 } }] },
  { choices: [{ delta: { content: { text: 'Two cats.' } } }] },
  { choices: [{ delta: { content: 'Two cats.' }, finish_reason: 1 }] },
]

/** Made before the clocks run. */
const BOMB = gzipSync(Buffer.alloc(100 * MIB, '{'))

const said = (message: string) => ({ error: { message } })

const BAD: readonly (readonly [name: string, Behaviour, message: RegExp])[] = [
  ...WRONG_SHAPES.map(
    (shape) =>
      [
        `a stream of ${JSON.stringify(shape)}`,
        events(event(shape), END),
        /does not answer as a chat server/,
      ] as const,
  ),
  ['a list as JSON', json([1]), /is a list, not an object/],
  [
    'a web page',
    raw('text/html', '<!DOCTYPE html><title>Welcome</title>'),
    /answered with a web page/,
  ],
  [
    'a web page that calls itself JSON',
    raw('application/json', '\n <html>'),
    /answered with a web page/,
  ],
  ['plain words', raw('text/plain', 'Ollama is running'), /not JSON: Ollama is running/],
  ['an empty answer', raw('application/json', ''), /sent an empty answer/],
  ['status 204', (response) => void response.writeHead(204).end(), /sent an empty answer/],
  ['JSON cut short', raw('application/json', '{"choices":[{"mess'), /not JSON/],
  ['JSON nested without end', raw('application/json', '['.repeat(200_000)), /not JSON/],
  ['lines of JSON', raw('application/x-ndjson', '{"a":1}\n{"a":2}\n'), /not JSON/],
  [
    'a stream with a part that is not JSON',
    events('data: {"choices":\n\n', END),
    /part .* not JSON/,
  ],
  ['a stream without choices', events(event({ id: 'x' }), 'data: [DONE]\n\n'), /without a text/],
  ['empty choices only', events(event({ choices: [] }), 'data: [DONE]\n\n'), /without a text/],
  [
    'only a count of tokens',
    events(
      event({ choices: [], usage: { prompt_tokens: 1, completion_tokens: 0 } }),
      'data: [DONE]\n\n',
    ),
    /without a text/,
  ],
  ['comments only', events(': a\n\n', ': b\n\n'), /without a text/],
  ['a stream that ends before its end', events(piece('Two ca')), /broke off/],
  ['a stream cut between events', thenCut(piece('Two')), /broke off|closed the connection/],
  [
    'a stream cut within an event',
    thenCut(piece('Two'), 'data: {"choi'),
    /broke off|closed the connection/,
  ],
  [
    'a stream cut within a character',
    thenCut(piece('Two'), Buffer.from('data: {"choices":[{"delta":{"content":"é').subarray(0, -1)),
    /broke off|closed the connection/,
  ],
  [
    'a stream that ends within a character',
    events(piece('Two'), Buffer.from('data: {"choices":[{"delta":{"content":"é').subarray(0, -1)),
    /part .* not JSON/,
  ],
  [
    'an error within the stream',
    events(piece('Two'), event(said('CUDA out of memory'))),
    /failed: CUDA out of memory/,
  ],
  [
    'an event named error',
    events(piece('Two'), `event: error\ndata: {"message":"No slot"}\n\n`),
    /failed: No slot/,
  ],
  ['an error in JSON with status 200', json(said('Model is loading')), /failed: Model is loading/],
  ['an error that is a text', json({ error: 'no vision here' }), /failed: no vision here/],
  [
    'a refusal',
    json(whole({ content: null, refusal: 'I cannot help with that.' })),
    /declined: I cannot help/,
  ],
  [
    'a refusal in pieces',
    events(
      event({ choices: [{ delta: { refusal: 'I ca' } }] }),
      event({ choices: [{ delta: { refusal: 'nnot.' } }] }),
      END,
    ),
    /declined: I cannot\./,
  ],
  [
    'the content filter',
    events(piece('Two'), piece('', { finish_reason: 'content_filter' })),
    /content filter/,
  ],
  ['a call of a tool', json(whole({ content: null, tool_calls: [{ id: 'x' }] })), /called a tool/],
  [
    'the end of a call of a tool',
    json(whole({ content: '' }, { finish_reason: 'tool_calls' })),
    /called a tool/,
  ],
  [
    'reasoning alone',
    events(event({ choices: [{ delta: { reasoning_content: 'Hm' }, finish_reason: 'length' }] })),
    /only thought/,
  ],
  [
    'one line of 100 MiB',
    (response, count, request) => {
      void head(response, count, request)
      return flood(response, Buffer.alloc(MIB, 'data: xxxxxxxx'), 100)
    },
    /a single event of more than 1 MiB/,
  ],
  [
    'an event of endless lines',
    (response) => flood(response, Buffer.from('data: 1\n'.repeat(1_000)), 1e6),
    /a single event of more than 1 MiB/,
  ],
  [
    'comments without end',
    (response) => flood(response, Buffer.from(': hello\n\n'.repeat(10_000)), 1e6),
    /an answer of more than 8 MiB/,
  ],
  [
    'JSON of 100 MiB',
    (response) => {
      response.write('{"a":"')
      return flood(response, Buffer.alloc(MIB, 'a'), 100)
    },
    /an answer of more than 8 MiB/,
  ],
  [
    'a few bytes that unpack to 100 MiB',
    (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(BOMB),
    /an answer of more than 8 MiB/,
  ],
  [
    'what calls itself gzip',
    (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    /no valid HTTP|broke off/,
  ],
  [
    'ten layers of packing',
    (response) =>
      void response
        .writeHead(200, { 'content-encoding': Array(10).fill('gzip').join(',') })
        .end('x'),
    /./,
  ],
  [
    'headers without end',
    (response) => void response.writeHead(200, { 'x-long': 'a'.repeat(60_000) }).end('{}'),
    /headers that are too large/,
  ],
  ['resets without end', reset, /closed the connection/],
  ['failures without end', json(said('worker died'), 500), /failed with status 500: worker died/],
  ['too many questions without end', json(said('slow down'), 429), /is busy: slow down/],
  ['a wait of an hour', json({}, 429, { 'retry-after': '3600' }), /asks to wait 3600 s/],
  [
    'a bad question',
    json({ detail: 'images are not supported' }, 400),
    /refused the question with status 400: images/,
  ],
  [
    'a picture that is too large',
    raw('text/html', '<h1>413</h1>', 413),
    /finds the picture too large$/,
  ],
  [
    'a wrong method',
    raw('text/plain', 'GET only', 405),
    /takes no questions at this address: GET only/,
  ],
  [
    'a redirect to a file',
    (response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    /sends this on to file:/,
  ],
  [
    'a redirect without an address',
    (response) => void response.writeHead(307).end(),
    /sends this on to another address/,
  ],
]

describe('an answer is refused with its reason', () => {
  test.each(BAD)('%s', async (_name, behaviour, message) => {
    await using server = await serve(behaviour)
    const asking = ask(question(server.url))
    await expect(asking).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: expect.stringMatching(message),
      hint: expect.stringMatching(/\.$|\?$/),
    })
  })

  test.each([
    ['from the start', () => undefined],
    ['in the middle', thenNothing(piece('Two'))],
  ] satisfies (readonly [string, Behaviour])[])('silence %s', async (_name, behaviour) => {
    await using server = await serve(behaviour)
    await expect(ask(question(server.url), { silenceMs: 300 })).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: expect.stringContaining('was silent for 1 s'),
    })
  })

  test('an endless answer is not read on', async () => {
    let written = 0
    await using server = await serve(async (response, count, request) => {
      await head(response, count, request)
      while (!response.destroyed && written < 1_000 * MIB) {
        written += MIB
        if (!response.write(Buffer.alloc(MIB, 'x')))
          await new Promise<void>((go) => response.once('drain', go).once('close', go))
      }
    })
    await expect(ask(question(server.url))).rejects.toThrow('not JSON: xxx')
    expect(written).toBeLessThan(50 * MIB)
  })

  test('an answer that keeps coming ends with the time it may take', async () => {
    await using server = await serve(async (response, count, request) => {
      await head(response, count, request)
      const timer = setInterval(() => response.write(': wait\n\n'), 20)
      response.on('close', () => clearInterval(timer))
    })
    await expect(ask(question(server.url), { wholeMs: 200 })).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: expect.stringContaining('did not finish its answer'),
    })
  })

  test('a server is asked again three times, not more', async () => {
    await using server = await serve(json({}, 503))
    await expect(ask(question(server.url))).rejects.toThrow('status 503')
    expect(server.requests).toHaveLength(4)
  })

  test('a refused question is not asked again', async () => {
    await using server = await serve(json(said('no such model'), 400))
    await expect(ask(question(server.url))).rejects.toThrow('no such model')
    expect(server.requests).toHaveLength(1)
  })
})
