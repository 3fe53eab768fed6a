/** The main job by mouse: swap alt-texts, see captions stream, scores and provenance come. */
import type { Page } from '@playwright/test'
import { SENTINELS } from '../support/fake-engine.ts'
import { expect, test } from '../support/ui-bench.ts'

/** The inspector has a table of its own. */
const captionsTable = (page: Page) => page.getByRole('table', { name: /^Captions of this image/ })

test('a typed alt-text streams in, is scored, and is there after a reload', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const table = captionsTable(page)
  const field = page.getByRole('textbox', { name: 'Alt-text' })

  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  await expect(table.getByRole('rowheader')).toHaveCount(3)
  await expect(table.getByRole('rowheader')).toContainText(['Empty', 'Class name', 'Wrong'])
  await expect(table.getByText('Fake scorer')).toHaveCount(3)

  await field.fill('a snowy owl on a fence')
  await expect(page.getByText('6 of 16 tokens')).toBeVisible()
  await field.press('Enter')
  const row = table.getByRole('row').filter({ hasText: '“a snowy owl on a fence”' })
  await expect(row).toContainText('Free text')
  await expect(row).toContainText('A drawing of a snowy owl on a fence in')
  await expect(row).toContainText('Fake scorer')
  await expect(field).toHaveValue('')

  const inspector = page.getByRole('complementary', { name: 'Inspect' })
  await expect(inspector).toContainText('Free text')
  await expect(inspector).toContainText('T 0.2, top-p 0.7, top-k 50')
  await inspector.getByRole('button', { name: 'Replay' }).click()
  await expect(inspector).toContainText('identical, checked')

  await row.getByRole('button', { name: 'sample again' }).click()
  await expect(row.getByText(/of 2 samples/).first()).toBeVisible()

  await page.reload()
  await expect(row).toContainText('Free text')
  await row
    .getByRole('group', { name: /^Caption under/ })
    .first()
    .click()
  await expect(inspector).toContainText('identical, checked')
})

test('Esc stops what is running and nothing half-done stays', async ({ plates, open, bench }) => {
  const page = await open()
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await field.fill(SENTINELS.slow)
  await field.press('Enter')
  await expect(page.getByText('captioning')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('captioning')).toBeHidden()
  await expect(page.getByRole('alert')).toHaveCount(0)
  const lists = await Promise.all(
    plates.map((imageId) => bench.client.call('cells.list', { imageId })),
  )
  expect(lists.flatMap(({ cells }) => cells)).toEqual([])
})

test('an engine that stops costs one comparison and says what to do', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await field.fill(SENTINELS.boom)
  await field.press('Enter')
  await expect(page.getByRole('alert')).toContainText('The engine stopped')
  await page.getByRole('button', { name: 'Close message' }).click()
  await field.fill('a conch')
  await field.press('Enter')
  await expect(captionsTable(page)).toContainText('A drawing of a conch in')
})

test('other settings make a column of their own, which can be the baseline', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  await expect(page.getByText('Fake scorer').first()).toBeVisible()
  await page.getByRole('button', { name: /^T 0.2/ }).click()
  await page.getByRole('checkbox', { name: 'Greedy' }).check()
  await page.keyboard.press('Escape')
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await page.getByRole('button', { name: 'Class name', exact: true }).click()
  await field.press('Enter')
  await expect(captionsTable(page).getByRole('columnheader')).toHaveCount(3)
  await expect(captionsTable(page).getByRole('columnheader').last()).toContainText('greedy')
  await page.getByRole('button', { name: 'Pin this column as baseline' }).first().click()
  await expect(page.getByRole('button', { name: 'Unpin this column' })).toHaveCount(1)
})

test('every row is captioned with other settings in one go, or one by one', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const table = captionsTable(page)
  const captions = table.getByRole('group', { name: /^Caption under/ })
  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  await expect(captions).toHaveCount(3)
  await page.getByRole('button', { name: /^T 0.2/ }).click()
  await expect(page.getByRole('button', { name: /rows with these/ })).toBeHidden()
  await page.getByRole('checkbox', { name: 'Greedy' }).check()
  await page.getByRole('button', { name: 'Caption 3 rows with these' }).click()
  await expect(captions).toHaveCount(6)
  await expect(page.getByRole('button', { name: /rows with these/ })).toBeHidden()
  await page.keyboard.press('Escape')

  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await field.fill('a conch')
  await field.press('Enter')
  await expect(captions).toHaveCount(7)
  await table.getByRole('row').filter({ hasText: '“a conch”' }).getByText('Caption').last().click()
  await expect(captions).toHaveCount(8)
  await expect(table.getByText('not captioned yet')).toHaveCount(0)
  await page.keyboard.press('Shift+S')
  await expect(page.getByText('Every row has a caption with these settings')).toBeVisible()
})

test('the picture can be seen as the model sees it', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.getByRole('button', { name: 'As seen' }).click()
  const seen = page.getByRole('img', { name: 'The image as the captioner got it' })
  await expect(seen).toBeVisible()
  await expect.poll(() => seen.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(64)
})
