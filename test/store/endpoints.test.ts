/** Captioners behind an address: nothing is sent before it is allowed, and what they wrote is kept like any caption. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import type { HostHooks } from '../../src/core/ports.ts'
import { createEndpoints } from '../../src/endpoints/endpoints.ts'
import { createMemoryKeys, takeKeys } from '../../src/endpoints/keys.ts'
import { sendingQuestion } from '../../src/main/sending-question.ts'
import { DEFAULT_PROMPT_WITHOUT } from '../../src/shared/endpoint-names.ts'
import { EndpointDefinition } from '../../src/shared/endpoint.ts'
import { RealignError } from '../../src/shared/errors.ts'
import { addPictures, collect, comparing, openBench, temporaryFolder } from '../support/builders.ts'
import { startChatServer, type Asked } from '../support/chat-server.ts'

type Answer = Parameters<typeof startChatServer>[0]

const ID = 'endpoint:my-model'

interface Given {
  readonly definition?: Partial<EndpointDefinition>
  readonly environment?: NodeJS.ProcessEnv
  readonly allowed?: boolean
}

async function bench(answer: Answer, { definition, environment = {}, allowed = true }: Given = {}) {
  const server = await startChatServer(answer)
  onTestFinished(() => server.close())
  const folder = temporaryFolder()
  const endpoints = createEndpoints(folder, createMemoryKeys(takeKeys(environment)))
  const { client, engine } = await openBench({ host: { endpoints } })
  const defined = EndpointDefinition.parse({
    ...{ name: 'My model', url: server.url, model: 'some-vlm', ...definition },
  })
  await client.call('endpoints.save', { definition: defined })
  if (allowed) await client.call('endpoints.allow', { id: ID, allowed })
  const [imageId = ''] = await addPictures(client, ['owl'])
  return { server, folder, client, engine, imageId }
}

const says =
  (text: string): Answer =>
  () =>
    text

const run = (imageId: string, texts: readonly string[], more = {}) =>
  comparing([imageId], texts, { captionerId: ID, ...more })

test('nothing is sent before the workspace allows it, and the run ends saying where', async () => {
  const { server, client, imageId } = await bench(says('A photo.'), { allowed: false })
  const refused = await collect(client.run('comparisons.run', run(imageId, ['']))).catch(
    (error: unknown) => error,
  )
  expect(refused).toMatchObject({
    code: 'forbidden',
    message: `This workspace may not send anything to ${server.origin}`,
  })
  await expect(client.call('models.check', { bundleId: ID })).rejects.toMatchObject({
    code: 'forbidden',
  })
  expect(server.asked).toHaveLength(0)

  await client.call('endpoints.allow', { id: ID, allowed: true })
  await collect(client.run('comparisons.run', run(imageId, [''])))
  expect(server.asked).toHaveLength(1)
  const taken = await client.call('endpoints.allow', { id: ID, allowed: false })
  expect(taken.endpoint?.allowed).toBe(false)
})

test('a host that asks the person itself says so, tells what is sent, and allows nothing where they say no', async () => {
  const asked: Parameters<NonNullable<HostHooks['confirmSending']>>[0][] = []
  let agreed = false
  const endpoints = createEndpoints(temporaryFolder(), createMemoryKeys(takeKeys({})))
  const { client } = await openBench({
    host: {
      endpoints,
      confirmSending: (endpoint) => {
        asked.push(endpoint)
        return Promise.resolve(agreed)
      },
    },
  })
  expect((await client.call('app.status', {})).asksBeforeSending).toBe(true)
  const definition = EndpointDefinition.parse({
    ...{ name: 'My model', url: 'https://captions.test/v1', model: 'some-vlm', maxSide: 512 },
  })
  await client.call('endpoints.save', { definition })
  await expect(client.call('endpoints.allow', { id: ID, allowed: true })).rejects.toMatchObject({
    code: 'cancelled',
  })
  agreed = true
  const allowed = await client.call('endpoints.allow', { id: ID, allowed: true })
  expect(allowed.endpoint?.allowed).toBe(true)
  const about = { name: 'My model', origin: 'https://captions.test', local: false, maxSide: 512 }
  expect(asked).toEqual([about, about])
  const { message, detail } = sendingQuestion(about)
  expect(message).toContain('https://captions.test')
  expect(detail).toContain('longer side at most 512')
  expect(detail).toContain('They leave this machine')
})

test('another address of an allowed endpoint is another question', async () => {
  const { server, client, imageId } = await bench(says('A photo.'))
  const other = await startChatServer(says('Not me.'))
  onTestFinished(() => other.close())
  const definition = EndpointDefinition.parse({ name: 'My model', url: other.url, model: 'm' })
  const saved = await client.call('endpoints.save', { definition, replaces: ID })
  expect(saved.endpoint).toMatchObject({ origin: other.origin, allowed: false })
  await expect(collect(client.run('comparisons.run', run(imageId, [''])))).rejects.toMatchObject({
    code: 'forbidden',
  })
  expect([server.asked.length, other.asked.length]).toEqual([0, 0])
})

test('captions come with what was asked, are stored and used again', async () => {
  const { server, client, imageId } = await bench(({ prompt }: Asked) =>
    prompt === DEFAULT_PROMPT_WITHOUT ? 'A photo of an owl.' : 'A photo of a $& snowy owl.',
  )
  const asked = run(imageId, ['', 'snowy $& owl {alt}'], { settings: { temperature: 0.5 } })
  const { events, output } = await collect(client.run('comparisons.run', asked))
  expect(output).toMatchObject({ status: 'done', cells: 2, reused: 0 })
  expect(events.filter(({ kind }) => kind === 'token').length).toBeGreaterThan(3)
  const { cells } = await client.call('cells.list', { imageId })
  const byAlt = new Map(cells.map((cell) => [cell.altText, cell]))
  expect([...byAlt.values()].map(({ caption }) => caption).sort()).toEqual([
    'A photo of a $& snowy owl.',
    'A photo of an owl.',
  ])
  // Whatever the alt-text holds, it stands in the prompt as it is.
  const [withAlt] = server.asked.filter(({ prompt }) => prompt !== DEFAULT_PROMPT_WITHOUT)
  expect(withAlt?.prompt).toContain('\n\nsnowy $& owl {alt}\n\n')
  expect(withAlt?.body).toMatchObject({
    ...{ model: 'some-vlm', temperature: 0.5, top_p: 0.7, seed: 7, max_tokens: 512, stream: true },
  })
  expect(withAlt?.headers['authorization']).toBeUndefined()
  expect(withAlt?.picture.toString()).toBe('FAKE owl')
  expect(byAlt.get('')).toMatchObject({
    ...{ captionerId: ID, seed: 7, tokenCount: null, logProb: null },
    provenance: {
      ...{ variant: 'endpoint', finish: 'eos', preprocessing: 'PNG, longer side at most 1024' },
      endpoint: {
        ...{ url: server.url, model: 'some-vlm', answeredBy: 'stand-in-1', raw: null },
        ...{ prompt: DEFAULT_PROMPT_WITHOUT, usage: { prompt: 120, completion: 9 } },
        parameters: { temperature: 0.5, top_p: 0.7, seed: 7, max_tokens: 512 },
      },
    },
  })
  const again = await collect(client.run('comparisons.run', asked))
  expect(again.output).toMatchObject({ cells: 2, reused: 2 })
  expect(server.asked).toHaveLength(2)
})

test('fields of the request can be set and left out, thoughts are no caption', async () => {
  const reply = '<think>An owl?\nYes.</think>\n\nA photo\nof an owl.\u0007'
  const { server, client, imageId } = await bench(says(reply), {
    definition: { body: { seed: null, max_tokens: null, max_completion_tokens: 90 } },
  })
  await collect(client.run('comparisons.run', run(imageId, [''], { settings: { greedy: true } })))
  expect(server.asked[0]?.body).toMatchObject({
    ...{ temperature: 0, top_p: 1, max_completion_tokens: 90 },
  })
  expect(server.asked[0]?.body).not.toHaveProperty('seed')
  expect(server.asked[0]?.body).not.toHaveProperty('max_tokens')
  const { cells } = await client.call('cells.list', { imageId })
  expect(cells[0]?.caption).toBe('A photo of an owl.')
  expect(cells[0]?.provenance.endpoint?.raw).toBe(reply)
})

test('what needs tokens is refused with its reason, asking again compares words', async () => {
  let count = 0
  const { client, imageId } = await bench(() => (count++ < 2 ? 'A photo.' : 'Another photo.'))
  await collect(client.run('comparisons.run', run(imageId, [''])))
  const { cells } = await client.call('cells.list', { imageId })
  const cellId = cells[0]?.id ?? ''
  const unavailable = {
    code: 'unavailable',
    message: expect.stringContaining('endpoint') as string,
  }
  await expect(client.call('cells.tokens', { cellId })).rejects.toMatchObject(unavailable)
  await expect(
    collect(client.run('cells.branch', { cellId, token: 0, tokenId: 1 })),
  ).rejects.toMatchObject(unavailable)
  const replay = async () => (await collect(client.run('cells.replay', { cellId }))).output
  expect(await replay()).toMatchObject({ identical: true, maxLogProbDiff: -1 })
  expect(await replay()).toMatchObject({ identical: false, caption: 'Another photo.' })
})

test('a key is sent as bearer, bound to its host, and told to nobody', async () => {
  const { server, folder, client, imageId } = await bench(says('A photo.'))
  const key = 'sk-canary-0123456789-abcd'
  const saved = await client.call('endpoints.setKey', { id: ID, key })
  expect(saved.endpoint?.key).toEqual({ state: 'set', ending: 'abcd', kept: 'memory' })
  await collect(client.run('comparisons.run', run(imageId, [''])))
  expect(server.asked[0]?.headers['authorization']).toBe(`Bearer ${key}`)
  const told = JSON.stringify([
    await client.call('models.list', {}),
    await client.call('cells.list', { imageId }),
    readdirSync(folder).map((name) => readFileSync(path.join(folder, name), 'utf8')),
  ])
  expect(told).not.toContain('canary')

  const renamed = EndpointDefinition.parse({ name: 'Renamed', url: server.url, model: 'm' })
  const kept = await client.call('endpoints.save', { definition: renamed, replaces: ID })
  expect([kept.id, kept.endpoint?.key.ending]).toEqual(['endpoint:renamed', 'abcd'])
  const moved = await client.call('endpoints.save', {
    definition: { ...renamed, url: 'https://elsewhere.example/v1' },
    replaces: kept.id,
  })
  expect(moved.endpoint?.key).toEqual({ state: 'none', ending: null, kept: null })
})

test('keys of the environment are taken out of it', async () => {
  const environment = { REALIGN_KEY_MY_MODEL: ' from-the-environment ', PATH: '/bin' }
  const { server, client, imageId } = await bench(says('A photo.'), { environment })
  expect(environment).toEqual({ PATH: '/bin' })
  await collect(client.run('comparisons.run', run(imageId, [''])))
  expect(server.asked[0]?.headers['authorization']).toBe('Bearer from-the-environment')
})

test('an endpoint that fails costs its image; three in a row end the run, a refused key at once', async () => {
  const { server, client } = await bench(() => ({ status: 404, body: '{"error":"no such model"}' }))
  const names = Array.from({ length: 20 }, (_, index) => `picture ${index}`)
  const ids = await addPictures(client, names)
  const all = comparing(ids, [''], { captionerId: ID })
  await expect(collect(client.run('comparisons.run', all))).rejects.toMatchObject({
    code: 'endpoint-failed',
  })
  // Three were under way at the same time, and as many more may have begun before the third was heard.
  const questions = server.asked.filter(({ prompt }) => prompt !== '').length
  expect([questions >= 3, questions <= 6]).toEqual([true, true])

  const locked = await bench(() => ({ status: 401, body: '{"error":{"message":"bad key"}}' }))
  const more = await addPictures(locked.client, names)
  await expect(
    collect(locked.client.run('comparisons.run', comparing(more, [''], { captionerId: ID }))),
  ).rejects.toMatchObject({ code: 'forbidden' })
  expect(locked.server.asked.length).toBeLessThanOrEqual(4)
})

test('the test tells whether picture and alt-text arrive', async () => {
  const seeing = await bench(({ picture, prompt }: Asked) => {
    expect(picture.subarray(1, 4).toString()).toBe('PNG')
    return /made by (\w+)/.exec(prompt)?.[1] ?? ''
  })
  const blind = await seeing.client.call('models.check', { bundleId: ID })
  expect(blind).toMatchObject({
    state: 'found',
    endpoint: { test: { readsImage: false, readsAlt: true } },
  })
})

test('files that are no definition are refused by name, and two of one name', async () => {
  const { folder, client } = await bench(says('A photo.'))
  const write = (name: string, text: string) => writeFileSync(path.join(folder, name), text)
  const good = readFileSync(path.join(folder, 'my-model.endpoint.json'), 'utf8')
  write('broken.endpoint.json', '{')
  write('extra.endpoint.json', good.replace('"name"', '"kee": 1, "name"'))
  write('mine.endpoint.json', good)
  write(
    'plain.endpoint.json',
    good.replace('My model', 'P').replace(/"http:[^"]*"/, '"http://example.com/v1"'),
  )
  write(
    'takes.endpoint.json',
    good.replace('My model', 'T').replace('"body": {}', '"body": {"messages": []}'),
  )
  const { bundles } = await client.call('models.list', {})
  const refused = bundles.filter(({ state }) => state === 'refused')
  expect(refused.map(({ problem }) => problem?.split(':')[0])).toEqual([
    'broken.endpoint.json',
    'extra.endpoint.json',
    'my-model.endpoint.json',
    'plain.endpoint.json',
    'takes.endpoint.json',
  ])
  await expect(
    client.call('endpoints.save', {
      definition: EndpointDefinition.parse({
        name: 'MY  model',
        url: 'https://a.example/v1',
        model: 'm',
      }),
    }),
  ).rejects.toBeInstanceOf(RealignError)
})

test('without being named an endpoint is never asked', async () => {
  const { server, client, imageId } = await bench(says('A photo.'))
  await collect(client.run('comparisons.run', comparing([imageId], [''])))
  const { defaultCaptioner } = await client.call('app.status', {})
  expect([server.asked.length, defaultCaptioner]).toEqual([0, 'fake-captioner'])
})

test('data and footnotes say what was sent, not what the settings hold besides', async () => {
  const { server, client, imageId } = await bench(says('A photo.'), {
    definition: { body: { seed: null, reasoning_effort: 'low' } },
  })
  await collect(client.run('comparisons.run', run(imageId, [''])))
  const { events } = await collect(client.run('publish.rows', { shape: 'long' }))
  const names = events.flatMap((one) =>
    one.kind === 'columns' ? one.columns.map(({ name }) => name) : [],
  )
  const [row = []] = events.flatMap((one) => (one.kind === 'rows' ? one.rows : []))
  const told = Object.fromEntries(names.map((name, at) => [name, row[at]]))
  expect(told).toMatchObject({
    ...{ model: ID, seed: null, temperature: 0.2, top_p: 0.7, top_k: null, log_prob: null },
    notes: expect.stringContaining(`asked some-vlm at ${server.url}, `) as string,
  })
  const { text } = await client.call('publish.document', { table: 'table3', format: 'md' })
  expect(text.replaceAll('\\', '')).toContain(
    'Seeds: none sent. Sampling: temperature 0.2, top_p 0.7, max_tokens 512, reasoning_effort "low".',
  )
})

test('no more questions are open at once than its definition says, however many images are under way', async () => {
  let open = 0
  let most = 0
  let asked = 0
  let release = Promise.withResolvers<void>()
  /** Answers in threes, so that three are open at once wherever three may be. */
  const answer = async () => {
    most = Math.max(most, ++open)
    asked++
    const { promise, resolve } = release
    if (open === 3 || asked === 14) {
      release = Promise.withResolvers()
      resolve()
    }
    await promise
    open--
    return 'A photo.'
  }
  const { client } = await bench(answer, { definition: { parallel: 3 } })
  const ids = await addPictures(client, ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  const request = comparing(ids, ['', 'a dog'], { captionerId: ID })
  const { output } = await collect(client.run('comparisons.run', request))
  expect([output.cells, output.status, most]).toEqual([14, 'done', 3])
})

test('a run that is cancelled asks nothing more and keeps what was answered', async () => {
  const cancel = new AbortController()
  let answered = 0
  const answer = async () => {
    if (++answered === 3) cancel.abort()
    return 'A photo.'
  }
  const { server, client } = await bench(answer, { definition: { parallel: 1 } })
  const ids = await addPictures(client, ['a', 'b', 'c', 'd', 'e', 'f', 'g'])
  const asked = comparing(ids, [''], { captionerId: ID })
  await expect(
    collect(client.run('comparisons.run', asked, { signal: cancel.signal })),
  ).rejects.toMatchObject({ code: 'cancelled' })
  expect(server.asked).toHaveLength(3)
  const again = await collect(client.run('comparisons.run', asked))
  expect(again.output).toMatchObject({ cells: 7, status: 'done' })
  expect(again.output.reused).toBeGreaterThanOrEqual(2)
})
