/** Two tabs of one rater, and a picture that is slow or does not come: in a real browser, by keys. */
import { expect, test, type Page } from '@playwright/test'
import { startRaterHost, type RaterHost } from '../../src/server/rater-host.ts'
import { readRatePages } from '../../src/server/rater-pages.ts'
import type { JudgementEvent } from '../../src/shared/study-types.ts'
import type { Workbench } from '../../src/workbench.ts'
import { RATE_PAGES } from '../support/rate-pages.ts'
import { openRatingWorkbench } from '../support/rating-workbench.ts'
import { planStudy } from '../support/studies.ts'
import { faults } from '../support/ui-faults.ts'

let workbench: Workbench
let host: RaterHost
let studyId = ''

test.beforeEach(async () => {
  workbench = await openRatingWorkbench()
  const pages = await readRatePages(RATE_PAGES)
  host = await startRaterHost({ invoke: workbench.invokeAs('rater'), pages })
  studyId = await planStudy(workbench.clientAs('owner'), 2, { raters: ['Ada'] })
})
test.afterEach(async () => {
  await host.close()
  await workbench.close()
})

const link = async (): Promise<string> => {
  const client = workbench.clientAs('owner')
  const { token } = await client.call('studies.invite', { studyId, rater: 0 })
  return host.linkFor(token)
}

const begin = (page: Page) => page.getByRole('button', { name: /^(Begin|Go on)$/ }).press('Enter')
const picture = (page: Page) => page.getByRole('img', { name: 'The picture to judge' })
const question = (page: Page) => page.getByRole('heading', { level: 1 })

async function press(page: Page, keys: string): Promise<void> {
  for (const key of keys.split(' ')) await page.keyboard.press(key)
}

/** Every event of the study as it was kept. */
async function events(): Promise<readonly JudgementEvent[]> {
  const client = workbench.clientAs('owner')
  const { files } = await client.call('studies.export', { studyId, level: 'full', resamples: 100 })
  const text = files.find(({ name }) => name === 'study.jsonl')?.text ?? ''
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as { kind: string; event: JudgementEvent })
    .flatMap(({ kind, event }) => (kind === 'event' ? [event] : []))
}

test('a tab that is behind is told, shows both answers, and replaces one only when the rater says so', async ({
  page: older,
  context,
}) => {
  const url = await link()
  const newer = await context.newPage()
  for (const page of [older, newer]) {
    await page.goto(url)
    await begin(page)
    await expect(picture(page)).toBeVisible()
  }
  const first = (await question(newer).textContent()) ?? ''
  await press(newer, '1 2 3 Enter')
  await expect(question(newer)).not.toHaveText(first)
  await expect(question(older)).toHaveText(first)
  await press(older, '3 2 1 Enter')
  await expect(question(older)).toHaveText('Two answers to one question')
  await expect(older.getByText('1 > 2 > 3')).toBeVisible()
  await expect(older.getByText('3 > 2 > 1')).toBeVisible()
  expect(await faults(older, { popovers: false })).toEqual([])
  // Closed without a word: asked again.
  await older.reload()
  await expect(question(older)).toHaveText('Two answers to one question')
  const use = older.getByRole('button', { name: 'Use the one given here' })
  // A key that was meant for the next question chooses nothing.
  await expect(question(older)).toBeFocused()
  await press(older, '1 Enter')
  await expect(question(older)).toHaveText('Two answers to one question')
  await press(older, 'Tab Tab')
  await expect(use).toBeFocused()
  await older.keyboard.press('Enter')
  await begin(older)
  await expect(question(older)).toHaveText((await question(newer).textContent()) ?? '')
  const kept = await events()
  expect(kept.map(({ kind }) => kind)).toEqual(['confirm', 'undo', 'confirm'])
  expect(
    kept.map(({ payload }) => payload.answer?.format === 'ranking' && payload.answer.order[0]),
  ).toEqual([[1], false, [3]])

  // The other way round: what is saved stays, and the one that was not wanted is on record all the same.
  const second = (await question(newer).textContent()) ?? ''
  await press(older, '2 1 3 Enter')
  await expect(question(older)).not.toHaveText(second)
  await press(newer, '3 1 2 Enter')
  await expect(question(newer)).toHaveText('Two answers to one question')
  await expect(question(newer)).toBeFocused()
  await press(newer, 'Tab Enter')
  await expect(question(newer)).toHaveText((await question(older).textContent()) ?? '')
  const all = await events()
  expect(all.filter(({ kind }) => kind === 'skip')).toMatchObject([
    { payload: { answer: { order: [[3], [1], [2]] } } },
  ])
  const { report } = await workbench
    .clientAs('owner')
    .call('studies.report', { studyId, resamples: 100 })
  expect(report.criteria.map(({ votes }) => votes)).toEqual([1, 1, 0])
})

test('a note that was being typed when another tab went on is still there, and kept when the rater says so', async ({
  page: older,
  context,
}) => {
  const url = await link()
  const newer = await context.newPage()
  for (const page of [older, newer]) {
    await page.goto(url)
    await begin(page)
    await expect(picture(page)).toBeVisible()
  }
  const first = (await question(newer).textContent()) ?? ''
  await press(older, 'n')
  await older.getByRole('textbox').fill('the picture is blurred')
  // The other tab answers every question of the item.
  await press(newer, 'n')
  await newer.getByRole('textbox').fill('too dark')
  await press(newer, 'Enter')
  await expect(newer.getByRole('button', { name: /^Your note/ })).toBeVisible()
  for (let at = 0; at < 3; at++) {
    const before = (await question(newer).textContent()) ?? ''
    await press(newer, '1 2 3 Enter')
    await expect(question(newer)).not.toHaveText(before)
  }
  await expect(question(newer)).toHaveText(first)
  await older.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(question(older)).toHaveText('A note that was not kept')
  await expect(older.getByRole('textbox')).toHaveValue('the picture is blurred')
  expect(await faults(older, { popovers: false })).toEqual([])
  // Loaded again without a word: still there.
  await older.reload()
  await expect(older.getByRole('textbox')).toHaveValue('the picture is blurred')
  await older.getByRole('button', { name: 'Keep the note' }).press('Enter')
  await begin(older)
  await expect(question(older)).toHaveText(first)
  const kept = async () => (await events()).filter(({ kind }) => kind === 'note')
  await expect // what is kept is sent on its own time
    .poll(async () => (await kept()).map(({ payload }) => payload.text))
    .toEqual(['too dark', 'the picture is blurred'])
  expect(new Set((await kept()).map(({ trialId }) => trialId)).size).toBe(1)
})

test('a note that is still open goes with the answer', async ({ page }) => {
  await page.goto(await link())
  await begin(page)
  await expect(picture(page)).toBeVisible()
  const first = (await question(page).textContent()) ?? ''
  await press(page, '1 2 3 n')
  await page.getByRole('textbox').fill('hardly to be seen')
  await page.getByRole('button', { name: /^Confirm/ }).click()
  await expect(question(page)).not.toHaveText(first)
  await expect(page.getByRole('textbox')).toHaveCount(0)
  expect(await events()).toMatchObject([
    { kind: 'note', payload: { text: 'hardly to be seen' } },
    { kind: 'confirm' },
  ])
})

test('no judgement before the picture is shown: keys wait, Try again is the confirm key, the wait is no time', async ({
  page,
}) => {
  let broken = true
  let asked = 0
  await page.route('**/rate/picture/**', async (route) => {
    asked++
    // Not lost, but no picture: as bad.
    if (broken) await route.fulfill({ body: 'no picture', contentType: 'image/png' })
    else await route.continue()
  })
  await page.goto(await link())
  await begin(page)
  await expect(page.getByText('The picture could not be loaded')).toBeVisible()
  expect(await faults(page, { popovers: false })).toEqual([])
  const first = (await question(page).textContent()) ?? ''
  await press(page, '1 2 3')
  await expect(page.getByText('Nothing placed yet')).toBeVisible()
  const before = asked
  await page.keyboard.press('Enter')
  await expect.poll(() => asked).toBeGreaterThan(before)
  await expect(page.getByRole('button', { name: /^Confirm/ })).toBeDisabled()
  await expect(question(page)).toHaveText(first)
  broken = false
  await page.getByRole('button', { name: /^Try again/ }).press('Enter')
  await expect(picture(page)).toBeVisible()
  const shown = await page.evaluate(() => performance.now())
  await press(page, '1 2 3 Enter')
  await expect(question(page)).not.toHaveText(first)
  const [event] = (await events()).filter(({ kind }) => kind === 'confirm')
  const { timing } = event?.payload ?? {}
  // Nothing of what went before the picture, however long that was.
  expect(timing?.activeMs ?? Infinity).toBeLessThan((event?.tMonoMs ?? 0) - 0.5 * shown)
})

test('a slow picture says that it is on its way; the question can be answered once it is there', async ({
  page,
}) => {
  let release = () => {}
  const held = new Promise<void>((resolve) => (release = resolve))
  await page.route('**/rate/picture/**', async (route) => {
    await held
    await route.continue()
  })
  await page.goto(await link())
  await begin(page)
  await expect(page.getByText('The picture is on its way')).toBeVisible()
  const first = (await question(page).textContent()) ?? ''
  await press(page, '1 2 3 Enter 0')
  await expect(page.getByText('Nothing placed yet')).toBeVisible()
  expect(await events()).toEqual([])
  release()
  await expect(picture(page)).toBeVisible()
  await press(page, '1 2 3 Enter')
  await expect(question(page)).not.toHaveText(first)
})

test('a picture that never comes need not stop the rater: cannot judge, with the reason', async ({
  page,
}) => {
  await page.route('**/rate/picture/**', (route) => route.abort())
  await page.goto(await link())
  await begin(page)
  await expect(page.getByText('The picture could not be loaded')).toBeVisible()
  const first = (await question(page).textContent()) ?? ''
  await page.keyboard.press('0')
  await expect(question(page)).not.toHaveText(first)
  expect(await events()).toMatchObject([
    { payload: { answer: { format: 'cannot-judge', reason: 'no picture' } } },
  ])
})
