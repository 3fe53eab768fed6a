/** Pictures of each screen for the README and for eyes: two sizes, light and dark. */
import { mkdirSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from '../support/ui-bench.ts'

const FOLDER = path.resolve(import.meta.dirname, '..', '..', 'test-results', 'screens')
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1440, height: 900 },
] as const

test('Compare, Library and Models', async ({ plates, bench, open, page: raw }) => {
  expect(plates).toHaveLength(6)
  mkdirSync(FOLDER, { recursive: true })
  await raw.emulateMedia({ reducedMotion: 'reduce' })
  const { images } = await bench.client.call('images.list', { search: 'great gray' })
  const page = await open()
  await page.keyboard.press('3')
  await page.getByRole('grid', { name: 'Images', exact: true }).getByText('great-gray-owl').click()
  await page.keyboard.press('1')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(images[0]?.name ?? '')
  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  await expect(page.getByText('Fake scorer').first()).toBeVisible()
  await page.keyboard.press('j')
  await expect(page.getByRole('region', { name: 'Tokens' })).toBeVisible()
  for (const [key, name] of [
    ['1', 'compare'],
    ['3', 'library'],
    ['6', 'models'],
  ] as const) {
    await page.keyboard.press(key)
    for (const size of SIZES)
      for (const colorScheme of ['light', 'dark'] as const) {
        await page.setViewportSize(size)
        await page.emulateMedia({ colorScheme })
        const file = path.join(FOLDER, `${name}-${size.width}-${colorScheme}.png`)
        const picture = await page.screenshot({ path: file })
        expect(picture.length).toBeGreaterThan(10_000)
      }
  }
})
