/** No accessibility fault that axe can find, on each screen and sheet. */
import { expect, test } from '../support/ui-bench.ts'
import { faults } from '../support/ui-faults.ts'

test('every screen', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await expect(page.getByText('No captions yet')).toBeVisible()
  expect(await faults(page)).toEqual([])

  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  await expect(page.getByText('Fake scorer').first()).toBeVisible()
  await expect(page.getByRole('region', { name: 'Tokens' })).toBeVisible()
  expect(await faults(page)).toEqual([])

  await page.getByRole('button', { name: /^T 0.2/ }).click()
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')

  await page.keyboard.press('3')
  await page.getByRole('grid', { name: 'Images', exact: true }).getByRole('row').first().click()
  await expect(page.getByText('sha256')).toBeVisible()
  expect(await faults(page)).toEqual([])

  await page.keyboard.press('6')
  await expect(page.getByRole('article')).toHaveCount(2)
  expect(await faults(page)).toEqual([])

  await page.keyboard.press('?')
  await expect(page.getByRole('dialog')).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+k')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await faults(page)).toEqual([])
})
