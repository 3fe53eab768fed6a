/** A page says where one is: what it lists, what is selected, and whether anybody answers. */
import { expect, test } from '../support/ui-bench.ts'
import { beginRounds, giveAltTexts } from '../support/ui-rounds.ts'

test('a search holds when the page is left at once, and the pictures of Compare say that it does', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('3')
  const field = page.getByRole('searchbox', { name: 'Search images' })
  await field.fill('great')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  const rail = page.getByRole('complementary', { name: 'Images' })
  await expect(rail.getByRole('button')).toHaveText('2 found, open the library')
  await page.keyboard.press('3')
  await expect(field).toHaveValue('great')
  await field.fill('nothing of the kind')
  await page.getByRole('button', { name: 'Show all images' }).click()
  await expect(field).toHaveValue('')
  await expect(page.getByRole('status').filter({ hasText: '6 images' })).toBeVisible()
})

test('several selected images can be probed and exported, not only removed', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('3')
  await page.getByRole('grid', { name: 'Images', exact: true }).getByRole('row').first().click()
  await page.keyboard.press('Control+a')
  const panel = page.getByRole('complementary', { name: 'Selection' })
  await panel.getByRole('button', { name: 'Export their captions' }).click()
  await expect(page.getByRole('radio', { name: /Selected in Library/ })).toBeChecked()
  await page.keyboard.press('Escape')
  await panel.getByRole('button', { name: 'Run a probe pack on them' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run a probe pack' })
  await expect(dialog.getByRole('radio', { name: /Selected in Library/ })).toBeChecked()
})

test('another page of Rounds is seen from its top', async ({ bench, plates, open }) => {
  await giveAltTexts(bench.client, plates)
  await beginRounds(bench.client, plates)
  const page = await open()
  await page.setViewportSize({ width: 1280, height: 500 })
  await page.keyboard.press('5')
  await page.getByRole('button', { name: /Plates/ }).click()
  await page.getByRole('button', { name: 'Figures' }).click()
  const main = page.getByRole('main')
  await expect(main.getByRole('heading', { name: 'Export' })).toBeAttached()
  await main.evaluate((one) => (one.scrollTop = 9999))
  await expect.poll(() => main.evaluate((one) => one.scrollTop)).toBeGreaterThan(0)
  await page.getByRole('button', { name: 'Begin rounds' }).click()
  await expect(main.getByRole('heading', { name: 'Begin rounds' })).toBeInViewport()
  await expect.poll(() => main.evaluate((one) => one.scrollTop)).toBe(0)
})

test('the line at the bottom says when nobody answers, and when somebody does again', async ({
  bench,
  plates,
  page,
}) => {
  expect(plates).toHaveLength(6)
  await page.goto(bench.url)
  const line = page.getByRole('contentinfo')
  await expect(line).toContainText('Offline')
  await page.route('**/rpc/app.status', (route) => route.abort())
  await expect(line.getByRole('status')).toContainText('Not running', { timeout: 15_000 })
  await page.unroute('**/rpc/app.status')
  await expect(line).toContainText('Offline', { timeout: 15_000 })
})
