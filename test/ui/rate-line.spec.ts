/** What a rater meets when the line is lost or the link is cut, and what practice shows, in a real browser. */
import { expect, test, type Page } from '@playwright/test'
import { startRaterHost, type RaterHost } from '../../src/server/rater-host.ts'
import { readRatePages } from '../../src/server/rater-pages.ts'
import type { Workbench } from '../../src/workbench.ts'
import { RATE_PAGES } from '../support/rate-pages.ts'
import { openRatingWorkbench } from '../support/rating-workbench.ts'
import { planStudy } from '../support/studies.ts'
import { faults } from '../support/ui-faults.ts'

let workbench: Workbench
let host: RaterHost

test.beforeEach(async () => {
  workbench = await openRatingWorkbench()
  const pages = await readRatePages(RATE_PAGES)
  host = await startRaterHost({ invoke: workbench.invokeAs('rater'), pages })
})
test.afterEach(async () => {
  await host.close()
  await workbench.close()
})

async function openLink(page: Page): Promise<void> {
  const client = workbench.clientAs('owner')
  const studyId = await planStudy(client, 2, { raters: ['Ada'] })
  const { token } = await client.call('studies.invite', { studyId, rater: 0 })
  await page.goto(host.linkFor(token))
}

test('a lost line at the start or under a picture is waited out; a cut link says what to do', async ({
  page,
}) => {
  const lost = { '**/rate/state': 'No connection', '**/rate/picture/**': 'could not be loaded' }
  for (const path of Object.keys(lost)) await page.route(path, (route) => route.abort())
  await openLink(page)
  await expect(page.getByRole('status')).toContainText(lost['**/rate/state'])
  await page.unroute('**/rate/state')
  await page.getByRole('button', { name: 'Begin' }).press('Enter')
  await expect(page.getByText(lost['**/rate/picture/**'])).toBeVisible()
  await page.unroute('**/rate/picture/**')
  await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
  await page.goto('about:blank')
  await page.goto(host.linkFor('half'))
  await expect(page.getByRole('alert')).toHaveText(
    'This link is not whole. Open it again as it was sent to you, to its last letter.',
  )
})

test('a page that is older than its server says to load it again, and keeps the answer and the note', async ({
  page,
}) => {
  await openLink(page)
  await page.getByRole('button', { name: 'Begin' }).press('Enter')
  await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
  const question = page.getByRole('heading', { level: 1 })
  const first = (await question.textContent()) ?? ''
  await page.route('**/rate/submit', async (route) => {
    const answer = await route.fetch()
    const state = (await answer.json()) as object
    await route.fulfill({ response: answer, json: { ...state, ofTheNextVersion: true } })
  })
  for (const key of ['1', '2', '3', 'n']) await page.keyboard.press(key)
  await page.getByRole('textbox').fill('half a thought')
  await page.getByRole('button', { name: 'Keep the note' }).press('Enter')
  await expect(page.getByRole('alert')).toContainText('Load it again to go on')
  await expect(page.getByText('No connection')).toHaveCount(0)
  await expect(question).toHaveText(first)
  await expect(page.getByRole('button', { name: /^Confirm/ })).toBeDisabled()
  expect(await faults(page, { popovers: false })).toEqual([])
  await page.unroute('**/rate/submit')
  await page.getByRole('button', { name: 'Load the page again' }).press('Enter')
  await page.getByRole('button', { name: /^(Begin|Go on)$/ }).press('Enter')
  await expect(page.getByRole('button', { name: /^Your note/ })).toBeVisible()
  // A newer server that refuses the form of an old page is no word against its answers.
  await page.route('**/rate/submit', (route) =>
    route.fulfill({ status: 400, headers: { 'realign-version': '999.0.0' }, json: {} }),
  )
  for (const key of ['1', '2', '3', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('alert')).toContainText('Load it again to go on')
  // Loaded once more and still too old: it says what it is from the start.
  await page.getByRole('button', { name: 'Load the page again' }).press('Enter')
  await expect(question).toHaveText('Load this page again')
  await page.unroute('**/rate/submit')
  await page.getByRole('button', { name: 'Load the page again' }).press('Enter')
  await page.getByRole('button', { name: /^(Begin|Go on)$/ }).press('Enter')
  await expect(question).not.toHaveText(first)
})

test('the icon of the page is there: no browser has to ask for one that is not', async ({
  page,
}) => {
  await openLink(page)
  const said = await page.evaluate(async () => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel=icon]')
    const answer = await fetch(icon?.href ?? '')
    return [answer.status, answer.headers.get('content-type')]
  })
  expect(said).toEqual([200, 'image/svg+xml'])
})

test('the word after a practice answer has its picture and its cards in view', async ({ page }) => {
  await openLink(page)
  await page.getByRole('button', { name: /^Practise first/ }).press('Enter')
  await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
  const cards = await page.getByRole('listitem').locator('p').allTextContents()
  for (const key of ['2', '1', '3', 'Enter']) await page.keyboard.press(key)
  await expect(page.getByRole('status')).toContainText(/Card \d says what is there/)
  await expect(page.getByRole('img', { name: 'The picture of this practice item' })).toBeVisible()
  expect(await page.getByRole('listitem').locator('p').allTextContents()).toEqual(cards)
  expect(await faults(page, { popovers: false })).toEqual([])
})
