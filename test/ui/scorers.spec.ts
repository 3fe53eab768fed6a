/** Models: another scorer is chosen, gives the captions that are here its scores, and Compare shows them under its name. */
import AxeBuilder from '@axe-core/playwright'
import { FAKE_CAPTIONER, FAKE_SCORER } from '../support/fake-engine.ts'
import { addPlates, expect, finish, openUiBench, test } from '../support/ui-bench.ts'

const OTHER = {
  ...FAKE_SCORER,
  id: 'clip-b32',
  name: 'someone/clip-b32',
  bundleSha256: 'c'.repeat(64),
  encoderSha256: 'd'.repeat(64),
}

test('a chosen scorer scores what is here, and its name stands beside every score', async ({
  page,
}) => {
  const bench = await openUiBench({ bundles: [FAKE_CAPTIONER, FAKE_SCORER, OTHER] })
  try {
    await addPlates(bench.client)
    const { images } = await bench.client.call('images.list', {})
    const conditions = [{ altKind: 'empty' as const, text: '' }]
    const imageIds = images.map(({ id }) => id)
    await finish(bench.client.run('comparisons.run', { imageIds, conditions }))
    await page.goto(bench.url)
    await expect(page.locator('.score').first()).toContainText('Fake scorer')

    await page.keyboard.press('Control+K')
    await page.keyboard.type('Models')
    await page.keyboard.press('Enter')
    const card = page.getByRole('article', { name: OTHER.name })
    await expect(card).toContainText('scorer')
    // A page names no folder of this machine: it tells the command.
    await expect(page.getByText('realign -- models add FOLDER')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add from a folder' })).toHaveCount(0)
    await card.getByRole('button', { name: 'Score with it' }).click()
    await expect(card).toContainText('scorer in use')
    await card.getByRole('button', { name: 'Score all' }).click()
    await expect(page.getByText(`${images.length} captions scored`)).toBeVisible()
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([])

    await page.keyboard.press('1')
    await expect(page.locator('.score').first()).toContainText(OTHER.name)
    await expect(page.locator('.statusbar, footer').first()).toContainText(OTHER.name)
  } finally {
    await bench.close()
  }
})
