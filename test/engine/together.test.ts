/** Captions of several images asked at the same time, on the real runtime: each is what it is alone. */
import { existsSync } from 'node:fs'
import path from 'node:path'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { CaptionJob } from '../../src/core/ports.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createForkedEngine } from '../../src/engine/fork-engine.ts'
import { createLocalEngine } from '../../src/engine/local-engine.ts'
import { goldenPixels } from '../../src/shared/manifest.ts'
import { DEFAULT_SETTINGS, type GenerationSettings } from '../../src/shared/types.ts'
import { collect, GREEDY, jobOf, never, tinyFolder, workerFile } from '../support/engine-bundle.ts'

const SAMPLED: GenerationSettings = { ...DEFAULT_SETTINGS, temperature: 0.9, topP: 0.95 }
const builtin = path.resolve(tinyFolder, '..', 'builtin')
const BUNDLES = [tinyFolder, builtin].filter((folder) =>
  existsSync(path.join(folder, 'manifest.json')),
)
/** Alt-texts of each image: ragged, and not as many everywhere. */
const ASKED = [
  ['', 'conch', 'great gray owl'],
  ['a bird; IMG_2043.jpg $19.99 free shipping and a wooden fence', ''],
  ['a', 'monkey', '', 'teapot; teapot'],
  ['two conchs, one above the other'],
  ['', 'x'.repeat(100), 'owl'],
  ['mushroom butterfly shell flower', 'a red car', 'a cat'],
]

const pictureOf = (seed: number): Promise<Buffer> =>
  sharp(goldenPixels(48, seed), { raw: { width: 48, height: 48, channels: 3 } })
    .png()
    .toBuffer()

let pictures: Buffer[] = []
const open: Engine[] = []
const keep = (engine: Engine): Engine => {
  open.push(engine)
  return engine
}
const local = (folder: string, batch?: number): Engine =>
  keep(createLocalEngine({ modelFolders: [folder], quiet: true, threads: 1, batch }))

beforeAll(async () => {
  pictures = await Promise.all(ASKED.map((_, at) => pictureOf(at + 1)))
})
afterAll(async () => {
  for (const one of open) await one.close()
})

const jobsOf = (folder: string, settings: GenerationSettings): CaptionJob[] =>
  ASKED.map((altTexts, at) => ({
    ...jobOf(pictures[at] ?? Buffer.of(), altTexts, settings),
    captionerId: path.basename(folder),
  }))

const captionsOf = async (engine: Engine, job: CaptionJob) =>
  (await collect(engine.caption(job, never()))).captions

describe.each(BUNDLES.map((folder) => [path.basename(folder), folder] as const))(
  'captions of six images by %s',
  (_name, folder) => {
    test.each([
      ['greedy', GREEDY],
      ['sampled', SAMPLED],
    ])('%s: together they are what they are one by one', async (_how, settings) => {
      const [together, alone] = [local(folder), local(folder, 1)]
      const jobs = jobsOf(folder, settings)
      const all = await Promise.all(jobs.map((job) => captionsOf(together, job)))
      const texts = new Set<string>()
      for (const [at, job] of jobs.entries()) {
        const wanted = await captionsOf(alone, job)
        const made = all[at] ?? []
        expect(made.map(({ tokenIds }) => tokenIds)).toEqual(wanted.map(({ tokenIds }) => tokenIds))
        for (const [row, { logProbs, text }] of made.entries()) {
          texts.add(text)
          const differences = logProbs.map((value, step) =>
            Math.abs(value - (wanted[row]?.logProbs[step] ?? NaN)),
          )
          expect(Math.max(...differences)).toBeLessThan(1e-5)
        }
      }
      expect(texts.size).toBeGreaterThan(6)
      expect(together.status()).toMatchObject({ state: 'idle', queue: 0 })
    })
  },
)

describe('jobs at the same time', () => {
  test('are decoded together, as many as the bundle says', async () => {
    const engine = local(tinyFolder)
    expect(await engine.rowsTogether('tiny')).toBe(12)
    const order: string[] = []
    await Promise.all(
      jobsOf(tinyFolder, GREEDY).map(async (job, at) => {
        for await (const event of engine.caption(job, never()))
          if (event.kind === 'token') order.push(`${at}`)
      }),
    )
    // Each begins before the first has ended: nobody waits for a whole job.
    for (const at of ['1', '2', '3']) expect(order.indexOf(at)).toBeLessThan(order.lastIndexOf('0'))
  })

  test('a picture that cannot be read costs its own job only', async () => {
    const engine = local(tinyFolder)
    const jobs = jobsOf(tinyFolder, GREEDY)
    const broken = jobOf(new TextEncoder().encode('no picture'), ['', 'a'])
    const ended = await Promise.allSettled(
      jobs.toSpliced(2, 0, broken).map((job) => captionsOf(engine, job)),
    )
    expect(ended[2]).toMatchObject({ status: 'rejected', reason: { code: 'image-unreadable' } })
    expect(ended.filter(({ status }) => status === 'fulfilled')).toHaveLength(jobs.length)
  })

  test('one that is cancelled leaves the others, across the process border too', async () => {
    const engine = keep(
      createForkedEngine({ worker: workerFile, modelFolders: [tinyFolder], quiet: true }),
    )
    const [first, ...others] = jobsOf(tinyFolder, GREEDY)
    const abort = new AbortController()
    const cancelled = (async () => {
      for await (const event of engine.caption(first!, abort.signal))
        if (event.kind === 'encoding') abort.abort()
    })()
    const [gone, ...rest] = await Promise.allSettled([
      cancelled,
      ...others.map((job) => captionsOf(engine, job)),
    ])
    expect(gone).toMatchObject({ status: 'rejected', reason: { code: 'cancelled' } })
    expect(rest.every(({ status }) => status === 'fulfilled')).toBe(true)
    expect(await engine.rowsTogether('tiny')).toBe(12)
  })

  test('scores come between the steps of a caption that is being written', async () => {
    const engine = local(tinyFolder)
    const [job, other] = jobsOf(tinyFolder, { ...GREEDY })
    const work = engine.caption(job!, never())
    let step = await work.next()
    while (!step.done && step.value.kind !== 'token') step = await work.next()
    const captions = [{ key: 'a', text: 'A photo of a teapot.' }]
    const scored = engine.score({ ...other!, scorerId: 'tiny', captions }, never())
    expect(await scored).toMatchObject([{ key: 'a', scorerId: 'tiny' }])
    let rest = 0
    for await (const event of work) if (event.kind === 'caption') rest++
    expect(rest).toBe(3)
  })

  test('another variant of the captioner takes turns with it', async () => {
    const engine = local(tinyFolder)
    const [job] = jobsOf(tinyFolder, GREEDY)
    const q8 = { ...job!, settings: { ...GREEDY, variant: 'q8' } }
    const [plain, small] = await Promise.all([captionsOf(engine, job!), captionsOf(engine, q8)])
    const alone = local(tinyFolder)
    expect(small.map(({ tokenIds }) => tokenIds)).toEqual(
      (await captionsOf(alone, q8)).map(({ tokenIds }) => tokenIds),
    )
    expect(plain.map(({ tokenIds }) => tokenIds)).toEqual(
      (await captionsOf(alone, job!)).map(({ tokenIds }) => tokenIds),
    )
  })

  test('closing the engine ends them as host-gone', async () => {
    const engine = local(tinyFolder)
    const work = jobsOf(tinyFolder, GREEDY).map((job) => captionsOf(engine, job))
    await work[3] // by now others are under way or done
    const [, ...ended] = await Promise.allSettled([engine.close(), ...work])
    for (const one of ended)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'host-gone' })
  })
})
