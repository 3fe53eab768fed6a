/** Rating pages that a workbench opens: what it says of them stays true when they close by themselves. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, expect, onTestFinished, test, vi } from 'vitest'
import { LONGEST_HOURS } from '../../src/server/rater-host.ts'
import { createRaterPages } from '../../src/server/rater-pages.ts'
import { openBench } from '../support/builders.ts'

afterEach(() => void vi.useRealTimers())

test('pages that closed by themselves after hours are said to be closed, and open again', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-rater-pages-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  writeFileSync(path.join(folder, 'rate.html'), '<!doctype html>')
  const bench = await openBench()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  const pages = createRaterPages({ invoke: () => bench.workbench.invokeAs('rater'), folder })
  onTestFinished(() => pages.close())
  await pages.open(null)
  const { origin } = pages.state()
  expect((await fetch(`${origin}/`)).status).toBe(200)
  vi.advanceTimersByTime(LONGEST_HOURS * 60 * 60 * 1000)
  await vi.waitFor(() => expect(pages.state().origin).toBeNull(), { interval: 5 })
  await expect(fetch(`${origin}/`)).rejects.toThrow()
  await pages.open(null)
  expect((await fetch(`${pages.state().origin}/`)).status).toBe(200)
})
