/** Rules decided without any runtime: tokenizer files, devices, endings, the queue, the caches. */
import { describe, expect, test } from 'vitest'
import { deviceFault } from '../../src/engine/device-faults.ts'
import { describeEnding } from '../../src/engine/ending.ts'
import { createLru } from '../../src/engine/lru.ts'
import { deviceCandidates } from '../../src/engine/model/device.ts'
import { readTokenizerFile } from '../../src/engine/model/tokenizer-rules.ts'
import { createQueue } from '../../src/engine/queue.ts'

type Json = Record<string, unknown>
const good = (): Json => ({
  added_tokens: [{ id: 3, content: '</s>' }],
  normalizer: null,
  pre_tokenizer: { type: 'ByteLevel', add_prefix_space: false },
  model: { type: 'BPE', vocab: { a: 0, b: 1, ab: 2 }, merges: ['a b'] },
})
const withModel = (model: Json): Json => ({
  ...good(),
  model: { ...(good()['model'] as Json), ...model },
})
const read = (json: unknown) =>
  readTokenizerFile(
    't.json',
    new TextEncoder().encode(typeof json === 'string' ? json : JSON.stringify(json)),
  )

describe('tokenizer files', () => {
  test('a plain byte-level BPE is read', () => {
    expect(read(good()).size).toBe(4)
    expect(read(withModel({ merges: [['a', 'b']] })).size).toBe(4)
  })

  test('a known pattern is accepted', () => {
    const pattern = { Regex: "'s|'t|'re|'ve|'m|'ll|'d|[\\p{L}]+|[\\p{N}]|[^\\s\\p{L}\\p{N}]+" }
    expect(read({ ...good(), pre_tokenizer: { type: 'Split', pattern } }).size).toBe(4)
  })

  test.each<[string, unknown, RegExp]>([
    ['not JSON', '{', /not JSON/],
    ['another model', withModel({ type: 'Unigram' }), /Unigram, not BPE/],
    ['a gap in the ids', withModel({ vocab: { a: 0, b: 1, ab: 5 } }), /ids are not/],
    ['two pieces with one id', withModel({ vocab: { a: 0, b: 1, ab: 1 } }), /two pieces/],
    ['a negative id', withModel({ vocab: { a: 0, b: -1, ab: 2 } }), /no whole number/],
    ['a huge id', withModel({ vocab: { a: 0, b: 1, ab: 2 ** 60 } }), /no whole number/],
    ['a merge of unknown pieces', withModel({ merges: ['a z'] }), /unknown pieces/],
    ['a merge into an unknown piece', withModel({ merges: ['b a'] }), /unknown piece/],
    ['a merge of three', withModel({ merges: ['a b ab'] }), /unknown pieces/],
    ['no merges', withModel({ merges: null }), /no list of merges/],
    ['no pieces', { ...withModel({ vocab: {} }), added_tokens: [] }, /no pieces/],
    [
      'an added token without text',
      { ...good(), added_tokens: [{ id: 3, content: '' }] },
      /no text/,
    ],
    [
      'an own pattern',
      { ...good(), pre_tokenizer: { pattern: { Regex: '(a+)+$' } } },
      /unknown pattern/,
    ],
    [
      'a pattern in the normaliser',
      { ...good(), normalizer: { pattern: { Regex: '.' } } },
      /pattern/,
    ],
    [
      'a prototype key',
      JSON.stringify(good()).replace('"normalizer"', '"__proto__":{},"x"'),
      /__proto__/,
    ],
    ['deep nesting', `${'['.repeat(100_000)}${']'.repeat(100_000)}`, /nested deeper/],
    [
      'too many added tokens',
      {
        ...good(),
        added_tokens: Array.from({ length: 5000 }, (_, at) => ({ id: at + 3, content: `<${at}>` })),
      },
      /added tokens/,
    ],
  ])('%s is refused by name', (_, json, message) => {
    expect(() => read(json)).toThrow(
      expect.objectContaining({ code: 'model-unsafe', message: expect.stringMatching(message) }),
    )
  })
})

describe('devices', () => {
  const question = {
    listed: ['cpu', 'webgpu', 'cuda'],
    wanted: undefined,
    modelBytes: 5e9,
    cpuOnlyBecause: undefined,
  }
  const names = (changes: Partial<Parameters<typeof deviceCandidates>[0]>) =>
    deviceCandidates({ ...question, ...changes }).map((one) => one.device)

  test('a large model tries what the runtime lists, and always ends on cpu', () => {
    expect(names({})).toEqual(['cuda', 'webgpu', 'cpu'])
    expect(names({ listed: ['cpu'] })).toEqual(['cpu'])
  })

  test('a small model stays on cpu; a person may choose', () => {
    expect(names({ modelBytes: 20e6 })).toEqual(['cpu'])
    expect(names({ modelBytes: 20e6, wanted: 'webgpu' })).toEqual(['webgpu', 'cpu'])
    expect(names({ wanted: 'cpu' })).toEqual(['cpu'])
  })

  test('what cannot be had is said, and a device that killed the engine is not tried again', () => {
    const [missing] = deviceCandidates({ ...question, wanted: 'dml' })
    expect(missing).toMatchObject({
      device: 'cpu',
      reason: expect.stringMatching(/asks for dml, this runtime has cpu/),
    })
    const [safe] = deviceCandidates({ ...question, cpuOnlyBecause: 'the engine ended' })
    expect(safe).toMatchObject({ device: 'cpu', reason: 'the engine ended' })
  })

  test('every candidate has its reason', () => {
    expect(deviceCandidates(question).every((one) => one.reason !== '')).toBe(true)
  })
})

test('why a device is not used is said in words, and what is not known as the runtime says it', () => {
  const cuda =
    'OrtSessionOptionsAppendExecutionProvider_Cuda: Failed to load shared library /x/libonnxruntime_providers_shared.so'
  const webgpu =
    '/onnxruntime_src/webgpu_context.cc:136 <lambda()> status == Success was false. Failed to get a WebGPU adapter: No supported adapters'
  expect(deviceFault(cuda)).toBe('its libraries are not installed')
  expect(deviceFault(webgpu)).toBe('no graphics adapter was found')
  expect(deviceFault('shader module is not valid')).toBe('shader module is not valid')
})

describe('how an engine ended', () => {
  test.each([
    [null, 'SIGKILL', 'out-of-memory'],
    [137, null, 'out-of-memory'],
    [null, 'SIGSEGV', 'engine-crashed'],
    [136, null, 'engine-crashed'],
  ])('code %s, signal %s is %s', (code, signal, expected) => {
    const ending = describeEnding({ code, signal, doing: 'loading Tiny' })
    expect(ending.code).toBe(expected)
    expect(ending.message).toContain('while loading Tiny')
    expect(ending.hint).toMatch(/Everything finished before is kept/)
  })
})

describe('the queue', () => {
  test('turns come in order, and leaving twice counts once', async () => {
    const queue = createQueue()
    const order: string[] = []
    const first = queue.enter()
    const second = queue.enter()
    const third = queue.enter()
    expect([first.before, second.before, third.before]).toEqual([0, 1, 2])
    void second.start.then((leave) => (order.push('second'), leave()))
    void third.start.then((leave) => (order.push('third'), leave()))
    const leave = await first.start
    order.push('first')
    leave()
    leave()
    await third.start
    expect(order).toEqual(['first', 'second', 'third'])
    expect(queue.length).toBe(0)
  })

  test('an aborted wait leaves the queue', async () => {
    const queue = createQueue()
    const leave = await queue.enter().start
    const abort = new AbortController()
    const waiting = queue.enter(abort.signal)
    abort.abort()
    await expect(waiting.start).rejects.toMatchObject({ code: 'cancelled' })
    expect(queue.length).toBe(1)
    leave()
    expect(queue.length).toBe(0)
  })
})

test('the cache forgets what was used longest ago, by weight', () => {
  const cache = createLru<string>(10)
  cache.set('a', 'A', 4)
  cache.set('b', 'B', 4)
  expect(cache.get('a')).toBe('A') // now b is the oldest
  cache.set('c', 'C', 4)
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual(['A', undefined, 'C'])
  cache.set('big', 'BIG', 99) // larger than the limit: kept alone, for it is in use
  expect([cache.get('a'), cache.get('c'), cache.get('big')]).toEqual([undefined, undefined, 'BIG'])
})
