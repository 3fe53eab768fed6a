/** Three and four captioners side by side are read across, at every size, and the inspector makes room and comes back. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import type { Client } from '../../src/shared/contract.ts'
import { dropPaths } from '../support/ui-drop.ts'
import { expect, finish, test } from '../support/ui-bench.ts'

const WORDS =
  'a great gray owl on a mossy branch at the edge of a wood in the last light of the day '

/** Captions of three writers, the first of 300 words, beside our own of the first image. */
async function captionsOf(client: Client, open: () => Promise<Page>, writers: number) {
  const { images } = await client.call('images.list', { search: 'great gray' })
  const [owl] = images
  const conditions = [
    { altKind: 'empty' as const, text: '' },
    { altKind: 'wrong' as const, text: 'a teapot' },
  ]
  await finish(client.run('comparisons.run', { imageIds: [owl?.id ?? ''], conditions }))
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-columns-'))
  try {
    const rows = Array.from({ length: writers }, (_, writer) => ({
      image: owl?.name,
      captioner: `A captioner with a longer name, no. ${writer + 1}`,
      caption: writer === 0 ? WORDS.repeat(16) : WORDS,
    }))
    const file = path.join(folder, 'them.jsonl')
    writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
    const page = await open()
    await page.keyboard.press('3')
    await expect(page.getByRole('button', { name: 'Add a table' })).toBeVisible()
    await dropPaths(page, [file])
    await page.getByRole('button', { name: `Add ${writers} captions` }).click()
    await expect(page.getByRole('region', { name: 'Table', exact: true })).toBeVisible()
    await page.keyboard.press('1')
    await page
      .getByRole('row', { name: owl?.name ?? '' })
      .first()
      .click()
    await expect(page.getByRole('table').getByRole('columnheader')).toHaveCount(2 + writers)
    return page
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What of the sheet cannot be read without scrolling it sideways. */
const hidden = (page: Page) =>
  page.evaluate(() => {
    const within = document.querySelector('.scroll')?.getBoundingClientRect()
    return [...document.querySelectorAll('.scroll [role=cell], .scroll .altcell, .image-stays')]
      .map((one) => one.getBoundingClientRect())
      .filter((box) => !within || box.left < within.left || box.right > within.right)
      .map(({ left, right }) => ({ left, right }))
  })

for (const writers of [2, 3])
  test(`${writers + 1} columns are read without scrolling sideways at 1280 and at 1600`, async ({
    bench,
    plates,
    open,
  }) => {
    expect(plates).toHaveLength(6)
    const page = await captionsOf(bench.client, open, writers)
    for (const [width, height] of [
      [1280, 800],
      [1440, 900],
      [1600, 1000],
    ] as const) {
      await page.setViewportSize({ width, height })
      await expect.poll(() => hidden(page)).toEqual([])
      const cells = await page.locator('.place .caption').evaluateAll((all) =>
        all.map((one) => ({
          wide: one.getBoundingClientRect().width >= 190,
          whole: one.scrollHeight <= one.clientHeight + 1,
          size: parseFloat(getComputedStyle(one).fontSize) >= 16,
        })),
      )
      for (const cell of cells) expect(cell).toEqual({ wide: true, whole: true, size: true })
    }
    // Whose column it is can be seen from the end of a long caption.
    await page.locator('.scroll').evaluate((one) => (one.scrollTop = 500))
    await expect(page.getByRole('columnheader', { name: /no\. 1/ })).toBeInViewport({ ratio: 1 })
  })

test('the inspector makes room for columns, and opens and folds by its key and its button', async ({
  bench,
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await captionsOf(bench.client, open, 2)
  await page.setViewportSize({ width: 1280, height: 800 })
  const openIt = page.getByRole('button', { name: 'Open the inspector' })
  const foldIt = page.getByRole('button', { name: 'Fold the inspector' })
  await expect(openIt).toBeVisible()
  await page.setViewportSize({ width: 1600, height: 1000 })
  await expect(foldIt).toBeVisible()
  await page.setViewportSize({ width: 1280, height: 800 })
  await openIt.focus()
  await page.keyboard.press('Enter')
  await expect(foldIt).toBeFocused()
  // Even then the table stays within its sheet: the picture goes above it.
  await expect.poll(() => hidden(page)).toEqual([])
  await page.keyboard.press('z')
  await expect(openIt).toBeFocused()
  // As it was left, also over a reload.
  await page.setViewportSize({ width: 1600, height: 1000 })
  await page.reload()
  await expect(page.getByRole('table').getByRole('columnheader')).toHaveCount(4)
  await expect(openIt).toBeVisible()
  // What is asked for there opens it.
  await page.keyboard.press('i')
  await expect(foldIt).toBeVisible()
})
