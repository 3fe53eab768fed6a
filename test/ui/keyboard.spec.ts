/** Everything by keyboard alone, and the sheet that tells the keys. */
import { expect, test } from '../support/ui-bench.ts'

test('from opening to a replayed caption without a mouse', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await expect(page.getByText('No captions yet')).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('rowheader')).toHaveCount(3)
  await page.keyboard.type('a heron')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('rowheader')).toHaveCount(4)
  // Scored means finished: Esc while it runs would cancel it instead of leaving the field.
  await expect(page.getByRole('table').getByText('Fake scorer')).toHaveCount(4)
  await page.keyboard.press('Escape')

  const current = page.getByRole('table').locator('[aria-current=true]')
  await page.keyboard.press('k')
  await page.keyboard.press('k')
  await expect(current).toBeFocused()
  await expect(current).toHaveAccessibleName('Caption under class name')
  await page.keyboard.press('j')
  await expect(current).toHaveAccessibleName('Caption under wrong')

  await page.keyboard.press('p')
  await expect(page.getByRole('columnheader').last()).toContainText('baseline: wrong')
  await page.keyboard.press('s')
  await expect(page.getByText(/of 2 samples/).first()).toBeVisible()
  await page.keyboard.press('Shift+R')
  await expect(page.getByText('identical, checked')).toBeVisible()

  const name = await page.getByRole('heading', { level: 1 }).textContent()
  await page.keyboard.press('l')
  await expect(page.getByRole('heading', { level: 1 })).not.toHaveText(name ?? '')
})

test('the key sheet and the palette open, run and close by keys', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('?')
  const sheet = page.getByRole('dialog', { name: 'Keys of this screen' })
  await expect(sheet).toContainText('Sample again')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()

  await page.keyboard.press('Control+k')
  const palette = page.getByRole('dialog', { name: 'Search or run a command' })
  await page.keyboard.type('go to models')
  await expect(palette.getByRole('option')).toHaveCount(1)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Models' })).toBeVisible()

  await page.keyboard.press('Control+k')
  await page.keyboard.type('great gray')
  await expect(palette.getByRole('option', { name: /great-gray-owl/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('great-gray-owl.png')

  await page.keyboard.press('Control+k')
  await expect(palette).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(palette).toBeHidden()
})

test('a class name is given by keys and offered at once', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await expect(page.getByText('No captions yet')).toBeVisible()
  await page.keyboard.press('e')
  const field = page.getByRole('textbox', { name: 'Class name' })
  await field.fill('wood duck')
  await page.keyboard.press('Enter')
  await expect(page.getByText('class “wood duck”')).toBeVisible()
  await page.getByRole('button', { name: 'Class name', exact: true }).press('Enter')
  await expect(page.getByRole('textbox', { name: 'Alt-text' })).toHaveValue('wood duck')
})

test('the numbers open the screens in the order of the bar', async ({ open }) => {
  const page = await open()
  const tabs = page.getByRole('navigation', { name: 'Screens' }).getByRole('button')
  await expect(tabs).toHaveText(['Compare', 'Dataset', 'Library', 'Sessions', 'Rounds', 'Models'])
  for (const at of [5, 4, 3, 2, 1, 0]) {
    await page.keyboard.press(String(at + 1))
    await expect(tabs.nth(at)).toHaveAttribute('aria-current', 'page')
  }
})
