/** Leaving a question before its answer, and the list of models. */
import { describe, expect, test } from 'vitest'
import { askChat, listModels } from '../../src/endpoints/ask.ts'
import {
  ask,
  END,
  events,
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
  ])('is not read out of %s', async (_name, behaviour, message) => {
    await using server = await serve(behaviour)
    const asking = listModels({ url: server.url, key: null }, quiet, { pauseMs: 1 })
    await expect(asking).rejects.toMatchObject({
      code: 'endpoint-failed',
      message: expect.stringMatching(message),
    })
  })

  test('is not waited for without end', async () => {
    await using server = await serve(() => undefined)
    const asking = listModels({ url: server.url, key: null }, quiet, { silenceMs: 200 })
    await expect(asking).rejects.toThrow('was silent')
  })
})
