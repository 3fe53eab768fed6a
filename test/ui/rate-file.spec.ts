/** A study in one HTML file: rated without a network, in a browser that keeps answers and in one that does not. */
import { expect, test, type Page } from '@playwright/test'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { readRatePages } from '../../src/server/rater-pages.ts'
import { taskFileHtml } from '../../src/server/rater-task-file.ts'
import type { Workbench } from '../../src/workbench.ts'
import { RATE_PAGES } from '../support/rate-pages.ts'
import { openRatingWorkbench, PIXEL_URL } from '../support/rating-workbench.ts'
import { planStudy } from '../support/studies.ts'
import { faults as faultsOf } from '../support/ui-faults.ts'

let folder = ''
let workbench: Workbench

test.beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'realign-rate-file-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.beforeEach(async () => {
  workbench = await openRatingWorkbench()
})
test.afterEach(() => workbench.close())

const faults = (page: Page) => faultsOf(page, { popovers: false })
const count = (page: Page) => page.getByText(/^\d+ of \d+$/)
const question = (page: Page) => page.getByRole('heading', { level: 1 })

/** A study of so many items for one rater, as its task file. */
async function taskFile(images: number) {
  const client = workbench.clientAs('owner')
  const quality = { wrongImage: 0, plantedError: 0, duplicate: 0 }
  const studyId = await planStudy(client, images, { raters: ['Ada'], quality })
  const { task, pictures } = await client.call('studies.task', { studyId, rater: 0 })
  const pages = await readRatePages(RATE_PAGES)
  const shown = Object.fromEntries(pictures.map(({ key }) => [key, PIXEL_URL]))
  const html = taskFileHtml(pages, task, shown)
  const file = path.join(folder, 'task.html')
  writeFileSync(file, html)
  return { client, studyId, html, pictures, url: pathToFileURL(file).href }
}

async function begin(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^(Begin|Go on)$/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(count(page)).toBeVisible()
}

/** Places the three cards and waits for the next question. */
async function answer(page: Page): Promise<void> {
  const before = `${await count(page).textContent()} ${await question(page).textContent()}`
  for (const key of ['2', '1', 'x', '3', 'Space']) await page.keyboard.press(key)
  await expect
    .poll(async () => {
      // All at once and without waiting: the count is gone when the last item is.
      const at = (await count(page).allTextContents()).join('')
      return `${at} ${(await question(page).allTextContents()).join('')}`
    })
    .not.toBe(before)
}

test('a task file: opened from disk, closed and opened again, its answers merged', async ({
  page,
}) => {
  const { client, studyId, html, pictures, url } = await taskFile(3)
  for (const canary of ['CANARY', 'systems', 'score', ...pictures.map(({ imageId }) => imageId)])
    expect(html.slice(html.indexOf('id="task"'), html.indexOf('</script>'))).not.toContain(canary)
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(url)
  await begin(page)
  await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
  for (let n = 0; n < 4; n++) await answer(page)
  await page.reload()
  await begin(page)
  await expect(count(page)).toHaveText('2 of 3')
  for (let n = 4; n < 9; n++) await answer(page)
  // The file comes after the last question, whole; before that it is offered as what it is.
  await expect(question(page)).toHaveText('Done: 3 of 3')
  await expect(page.getByRole('button', { name: 'Save the answers so far' })).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.getByRole('radio', { name: 'No', exact: true }).focus()
  for (const key of ['ArrowRight', 'Tab', 'Tab', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('heading', { name: 'The same author: one guess' })).toBeVisible()
  await page.keyboard.press('2')
  await expect(page.getByRole('button', { name: 'Save the answers as a file' })).toBeVisible()
  const saved = page.waitForEvent('download')
  for (const key of ['Tab', 'Enter']) await page.keyboard.press(key)
  expect((await saved).suggestedFilename()).toBe('task-answers.json')
  const text = readFileSync(await (await saved).path(), 'utf8')
  expect(requests.filter((one) => !/^(file|data|blob):/.test(one))).toEqual([])

  const first = await client.call('studies.import', { text })
  expect(first).toMatchObject({ refused: [], conflicts: 0, known: 0 })
  expect(await client.call('studies.import', { text })).toMatchObject({ added: 0 })
  const { report } = await client.call('studies.report', { studyId, resamples: 100 })
  expect(report.criteria.map(({ votes }) => votes)).toEqual([3, 3, 3])
  expect(report.recognition).toMatchObject({ unsure: 1, guesses: { n: 1 } })
})

test('a task file in a browser that keeps nothing says so, and is rated and saved in one sitting', async ({
  page,
}) => {
  const { client, url } = await taskFile(1)
  await page.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('closed to this page', 'SecurityError')
        },
      })
  })
  await page.goto(url)
  await expect(page.getByText('This browser keeps nothing for this page')).toBeVisible()
  await begin(page)
  for (let asked = 0; asked < 3; asked++) await answer(page)
  await expect(page.getByText('until this page is closed')).toBeVisible()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Save the answers so far' }).press('Enter')
  const text = readFileSync(await (await saved).path(), 'utf8')
  expect(await client.call('studies.import', { text })).toMatchObject({ refused: [], added: 4 })
})
