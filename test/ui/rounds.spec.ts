/** Rounds of annotation: begun, rewritten, kept over a reload, swapped, counted, and put into the project. */
import { readFileSync } from 'node:fs'
import { addBytes } from '../support/ui-many.ts'
import { expect, plainPictures, test } from '../support/ui-bench.ts'
import { faults } from '../support/ui-faults.ts'
import {
  beginRounds,
  box,
  giveAltTexts,
  imageName,
  keeping,
  sitDown,
  waiting,
} from '../support/ui-rounds.ts'

test('from an alt-text to a caption of the project', async ({ plates, bench, open }) => {
  test.setTimeout(300_000)
  const { client } = bench
  await giveAltTexts(client, plates)
  const page = await open()
  await page.keyboard.press('5')

  // The form says what is wrong beside its field, and why two annotators are needed for swapping.
  await expect(page.getByText(/People rewrite the caption of an image/)).toBeVisible()
  const begin = page.getByRole('button', { name: 'Begin', exact: true })
  await expect(begin).toHaveAttribute('aria-disabled', 'true')
  // A name that nobody came to yet is wanted, not wrong.
  const name = page.getByRole('region', { name: 'Name', exact: true })
  await expect(name).not.toContainText('Give these rounds a name')
  await page.getByLabel('Name of these rounds').fill('Plates')
  await page.getByRole('button', { name: 'Remove B' }).click()
  await expect(page.getByText('Swapping needs two annotators.')).toBeVisible()
  await page.getByRole('button', { name: 'Add', exact: true }).click()
  await page.getByLabel('Name of annotator 1').fill('Ada')
  await page.getByLabel('Name of annotator 2').fill('Ben')
  await page.getByText(/^Goal, 8 steps/).click()
  expect(await faults(page)).toEqual([])
  await begin.click()

  // Nobody writes before it is said who sits there.
  await expect(box(page)).not.toBeEditable()
  await expect(page.getByText('Choose who you are first.')).toBeVisible()
  await expect(waiting(page)).toHaveCount(6)
  await sitDown(page, 'Ada')
  await expect(waiting(page)).toHaveCount(3)
  const first = waiting(page).first()
  await expect(first).toHaveAttribute('aria-selected', 'true')
  await expect(box(page)).toBeEditable()
  const start = await box(page).inputValue()
  const image = await imageName(page).textContent()

  // What is typed is measured at once, and kept over a reload.
  await page.keyboard.press('a')
  await box(page).fill('This image shows a boy with a smiling face under a branch.')
  await expect(
    page
      .getByText(/^before \d/)
      .or(page.getByText(/ before \d/))
      .first(),
  ).toBeVisible()
  const hints = page.getByRole('list', { name: 'Hints of the guideline' })
  await expect(hints).toContainText('About a person.')
  await page.getByRole('button', { name: 'Select the words of hint 1' }).click()
  await expect(box(page)).toBeFocused()
  await page.keyboard.press('Alt+t')
  await page.getByLabel('Note on this text').fill('the face is not clear')
  await expect(keeping(page)).toHaveText('Not saved yet; kept as a draft')
  await page.keyboard.press('Alt+s')
  await expect(page.getByTitle('Fake scorer, cosine × 100')).toBeVisible()
  expect(await faults(page)).toEqual([])
  await page.reload()
  await expect(imageName(page)).toHaveText(image ?? '')
  await expect(box(page)).toHaveValue('This image shows a boy with a smiling face under a branch.')
  await expect(page.getByRole('checkbox', { checked: true })).toHaveCount(1)
  await expect(page.getByLabel('Note on this text')).toHaveValue('the face is not clear')
  // So it is over another screen.
  await page.keyboard.press('1')
  await page.keyboard.press('5')
  await expect(box(page)).toHaveValue('This image shows a boy with a smiling face under a branch.')

  await page.getByLabel('Begin the caption with').selectOption('a drawing of')
  await expect(box(page)).toHaveValue('A drawing of a boy with a smiling face under a branch.')
  await box(page).fill('A drawing of a bird on a branch.')
  await box(page).press('Control+Enter')
  await expect(waiting(page)).toHaveCount(2)
  await expect(imageName(page)).not.toHaveText(image ?? '')
  // The focus stays in the box: the next one can be written at once.
  await expect(box(page)).toBeFocused()
  for (const left of [1, 0]) {
    await expect(keeping(page)).toHaveText('The text of the round before')
    const text = await box(page).inputValue()
    if (text === '') await box(page).fill('A drawing of mushrooms.')
    await page.keyboard.press(text === '' ? 'Control+Enter' : 'Alt+l')
    await expect(waiting(page)).toHaveCount(left)
  }
  await expect(
    page.getByText('Nothing waits for Ada in round 2; 3 images wait for others.'),
  ).toBeVisible()

  // An older text goes back into the box; saving makes a new version.
  await page.getByRole('button', { name: 'List what is written' }).click()
  await waiting(page).filter({ hasText: 'A drawing of a bird' }).click()
  await page.getByText('2 versions').click()
  await page.getByRole('button', { name: 'Put round 1 into the box' }).click()
  await expect(box(page)).toHaveValue(start)
  await page.getByRole('button', { name: 'Take changes back' }).click()
  await page.getByRole('button', { name: 'Bring back what was typed' }).click()
  await expect(box(page)).toHaveValue(start)
  await page.getByRole('button', { name: 'Take changes back' }).click()
  await expect(box(page)).toHaveValue('A drawing of a bird on a branch.')

  await page.getByRole('button', { name: 'Open', exact: true }).click()
  await sitDown(page, 'Ben')
  for (const left of [2, 1, 0]) {
    await expect(waiting(page)).toHaveCount(left + 1)
    await expect(keeping(page)).toHaveText('The text of the round before')
    await box(page).fill(`A drawing, number ${left}.`)
    await page.keyboard.press('Control+Enter')
    await expect(waiting(page)).toHaveCount(left)
  }
  await page.getByRole('button', { name: /or open round 3/ }).click()
  await page.getByRole('button', { name: 'Open round 3' }).click()

  // Swapped: Ben gets what Ada wrote, and Ada's texts only.
  await expect(box(page, 3)).toBeEditable()
  await expect(waiting(page)).toHaveCount(3)
  await expect(waiting(page).filter({ hasText: 'A drawing of a bird' })).toHaveCount(1)
  await page.keyboard.press('a')
  await page.keyboard.press('Alt+l')
  await expect(waiting(page)).toHaveCount(2)

  await page.getByRole('button', { name: 'Figures', exact: true }).click()
  const table = page.getByRole('group', { name: 'Figures of the rounds' })
  await expect(table.getByRole('row')).toHaveCount(4)
  await expect(
    page.getByRole('group', { name: 'Figures by annotator' }).getByRole('row'),
  ).toHaveCount(4)
  await page.getByRole('button', { name: 'Score texts' }).click()
  await expect(page.getByRole('button', { name: 'Score texts' })).toHaveCount(0)
  await expect(page.getByRole('img', { name: /^CLIP score/ })).toBeVisible()
  expect(await faults(page)).toEqual([])
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /^Training data/ }).click()
  const rows: unknown = JSON.parse(readFileSync(await (await saved).path(), 'utf8'))
  expect(JSON.stringify(rows)).toContain('A drawing of a bird on a branch.')

  await page.getByLabel('Round to put into the project').selectOption('Round 2')
  await page.getByRole('button', { name: 'Put round 2 into the project' }).click()
  await expect(page.getByText(/Round 2: 6 captions added/)).toBeVisible()
  await page.getByRole('button', { name: 'Put round 2 into the project' }).click()
  await expect(page.getByText(/0 captions added, 6 captions there already/)).toBeVisible()
  await page.getByRole('button', { name: 'See in Compare' }).click()
  await expect(page.getByRole('columnheader').filter({ hasText: 'Plates, round 2' })).toBeVisible()
  await expect(
    page
      .getByRole('table')
      .getByText(/^A drawing/)
      .first(),
  ).toBeVisible()
})

test('at 200 % nothing scrolls two ways, and the box stays as wide as a line', async ({
  plates,
  bench,
  open,
  page: raw,
}) => {
  await giveAltTexts(bench.client, plates)
  await beginRounds(bench.client, plates)
  await raw.setViewportSize({ width: 640, height: 400 })
  const page = await open()
  await page.keyboard.press('5')
  await sitDown(page, 'Ada')
  await box(page).fill('A drawing of a bird on a branch, seen from the side, before a plain sky.')
  await expect(page.getByText(/^Against round 1/)).toBeVisible()
  const wide = await page.evaluate(() =>
    [...document.querySelectorAll('.rounds, .rounds *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 0)
      .filter((one) => /auto|scroll/.test(getComputedStyle(one).overflowX))
      .map(({ className }) => String(className)),
  )
  expect(wide).toEqual([])
  const width = (await box(page).boundingBox())?.width ?? 0
  expect(width).toBeLessThanOrEqual(640)
  // The list, out of sight here, is there again in a larger window.
  await page.locator('.rounds').evaluate((one) => one.scrollTo(0, one.scrollHeight))
  await raw.setViewportSize({ width: 1280, height: 800 })
  await expect(waiting(page)).toHaveCount(3)
})

test.describe('many images', () => {
  test.use({ options: async ({}, use) => use({ pictures: await plainPictures() }) })

  test('a list of 450 is read as far as one scrolls, and only what is in view is in the page', async ({
    bench,
    open,
  }) => {
    const ids = await addBytes(bench.client, 450)
    await beginRounds(bench.client, ids, ['Ada'])
    const page = await open()
    await page.keyboard.press('5')
    const list = page.getByRole('grid', { name: 'Images of the rounds' })
    await expect(list.getByRole('row').first()).toBeVisible()
    await expect(page.locator('.queue-head [role=status]')).toHaveText('450')
    await expect
      .poll(async () => {
        await list.evaluate((one) => one.scrollTo(0, one.scrollHeight))
        return list.getByRole('row').last().getAttribute('aria-rowindex')
      })
      .toBe('450')
    expect(await list.getByRole('row').count()).toBeLessThan(60)
  })
})
