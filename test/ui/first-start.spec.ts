/** What `npm start` shows on a new machine: the built-in captioner on the sample project, through the real server. */
import { expect, test } from '@playwright/test'
import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const root = path.resolve(import.meta.dirname, '..', '..')
const folder = path.join(root, 'test-results', 'readme')
/** Fixed: an owl in colour, so that the picture in the README stays the same plate. */
const PLATE = 'owl'

async function serve(home: string) {
  const child = spawn(process.execPath, [path.join(root, 'bin', 'realign.mjs'), 'serve'], {
    env: { ...process.env, REALIGN_HOME: home },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
  })
  return { url, child }
}

test('24 drawn pictures with Table-3 rows, and a typed alt-text', async ({ page }) => {
  test.setTimeout(600_000)
  expect(existsSync(path.join(root, 'models', 'builtin', 'manifest.json'))).toBe(true)
  const { url, child } = await serve(mkdtempSync(path.join(tmpdir(), 'realign-first-')))
  try {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.emulateMedia({ reducedMotion: 'reduce' })
    await page.goto(url)
    const preparing = page.getByRole('contentinfo').getByText('Making the sample project')
    await expect(preparing).toBeVisible({ timeout: 60_000 })
    await expect(preparing).toBeHidden({ timeout: 400_000 })
    await page.reload()
    await expect(page.getByRole('button', { name: /^24 images/ })).toBeVisible()
    await page.getByRole('grid').getByRole('row', { name: PLATE }).first().click()
    const captions = page.getByText(/^A(n| drawing| woodcut)/)
    await expect(captions.first()).toBeVisible()
    expect(await captions.count()).toBeGreaterThanOrEqual(3)
    const field = page.getByRole('textbox', { name: /alt-text/i })
    await field.fill('a bird')
    await field.press('Enter')
    await expect(page.getByText('“a bird”').first()).toBeVisible()
    await expect(captions).not.toHaveCount(3)
    await page.keyboard.press('Escape')
    await page.getByText('“a bird”').first().click()
    mkdirSync(folder, { recursive: true })
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.waitForLoadState('networkidle')
      await page.screenshot({ path: path.join(folder, `compare-${colorScheme}.png`) })
    }
    // The README shows what this test saw.
    if (process.env['REALIGN_DOCS']) cpSync(folder, path.join(root, 'docs'), { recursive: true })
  } finally {
    child.kill('SIGTERM')
  }
})
