/** A captioner whose name is long and has no space, captions from right to left: no screen is pushed over its edge. */
import { FAKE_CAPTIONER, FAKE_SCORER } from '../support/fake-engine.ts'
import { expect, finish, test } from '../support/ui-bench.ts'

const NAME = 'Captionerwithanamethathasnospacesatall'.repeat(5)
const CLASS = 'northern-saw-whet-owl_Aegolius-acadicus_'.repeat(7)
const RIGHT_TO_LEFT = 'بومة رمادية كبيرة تجلس على غصن مغطى بالطحالب. '.repeat(40)
const SCREENS = ['Compare', 'Dataset', 'Library', 'Sessions', 'Rounds', 'Models']

test.use({ options: { bundles: [{ ...FAKE_CAPTIONER, name: NAME }, FAKE_SCORER] } })

test('long names and texts stay within every screen and leave the line at the bottom its keys', async ({
  bench,
  plates,
  open,
}) => {
  const conditions = [
    { altKind: 'class-name' as const, text: CLASS },
    { altKind: 'wrong' as const, text: RIGHT_TO_LEFT },
  ]
  await finish(bench.client.run('comparisons.run', { imageIds: [...plates], conditions }))
  const rows = plates.map((image) => ({ image, caption: RIGHT_TO_LEFT, by: NAME.slice(0, 100) }))
  const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'))
  const columns = { image: 'image', caption: 'caption', captioner: 'by' }
  await finish(bench.client.run('tables.apply', { name: 'them.jsonl', bytes, columns }))
  await bench.client.call('annotations.create', {
    ...{ name: NAME.slice(0, 120), imageIds: [...plates], annotators: [NAME.slice(0, 90)] },
    swap: false,
  })
  const page = await open()
  const wide = () =>
    page.evaluate(() =>
      [document.documentElement, ...document.querySelectorAll('body *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
        .filter(
          (one) => one.tagName === 'HTML' || /auto|scroll/.test(getComputedStyle(one).overflowX),
        )
        .map((one) => `${one.tagName} ${one.className}`),
    )
  for (const screen of SCREENS) {
    await page.getByRole('navigation').getByRole('button', { name: screen, exact: true }).click()
    await expect(page.getByRole('main').getByRole('heading').first()).toBeVisible()
    await expect.poll(wide, { message: screen }).toEqual([])
    await expect(page.locator('.status .keys > span').first()).toBeInViewport({ ratio: 1 })
  }
  // Whose captions they are stays, whatever of the name does not.
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('columnheader', { name: /…\S+ \(elsewhere\)/ })).toBeVisible()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('بومة')
  await expect(page.getByRole('option').first()).toBeVisible()
  await expect.poll(wide).toEqual([])
})
