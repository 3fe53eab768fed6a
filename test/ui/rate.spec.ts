/** A study from plan to report in a real browser: by keys alone, on this machine and over the network. */
import { chromium, expect, test, type Page } from '@playwright/test'
import { networkInterfaces } from 'node:os'
import { startRaterHost, type RaterHost } from '../../src/server/rater-host.ts'
import { readRatePages } from '../../src/server/rater-pages.ts'
import type { Workbench } from '../../src/workbench.ts'
import { question as criterion } from '../pure/studies/report-builders.ts'
import { addPictures, collect } from '../support/builders.ts'
import { RATE_PAGES } from '../support/rate-pages.ts'
import { openRatingWorkbench } from '../support/rating-workbench.ts'
import { planStudy } from '../support/studies.ts'
import { faults as faultsOf } from '../support/ui-faults.ts'

let workbench: Workbench
let studyId = ''
let pages: Awaited<ReturnType<typeof readRatePages>>
let host: RaterHost | undefined

test.beforeAll(async () => {
  pages = await readRatePages(RATE_PAGES)
})

test.beforeEach(async () => {
  workbench = await openRatingWorkbench()
})
test.afterEach(async () => {
  await host?.close()
  host = undefined
  await workbench.close()
})

/** Starts a server for the study and opens rater 0's link. */
async function openLink(page: Page, lanAddress?: string): Promise<void> {
  host = await startRaterHost({
    invoke: workbench.invokeAs('rater'),
    pages,
    ...(lanAddress !== undefined && { lanAddress }),
  })
  const { token } = await workbench.clientAs('owner').call('studies.invite', { studyId, rater: 0 })
  await page.goto(host.linkFor(token))
}

const plan = async (images: number) => {
  studyId = await planStudy(workbench.clientAs('owner'), images, {
    raters: ['Ada'],
    quality: { wrongImage: 0, plantedError: 0, duplicate: 0 },
  })
}

const faults = (page: Page) => faultsOf(page, { popovers: false })
const count = (page: Page) => page.getByText(/^\d+ of \d+$/)
const question = (page: Page) => page.getByRole('heading', { level: 1 })

/** Places the three cards with the keys of one hand and waits for the next question. */
async function answer(page: Page, keys: readonly string[]): Promise<void> {
  const before = `${await count(page).textContent()} ${await question(page).textContent()}`
  for (const key of keys) await page.keyboard.press(key)
  await expect
    .poll(
      async () => {
        // All at once and without waiting: the count is gone when the last item is.
        const at = (await count(page).allTextContents()).join('')
        return `${at} ${(await question(page).allTextContents()).join('')}`
      },
      { intervals: [20, 50, 100] },
    )
    .not.toBe(before)
}

/** The welcome page's one button has the focus. */
async function begin(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^(Begin|Go on)$/ })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(count(page)).toBeVisible()
}

const LEFT = ['2', '1', 'x', '3', 'Space']
const RIGHT = ['3', '1', '=', '2', 'Enter']

test('20 items by keys alone, either hand, undo and reload, from plan to report', async ({
  page,
}) => {
  test.setTimeout(600_000)
  await plan(20)
  await openLink(page)
  await expect(page.getByRole('button', { name: 'Begin' })).toBeFocused()
  expect(page.url()).not.toContain('#')
  expect(await faults(page)).toEqual([])
  await begin(page)
  await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
  expect(await faults(page)).toEqual([])

  for (let n = 0; n < 9; n++) await answer(page, n % 2 ? LEFT : RIGHT)
  await expect(count(page)).toHaveText('4 of 20')

  // Undo goes back into the item before; its alt-text is in view for the question about it.
  const there = await question(page).textContent()
  await answer(page, ['u'])
  await expect(count(page)).toHaveText('3 of 20')
  await expect(page.getByText('a thing')).toBeVisible()
  await answer(page, LEFT)
  expect(await question(page).textContent()).toBe(there)

  // The same item in the same order after the page is closed.
  const cards = await page.getByRole('listitem').allTextContents()
  await page.reload()
  await begin(page)
  await expect(count(page)).toHaveText('4 of 20')
  expect(await page.getByRole('listitem').allTextContents()).toEqual(cards)

  await page.keyboard.press('?')
  await page.keyboard.press('+')
  await page.keyboard.press('ArrowLeft')
  await page.keyboard.press('f')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('f')
  await answer(page, ['1', 'Backspace', '0'])
  for (let n = 10; n < 60; n++) await answer(page, n % 2 ? LEFT : RIGHT)
  await expect(question(page)).toHaveText('Done: 20 of 20')
  expect(await faults(page)).toEqual([])

  const client = workbench.clientAs('owner')
  const { report } = await client.call('studies.report', { studyId, resamples: 200 })
  expect(report.criteria.map(({ votes, cannotJudge }) => [votes, cannotJudge])).toEqual([
    [19, 1],
    [20, 0],
    [20, 0],
  ])
  expect(report.methods).toContain('1 rater judged captions of 20 images by 3 systems')
})

test('a question is shown when every key already counts, however slow the line', async ({
  page,
}) => {
  await plan(1)
  await openLink(page)
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/rate/submit', async (route) => {
    if (route.request().postData()?.includes('"reveal"')) await held
    await route.continue()
  })
  await begin(page)
  await answer(page, RIGHT)
  const second = await question(page).textContent()
  const reveal = page.waitForRequest((one) => one.postData()?.includes('"reveal"') ?? false)
  for (const key of LEFT) await page.keyboard.press(key)
  await reveal
  // The alt-text of the third question is on its way: until it is here the second one stays.
  expect(await question(page).textContent()).toBe(second)
  await expect(page.getByRole('main')).toHaveAttribute('aria-busy', 'true')
  await page.keyboard.press('3')
  release()
  await expect(question(page)).not.toHaveText(second ?? '')
  await expect(page.getByText('a thing')).toBeVisible()
  await answer(page, LEFT)
  await expect(question(page)).toHaveText('Done: 1 of 1')
  const { report } = await workbench
    .clientAs('owner')
    .call('studies.report', { studyId, resamples: 100 })
  expect(report.criteria.map(({ votes }) => votes)).toEqual([1, 1, 1])
})

test('practice, a note, a key of one’s own, a break and the closing question, by keys alone', async ({
  page,
}) => {
  test.setTimeout(240_000)
  await plan(2)
  const client = workbench.clientAs('owner')
  await openLink(page)
  await expect(page.getByRole('button', { name: 'Begin' })).toBeFocused()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  const practised = page.getByRole('heading', { name: /^Practice \d of 3$/ })
  for (let item = 1; item <= 3; item++) {
    await expect(page.getByText(`Practice ${item} of 3`)).toBeVisible()
    await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
    if (item === 1) {
      await page.keyboard.press('v')
      await expect(page.getByRole('button', { name: '100 % V' })).toBeVisible()
      expect(await faults(page)).toEqual([])
    }
    for (const key of LEFT) await page.keyboard.press(key)
    await expect(practised).toBeVisible()
    await expect(page.getByRole('status')).toContainText(/Card \d says what is there/)
    await page.keyboard.press('Enter')
  }
  await expect(count(page)).toHaveText('1 of 2')
  // Nothing of it is kept.
  expect((await client.call('studies.get', { studyId })).progress.events).toBe(0)

  await page.keyboard.press('n')
  await expect(page.getByRole('textbox')).toBeFocused()
  // No key of the page is heard while words are written.
  await page.keyboard.type('u0b1 CANARY-note')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Enter')
  await expect(page.getByRole('button', { name: /^Your note/ })).toBeVisible()
  await expect(page.getByRole('status')).toHaveText('Nothing placed yet')

  await page.keyboard.press('?')
  const change = page.getByRole('button', { name: /another key for confirm/ })
  await change.focus()
  await page.keyboard.press('Enter')
  await page.keyboard.press('e')
  await expect(change).toHaveText('E')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('?')

  // A break keeps what was placed, and hears nothing.
  await page.keyboard.press('2')
  await page.keyboard.press('b')
  await expect(page.getByRole('heading', { name: 'A break' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Go on' })).toBeFocused()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('3')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('status')).toHaveText('Placed: 2')
  await answer(page, ['1', '3', 'e'])
  await page.reload()
  await begin(page)
  await expect(page.getByRole('button', { name: /^Confirm/ })).toHaveText('Confirm E')
  for (let n = 1; n < 6; n++) await answer(page, ['3', '1', '2', 'e'])

  await expect(question(page)).toHaveText('Done: 2 of 2')
  await page.getByRole('radio', { name: 'No', exact: true }).focus()
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('ArrowRight')
  await page.keyboard.press('Tab')
  await page.keyboard.type('they begin alike')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('radio')).toHaveCount(0)
  await expect(page.getByRole('heading', { name: 'The same author: one guess' })).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('2')
  await expect(page.getByRole('heading', { name: /^The same author/ })).toHaveCount(0)
  const { report } = await client.call('studies.report', { studyId, resamples: 100 })
  expect(report.criteria.map(({ votes }) => votes)).toEqual([2, 2, 2])
  expect(report.recognition).toMatchObject({
    yes: 1,
    guesses: { n: 1, chance: 1 / 3 },
    words: [{ text: 'they begin alike' }],
  })
  const { tables } = await client.call('studies.export', { studyId, level: 'full', resamples: 100 })
  expect(JSON.stringify(tables.find(({ name }) => name === 'notes')?.rows)).toContain(
    'u0b1 CANARY-note',
  )
})

test('the captioner’s own pixels on M, and the words of a yes marked by keys; both are recorded', async ({
  page,
}) => {
  const client = workbench.clientAs('owner')
  const imageIds = await addPictures(client, ['one', 'two'])
  const conditions = ['', 'a bird', 'a fish'].map((text) => ({
    altKind: text === '' ? ('empty' as const) : ('free' as const),
    text,
  }))
  await collect(client.run('comparisons.run', { imageIds, conditions }))
  const made = await client.call('studies.plan', {
    name: 'seen',
    systems: conditions.map(({ text, altKind }) => ({ name: `“${text}”`, altKind, altText: text })),
    criteria: [{ ...criterion('wrong', 'flags'), labels: ['Is anything wrong?'] }],
    raters: ['Ada'],
    quality: { wrongImage: 0, plantedError: 0, duplicate: 0 },
  })
  studyId = made.studyId ?? ''
  await openLink(page)
  await begin(page)
  await page.keyboard.press('m')
  await expect(page.getByRole('img', { name: 'The picture as the captioner got it' })).toBeVisible()
  await expect(page.getByRole('button', { name: /^Model view/, pressed: true })).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('m')
  await expect(page.getByRole('img', { name: 'The picture to judge' })).toBeVisible()
  for (const key of ['1', 'w', 'ArrowRight', 'Enter', 'ArrowRight', 'Enter', 'Enter'])
    await page.keyboard.press(key)
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  const words = (await page.getByRole('listitem').first().innerText()).replace(/^1\s+/, '')
  await answer(page, ['2', '2', 'Enter'])
  const { files } = await client.call('studies.export', { studyId, level: 'full', resamples: 100 })
  const events = files.find(({ name }) => name === 'study.jsonl')?.text ?? ''
  expect(events).toMatch(/"modelView":true/)
  const [, start, end] =
    /"spans":\[\{"end":(\d+),"label":0,"slot":1,"start":(\d+)\}\]/.exec(events) ?? []
  expect(words.slice(Number(end), Number(start))).toBe(words.split(/\s+/)[1])
})

test('over the local network, at an address of this machine', async ({ page }) => {
  await plan(2)
  const own = Object.values(networkInterfaces())
    .flat()
    .find((one) => one?.family === 'IPv4' && !one.internal)?.address
  await openLink(page, own ?? '127.0.0.2')
  await begin(page)
  for (let n = 0; n < 6; n++) await answer(page, RIGHT)
  await expect(question(page)).toHaveText('Done: 2 of 2')
})

test('a rebound name and a foreign page read nothing and write nothing', async () => {
  await plan(2)
  const client = workbench.clientAs('owner')
  host = await startRaterHost({ invoke: workbench.invokeAs('rater'), pages })
  const { token } = await client.call('studies.invite', { studyId, rater: 0 })
  const executablePath = test.info().project.use.launchOptions?.executablePath
  const browser = await chromium.launch({
    ...(executablePath && { executablePath }),
    args: ['--no-sandbox', `--host-resolver-rules=MAP evil.test 127.0.0.1`],
  })
  try {
    const page = await browser.newPage()
    const rebound = await page.goto(`http://evil.test:${host.port}/`)
    expect(rebound?.status()).toBe(421)
    // From a page of another origin, with a token that it somehow knows.
    await page.goto('data:text/html,<title>foreign</title>')
    const heard = await page.evaluate(
      async ({ port, bearer }) => {
        const out: string[] = []
        for (const mode of ['cors', 'no-cors'] as const)
          for (const type of ['application/json', 'text/plain']) {
            const headers = { 'content-type': type, authorization: `Bearer ${bearer}` }
            const answer = await fetch(`http://127.0.0.1:${port}/rate/state`, {
              method: 'POST',
              mode,
              body: '{}',
              headers,
            }).then(
              (response) => response.text(),
              () => '',
            )
            out.push(answer)
          }
        return out
      },
      { port: host.port, bearer: token },
    )
    expect(heard).toEqual(['', '', '', ''])
    expect((await client.call('studies.get', { studyId })).progress.events).toBe(0)
  } finally {
    await browser.close()
  }
})
