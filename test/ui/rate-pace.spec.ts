/**
 * `REALIGN_PACE=1 npx playwright test test/ui/rate-pace.spec.ts`: how long raters wait with pictures of 2,000 px, from
 * key to paint and from item to item. Prints the times; not a test of speed: run it on a quiet machine.
 */
import { expect, test, type Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { encodeDisplay, renderSvg } from '../../src/engine/image/decode.ts'
import { startRaterHost } from '../../src/server/rater-host.ts'
import { readRatePages } from '../../src/server/rater-pages.ts'
import { openWorkbench } from '../../src/workbench.ts'
import { createFakeEngine } from '../support/fake-engine.ts'
import { RATE_PAGES } from '../support/rate-pages.ts'
import { planStudy } from '../support/studies.ts'

const SIDE = 2000
const IMAGES = 30

interface Paced {
  /** Milliseconds from a key's own time to after the next frame. */
  readonly keys: number[]
  /** Milliseconds from the key that ends an item to the frame that shows the whole next picture. */
  readonly items: number[]
}

/** Listens before the page does. */
function watch(): void {
  const paced: Paced = { keys: [], items: [] }
  Object.assign(window, { paced })
  const count = (): string => /\d+ of \d+/.exec(document.body.innerText)?.[0] ?? ''
  let asked = 0 // an item has several questions: only the key of the last one ends it
  const picture = () => document.querySelector<HTMLImageElement>('img[alt="The picture to judge"]')
  addEventListener(
    'keydown',
    ({ timeStamp, key }) => {
      requestAnimationFrame(() => setTimeout(() => paced.keys.push(performance.now() - timeStamp)))
      if (key !== ' ') return
      asked = timeStamp
      const [before, shown] = [count(), picture()?.src]
      const look = () => {
        const next = picture()
        if (asked !== timeStamp) return
        if (count() === before || !next?.complete || next.src === shown) requestAnimationFrame(look)
        else
          void next
            .decode()
            .then(() =>
              requestAnimationFrame(() =>
                setTimeout(() => paced.items.push(performance.now() - timeStamp)),
              ),
            )
      }
      requestAnimationFrame(look)
    },
    true,
  )
}

const at = (values: readonly number[], share: number): string => {
  const sorted = values.toSorted((a, b) => a - b)
  return (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)
}

/** Answers every question as a quick reader would, with time to load what comes next. */
async function answerAll(page: Page): Promise<void> {
  const count = page.getByText(/^\d+ of \d+$/)
  while (await count.isVisible())
    for (const key of ['1', '2', '3', 'Space']) {
      await page.keyboard.press(key)
      await page.evaluate(() => new Promise((done) => setTimeout(done, 150)))
    }
}

test('raters wait for little', async ({ page }) => {
  test.skip(!process.env['REALIGN_PACE'], 'a measurement: REALIGN_PACE=1 asks for it')
  test.setTimeout(900_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-pace-'))
  const pictures: Uint8Array[] = []
  for (let i = 0; i < IMAGES; i++)
    pictures.push(
      new Uint8Array(
        await encodeDisplay(
          await renderSvg(drawPicture(`pace/${i}`, { size: SIDE }).svg, SIDE),
          SIDE,
        ),
      ),
    )
  let shown = 0
  const workbench = await openWorkbench({
    workspaceFile: ':memory:',
    engine: {
      ...createFakeEngine(),
      display: () => Promise.resolve(pictures[shown++ % IMAGES] ?? new Uint8Array()),
    },
    appVersion: '0.0.0-test',
    hostName: 'test',
  })
  const pages = await readRatePages(RATE_PAGES)
  const host = await startRaterHost({ invoke: workbench.invokeAs('rater'), pages })
  try {
    const owner = workbench.clientAs('owner')
    const studyId = await planStudy(owner, IMAGES, {
      raters: ['Ada'],
      quality: { wrongImage: 0, plantedError: 0, duplicate: 0 },
    })
    const { token } = await owner.call('studies.invite', { studyId, rater: 0 })
    await page.addInitScript(watch)
    await page.goto(host.linkFor(token))
    await page.getByRole('button', { name: 'Begin' }).press('Enter')
    await answerAll(page)
    const { keys, items } = await page.evaluate(() => (window as unknown as { paced: Paced }).paced)
    process.stdout.write(
      `${SIDE} px: ${keys.length} keys to paint, median ${at(keys, 0.5)} ms, p95 ${at(keys, 0.95)} ms; ${items.length} items to item, median ${at(items, 0.5)} ms, p95 ${at(items, 0.95)} ms\n`,
    )
    expect(items.length).toBeGreaterThan(IMAGES / 2)
  } finally {
    await host.close()
    await workbench.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
