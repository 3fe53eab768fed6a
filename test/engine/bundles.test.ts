/** Bundles with one thing wrong are refused by name before the first caption (FAULTS 3.2). */
import { appendFile, readFile, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Engine } from '../../src/engine/engine.ts'
import { createLocalEngine } from '../../src/engine/local-engine.ts'
import { checkExternalData } from '../../src/engine/model/external-data.ts'
import { seededRandom, randomInt } from '../../src/shared/random.ts'
import {
  collect,
  fixture,
  goldenPicture,
  jobOf,
  never,
  readManifest,
  putFile,
  withTinyCopy,
} from '../support/engine-bundle.ts'

async function withEngine<T>(folder: string, work: (engine: Engine) => Promise<T>): Promise<T> {
  const engine = createLocalEngine({ modelFolders: [folder], quiet: true, threads: 1 })
  try {
    return await work(engine)
  } finally {
    await engine.close()
  }
}

/** The error of checking the bundle; fails when it is accepted. */
const refusal = (folder: string): Promise<Error & { code: string }> =>
  withEngine(folder, (engine) =>
    engine.check('tiny').then(
      () => expect.fail('the bundle was accepted'),
      (error: Error & { code: string }) => error,
    ),
  )

type Edit = (file: string, random: () => number) => Promise<string>

/** What is done to a file, and what the refusal must say besides its name. */
const EDITS: Readonly<Record<string, Edit>> = {
  'one bit flipped': async (file, random) => {
    const bytes = await readFile(file)
    const at = randomInt(random, bytes.length)
    bytes[at] = (bytes[at] ?? 0) ^ (1 << randomInt(random, 8))
    await writeFile(file, bytes)
    return 'sha256'
  },
  'cut short': async (file, random) => {
    const { length } = await readFile(file)
    await truncate(file, randomInt(random, length))
    return 'bytes'
  },
  'bytes added': async (file, random) => {
    await appendFile(file, 'x'.repeat(1 + randomInt(random, 99)))
    return 'bytes'
  },
  missing: async (file) => {
    await rm(file)
    return 'missing'
  },
  'a link in its place': async (file) => {
    await rename(file, `${file}.kept`)
    await symlink(`${file}.kept`, file)
    return 'plain file|does not list'
  },
}

describe('40 seeded edits of files', () => {
  const cases = Array.from({ length: 40 }, (_, seed) => ({ seed }))
  test.each(cases)('edit $seed is refused and names the file', async ({ seed }) => {
    const random = seededRandom(seed)
    const { files } = await readManifest()
    const names = Object.keys(EDITS)
    const edit = EDITS[names[seed % names.length] ?? ''] as Edit
    const name = files[randomInt(random, files.length)]?.path ?? ''
    await withTinyCopy(async (folder) => {
      const said = await edit(path.join(folder, name), random)
      const error = await refusal(folder)
      expect(error.code).toMatch(/^model-(mismatch|unsafe)$/)
      expect(error.message).toContain(name)
      expect(error.message).toMatch(new RegExp(said))
    })
  })
})

describe('what lies in a bundle', () => {
  test.each(['run.py', 'weights.pt', 'model.pkl', 'custom_op.so', 'extra.onnx', '.hidden'])(
    'an unlisted %s is refused by name',
    (name) =>
      withTinyCopy(async (folder) => {
        await writeFile(path.join(folder, name), 'anything')
        expect(await refusal(folder)).toMatchObject({
          code: 'model-unsafe',
          message: expect.stringContaining(name),
        })
      }),
  )

  test('a model card, a licence and what file managers leave may lie there', () =>
    withTinyCopy(async (folder) => {
      await writeFile(path.join(folder, 'MODEL_CARD.md'), '# Tiny')
      for (const left of ['.DS_Store', 'Thumbs.db', 'desktop.ini'])
        await writeFile(path.join(folder, left), 'left')
      const summary = await withEngine(folder, (engine) => engine.check('tiny'))
      expect(summary.state).toBe('ready')
    }))

  test.each([
    ['no JSON', '{', /not JSON/],
    ['another version', JSON.stringify({ format: 'realign-bundle', version: 99 }), /version/],
    ['a list', '[]', /manifest.json/],
  ])('a manifest that is %s shows in the list with its problem', (_, text, said) =>
    withTinyCopy(async (folder) => {
      await writeFile(path.join(folder, 'manifest.json'), text)
      const [summary] = await withEngine(folder, (engine) => engine.bundles())
      expect(summary).toMatchObject({
        id: 'tiny',
        state: 'refused',
        problem: expect.stringMatching(said),
      })
      expect(await refusal(folder)).toMatchObject({
        code: 'model-mismatch',
        message: expect.stringMatching(said),
      })
    }),
  )

  test('a file that changes after loading is found by the next check', () =>
    withTinyCopy(async (folder) => {
      await withEngine(folder, async (engine) => {
        expect((await engine.check('tiny')).state).toBe('ready')
        await appendFile(path.join(folder, 'text.onnx'), 'x')
        await expect(engine.check('tiny')).rejects.toMatchObject({
          message: expect.stringContaining('text.onnx'),
        })
      })
    }))

  test('a refused bundle says so in the list afterwards', () =>
    withTinyCopy(async (folder) => {
      await rm(path.join(folder, 'mapper.onnx'))
      await withEngine(folder, async (engine) => {
        await expect(engine.check('tiny')).rejects.toMatchObject({ code: 'model-mismatch' })
        const [summary] = await engine.bundles()
        expect(summary).toMatchObject({
          state: 'refused',
          problem: expect.stringMatching(/mapper.onnx is missing/),
        })
      })
    }))
})

describe('graphs that do not fit, or mean harm', () => {
  test.each([
    ['wide.onnx', 'model-mismatch', /image_embeds is \[1, 48\], the manifest says \[1, 24\]/],
    ['not-a-number.onnx', 'model-mismatch', /not finite/],
    ['out-of-range.onnx', 'model-mismatch', /vision.onnx/],
    ['zero-stride.onnx', 'model-mismatch', /vision.onnx/],
    ['external-outside.onnx', 'model-unsafe', /\.\.\/outside\.bin/],
    ['external-absolute.onnx', 'model-unsafe', /\/etc\/hostname/],
    ['external-other.onnx', 'model-unsafe', /tokenizer\.json/],
  ])('%s in place of the image encoder: %s', (name, code, message) =>
    withTinyCopy(async (folder) => {
      await putFile(folder, 'vision.onnx', await readFile(fixture(name)))
      expect(await refusal(folder)).toMatchObject({ code, message: expect.stringMatching(message) })
    }),
  )

  test('two graphs swapped', () =>
    withTinyCopy(async (folder) => {
      const mapper = await readFile(path.join(folder, 'mapper.onnx'))
      await putFile(folder, 'decoder.onnx', mapper)
      expect(await refusal(folder)).toMatchObject({ code: 'model-mismatch' })
    }))

  test('other golden tokens than it writes are told by a check, which loading leaves out', () =>
    withTinyCopy(async (folder) => {
      const manifest = await readManifest(folder)
      manifest.golden.cases[1]?.variants.fp32?.tokens.splice(1, 1, 8)
      await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest))
      const error = await refusal(folder)
      expect(error.code).toBe('model-mismatch')
      expect(error.message).toMatch(/^After "great gray owl" it writes the tokens .+, the manifest/)
      await withEngine(folder, async (engine) => {
        const { captions } = await collect(
          engine.caption(jobOf(await goldenPicture(), ['']), never()),
        )
        expect(captions).toHaveLength(1)
      })
    }))

  test('other weights of the right shape fail the golden step', () =>
    withTinyCopy(async (folder) => {
      const bytes = await readFile(path.join(folder, 'mapper.onnx'))
      // Halfway in lie weights: some other finite numbers.
      for (let at = 0; at < 400; at += 2) bytes[(bytes.length >> 1) + at] = 0x10
      await putFile(folder, 'mapper.onnx', bytes)
      expect(await refusal(folder)).toMatchObject({ code: 'model-mismatch' })
    }))

  test(
    '200 seeded mutations of a graph end in an error or a working model, never in a crash',
    () =>
      withTinyCopy(async (folder) => {
        const original = await readFile(path.join(folder, 'vision.onnx'))
        const picture = await goldenPicture()
        let refused = 0
        for (let seed = 0; seed < 200; seed++) {
          const random = seededRandom(seed)
          const bytes = Buffer.from(original)
          for (let change = 0; change < 4; change++)
            bytes[randomInt(random, bytes.length)] = randomInt(random, 256)
          await putFile(folder, 'vision.onnx', bytes)
          await withEngine(folder, (engine) =>
            collect(engine.caption(jobOf(picture, ['']), never())).then(
              ({ captions }) => expect(captions.length).toBe(1),
              (error: { code: string }) => {
                refused++
                expect(error.code).toMatch(/^(model-mismatch|model-unsafe|out-of-memory)$/)
              },
            ),
          )
        }
        expect(refused).toBeGreaterThan(150)
      }),
    300_000,
  )
})

test('weights beside the graph are accepted in the one allowed place, inside its size', async () => {
  const graph = await readFile(fixture('external-own.onnx')) // 288 bytes of vision.onnx_data
  const check = (bytes: number) =>
    checkExternalData('vision.onnx', graph, new Map([['vision.onnx_data', bytes]]))
  expect(check(288)).toBe(true)
  expect(() => check(287)).toThrow(/only a listed vision.onnx_data is allowed/)
  expect(() => checkExternalData('vision.onnx', graph, new Map())).toThrow(/allowed/)
  expect(() => checkExternalData('text.onnx', graph, new Map([['vision.onnx_data', 288]]))).toThrow(
    /only a listed text.onnx_data is allowed/,
  )
})

test('image encoders of one shape are told apart by the weights beside their graph', async () => {
  const seen = (weights: string) =>
    withTinyCopy(async (folder) => {
      await putFile(folder, 'vision.onnx_data', Buffer.from(weights))
      const [found] = await withEngine(folder, (engine) => engine.bundles())
      return found?.encoderSha256
    })
  const [one, same, other] = [await seen('one'), await seen('one'), await seen('other')]
  expect(one).toMatch(/^[0-9a-f]{64}$/)
  expect(same).toBe(one)
  expect(other).not.toBe(one)
})
