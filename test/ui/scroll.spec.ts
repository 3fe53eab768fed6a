/**
 * `REALIGN_SCROLL=1 npx playwright test test/ui/scroll.spec.ts`: the dataset view over 100,000 cells, scrolled at several
 * speeds. Prints frame times, blank frames and the CPU time of the page; not a test of speed: run it on a quiet
 * machine. REALIGN_SCROLL_CELLS for another number, REALIGN_SCROLL_FILE for a workspace that is kept and used again.
 */
import type { CDPSession, Page } from '@playwright/test'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fill } from '../../bench/store.ts'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { renderSvg } from '../../src/engine/image/decode.ts'
import { inspectPicture } from '../../src/engine/image/inspect.ts'
import { openStore } from '../../src/store/open-store.ts'
import { expect, openUiBench, test } from '../support/ui-bench.ts'

const CELLS = Number(process.env['REALIGN_SCROLL_CELLS'] ?? 100_000)
/** Pixels a frame: reading, a wheel that is turned fast, a flick. */
const SPEEDS = [30, 120, 400]
const FRAMES = 600

async function workspace(folder: string): Promise<string> {
  const file = process.env['REALIGN_SCROLL_FILE'] ?? path.join(folder, 'scroll.realign')
  if (existsSync(file)) return file
  const thumbnails = await Promise.all(
    ['owl/3', 'butterfly/2', 'shell/4', 'mushroom/5', 'flower/6'].map(async (seed) => {
      const bytes = new Uint8Array(await renderSvg(drawPicture(seed, { size: 512 }).svg, 512))
      return (await inspectPicture(bytes, 'plate.png')).thumbnail
    }),
  )
  ;(await openStore(file)).close()
  fill(file, { captions: CELLS, thumbnails, marks: true })
  return file
}

interface Scrolled {
  readonly times: readonly number[]
  /** Frames in which some place of the view showed no row, or a row without its content. */
  readonly blank: number
  readonly px: number
}

/** One step a frame; what stands at three places of the view is looked at before each step. */
const scroll = (page: Page, pxPerFrame: number): Promise<Scrolled> =>
  page.evaluate(
    async ({ pxPerFrame, frames }) => {
      const view = document.querySelector('.ds-scroll')
      if (!view) throw new Error('no dataset view')
      const box = view.getBoundingClientRect()
      const heights = [6, box.height / 2, box.height - 6].map((y) => box.top + y)
      const isBlank = (y: number): boolean => {
        const row = document.elementFromPoint(box.left + box.width / 2, y)?.closest('.ds-row')
        return !row || row.getAttribute('aria-busy') === 'true'
      }
      const times: number[] = []
      let blank = 0
      let last = await new Promise<number>(requestAnimationFrame)
      const from = view.scrollTop
      for (let frame = 0; frame < frames; frame++) {
        view.scrollTop += pxPerFrame
        const now = await new Promise<number>(requestAnimationFrame)
        times.push(now - last)
        last = now
        if (heights.some(isBlank)) blank++
      }
      return { times, blank, px: view.scrollTop - from }
    },
    { pxPerFrame, frames: FRAMES },
  )

/** Milliseconds that the page's main thread has computed, whatever else the machine does. */
async function cpu(session: CDPSession): Promise<Readonly<Record<string, number>>> {
  const { metrics } = await session.send('Performance.getMetrics')
  return Object.fromEntries(metrics.map(({ name, value }) => [name, value * 1000]))
}

const at = (sorted: readonly number[], share: number): string =>
  (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(1)

test('the dataset view is scrolled', async ({ page }) => {
  test.skip(!process.env['REALIGN_SCROLL'], 'a measurement: REALIGN_SCROLL=1 asks for it')
  test.setTimeout(1_800_000)
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-scroll-'))
  try {
    const bench = await openUiBench({ workspaceFile: await workspace(folder) })
    try {
      await page.goto(bench.url)
      await page.getByRole('navigation', { name: 'Screens' }).waitFor()
      await page.keyboard.press('2')
      const table = page.getByRole('table', { name: 'Captions of the dataset' })
      await expect(table).toHaveAttribute('aria-rowcount', String(CELLS + 1))
      await page.keyboard.press('g') // the rates stand above the table and are none of it
      await expect(table.locator('.ds-row .caption').first()).toContainText('A drawing')
      const session = await page.context().newCDPSession(page)
      await session.send('Performance.enable', { timeDomain: 'threadTicks' })
      for (const speed of SPEEDS) {
        const before = await cpu(session)
        const { times, blank, px } = await scroll(page, speed)
        const after = await cpu(session)
        const sorted = times.toSorted((a, b) => a - b)
        const spent = (name: string) => ((after[name] ?? 0) - (before[name] ?? 0)).toFixed(0)
        process.stdout.write(
          `${speed} px a frame, ${px.toFixed(0)} px: frame median ${at(sorted, 0.5)} ms, p95 ${at(sorted, 0.95)} ms, worst ${at(sorted, 1)} ms; ${blank} of ${times.length} frames with a blank place; CPU of ${FRAMES} frames in ms: all ${spent('TaskDuration')}, script ${spent('ScriptDuration')}, layout ${spent('LayoutDuration')}, style ${spent('RecalcStyleDuration')}; nodes ${(after['Nodes'] ?? 0) / 1000}\n`,
        )
        expect(px).toBeGreaterThan(speed * FRAMES * 0.9)
      }
    } finally {
      await bench.close()
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
