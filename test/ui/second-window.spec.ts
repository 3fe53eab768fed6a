/** What another window did appears in this one, on the screens that list things: studies, and images by the hundred. */
import { expect } from '@playwright/test'
import { addPictures, collect, comparing } from '../support/builders.ts'
import { planStudy } from '../support/studies.ts'
import { openUiBench, plainPictures, test } from '../support/ui-bench.ts'

test('a study that was planned in another window is in the list without loading the page again', async ({
  page,
}) => {
  const bench = await openUiBench({ pictures: await plainPictures() })
  try {
    await page.goto(bench.url)
    await expect(page.getByRole('main')).toBeVisible()
    await page.keyboard.press('4')
    const list = page.getByRole('navigation', { name: 'Studies' })
    await expect(list).toBeVisible()
    await expect(list.getByRole('listitem')).toHaveCount(0)
    await planStudy(bench.client, 2, { name: 'Planned elsewhere' })
    await expect(list.getByText('Planned elsewhere')).toBeVisible({ timeout: 20_000 })
  } finally {
    await bench.close()
  }
})

test('a long list follows the captions that another window made', async ({ page }) => {
  const bench = await openUiBench({ pictures: await plainPictures() })
  try {
    const names = Array.from({ length: 520 }, (_, i) => `picture-${String(i).padStart(3, '0')}.png`)
    const first = (await addPictures(bench.client, names)).at(-1) ?? ''
    await page.goto(bench.url)
    await expect(page.getByRole('main')).toBeVisible()
    await page.keyboard.press('3')
    const card = page.getByRole('row', { name: /picture-519/ })
    await expect(card).toBeVisible()
    await collect(bench.client.run('comparisons.run', comparing([first], ['a heron'])))
    await expect(card.getByTitle('1 caption')).toBeVisible({ timeout: 20_000 })
  } finally {
    await bench.close()
  }
})
