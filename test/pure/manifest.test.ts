/** A bundle's manifest is refused for what its fields say, alone and together. */
import { createHash } from 'node:crypto'
import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import {
  describeManifestProblem,
  goldenPixels,
  manifestSchema,
  UNLISTED_FILES,
  type Manifest,
} from '../../src/shared/manifest.ts'

const TINY = join(import.meta.dirname, '../../models/tiny')
const read = (): Manifest =>
  JSON.parse(readFileSync(join(TINY, 'manifest.json'), 'utf8')) as Manifest

/** The one-line problem of the tiny manifest after an edit; '' when it still holds. */
function problemAfter(edit: (manifest: Manifest) => void): string {
  const manifest = read()
  edit(manifest)
  const result = manifestSchema.safeParse(manifest)
  return result.success ? '' : describeManifestProblem(result.error)
}

describe('the tiny bundle', () => {
  test('has a manifest that holds', () => {
    expect(problemAfter(() => undefined)).toBe('')
  })

  test('lists every file with its bytes and hash, and holds no other', () => {
    const { files } = read()
    for (const { path, bytes, sha256 } of files) {
      const content = readFileSync(join(TINY, path))
      expect(content.byteLength).toBe(bytes)
      expect(createHash('sha256').update(content).digest('hex')).toBe(sha256)
    }
    const unlisted = readdirSync(TINY).filter((name) => !files.some((file) => file.path === name))
    expect(unlisted.filter((name) => !UNLISTED_FILES.includes(name))).toEqual([])
  })

  test('ends some golden captions by the end token', () => {
    const { captioner, golden } = read()
    const last = golden.cases.map((one) => one.variants.fp32?.tokens.at(-1))
    expect(last).toContain(captioner?.ids.eos)
  })
})

describe('a manifest is refused when', () => {
  const editOf = (m: Manifest) => m.captioner as unknown as Record<string, Record<string, unknown>>
  test.each<[string, (m: Manifest) => void, string]>([
    ['its version is newer', (m) => Object.assign(m, { version: 2 }), 'version'],
    ['this Realign is older', (m) => Object.assign(m, { version: 2 }), 'update Realign'],
    [
      'it wants a million layers',
      (m) => Object.assign(editOf(m)['decoder'] ?? {}, { layers: 1e6 }),
      'captioner.decoder.layers',
    ],
    [
      'it wants more positions than any model has',
      (m) => Object.assign(editOf(m)['decoder'] ?? {}, { maxPositions: 1e12 }),
      'captioner.decoder.maxPositions',
    ],
    ['it has a field nobody knows', (m) => Object.assign(m, { run: 'x.py' }), 'run'],
    ['a path leaves the folder', (m) => set(m, 0, { path: '../vision.onnx' }), 'files.0.path'],
    ['a file is code', (m) => set(m, 0, { path: 'model.py' }), 'files.0.path'],
    ['a file is a pickle', (m) => set(m, 0, { path: 'weights.pt' }), 'files.0.path'],
    ['a hash is short', (m) => set(m, 0, { sha256: 'ab' }), 'files.0.sha256'],
    ['a file is empty', (m) => set(m, 0, { bytes: 0 }), 'files.0.bytes'],
    ['a graph is not listed', (m) => m.files.splice(0, 1), 'which files does not list'],
    ['a file is listed twice', (m) => set(m, 1, { path: 'DECODER.onnx' }), 'listed twice'],
    [
      'the default variant is missing',
      (m) => Object.assign(m, { defaultVariant: 'q4' }),
      'defaultVariant q4',
    ],
    ['a captioner lacks its section', (m) => delete m.captioner, 'captioner section'],
    ['a scorer lacks its section', (m) => delete m.scorer, 'scorer section'],
    ['a variant has no decoder', (m) => delete m.variants.fp32?.decoder, 'fp32 decoder is missing'],
    [
      'the sequence does not fit the positions',
      (m) => Object.assign(editOf(m)['decoder'] ?? {}, { maxPositions: 59 }),
      '60 positions are needed',
    ],
    [
      'heads do not make up the width',
      (m) => Object.assign(editOf(m)['decoder'] ?? {}, { headDim: 9 }),
      'heads x headDim',
    ],
    [
      'top logits are not min(50, vocab)',
      (m) => Object.assign(editOf(m)['decoder'] ?? {}, { vocab: 40 }),
      'topLogits',
    ],
    [
      'the end token lies outside the vocabulary',
      (m) => Object.assign(editOf(m)['ids'] ?? {}, { eos: 512 }),
      'outside the vocabulary',
    ],
    ['the pixel spread is zero', (m) => Object.assign(m.image, { std: [0, 1, 1] }), 'image.std'],
  ])('%s', (_, edit, words) => {
    expect(problemAfter(edit)).toContain(words)
  })

  test('it is no object at all', () => {
    for (const junk of [null, 7, 'x', [], {}])
      expect(manifestSchema.safeParse(junk).success).toBe(false)
  })
})

const set = (m: Manifest, at: number, change: object) => Object.assign(m.files[at] ?? {}, change)

test('many problems make one line that says how many more there are', () => {
  const result = manifestSchema.safeParse({})
  const line = result.success ? '' : describeManifestProblem(result.error)
  expect(line).toMatch(/^format: .*\(and \d+ more\)$/)
  expect(line).not.toContain('\n')
})

test('golden pixels are the same whole numbers as the exporter makes', () => {
  const pixels = goldenPixels(32, 3)
  const at = (x: number, y: number) => [...pixels.subarray((y * 32 + x) * 3, (y * 32 + x) * 3 + 3)]
  expect(pixels.length).toBe(32 * 32 * 3)
  expect(at(0, 0)).toEqual([183, 35, 93])
  expect(at(31, 0)).toEqual([(255 + 183) % 256, 35, (31 * 5 + 93) % 256])
  expect(at(1, 31)).toEqual([183 + 8, (255 + 291) % 256, (5 + 93 + 93) % 256])
})
