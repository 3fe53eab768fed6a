/** The rater server: five checks on every request, nothing in any answer that could unblind. */
import { readFileSync } from 'node:fs'
import { request, type OutgoingHttpHeaders } from 'node:http'
import { networkInterfaces } from 'node:os'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startRaterHost, type RaterHost } from '../../src/server/rater-host.ts'
import { RateState } from '../../src/shared/study-types.ts'
import { openBench, seededRandom, type TestBench } from '../support/builders.ts'
import { closingEvent, eventOf, nextEvent, planStudy } from '../support/studies.ts'

interface Answer {
  readonly status: number
  readonly text: string
  readonly headers: string
}

interface Call {
  readonly method: string
  readonly path: string
  readonly headers: OutgoingHttpHeaders
  readonly body?: string
}

function send(host: RaterHost, { method, path, headers, body = '' }: Call): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = request(
      { host: '127.0.0.1', port: host.port, method, path, headers },
      (incoming) => {
        let text = ''
        incoming.setEncoding('latin1')
        incoming.on('data', (chunk: string) => (text += chunk))
        incoming.on('end', () =>
          resolve({
            status: incoming.statusCode ?? 0,
            text,
            headers: JSON.stringify(incoming.headers),
          }),
        )
      },
    )
    outgoing.on('error', reject)
    outgoing.end(body)
  })
}

const page = { type: 'text/html; charset=utf-8', body: new Uint8Array([60]) }

async function open(images = 4, options: { readonly lanAddress?: string } = {}) {
  const bench = await openBench()
  const studyId = await planStudy(bench.client, images)
  const host = await startRaterHost({
    invoke: bench.workbench.invokeAs('rater'),
    pages: new Map([['/', page]]),
    ...options,
  })
  onTestFinished(() => host.close())
  const { token } = await bench.client.call('studies.invite', { studyId, rater: 0 })
  const good: OutgoingHttpHeaders = {
    host: `127.0.0.1:${host.port}`,
    origin: `http://127.0.0.1:${host.port}`,
    'sec-fetch-site': 'same-origin',
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
  }
  return { bench, studyId, host, token, good }
}

const post = (host: RaterHost, path: string, headers: OutgoingHttpHeaders, body: unknown) =>
  send(host, { method: 'POST', path, headers, body: JSON.stringify(body) })

const eventsIn = async ({ client }: TestBench, studyId: string) =>
  (await client.call('studies.get', { studyId })).progress.events

describe('rater server', () => {
  test('a whole session by two raters: no answer holds a canary', async () => {
    const { bench, studyId, host, token, good } = await open(25)
    const second = await bench.client.call('studies.invite', { studyId, rater: 1 })
    const { images } = await bench.client.call('images.list', {})
    const { protocol } = await bench.client.call('studies.get', { studyId })
    const heard: string[] = []
    const hear = (answer: Answer) => {
      heard.push(answer.text, answer.headers)
      return answer
    }
    for (const authorization of [good.authorization, `Bearer ${second.token}`]) {
      const headers = { ...good, authorization }
      const random = seededRandom(1)
      let state = RateState.parse(
        JSON.parse(hear(await post(host, '/rate/state', headers, {})).text),
      )
      for (let event = nextEvent(state, random); event; event = nextEvent(state, random)) {
        const picture = { method: 'GET', path: `/rate/picture/${event.trialId}`, headers }
        const shown = await send(host, picture)
        expect(shown.status).toBe(200)
        heard.push(shown.headers) // the fake pictures are their own names: only re-encoded ones are scanned
        const answer = hear(await post(host, '/rate/submit', headers, { events: [event] }))
        state = RateState.parse(JSON.parse(answer.text))
      }
      expect(state).toMatchObject({ trial: null, done: 29, guess: null })
      for (let event = closingEvent(state); event; event = closingEvent(state)) {
        const answer = hear(await post(host, '/rate/submit', headers, { events: [event] }))
        state = RateState.parse(JSON.parse(answer.text))
      }
      expect(state).toMatchObject({ trial: null, closed: true, guess: null })
    }
    const everything = heard.join('\n')
    const canaries = [
      'CANARY',
      'main',
      'anchor',
      'wrong-image',
      'planted',
      'duplicate',
      'score',
      'repeat',
      'order"',
      'systems',
      'seed',
      token,
      second.token,
      protocol.id,
      ...images.map(({ id }) => id),
    ]
    expect(canaries.filter((canary) => everything.includes(canary))).toEqual([])
    expect(everything).toContain('A drawing number')
  })

  test('only the allowed requests of a matrix reach the study', async () => {
    const { bench, studyId, host, token, good } = await open()
    const state = RateState.parse(JSON.parse((await post(host, '/rate/state', good, {})).text))
    const own = [`127.0.0.1:${host.port}`, `localhost:${host.port}`]
    const hosts = [...own, 'evil.test', `evil.test:${host.port}`, '127.0.0.1', `[::1]:${host.port}`]
    const origins = [`http://${own[0]}`, undefined, 'null', 'http://evil.test', `https://${own[0]}`]
    const sites = ['same-origin', undefined, 'cross-site', 'same-site']
    const types = ['application/json', 'text/plain', 'application/x-www-form-urlencoded', undefined]
    const tokens = [`Bearer ${token}`, undefined, `Bearer ${'x'.repeat(43)}`, token, 'Bearer short']
    let [tried, passed] = [0, 0]
    for (const name of hosts)
      for (const origin of origins)
        for (const site of sites)
          for (const type of types)
            for (const authorization of tokens) {
              const headers: OutgoingHttpHeaders = { host: name }
              if (origin) headers['origin'] = origin
              if (site) headers['sec-fetch-site'] = site
              if (type) headers['content-type'] = type
              if (authorization) headers['authorization'] = authorization
              const allowed =
                own.includes(name) &&
                origin === origins[0] &&
                (site === undefined || site === 'same-origin') &&
                type === types[0] &&
                authorization === tokens[0]
              const event = eventOf(state, 'break', {}, state.trial!)
              const before = passed
              const answer = await post(host, '/rate/submit', headers, { events: [event] })
              tried++
              if (answer.status === 200) passed++
              expect(passed - before, JSON.stringify(headers)).toBe(Number(allowed))
            }
    expect(tried).toBe(2400)
    expect(await eventsIn(bench, studyId)).toBe(passed)
  })

  test.each(['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'HEAD'])('%s does nothing', async (method) => {
    const { bench, studyId, host, good } = await open()
    const { status } = await send(host, { method, path: '/rate/submit', headers: good, body: '' })
    expect(status).toBeGreaterThanOrEqual(400)
    expect(await eventsIn(bench, studyId)).toBe(0)
  })

  test('raters reach their own items only, and no other operation', async () => {
    const { bench, studyId, host, good, token } = await open()
    const { token: other } = await bench.client.call('studies.invite', { studyId, rater: 1 })
    const theirs = { ...good, authorization: `Bearer ${other}` }
    const state = RateState.parse(JSON.parse((await post(host, '/rate/state', theirs, {})).text))
    const foreign = eventOf(state, 'break', {}, state.trial!)
    expect((await post(host, '/rate/submit', good, { events: [foreign] })).status).toBe(403)
    const path = `/rate/picture/${state.trial!.trialId}`
    expect((await send(host, { method: 'GET', path, headers: good })).status).toBe(403)
    // A body cannot name another token, and nothing of the workbench is routed.
    expect((await post(host, '/rate/state', good, { token })).status).toBe(400)
    for (const path of [
      '/rpc/studies.report',
      '/rpc/images.list',
      '/rate/../rpc/x',
      '/rate/report',
    ])
      expect((await post(host, path, good, {})).status).toBe(404)
    for (const path of ['/../package.json', '/rate/picture/..%2f..', '/assets/', '/picture/x'])
      expect([403, 404]).toContain(
        (await send(host, { method: 'GET', path, headers: good })).status,
      )
  })

  test('bad bodies: not JSON, too large, an unknown field, an answer that is not whole', async () => {
    const { bench, studyId, host, good } = await open()
    const state = RateState.parse(JSON.parse((await post(host, '/rate/state', good, {})).text))
    const event = nextEvent(state, seededRandom(1))!
    const bad: unknown[] = [
      { events: [] },
      { events: [{ ...event, extra: 1 }] },
      { events: [event], more: 1 },
      { events: [{ ...event, payload: { answer: { format: 'ranking', order: [[1]] } } }] },
      { events: Array.from({ length: 65 }, () => event) },
      [],
      null,
      'x',
    ]
    for (const body of bad)
      expect((await post(host, '/rate/submit', good, body)).status).toBeGreaterThanOrEqual(400)
    const broken = { method: 'POST', path: '/rate/submit', headers: good, body: '{"events":[' }
    expect((await send(host, broken)).status).toBe(400)
    const huge = { ...broken, body: ' '.repeat(33 * 1024) }
    expect((await send(host, huge)).status).toBe(413)
    expect(await eventsIn(bench, studyId)).toBe(0)
  })

  test('the token is nowhere but in the link', async () => {
    const { bench, studyId, host, token, good } = await open()
    expect(host.linkFor(token)).toBe(`http://127.0.0.1:${host.port}/#${token}`)
    await post(host, '/rate/state', good, {})
    const { files } = await bench.client.call('studies.export', {
      studyId,
      level: 'full',
      resamples: 100,
    })
    expect(JSON.stringify(files)).not.toContain(token)
    const answer = await send(host, { method: 'GET', path: '/', headers: { host: good.host } })
    expect(answer.headers).toContain('no-referrer')
    expect(answer.headers).toContain('no-store')
  })

  test('listens on this machine only, unless an address of the network is given', async () => {
    const listening = (port: number): readonly string[] =>
      readFileSync('/proc/net/tcp', 'utf8')
        .split('\n')
        .map((line) => line.trim().split(/\s+/))
        .filter(
          (row) => row[3] === '0A' && Number.parseInt(row[1]?.split(':')[1] ?? '', 16) === port,
        )
        .map((row) => row[1]?.split(':')[0] ?? '')
    const { host } = await open()
    expect(host.lan).toBe(false)
    expect(listening(host.port)).toEqual(['0100007F'])
    const own = Object.values(networkInterfaces())
      .flat()
      .find((one) => one?.family === 'IPv4' && !one.internal)?.address
    const lanAddress = own ?? '127.0.0.2'
    const { host: lan } = await open(4, { lanAddress })
    expect(lan.lan).toBe(true)
    expect(lan.linkFor('x')).toContain(`http://${lanAddress}:`)
    expect(listening(lan.port)).toHaveLength(1)
    expect(listening(lan.port)).not.toContain('00000000')
  })
})
