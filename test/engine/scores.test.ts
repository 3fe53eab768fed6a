/** CLIP scores on the real text encoder: golden embedding, truncation, sentences, and BPE on hostile text. */
import { rm } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { createLocalEngine } from '../../src/engine/local-engine.ts'
import { readBundle } from '../../src/engine/model/bundle.ts'
import { readTokenizer } from '../../src/engine/model/model.ts'
import { seededRandom, randomInt } from '../../src/shared/random.ts'
import {
  collect,
  goldenPicture,
  GREEDY,
  jobOf,
  never,
  tinyFolder,
  withTinyCopy,
} from '../support/engine-bundle.ts'

let engine: Engine
let picture: Uint8Array
beforeAll(async () => {
  engine = createLocalEngine({ modelFolders: [tinyFolder], quiet: true, threads: 1 })
  picture = await goldenPicture()
})
afterAll(() => engine.close())

const scoreWith = async (by: Engine, ...texts: readonly string[]) => {
  const captions = texts.map((text, at) => ({ key: `${at}`, text }))
  const { imageId, bytes } = jobOf(picture, [])
  return by.score({ scorerId: 'tiny', imageId, bytes, captions }, never())
}
const score = (...texts: readonly string[]) => scoreWith(engine, ...texts)

test('a score is the same alone and among others, and names its scorer', async () => {
  const texts = [
    'A photo of a teapot.',
    'x',
    'Two conchs, one above the other. They are brown.',
    '',
  ]
  const together = await score(...texts)
  for (const [at, text] of texts.entries()) {
    const [alone] = await score(text)
    expect(together[at]?.clip).toBeCloseTo(alone?.clip ?? NaN, 4)
    expect(together[at]?.clipS).toBeCloseTo(alone?.clipS ?? NaN, 4)
  }
  expect(together.every((one) => Math.abs(one.clip) <= 100 && one.clipS >= 0)).toBe(true)
  expect(together[0]).toMatchObject({ scorerId: 'tiny', policy: 'truncate-keep-end' })
  expect(together[0]?.scorerSha256).toMatch(/^[0-9a-f]{64}$/)
  expect(new Set(together.map((one) => one.clip)).size).toBe(4)
})

test('beside captions in q8 no second variant is loaded for scores', async () => {
  await withTinyCopy(async (folder) => {
    const own = createLocalEngine({ modelFolders: [folder], quiet: true, threads: 1 })
    try {
      await collect(own.caption(jobOf(picture, ['conch'], { ...GREEDY, variant: 'q8' }), never()))
      await rm(path.join(folder, 'decoder.onnx')) // what the other variant could not do without
      expect(await scoreWith(own, 'a teapot')).toEqual(await score('a teapot'))
    } finally {
      await own.close()
    }
  })
})

test('CLIP-S is 2.5 times the cosine with the prefix, never below 0', async () => {
  const [bare, prefixed] = await score('a teapot', 'A photo depicts a teapot')
  expect(bare?.clipS).toBeCloseTo((2.5 * Math.max(0, prefixed?.clip ?? NaN)) / 100, 4)
})

test('what stands after the covered span has no influence; its sentences are scored alone', async () => {
  const long = 'A photo of a teapot. '.repeat(20).trim()
  const [whole] = await score(long)
  expect(whole).toMatchObject({ truncated: true })
  expect(whole?.perSentence.length).toBe(20)
  const covered = long.slice(0, whole?.coveredChars)
  const [cut, same] = await score(covered, 'A photo of a teapot.')
  expect(cut?.clip).toBeCloseTo(whole?.clip ?? NaN, 4)
  expect(whole?.perSentence[7]?.clip).toBeCloseTo(same?.clip ?? NaN, 4)
})

test('hostile text is tokenised in time, and bytes go through unchanged', async () => {
  const tokenizer = await readTokenizer(await readBundle(tinyFolder), 'tokenizer.json')
  const random = seededRandom(11)
  const alphabet = [
    'a',
    ' ',
    '\n',
    'é',
    '🦉',
    '\u0301',
    '漢',
    '<',
    '</s>',
    '0',
    '\u0000',
    "'s",
    '\u202e',
  ]
  for (let round = 0; round < 300; round++) {
    const text = Array.from(
      { length: randomInt(random, 40) },
      () => alphabet[randomInt(random, alphabet.length)],
    ).join('')
    const ids = tokenizer.encode(text)
    expect(Buffer.concat(ids.map((id) => tokenizer.bytesOf(id))).toString()).toBe(text)
    expect(ids.every((id) => id > 3)).toBe(true) // never a special piece by its letters
  }
  expect(tokenizer.encode('\ud800')).toEqual(tokenizer.encode('\ufffd'))
  for (const text of ['a'.repeat(100_000), '\u0301'.repeat(100_000), ' '.repeat(100_000)])
    expect(tokenizer.encode(text).length).toBeLessThanOrEqual(8192)
})
