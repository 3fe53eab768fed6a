/** The engine behind its process border: it may die, hang or be cancelled, and the next job still runs. */
import { readdirSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { CaptionEvent } from '../../src/core/ports.ts'
import type { EngineProcess } from '../../src/engine/engine-process.ts'
import type { Engine } from '../../src/engine/engine.ts'
import { createForkedEngine, forkEngine } from '../../src/engine/fork-engine.ts'
import { createRemoteEngine } from '../../src/engine/remote-engine.ts'
import {
  collect,
  fixture,
  goldenPicture,
  jobOf,
  never,
  readManifest,
  putFile,
  tinyFolder,
  withTinyCopy,
  workerFile,
} from '../support/engine-bundle.ts'
import { temporaryFolder } from '../support/builders.ts'

const open: Engine[] = []
afterEach(async () => {
  for (const engine of open.splice(0)) await engine.close()
})
const keep = (engine: Engine): Engine => {
  open.push(engine)
  return engine
}

/** A remote engine whose processes a test can kill. */
function killable(modelFolders: readonly string[]) {
  const processes: EngineProcess[] = []
  const engine = keep(
    createRemoteEngine({
      modelFolders,
      quiet: true,
      spawn(settings) {
        const started = forkEngine(workerFile, settings)
        processes.push(started)
        return started
      },
    }),
  )
  return { engine, processes }
}

const captionOnce = async (engine: Engine) =>
  (await collect(engine.caption(jobOf(await goldenPicture(), ['', 'conch']), never()))).captions

test('a picture whose buffer is used again right after it was sent is captioned as it was sent', async () => {
  const engine = keep(
    createForkedEngine({ worker: workerFile, modelFolders: [tinyFolder], quiet: true }),
  )
  const picture = await goldenPicture()
  const reused = new Uint8Array(picture) // a Buffer would slice without copying
  const job = {
    ...jobOf(picture, ['', 'conch']),
    bytes: async () => {
      setImmediate(() => reused.fill(0))
      return reused
    },
  }
  const { golden } = await readManifest()
  const { captions } = await collect(engine.caption(job, never()))
  expect(reused.every((byte) => byte === 0)).toBe(true)
  expect(captions[0]?.text).toBe(golden.cases[0]?.caption)
  const again = await collect(engine.caption(jobOf(picture, ['', 'conch']), never()))
  expect(again.captions.map(({ tokenIds }) => tokenIds)).toEqual(
    captions.map(({ tokenIds }) => tokenIds),
  )
})

test('tells nobody what it runs, and leaves no file of its own anywhere', async () => {
  const [home, temporary] = [temporaryFolder(), temporaryFolder()]
  vi.stubEnv('HOME', home)
  vi.stubEnv('XDG_CACHE_HOME', path.join(home, 'cache'))
  vi.stubEnv('TMPDIR', temporary)
  for (const quiet of ['CI', 'ORT_DISABLE_TELEMETRY', 'ORT_RUNNING_UNIT_TESTS'])
    vi.stubEnv(quiet, undefined) // the runtime would be silent in a test alone
  const engine = createForkedEngine({
    ...{ worker: workerFile, modelFolders: [tinyFolder], quiet: true },
  })
  expect(await captionOnce(engine)).toHaveLength(2)
  await engine.close()
  vi.unstubAllEnvs()
  expect([...readdirSync(home), ...readdirSync(temporary)]).toEqual([])
})

test('every operation works across the border, and bytes cross it once', async () => {
  const engine = keep(
    createForkedEngine({ worker: workerFile, modelFolders: [tinyFolder], quiet: true }),
  )
  const bytes = await goldenPicture()
  let reads = 0
  const job = {
    ...jobOf(bytes, ['', 'conch']),
    bytes: async () => {
      reads++
      return bytes
    },
  }
  const { golden } = await readManifest()
  const { captions, result } = await collect(engine.caption(job, never()))
  expect(captions[0]?.text).toBe(golden.cases[0]?.caption)
  expect(result.model.captionerId).toBe('tiny')
  await collect(engine.caption(job, never()))
  const [score] = await engine.score(
    { ...job, scorerId: 'tiny', captions: [{ key: 'a', text: 'A photo of a teapot. It is red.' }] },
    never(),
  )
  expect(score?.perSentence.map((one) => one.text)).toEqual(['A photo of a teapot.', 'It is red.'])
  const forced = await engine.force(
    {
      ...job,
      tokenIds: captions[0]?.tokenIds ?? [],
      contexts: [{ key: 'a', altText: '', image: 'own' }],
      alternatives: 3,
    },
    never(),
  )
  expect(forced.contexts[0]?.tokens[0]?.logProb).toBeCloseTo(captions[0]?.logProbs[0] ?? NaN, 4)
  expect(reads).toBe(1)
  expect((await engine.bundles()).map((one) => one.id)).toEqual(['tiny'])
  expect((await engine.check('tiny')).state).toBe('ready')
  expect((await engine.inspect(bytes, 'a.png')).format).toBe('png')
  expect(Buffer.from(await engine.asSeen('tiny', bytes, 'bundle')).toString('latin1', 1, 4)).toBe(
    'PNG',
  )
  expect(await engine.countAltTokens('tiny', 'conch')).toEqual({ tokens: 3, cut: false, limit: 16 })
  expect(engine.status()).toMatchObject({ state: 'idle', queue: 0, device: { device: 'cpu' } })
  await engine.close()
  expect(engine.status().state).toBe('stopped')
  await expect(engine.bundles()).rejects.toMatchObject({ code: 'host-gone' })
})

test('killed in the middle of a job: that job fails with a code, the next one runs', async () => {
  const { engine, processes } = killable([tinyFolder])
  const bytes = await goldenPicture()
  const seen: CaptionEvent[] = []
  const job = (async () => {
    for await (const event of engine.caption(jobOf(bytes, ['', 'conch', 'owl']), never())) {
      seen.push(event)
      if (seen.length === 1) processes[0]?.kill()
    }
  })()
  await expect(job).rejects.toMatchObject({
    code: 'out-of-memory',
    hint: expect.stringMatching(/kept/),
  }) // SIGKILL, not by us
  expect(seen.some((event) => event.kind === 'caption')).toBe(false)
  expect((await captionOnce(engine)).length).toBe(2)
  expect(processes.length).toBe(2)
  expect(engine.status().queue).toBe(0)
})

test('cancelled over the wire: nothing half-done, the same process goes on', async () => {
  const { engine, processes } = killable([tinyFolder])
  const abort = new AbortController()
  const seen: CaptionEvent[] = []
  const job = (async () => {
    for await (const event of engine.caption(
      jobOf(await goldenPicture(), ['', 'a']),
      abort.signal,
    )) {
      seen.push(event)
      if (event.kind === 'encoding') abort.abort()
    }
  })()
  await expect(job).rejects.toMatchObject({ code: 'cancelled' })
  expect(seen.some((event) => event.kind === 'caption')).toBe(false)
  expect((await captionOnce(engine)).length).toBe(2)
  expect(processes.length).toBe(1)
})

test('loading tells how far it is, graph by graph, and can be cancelled between two', async () => {
  const { engine, processes } = killable([tinyFolder])
  const job = jobOf(await goldenPicture(), [''])
  const abort = new AbortController()
  const seen: CaptionEvent[] = []
  const stopped = (async () => {
    for await (const event of engine.caption(job, abort.signal)) {
      seen.push(event)
      if (event.kind === 'loading' && event.phase.endsWith(' on cpu')) abort.abort()
    }
  })()
  await expect(stopped).rejects.toMatchObject({ code: 'cancelled' })
  expect(seen.at(-1)).toMatchObject({
    phase: 'loading Tiny random captioner on cpu',
    fraction: 0.4,
  })
  const { events } = await collect(engine.caption(job, never()))
  const fractions = events.flatMap((event) =>
    event.kind === 'loading' && event.phase.endsWith(' on cpu') ? [event.fraction] : [],
  )
  expect(fractions.length).toBe(5) // before each of four graphs, and before the golden step
  expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
  expect([fractions[0], fractions[4]]).toEqual([0.4, expect.closeTo(0.9)])
  expect(processes.length).toBe(1)
})

test('a model that never returns is ended by the watchdog, later where it is large, and the next job runs', async () => {
  await withTinyCopy(async (folder) => {
    await putFile(folder, 'vision.onnx', await readFile(fixture('endless.onnx')))
    await putFile(folder, 'text.onnx_data', new Uint8Array(32e6)) // two seconds more
    const engine = keep(
      createForkedEngine({
        worker: workerFile,
        modelFolders: [folder],
        quiet: true,
        watchdogMs: 2000,
      }),
    )
    await expect(captionOnce(engine)).rejects.toMatchObject({
      code: 'engine-timeout',
      message: expect.stringMatching(/for 4 seconds while loading Tiny random captioner/),
    })
    expect(await engine.countAltTokens('tiny', 'conch')).toMatchObject({ tokens: 3 })
  })
})

test('a cancel that is not heard ends the process soon, and the next job runs', async () => {
  await withTinyCopy(async (folder) => {
    await putFile(folder, 'vision.onnx', await readFile(fixture('endless.onnx')))
    const engine = keep(
      createForkedEngine({ worker: workerFile, modelFolders: [folder], quiet: true }),
    )
    const abort = new AbortController()
    const work = (async () => {
      for await (const event of engine.caption(jobOf(await goldenPicture(), ['']), abort.signal))
        if (event.kind === 'loading' && event.fraction > 0.8) abort.abort() // its first step follows
    })()
    await expect(work).rejects.toMatchObject({ code: 'cancelled' })
    expect(await engine.countAltTokens('tiny', 'conch')).toMatchObject({ tokens: 3 })
  })
})

describe('endings in words', () => {
  test('a worker that cannot start says so', async () => {
    const engine = keep(
      createForkedEngine({ worker: fixture('no-such-worker.ts'), modelFolders: [tinyFolder] }),
    )
    await expect(engine.bundles()).rejects.toMatchObject({ code: 'engine-crashed' })
  })

  test('closing while a job runs ends the job as host-gone or cancelled, never as a hang', async () => {
    const { engine } = killable([tinyFolder])
    const work = engine.caption(jobOf(await goldenPicture(), ['']), never())
    await work.next()
    const [ending] = await Promise.allSettled([collect(work), engine.close()])
    expect(['fulfilled', 'rejected']).toContain(ending.status)
    if (ending.status === 'rejected') expect(ending.reason).toMatchObject({ code: 'host-gone' })
  })
})
