/** The real server and the real workbench around the fake engine, with the built page in a real browser. */
import { test as base, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { PictureReader } from '../../src/core/ports.ts'
import { decodeSquare, encodeSquare, renderSvg } from '../../src/engine/image/decode.ts'
import { displayPicture, inspectPicture, pngPicture } from '../../src/engine/image/inspect.ts'
import { createEndpoints } from '../../src/endpoints/endpoints.ts'
import { createMemoryKeys } from '../../src/endpoints/keys.ts'
import { createExporter } from '../../src/files/exporter.ts'
import { readLocated } from '../../src/files/located-yaml.ts'
import { readTable } from '../../src/files/tables/read-table.ts'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { startBrowserHost } from '../../src/server/http.ts'
import { readPages } from '../../src/server/pages.ts'
import { createRaterPages } from '../../src/server/rater-pages.ts'
import type { Client } from '../../src/shared/contract.ts'
import type { BundleSummary } from '../../src/shared/types.ts'
import { openWorkbench, type Workbench } from '../../src/workbench.ts'
import { createFakeEngine } from './fake-engine.ts'

const PAGES = path.resolve(import.meta.dirname, '..', '..', 'out', 'renderer')

export interface UiBench {
  readonly url: string
  readonly client: Client
  /** Where definitions of endpoints are kept. */
  readonly models: string
  close(): Promise<void>
}

export interface UiBenchOptions {
  readonly pictures?: PictureReader
  readonly wordDelayMs?: number
  readonly bundles?: readonly BundleSummary[]
  /** In memory unless a file is named. */
  readonly workspaceFile?: string
}

const realPictures: PictureReader = {
  inspect: inspectPicture,
  display: displayPicture,
  png: pngPicture,
}

/** Any bytes are a picture of one grey dot: thousands of images without thousands of decodes. */
export async function plainPictures(): Promise<PictureReader> {
  const dot = await encodeSquare(new Uint8Array(3).fill(128), 1)
  return {
    inspect: () =>
      Promise.resolve({ width: 1, height: 1, format: 'png', notes: [], thumbnail: dot }),
    display: () => Promise.resolve(dot),
    png: () => Promise.resolve(dot),
  }
}

export async function openUiBench(options: UiBenchOptions = {}): Promise<UiBench> {
  const { pictures = realPictures, wordDelayMs, bundles, workspaceFile = ':memory:' } = options
  const fake = createFakeEngine({
    pictures,
    ...(wordDelayMs !== undefined && { wordDelayMs }),
    ...(bundles && { bundles }),
  })
  const engine = {
    ...fake,
    asSeen: async (_captionerId: string, bytes: Uint8Array) =>
      encodeSquare(await decodeSquare(bytes, { size: 64, resize: 'squash', kernel: 'cubic' }), 64),
  }
  const models = mkdtempSync(path.join(tmpdir(), 'realign-models-'))
  const workbench: Workbench = await openWorkbench({
    workspaceFile,
    engine,
    appVersion: '0.0.0-test',
    hostName: 'browser',
    host: {
      endpoints: createEndpoints(models, createMemoryKeys(new Map())),
      exporter: createExporter(),
      readLocated,
      readTable,
      raterPages: createRaterPages({
        invoke: () => workbench.invokeAs('rater'),
        folder: path.join(PAGES, '..', 'rate'),
      }),
    },
  })
  const host = await startBrowserHost({
    invoke: workbench.invokeAs('owner'),
    pages: await readPages(PAGES),
  })
  return {
    url: host.url,
    client: workbench.clientAs('owner'),
    models,
    async close() {
      await host.close()
      await workbench.close()
      rmSync(models, { recursive: true, force: true })
    },
  }
}

/** Runs a task to its end. */
export async function finish<R>(work: AsyncGenerator<unknown, R>): Promise<R> {
  let step = await work.next()
  while (!step.done) step = await work.next()
  return step.value
}

const SEEDS = ['great-gray-owl/1', 'owl/3', 'butterfly/2', 'shell/4', 'mushroom/5', 'flower/6']

/** Six drawn plates with their class names; answers with their ids in the order of the list. */
export async function addPlates(client: Client): Promise<readonly string[]> {
  const drawn = SEEDS.map((seed) => drawPicture(seed, { size: 320 }))
  const sources = await Promise.all(
    drawn.map(async ({ svg, truth }) => ({
      kind: 'bytes' as const,
      name: `${truth.species.id}.png`,
      bytes: new Uint8Array(await renderSvg(svg, 320)),
      className: [truth.species.name, truth.species.latin].filter(Boolean).join(', '),
    })),
  )
  const { added } = await finish(client.run('images.import', { sources }))
  return added
}

/** Anything the page did that a workbench must never do. */
export interface Misdeeds {
  readonly errors: string[]
  readonly foreign: string[]
  readonly dialogs: string[]
  readonly navigations: string[]
}

export function watch(page: Page, url: string): Misdeeds {
  const { origin } = new URL(url)
  const seen: Misdeeds = { errors: [], foreign: [], dialogs: [], navigations: [] }
  page.on('console', (message) => {
    if (message.type() === 'error') seen.errors.push(message.text())
  })
  page.on('pageerror', (error) => seen.errors.push(error.message))
  page.on('request', (request) => {
    // A blob lies in the page itself.
    const url = request.url().replace(/^blob:/, '')
    if (!url.startsWith(`${origin}/`)) seen.foreign.push(request.url())
  })
  page.on('dialog', (dialog) => {
    seen.dialogs.push(dialog.message())
    void dialog.dismiss()
  })
  page.on('framenavigated', (frame) => {
    if (!frame.url().startsWith(origin)) seen.navigations.push(frame.url())
  })
  return seen
}

export const NO_MISDEEDS: Misdeeds = { errors: [], foreign: [], dialogs: [], navigations: [] }

interface Fixtures {
  readonly options: UiBenchOptions
  readonly bench: UiBench
  /** Opened on the bench with six plates; whatever it did wrong fails the test. */
  readonly plates: readonly string[]
  readonly open: () => Promise<Page>
}

export const test = base.extend<Fixtures>({
  options: [{}, { option: true }],
  bench: async ({ options }, use) => {
    const bench = await openUiBench(options)
    await use(bench)
    await bench.close()
  },
  plates: async ({ bench }, use) => use(await addPlates(bench.client)),
  open: async ({ bench, page }, use) => {
    const misdeeds = watch(page, bench.url)
    await use(async () => {
      await page.goto(bench.url)
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
      return page
    })
    base.expect(misdeeds).toEqual(NO_MISDEEDS)
  },
})

export const { expect } = base
