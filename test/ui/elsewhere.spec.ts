/** A table of captions made elsewhere is dropped: looked at, named, and then a column of Compare beside our own. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { dropPaths } from '../support/ui-drop.ts'
import { chooserByKey } from '../support/ui-chooser.ts'
import { faults, lookAt } from '../support/ui-faults.ts'
import { expect, finish, test } from '../support/ui-bench.ts'

const HOSTILE = '<img src=x onerror=alert(1)> \u202etxet'
const LONG =
  'The image is a stylised drawing of a large grey owl on a branch, seen from the front, with a round facial disc and yellow eyes, and nothing else is in it.'

test('a dropped table stands as a column beside our own, and says who wrote it where', async ({
  plates,
  bench,
  open,
}) => {
  const { images } = await bench.client.call('images.list', { sort: 'name' })
  const owl = images.find(({ name }) => name.startsWith('great')) ?? images[0]
  const other = images.find(({ id }) => id !== owl?.id)
  expect([plates.length, owl?.className]).toEqual([6, expect.any(String)])
  const conditions = [
    { altKind: 'empty' as const, text: '' },
    { altKind: 'wrong' as const, text: 'a teapot' },
  ]
  const imageIds = [owl?.id ?? '']
  await finish(bench.client.run('comparisons.run', { imageIds, conditions }))
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-drop-captions-'))
  const rows = [
    { image: owl?.name, caption: LONG },
    { image: owl?.name, alt: 'a teapot', caption: 'An owl, and no teapot.' },
    { image: other?.name, caption: HOSTILE },
    { image: 'nobody.png', caption: 'Another caption.' },
  ]
  const file = path.join(folder, 'them.jsonl')
  writeFileSync(file, rows.map((row) => JSON.stringify(row)).join('\n'))
  try {
    const page = await open()
    await page.keyboard.press('3')
    await expect(page.getByRole('button', { name: 'Add a table' })).toBeVisible()
    await dropPaths(page, [file])
    const alone = page.getByRole('dialog', { name: 'Alt-texts from a table' })
    await alone.getByRole('combobox', { name: 'Caption', exact: true }).selectOption('caption')
    const sheet = page.getByRole('dialog', { name: 'Captions from a table' })
    await expect(sheet).toContainText('4 rows, 1 not used')
    const add = sheet.getByRole('button', { name: 'Add 3 captions' })
    await expect(add).toHaveAttribute('aria-disabled', 'true')
    await expect(sheet.getByRole('group', { name: 'First rows' })).toContainText('by nobody yet')
    await sheet.getByRole('textbox', { name: 'Captions by' }).fill('builtin')
    await expect(sheet.getByRole('group', { name: 'First rows' })).toContainText(
      'no image of the workspace has this name',
    )
    await lookAt(page, 'captions-table')
    await sheet.getByRole('textbox', { name: 'Captions by' }).press('Tab')
    await add.focus()
    await page.keyboard.press('Enter')
    const panel = page.getByRole('region', { name: 'Table', exact: true })
    await expect(panel).toContainText('3 captions by builtin for 2 images from them.jsonl')
    await expect(panel).toContainText('1 row not used')
    await expect(panel.getByRole('row').filter({ hasText: '4' })).toContainText('nobody.png')
    await lookAt(page, 'captions-given')

    await page.keyboard.press('1')
    await page
      .getByRole('row', { name: other?.name ?? '' })
      .first()
      .click()
    const ours = page.getByRole('button', { name: 'Caption 1 row with Fake captioner' })
    await expect(ours).toBeVisible()
    await lookAt(page, 'captions-alone')
    await ours.click()
    await expect(page.getByRole('columnheader', { name: /Fake captioner/ })).toBeVisible()
    await expect(ours).toBeHidden()
    await page
      .getByRole('row', { name: owl?.name ?? '' })
      .first()
      .click()
    const table = page.getByRole('table', { name: 'Captions of this image under each alt-text' })
    await expect(table.getByRole('columnheader')).toHaveText([
      'Alt-text',
      /Fake captioner/,
      /^builtin \(elsewhere\)/,
    ])
    // The teapot of no stated kind stands in our row of that alt-text.
    await expect(table.getByRole('row')).toHaveCount(3)
    const wrong = table.getByRole('row').filter({ hasText: 'a teapot”' })
    await expect(wrong.getByRole('cell').nth(1)).toContainText('An owl, and no teapot.')
    await wrong.getByText('An owl, and no').click()
    const inspector = page.getByRole('complementary', { name: 'Inspect' })
    await expect(inspector).toContainText('Written bybuiltin, elsewhere')
    await expect(inspector).toContainText('Read fromthem.jsonl, line 2')
    await expect(inspector).not.toContainText(/log p|Seed|Sampling|Device|Runtime/)
    for (const name of ['Tokens', 'What it hangs on'])
      await expect(inspector.getByRole('region', { name })).toBeHidden()
    await expect(inspector.getByRole('button', { name: /Replay/ })).toBeHidden()
    await expect(wrong.getByRole('button', { name: /sample again/ })).toBeHidden()
    for (const [key, said] of [
      ['s', 'builtin wrote this elsewhere and cannot be asked from here'],
      ['Shift+R', 'builtin wrote this elsewhere and cannot be asked from here'],
    ] as const) {
      await page.keyboard.press(key)
      await expect(page.getByText(said).last()).toBeVisible()
    }
    await page.keyboard.press('p')
    await expect(wrong.getByText('baseline')).toBeVisible()
    await page.keyboard.press('p')
    await page.keyboard.press('d')
    await lookAt(page, 'captions-compare')
    const { cells } = await bench.client.call('cells.list', { imageId: owl?.id ?? '' })
    expect(cells).toHaveLength(4)

    await page.keyboard.press('2')
    await expect(page.getByText('6 captions of 2 images')).toBeVisible()
    await expect(page.getByRole('table', { name: 'Captions of the dataset' })).toContainText(
      'builtin (elsewhere)',
    )
    await expect(page.getByRole('combobox').filter({ hasText: 'them.jsonl' })).toBeVisible()
    await lookAt(page, 'captions-dataset')
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('hostile captioners and captions of a table stay text, from the sheet to the table of the image', async ({
  plates,
  bench,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const { images } = await bench.client.call('images.list', {})
  const [image] = images
  const names = [`${HOSTILE} ${'long'.repeat(20)}`, 'x'.repeat(160)]
  const rows = names.map((captioner, n) => ({
    ...{ image: image?.name, captioner, alt: n === 0 ? HOSTILE : '' },
    caption: `${HOSTILE} ${'word'.repeat(60)}`,
  }))
  const page = await open()
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.keyboard.press('3')
  await expect(page.getByRole('button', { name: 'Add a table' })).toBeVisible()
  const chooser = await chooserByKey(page, 'w')
  await chooser.setFiles({
    ...{ name: `${HOSTILE}.jsonl`, mimeType: 'application/json' },
    buffer: Buffer.from(rows.map((row) => JSON.stringify(row)).join('\n')),
  })
  const sheet = page.getByRole('dialog', { name: 'Captions from a table' })
  await expect(sheet.getByRole('textbox', { name: 'Captions by' })).toBeHidden()
  expect(await faults(page)).toEqual([])
  await sheet.getByRole('button', { name: 'Add 2 captions' }).click()
  await expect(page.getByRole('region', { name: 'Table', exact: true })).toContainText('2 captions')
  expect(await faults(page)).toEqual([])
  await page.keyboard.press('1')
  await page
    .getByRole('row', { name: image?.name ?? '' })
    .first()
    .click()
  const table = page.getByRole('table', { name: 'Captions of this image under each alt-text' })
  await expect(table.getByRole('columnheader')).toHaveCount(3)
  await expect(page.getByRole('complementary', { name: 'Inspect' })).toContainText('Written by')
  expect(await faults(page)).toEqual([])
})
