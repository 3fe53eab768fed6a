/** Two windows at one image of an annotation: nobody's words are passed over, and nobody's are lost. */
import { expect, test } from '../support/ui-bench.ts'
import { faults } from '../support/ui-faults.ts'
import {
  beginRounds,
  box,
  firstOf,
  giveAltTexts,
  imageName,
  keeping,
  sitDown,
  waiting,
} from '../support/ui-rounds.ts'

test('whoever was second sees both texts, and chooses', async ({
  plates,
  bench,
  open,
  context,
}) => {
  test.setTimeout(120_000)
  await giveAltTexts(bench.client, plates)
  const { id: annotationId } = await beginRounds(bench.client, plates)
  const first = await firstOf(bench.client, annotationId, 'Ada')
  const older = await open()
  const newer = await context.newPage()
  await newer.goto(bench.url)
  for (const page of [older, newer]) {
    await page.keyboard.press('5')
    await sitDown(page, 'Ada')
    await expect(imageName(page)).toHaveText(first.imageName)
    await expect(box(page)).toBeEditable()
  }
  const { imageId } = first
  const item = () => bench.client.call('annotations.item', { annotationId, imageId })
  await older.bringToFront()
  await box(older).fill('The first of two.')
  await box(newer).fill('The second of two.')
  await box(newer).press('Control+Enter')
  await expect(waiting(newer)).toHaveCount(2)
  await box(older).press('Control+Enter')

  const both = older.getByRole('alert').filter({ hasText: 'Two texts of one image' })
  await expect(both).toContainText('The second of two.')
  await expect(box(older)).toHaveValue('The first of two.')
  await expect(older.getByText('Choose between the two texts first.')).toBeVisible()
  expect((await item()).versions.map(({ text }) => text)).toEqual(['The second of two.'])
  expect(await faults(older)).toEqual([])

  // Neither a reload nor typing on decides anything.
  await older.reload()
  await expect(both).toContainText('The second of two.')
  await expect(box(older)).toHaveValue('The first of two.')
  await box(older).fill('The first of two, still.')
  await expect(both).toBeVisible()
  await both.getByRole('button', { name: 'Go on with mine, as round 2' }).click()
  await expect(both).toHaveCount(0)
  await expect(keeping(older)).toHaveText('Not saved yet; kept as a draft')
  await box(older).press('Control+Enter')
  await expect
    .poll(async () => (await item()).versions.map(({ text }) => text))
    .toEqual(['The second of two.', 'The first of two, still.'])
})

test('what another window wrote appears where nothing was typed; theirs can be kept', async ({
  plates,
  bench,
  open,
}) => {
  await giveAltTexts(bench.client, plates)
  const { id: annotationId } = await beginRounds(bench.client, plates)
  const page = await open()
  await page.keyboard.press('5')
  await sitDown(page, 'Ada')
  const { imageId, imageName: name } = await firstOf(bench.client, annotationId, 'Ada')
  await expect(imageName(page)).toHaveText(name)
  await expect(box(page)).toBeEditable()
  const write = (text: string, versions: number) =>
    bench.client.call('annotations.rewrite', {
      ...{ annotationId, imageId, round: 2, versions, annotator: 'Ben', text },
    })
  await write('Written elsewhere.', 0)
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  await expect(box(page)).toHaveValue('Written elsewhere.', { timeout: 20_000 })
  await expect(waiting(page)).toHaveCount(2)

  await box(page).fill('Typed here.')
  await write('Written elsewhere again.', 1)
  await page.evaluate(() => dispatchEvent(new Event('focus')))
  const both = page.getByRole('alert').filter({ hasText: 'Two texts of one image' })
  await expect(both).toContainText('Written elsewhere again.', { timeout: 20_000 })
  await expect(box(page)).toHaveValue('Typed here.')
  await both.getByRole('button', { name: 'Keep the one that is saved' }).click()
  await expect(box(page)).toHaveValue('Written elsewhere again.')
  await expect(keeping(page)).toHaveText('As it was saved')
})
