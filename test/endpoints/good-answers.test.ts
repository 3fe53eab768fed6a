/** The answers of a chat server that are taken, in the many shapes in which servers write them. */
import { describe, expect, test } from 'vitest'
import {
  ask,
  dripped,
  END,
  event,
  events,
  flood,
  inTurn,
  json,
  piece,
  question,
  raw,
  reset,
  serve,
  STREAM,
  thenCut,
  thenNothing,
  whole,
  type Behaviour,
} from '../support/endpoint-server.ts'

const TWO_CATS = events(piece('Two'), piece(' cats.'), END)

const GOOD: readonly (readonly [name: string, Behaviour, text: string])[] = [
  ['a stream', TWO_CATS, 'Two cats.'],
  ['plain JSON though a stream was asked for', json(whole({ content: 'Two cats.' })), 'Two cats.'],
  [
    'JSON that calls itself a stream',
    raw(STREAM, JSON.stringify(whole({ content: 'Two cats.' }))),
    'Two cats.',
  ],
  ['a stream that calls itself a page', raw('text/html', piece('Two cats.') + END), 'Two cats.'],
  ['a stream after a byte order mark', events('\uFEFF', piece('Two cats.'), END), 'Two cats.'],
  [
    'comments that keep the connection alive',
    events(': hello\n\n', piece('Two'), ': still here\n\n: and here\n\n', piece(' cats.'), END),
    'Two cats.',
  ],
  [
    'lines that end with CR LF, and named events',
    events(`event: message\r\nid: 1\r\nretry: 9\r\n${piece('Two cats.').trim()}\r\n\r\n`, END),
    'Two cats.',
  ],
  ['one byte at a time', dripped(Buffer.from(piece('Zwölf 猫 🐈.') + END)), 'Zwölf 猫 🐈.'],
  ['a pair of surrogates in two events', events(piece('\ud83d'), piece('\ude00'), END), '😀'],
  ['half a pair of surrogates', events(piece('a\ud83d'), END), 'a\ufffd'],
  [
    'control characters, as they are',
    events(piece('a\u0000\u001b[31m\u202eb'), END),
    'a\u0000\u001b[31m\u202eb',
  ],
  ['no [DONE]', events(piece('Two cats.', { finish_reason: 'stop' })), 'Two cats.'],
  ['no finish_reason', events(piece('Two cats.'), 'data: [DONE]\n\n'), 'Two cats.'],
  [
    'no empty line at the end',
    events(piece('Two cats.', { finish_reason: 'stop' }).trim()),
    'Two cats.',
  ],
  ['more after [DONE]', events(piece('Two cats.'), END, piece(' And more.')), 'Two cats.'],
  [
    'empty choices before and after',
    events(event({ choices: [] }), piece('Two cats.'), event({ choices: [] }), END),
    'Two cats.',
  ],
  [
    'choices and content of null',
    events(event({ choices: null }), piece(null), piece('Two cats.'), END),
    'Two cats.',
  ],
  [
    'a second choice beside the first',
    events(
      event({
        choices: [
          { index: 1, delta: { content: 'No.' } },
          { index: 0, delta: { content: 'Yes.' } },
        ],
      }),
      END,
    ),
    'Yes.',
  ],
  [
    'content in parts',
    json(
      whole({
        content: [
          { type: 'thinking', thinking: 'Hm.' },
          { type: 'text', text: 'Two ' },
          { type: 'text', text: 'cats.' },
        ],
      }),
    ),
    'Two cats.',
  ],
  [
    'reasoning before the caption',
    events(
      event({ choices: [{ delta: { role: 'assistant', reasoning_content: 'Let me see.' } }] }),
      event({ choices: [{ delta: { reasoning: 'Fur.' } }] }),
      piece('Two cats.'),
      END,
    ),
    'Two cats.',
  ],
  [
    'an error of null',
    events(event({ error: null, choices: [] }), piece('Two cats.'), END),
    'Two cats.',
  ],
  [
    'fields that would change every object',
    raw(
      'application/json',
      '{"__proto__":{"choices":1},"choices":[{"message":{"content":"Two cats."}}]}',
    ),
    'Two cats.',
  ],
  ['an empty caption', json(whole({ content: '' })), ''],
  ['a failure, then an answer', inTurn(json({}, 500), TWO_CATS), 'Two cats.'],
  [
    'a bad gateway with a page, then an answer',
    inTurn(raw('text/html', '<html>', 502), TWO_CATS),
    'Two cats.',
  ],
  [
    'too many questions, then an answer',
    inTurn(json({}, 429, { 'retry-after': '0' }), TWO_CATS),
    'Two cats.',
  ],
  [
    'a date to come back at, then an answer',
    inTurn(json({}, 503, { 'retry-after': 'Thu, 01 Jan 1970 00:00:00 GMT' }), TWO_CATS),
    'Two cats.',
  ],
  ['three resets, then an answer', inTurn(reset, reset, reset, TWO_CATS), 'Two cats.'],
  [
    'no count of tokens to be had',
    (response, count, request) =>
      request.body.includes('stream_options')
        ? json({ error: { message: 'Unknown field: stream_options' } }, 400)(
            response,
            count,
            request,
          )
        : TWO_CATS(response, count, request),
    'Two cats.',
  ],
  [
    'a connection left open at the end',
    thenNothing(piece('Two cats.'), event({ choices: [{ delta: {}, finish_reason: 'stop' }] })),
    'Two cats.',
  ],
  [
    'a connection cut after the end',
    thenCut(piece('Two cats.', { finish_reason: 'stop' })),
    'Two cats.',
  ],
  [
    'a first byte that takes its time',
    (response, count, request) => {
      setTimeout(() => void TWO_CATS(response, count, request), 200)
    },
    'Two cats.',
  ],
]

describe('an answer is taken', () => {
  test.each(GOOD)('%s', async (_name, behaviour, text) => {
    await using server = await serve(behaviour)
    const { answer, texts } = await ask(question(server.url), { tailMs: 50 })
    expect(answer).toMatchObject({ text, finish: 'eos' })
    expect(texts.at(-1) ?? '').toBe(text)
  })

  test('its text grows, and it tells who answered, the tokens and the times', async () => {
    await using server = await serve(
      events(
        event({
          model: 'served-1',
          system_fingerprint: 'fp-7',
          choices: [{ delta: { content: 'Two' } }],
        }),
        piece(' cats.', { finish_reason: 'stop' }).replace('m-1', 'served-1'),
        event({ choices: [], usage: { prompt_tokens: 9, completion_tokens: 4 } }),
        'data: [DONE]\n\n',
      ),
    )
    const { texts, answer } = await ask(question(server.url))
    expect(texts).toEqual(['Two', 'Two cats.'])
    expect(answer).toMatchObject({
      answeredBy: 'served-1',
      fingerprint: 'fp-7',
      usage: { prompt: 9, completion: 4 },
    })
    expect(answer.firstMs).toBeLessThanOrEqual(answer.totalMs)
  })

  test('labels of wrong types are none', async () => {
    await using server = await serve(
      json({
        ...whole({ content: 'Two cats.' }),
        model: 7,
        system_fingerprint: [],
        usage: { prompt_tokens: -1, completion_tokens: '4' },
      }),
    )
    const { answer } = await ask(question(server.url))
    expect(answer).toMatchObject({ answeredBy: null, fingerprint: null, usage: null })
  })

  test.each([
    ['the model ran into its limit', events(piece('Two', { finish_reason: 'length' })), 'Two'],
    [
      'more than the text may have',
      events(piece('é'.repeat(600)), piece('x'.repeat(900)), END),
      `${'é'.repeat(500)}`,
    ],
    [
      'a cut within a character',
      events(piece('x'), piece('é'.repeat(600)), END),
      `x${'é'.repeat(499)}`,
    ],
    [
      'a caption without end',
      (response) => flood(response, Buffer.from(piece('ha ')), 1e7),
      `${'ha '.repeat(333)}h`,
    ],
  ] satisfies (readonly [string, Behaviour, string])[])(
    'its finish is length: %s',
    async (_name, behaviour, text) => {
      await using server = await serve(behaviour)
      const { answer } = await ask(question(server.url), { textBytes: 1_000 })
      expect(answer).toMatchObject({ text, finish: 'length' })
    },
  )

  test('the text is cut at 64 KiB where nothing else is said', async () => {
    await using server = await serve(
      events(piece('x'.repeat(40_000)), piece('y'.repeat(40_000)), END),
    )
    const { answer } = await ask(question(server.url))
    expect(answer.text).toHaveLength(65_536)
    expect(answer.finish).toBe('length')
  })
})
