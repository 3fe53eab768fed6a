/** What `npm start` shows on a new machine: the built-in captioner on the sample project, through the real server. */
import { expect, test, type Page } from '@playwright/test'
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'

const root = path.resolve(import.meta.dirname, '..', '..')
const pictures = path.join(root, 'test-results', 'readme')

async function serve(
  home: string,
): Promise<{ readonly url: string; readonly child: ChildProcess }> {
  const env: NodeJS.ProcessEnv = { ...process.env, REALIGN_HOME: home }
  delete env['REALIGN_MODELS'] // the built-in bundle, whatever this shell prefers
  const script = path.join(root, 'bin', 'realign.mjs')
  const child = spawn(process.execPath, [script, 'serve'], {
    env,
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const url = await new Promise<string>((resolve, reject) => {
    createInterface(child.stdout).once('line', resolve)
    child.once('exit', (code) => reject(new Error(`serve ended with ${code}`)))
  })
  return { url, child }
}

const preparing = (page: Page) =>
  page.getByRole('contentinfo').getByText('Making the sample project')

/** `npm test` with REALIGN_DOCS=1 renews the pictures of the README from what it saw. */
async function takePictures(page: Page): Promise<void> {
  await expect(preparing(page)).toBeHidden({ timeout: 400_000 })
  await page.mouse.move(0, 0)
  await page.setViewportSize({ width: 1440, height: 1080 }) // all four rows, head and legend
  const inspect = page.getByRole('complementary', { name: 'Inspect' })
  await inspect.getByRole('button', { name: 'Alt-text lift' }).click()
  await expect(inspect.getByText(/The whole caption: [+−]/)).toBeVisible({ timeout: 60_000 })
  await inspect.getByText('viceroy', { exact: true }).click()
  await page.keyboard.press('Escape') // the card of its marks
  await page
    .locator(':focus')
    .evaluateAll(([focused]) => (focused as HTMLElement | undefined)?.blur())
  await page.locator('.scroll').evaluate((table) => (table.scrollTop = 0))
  mkdirSync(pictures, { recursive: true })
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.screenshot({ path: path.join(pictures, `compare-${colorScheme}.png`) })
  }
  cpSync(pictures, path.join(root, 'docs'), { recursive: true })
}

test('a new home opens on the sample, captioned as Table 3 within a minute, ready for more', async ({
  page,
}) => {
  test.setTimeout(600_000)
  expect(existsSync(path.join(root, 'models', 'builtin', 'manifest.json'))).toBe(true)
  const home = mkdtempSync(path.join(tmpdir(), 'realign-first-'))
  const { url, child } = await serve(home)
  try {
    await page.setViewportSize({ width: 1440, height: 900 })
    await page.goto(url)
    const table = page.getByRole('table', { name: /^Captions of this image/ })
    // No reload: what the host makes in the background comes to the open page by itself.
    await expect(table.getByRole('rowheader')).toContainText(['Empty', 'Class name', 'Wrong'], {
      timeout: 60_000,
    })
    await expect(page.getByRole('button', { name: /^24 images/ })).toBeVisible({ timeout: 240_000 })
    // The picture that README describes; which one is open by now depends on how far the sample was.
    await page
      .getByRole('row', { name: /^01-viceroy/ })
      .first()
      .click()
    await expect(page.getByRole('heading', { name: /^01-viceroy/ })).toBeVisible()
    const captions = table.getByRole('group', { name: /^Caption under/ })
    await expect(captions).toHaveCount(3)
    // The point of the paper: by eye a viceroy is a monarch, only the alt-text can tell, and a wrong one is refused.
    const said = await captions.getByRole('paragraph').allInnerTexts()
    const named = ['monarch butterfly', 'viceroy butterfly', 'monarch butterfly']
    for (const [row, name] of named.entries())
      expect(said[row]).toMatch(new RegExp(`^An? .*${name}`))

    const web = 'IMG_2034.JPG; viceroy butterfly, free shipping'
    const field = page.getByRole('textbox', { name: 'Alt-text' })
    await field.fill(web)
    await field.press('Enter')
    const typed = table.getByRole('row').filter({ hasText: web })
    await expect(typed.getByRole('group', { name: 'Caption under free text' })).toBeVisible({
      timeout: 120_000,
    })
    await expect(typed).toContainText(/−?\d+\.\d/) // its score
    await expect(typed.getByRole('paragraph')).toHaveText(/^A drawing of a viceroy butterfly\. /)
    await page.keyboard.press('Escape')
    await typed.getByRole('paragraph').click()
    await expect(page.getByRole('complementary', { name: 'Inspect' })).toContainText('Free text')
    if (process.env['REALIGN_DOCS']) await takePictures(page)

    // A bundle of one's own: the screen says where it goes, and finds it without a new start.
    await page.keyboard.press('6')
    const models = path.join(home, 'models')
    await expect(page.getByText(models)).toBeVisible()
    cpSync(path.join(root, 'models', 'tiny'), path.join(models, 'tiny'), { recursive: true })
    await page.getByRole('button', { name: 'Look again' }).click()
    await expect(page.getByRole('article', { name: 'Tiny random captioner' })).toBeVisible()
  } finally {
    if (child.exitCode === null) {
      child.kill('SIGTERM')
      await once(child, 'exit')
    }
    rmSync(home, { recursive: true, force: true })
  }
})
