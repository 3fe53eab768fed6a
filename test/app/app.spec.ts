/** The built desktop app: one story through main, preload, protocols, engine process and store. */
import { _electron, expect, test, type ElectronApplication, type Page } from '@playwright/test'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

const root = path.resolve(import.meta.dirname, '..', '..')
const executablePath =
  process.env['REALIGN_TEST_ELECTRON'] ?? path.join(root, 'test', 'electron-stand-in', 'electron')

function launch(data: string): Promise<ElectronApplication> {
  return _electron.launch({
    executablePath,
    args: [root, `--user-data-dir=${data}`, `--workspace=${path.join(data, 'test.realign')}`],
    env: { ...process.env, REALIGN_MODELS: path.join(root, 'models', 'tiny') } as Record<
      string,
      string
    >,
    timeout: 120_000,
  })
}

test('opens on the sample, takes a typed alt-text, and shows the page one port only', async () => {
  test.setTimeout(300_000)
  const data = mkdtempSync(path.join(tmpdir(), 'realign-app-'))
  const first = await launch(data)
  const page = await first.firstWindow()
  const field = page.getByRole('textbox', { name: /alt-text/i })
  await expect(field).toBeVisible({ timeout: 120_000 })
  await field.fill('a typed alt-text')
  await field.press('Enter')
  const row = page.getByText('“a typed alt-text”')
  await expect(row.first()).toBeVisible({ timeout: 120_000 })
  await expect(page.getByText(/tokens/).first()).toBeVisible()

  // The page holds one port and nothing of Node or Electron.
  const leaks = await page.evaluate(() =>
    ['require', 'process', 'ipcRenderer', 'electron', 'Buffer'].filter(
      (name) => name in globalThis,
    ),
  )
  expect(leaks).toEqual([])
  expect(await page.evaluate(() => Object.keys((globalThis as never)['realign']).sort())).toEqual([
    'onMessage',
    'postMessage',
  ])
  await first.close()
})

test('closed and opened again, it finds its caption', async () => {
  test.setTimeout(300_000)
  const data = mkdtempSync(path.join(tmpdir(), 'realign-app-'))
  const first = await launch(data)
  const page = await first.firstWindow()
  await expect(page.getByRole('textbox', { name: /alt-text/i })).toBeVisible({ timeout: 120_000 })
  const name = (await page.getByRole('heading', { level: 1 }).textContent()) ?? ''
  await page.getByRole('textbox', { name: /alt-text/i }).fill('a typed alt-text')
  await page.getByRole('textbox', { name: /alt-text/i }).press('Enter')
  const typed = (window: Page) => window.getByRole('row').filter({ hasText: '“a typed alt-text”' })
  const caption = (window: Page) =>
    typed(window)
      .getByRole('group', { name: /^Caption under/ })
      .getByRole('paragraph')
      .innerText()
  // A window closed earlier would take the running caption with it: that group is called otherwise.
  const written = await caption(page)
  await first.close()

  const second = await launch(data)
  const again = await second.firstWindow()
  await again.getByRole('row', { name, exact: true }).click({ timeout: 120_000 })
  await expect(typed(again)).toBeVisible()
  expect(await caption(again)).toBe(written)
  await second.close()
})

test('a table chosen in the dialog for images opens as a table', async () => {
  test.setTimeout(300_000)
  const data = mkdtempSync(path.join(tmpdir(), 'realign-app-'))
  const app = await launch(data)
  const page = await app.firstWindow()
  const name = page.getByRole('heading', { level: 1 })
  await expect(name).toBeVisible({ timeout: 120_000 })
  const table = path.join(data, 'captions.csv')
  writeFileSync(table, `image,alt\n${await name.textContent()},an alt-text from a table\n`)
  await app.evaluate(({ dialog }, file) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [file] })
  }, table)
  await page.keyboard.press('3')
  await page.keyboard.press('o')
  const sheet = page.getByRole('dialog').filter({ hasText: 'captions.csv' })
  await expect(sheet).toContainText('an alt-text from a table')
  await app.close()
})

test('what is packaged is the version that the code says', () => {
  const { version, main } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8')) as {
    version: string
    main: string
  }
  expect(main).toBe('./out/main/main.js')
  expect(readFileSync(path.join(root, 'src', 'shared', 'version.ts'), 'utf8')).toContain(
    `'${version}'`,
  )
})
