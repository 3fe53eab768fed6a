/** A table of alt-texts in the library: looked at first, applied by keyboard, summed up with its unused rows. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { renderSvg } from '../../src/engine/image/decode.ts'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { dropPaths } from '../support/ui-drop.ts'
import { chooserByKey } from '../support/ui-chooser.ts'
import { lookAt } from '../support/ui-faults.ts'
import { expect, test } from '../support/ui-bench.ts'

const HOSTILE = '<img src=x onerror=alert(1)> \u202etxet'

const drawn = async (seed: string) =>
  Buffer.from(await renderSvg(drawPicture(seed, { size: 64 }).svg, 64))

const csv = (name: string, rows: readonly string[]) => ({
  ...{ name, mimeType: 'text/csv', buffer: Buffer.from(rows.join('\n')) },
})

test('a table is looked at, its columns chosen, and its words given to images', async ({
  plates,
  bench,
  open,
  page: raw,
}) => {
  expect(plates).toHaveLength(6)
  const { images } = await bench.client.call('images.list', { sort: 'name' })
  const [first, second] = images
  await raw.emulateMedia({ reducedMotion: 'reduce' })
  const page = await open()
  await page.keyboard.press('3')
  await expect(page.getByRole('button', { name: 'Add a table' })).toBeVisible()
  const chooser = await chooserByKey(page, 'w')
  await chooser.setFiles(
    csv(`${HOSTILE}.csv`, [
      `file_name,caption,label,source,${HOSTILE}`,
      `${first?.name},"${HOSTILE}",first class,wit,`,
      `${second?.name},"a second one, with words enough to see how a longer alt-text stands in the sheet and where its lines break",,wit,`,
      `${second?.name},a third one,,,`,
      'https://x.example/a.png,a page,,,',
      'nope.png,nothing,,,',
      'ragged',
    ]),
  )
  const sheet = page.getByRole('dialog', { name: 'Alt-texts from a table' })
  await expect(sheet).toContainText('6 rows, 3 without words, 1 not used')
  await expect(sheet.getByRole('combobox', { name: 'Image' })).toHaveValue('0')
  await expect(sheet.getByRole('combobox', { name: 'Class name' })).toHaveValue('2')
  const give = sheet.getByRole('button', { name: /^Give/ })
  await expect(give).toHaveText('Give 2 images their class names')
  await sheet.getByRole('combobox', { name: 'Image' }).focus()
  await page.keyboard.press('Tab')
  await expect(sheet.getByRole('combobox', { name: 'Alt-text' })).toBeFocused()
  await page.keyboard.press('c')
  await expect(give).toHaveText('Give 2 images their alt-texts')
  await expect(sheet).toContainText('6 rows, 4 not used')
  const rows = sheet.getByRole('group', { name: 'First rows' })
  await expect(rows).toContainText(`“${HOSTILE}”`)
  await expect(rows).toContainText('not used: it is an address: download the image first')
  expect((await bench.client.call('images.get', { imageId: first?.id ?? '' })).group).toBe(null)

  await lookAt(page, 'table')
  await give.focus()
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Table', exact: true })
  await expect(panel).toContainText('2 alt-texts, 1 class name, 2 groups for 2 images')
  await expect(panel).toContainText('4 rows not used')
  await expect(panel.getByRole('row').filter({ hasText: 'nope.png' })).toContainText(
    'has this name',
  )
  await lookAt(page, 'table-given')

  const detail = await bench.client.call('images.get', { imageId: first?.id ?? '' })
  expect(detail).toMatchObject({ className: 'first class', group: 'wit' })
  expect(detail.altTexts.find(({ kind }) => kind === 'own')?.text).toBe(HOSTILE)
  await panel.getByRole('button', { name: 'Close' }).click()
  await expect(panel).toBeHidden()
})

test('a table that comes with its pictures is applied after them; Cancel gives nothing', async ({
  bench,
  open,
}) => {
  const page = await open()
  await page.keyboard.press('3')
  const owl = await drawn('owl/3')
  const files = [
    { name: 'owl.png', mimeType: 'image/png', buffer: owl },
    { name: 'twin.png', mimeType: 'image/png', buffer: owl },
    csv('captions.csv', ['image,alt', 'twin.png,an owl']),
  ]
  const add = async () => {
    const chooser = page.waitForEvent('filechooser')
    await page.getByRole('button', { name: 'Add files' }).click()
    await (await chooser).setFiles(files)
  }
  const sheet = page.getByRole('dialog', { name: 'Alt-texts from a table' })
  const own = async () => {
    const { images } = await bench.client.call('images.list', {})
    const detail = await bench.client.call('images.get', { imageId: images[0]?.id ?? '' })
    return detail.altTexts.map(({ text }) => text)
  }
  await add()
  await expect(sheet).toContainText('1 row')
  await page.keyboard.press('Escape')
  await expect(sheet).toBeHidden()
  const panel = page.getByRole('region', { name: 'Import', exact: true })
  await expect(panel).toContainText('1 image added, 1 already here by content')
  expect(await own()).toEqual([])
  await add()
  await sheet.getByRole('button', { name: 'Give 1 image its alt-text' }).click()
  await expect(page.getByRole('region', { name: 'Table', exact: true })).toContainText('1 alt-text')
  expect(await own()).toEqual(['an owl'])
})

test('a table that cannot be read says why, and gives the next step', async ({ open }) => {
  const page = await open()
  await page.keyboard.press('3')
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add a table' }).click()
  await (
    await chooser
  ).setFiles({
    ...{ name: 'old.csv', mimeType: 'text/csv' },
    buffer: Buffer.from('image,alt\na.png,caf\u00e9', 'latin1'),
  })
  await expect(page.getByText('Save it as UTF-8 in a text editor.')).toBeVisible()
  await expect(page.getByRole('dialog')).toBeHidden()
})

test('the table of a dropped folder tells files of one name apart by their paths', async ({
  bench,
  open,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-drop-table-'))
  try {
    const set = path.join(folder, 'set')
    for (const name of ['owl', 'shell']) {
      mkdirSync(path.join(set, name), { recursive: true })
      writeFileSync(path.join(set, name, '01.png'), await drawn(`${name}/1`))
    }
    writeFileSync(path.join(set, 'metadata.jsonl'), '{"file_name":"owl/01.png","text":"an owl"}')
    const page = await open()
    await page.keyboard.press('3')
    await dropPaths(page, [set])
    const sheet = page.getByRole('dialog', { name: 'Alt-texts from a table' })
    await expect(sheet).toContainText('set/metadata.jsonl')
    await sheet.getByRole('button', { name: 'Give 1 image its alt-text' }).click()
    await expect(page.getByRole('region', { name: 'Table', exact: true })).toContainText(
      '1 alt-text',
    )
    const { images } = await bench.client.call('images.list', { sort: 'name' })
    const own = await Promise.all(
      images.map(async ({ id }) => {
        const { name, altTexts } = await bench.client.call('images.get', { imageId: id })
        return [name, ...altTexts.map(({ text }) => text)]
      }),
    )
    expect(own).toEqual([['set/owl/01.png', 'an owl'], ['set/shell/01.png']])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
