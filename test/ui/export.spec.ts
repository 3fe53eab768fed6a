/** The Export dialog: what it previews is what it saves, by keyboard alone, in every format that this host can make. */
import type { Download, Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { Client } from '../../src/shared/contract.ts'
import { expect, finish, test } from '../support/ui-bench.ts'
import { faults, lookAt } from '../support/ui-faults.ts'

const CONDITIONS = [
  { altKind: 'empty', text: '' },
  { altKind: 'free', text: '<img src=x onerror="window.__pwn=1">' },
] as const

const textOf = async (download: Download): Promise<string> =>
  readFileSync(await download.path(), 'utf8')

const dialogOf = (page: Page) => page.getByRole('dialog', { name: 'Export' })
const pwned = () => (window as { __pwn?: number }).__pwn

const captionAll = (client: Client, imageIds: readonly string[]) =>
  finish(client.run('comparisons.run', { imageIds: [...imageIds], conditions: [...CONDITIONS] }))

async function giveAltTexts(client: Client, imageIds: readonly string[]): Promise<void> {
  for (const [at, imageId] of imageIds.entries())
    await client.call('images.setAltText', {
      ...{ imageId, altKind: 'own', text: `<b>a butterfly</b> in Rome, ${at}` },
    })
}

/** Of everything, as this table, chosen by keyboard. */
async function exportAll(page: Page, table: string) {
  await page.getByRole('button', { name: 'Export' }).click()
  const dialog = dialogOf(page)
  await dialog.getByRole('radio', { name: 'Everything' }).check()
  await dialog.getByRole('button', { name: table }).press('Enter')
  return { dialog, preview: dialog.getByRole('group', { name: 'Beginning of the file' }) }
}

test('the open image as Table 3: preview, LaTeX source, data, a file by keyboard', async ({
  bench,
  plates,
  open,
}) => {
  await captionAll(bench.client, plates.slice(0, 2))
  const page = await open()
  await page.getByRole('grid', { name: 'Images of this workspace' }).getByRole('row').last().click()
  await expect(page.getByText('Fake scorer').first()).toBeVisible()
  await page.keyboard.press('Shift+E')
  const dialog = dialogOf(page)
  const preview = dialog.getByRole('group', { name: 'Beginning of the file' })
  await expect(preview.getByRole('rowgroup')).toHaveCount(2)
  await expect(preview.getByText(CONDITIONS[1].text, { exact: true })).toBeVisible()
  await expect(dialog.getByText('2 captions of 1 image', { exact: true })).toBeVisible()
  expect(await page.evaluate(pwned)).toBeUndefined()

  await dialog.getByRole('button', { name: 'LaTeX' }).click()
  await expect(preview.getByText('\\toprule')).toBeVisible()
  await dialog.getByRole('checkbox', { name: 'Only the table' }).check()
  await expect(preview.getByText('\\documentclass')).toHaveCount(0)

  await dialog.getByRole('button', { name: 'HTML' }).click()
  await dialog.getByRole('textbox', { name: 'File' }).fill('owl: table')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('textbox', { name: 'File' }).press('Enter'),
  ])
  expect(download.suggestedFilename()).toBe('owl- table.html')
  const html = await textOf(download)
  expect(html).toContain('&lt;img src=x')
  expect(html).toContain('realign-trace')
  await expect(dialog).toHaveCount(0)
  await expect(page.getByText('owl- table.html saved')).toBeVisible()
})

test('images selected in Library as long data; nothing selected says so', async ({
  bench,
  plates,
  open,
}) => {
  await captionAll(bench.client, plates.slice(0, 3))
  const page = await open()
  await page.keyboard.press('3')
  const cards = page.getByRole('grid', { name: 'Images', exact: true }).getByRole('row')
  await cards.last().click()
  await cards.nth(-2).click({ modifiers: ['Control'] })
  await page.getByRole('button', { name: 'Export (Shift E)' }).click()
  const dialog = dialogOf(page)
  await expect(dialog.getByRole('radio', { name: 'Selected in Library' })).toBeChecked()
  await dialog.getByRole('button', { name: 'Data', exact: true }).click()
  await expect(dialog.getByRole('columnheader', { name: 'alt_kind' })).toBeVisible()
  await expect(dialog.getByRole('row')).toHaveCount(5)
  await dialog.getByRole('button', { name: 'JSON lines' }).click()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ])
  const rows = (await textOf(download)).trim().split('\n')
  expect(rows.map((row) => (JSON.parse(row) as { alt_text: string }).alt_text).sort()).toEqual(
    [...CONDITIONS, ...CONDITIONS].map(({ text }) => text).sort(),
  )
})

test('Table 1 by what people wrote: chosen by keyboard, previewed, saved as data', async ({
  bench,
  plates,
  open,
}) => {
  const shown = plates.slice(0, 3)
  await captionAll(bench.client, shown)
  const rows = await Promise.all(
    shown.map(async (imageId) => {
      const { cells } = await bench.client.call('cells.list', { imageId })
      const { name } = await bench.client.call('images.get', { imageId })
      return { image: name, captioner: '<b>people</b>', caption: cells[0]?.caption }
    }),
  )
  const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'))
  await finish(bench.client.run('tables.apply', { name: 'people.jsonl', bytes }))
  const page = await open()
  const { dialog, preview } = await exportAll(page, 'Table 1')
  await expect(preview.getByRole('columnheader', { name: 'n scored' })).toBeVisible()
  await dialog.getByText('References: none').focus()
  await page.keyboard.press('Enter')
  const people = dialog.getByRole('checkbox', { name: '<b>people</b> (elsewhere), 3 images' })
  await people.focus()
  await page.keyboard.press('Space')
  await expect(preview.getByRole('columnheader', { name: 'BLEU-1' })).toBeVisible()
  await expect(preview).toContainText('References: captions by <b>people</b>, of 3 of 3 images.')
  // Word for word what people wrote.
  const first = preview.getByRole('row').filter({ hasText: 'Fake captioner' }).first()
  await expect(first.getByRole('cell').nth(3)).toHaveText('100.0')
  expect(await faults(page)).toEqual([])

  await bench.client.call('images.setAltText', {
    ...{ imageId: shown[0]!, altKind: 'own', text: 'my butterfly' },
  })
  const base = dialog.getByRole('combobox', { name: 'Differences to' })
  await base.selectOption({ label: 'the alt-text itself' })
  const own = preview.getByRole('row').filter({ hasText: 'the alt-text itself' }).first()
  await expect(own.getByRole('cell').nth(2)).toHaveText('-')
  await dialog.getByRole('button', { name: 'Score alt-texts' }).press('Enter')
  await expect(own.getByRole('cell').nth(2)).not.toHaveText('-')
  await expect(dialog.getByRole('button', { name: 'Score alt-texts' })).toHaveCount(0)
  await expect(first.getByRole('cell').nth(3)).toContainText('100.0 (+')
  await base.selectOption({ label: 'Fake captioner, Free text' })
  await expect(preview).toContainText('in brackets the difference to Fake captioner (free)')
  await base.selectOption({ label: 'usual (the alt-text)' })

  await dialog.getByRole('button', { name: 'JSON lines' }).click()
  await expect(preview.getByRole('columnheader', { name: 'cider', exact: true })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ])
  const [one = ''] = (await textOf(download)).split('\n')
  expect(JSON.parse(one)).toMatchObject({ model: null, clip_score_n: 1, reference_n: 1 })
})

test('Statistics: how captions are written, beside the alt-texts, as a table and as growth curves', async ({
  bench,
  plates,
  open,
}) => {
  await captionAll(bench.client, plates.slice(0, 3))
  await giveAltTexts(bench.client, plates.slice(0, 3))
  const page = await open()
  const { dialog, preview } = await exportAll(page, 'Statistics')
  const own = preview.getByRole('row').filter({ hasText: 'the alt-text itself' })
  await expect(own.getByRole('cell').nth(3)).toHaveText('3')
  await expect(preview).toContainText('the first caption of 3 images of each row')
  expect(await faults(page)).toEqual([])

  await dialog.getByRole('combobox', { name: 'Differences to' }).selectOption({
    label: 'the alt-text itself',
  })
  const first = preview.getByRole('row').filter({ hasText: 'Fake captioner' }).first()
  await expect(first.getByRole('cell').nth(4)).toContainText(/\([+−]\d+\.\d\)/)
  await dialog.getByRole('spinbutton', { name: 'Sample' }).fill('2')
  await expect(preview).toContainText('the first caption of 2 images of each row, as asked')

  await dialog.getByRole('button', { name: 'JSON lines' }).click()
  await expect(
    preview.getByRole('columnheader', { name: 'entities_kept', exact: true }),
  ).toBeVisible()
  await dialog.getByRole('combobox', { name: 'One row' }).selectOption({
    label: 'a point of its growth curves',
  })
  await expect(preview.getByRole('columnheader', { name: 'trigrams' })).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ])
  const [point = ''] = (await textOf(download)).split('\n')
  expect(JSON.parse(point)).toMatchObject({ alt_kind: 'own', captions: 1, types: 7 })

  await page.getByRole('button', { name: 'Export' }).click()
  await dialog.getByRole('radio', { name: 'Everything' }).check()
  await dialog.getByRole('button', { name: 'SVG' }).click()
  await expect(dialog.getByText('Its growth curves, drawn for a paper')).toBeVisible()
  await expect(preview.getByRole('columnheader', { name: 'trigrams' })).toBeVisible()
  await lookAt(page, 'export-svg')
  const [figure] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ])
  expect(figure.suggestedFilename()).toMatch(/\.svg$/)
  expect(await textOf(figure)).toMatch(/^<svg[^]*Fake captioner \(empty\)<\/text>/)
  expect(await page.evaluate(pwned)).toBeUndefined()
})

test('Mix: strategies side by side once the alt-texts are scored, and the texts of one as data', async ({
  bench,
  plates,
  open,
}) => {
  await captionAll(bench.client, plates.slice(0, 4))
  await giveAltTexts(bench.client, plates.slice(0, 3))
  const page = await open()
  const { dialog, preview } = await exportAll(page, 'Mix')
  const top = preview
    .getByRole('row')
    .filter({ hasText: /^alt-text of the top 30/ })
    .first()
  await expect(top.getByRole('cell').nth(1)).toHaveText('-')
  await dialog.getByRole('button', { name: 'Score alt-texts' }).click()
  await expect(top.getByRole('cell').nth(1)).toHaveText('1')
  await expect(preview).toContainText('1 have no alt-text of their own')
  await lookAt(page, 'export-mix')

  await dialog.getByRole('combobox', { name: 'Top' }).selectOption('50')
  const half = preview
    .getByRole('row')
    .filter({ hasText: /^alt-text of the top 50/ })
    .first()
  await expect(half.getByRole('cell').nth(1)).toHaveText('2')
  await dialog.getByRole('combobox', { name: 'Captions by' }).selectOption({ index: 2 })
  await expect(preview).toContainText('captions by Fake captioner')

  await dialog.getByRole('button', { name: 'JSON lines' }).click()
  await dialog.getByRole('combobox', { name: 'One row' }).selectOption({
    label: 'a text: both joined for the top, else a caption as good',
  })
  await expect(preview.getByRole('columnheader', { name: 'text', exact: true })).toBeVisible()
  await lookAt(page, 'export-mix-texts')
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    dialog.getByRole('button', { name: 'Save' }).click(),
  ])
  const texts = (await textOf(download)).trim().split('\n')
  const joined = texts.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(joined.filter(({ source }) => source === 'joined')).toHaveLength(2)
  expect(joined.find(({ source }) => source === 'joined')?.['text']).toMatch(/^<b>a butterfly<\/b>/)
  expect(await page.evaluate(pwned)).toBeUndefined()
})

test('a number that is not whole is said beside its field, and nothing is exported until it is', async ({
  bench,
  plates,
  open,
}) => {
  await captionAll(bench.client, plates.slice(0, 3))
  const page = await open()
  const { dialog, preview } = await exportAll(page, 'Statistics')
  const save = dialog.getByRole('button', { name: 'Save' })
  await dialog.getByText('Drawn at random: no, all images').click()
  for (const [name, right] of [
    ['Sample', '2'],
    ['Images', '3'],
    ['Seed', '11'],
  ] as const) {
    const field = dialog.getByRole('spinbutton', { name })
    await field.fill('2.5')
    await expect(field).toHaveValue('2.5')
    await expect(field).toHaveAttribute('aria-invalid', 'true')
    await expect(field).toHaveAccessibleDescription(/^A whole number from [01] to [\d,]+$/)
    await expect(save).toHaveAttribute('aria-disabled', 'true')
    await expect(dialog.getByText(/^Nothing to export: .* must be a whole number/)).toBeVisible()
    if (name === 'Sample') await lookAt(page, 'export-number')
    expect(await faults(page)).toEqual([])
    await field.fill(right)
    await expect(field).toHaveAccessibleDescription('')
    await expect(save).toHaveAttribute('aria-disabled', 'false')
  }
  await expect(preview).toContainText('2 images of each row, as asked')
  await expect(preview).toContainText('seed 11')
})

test('a workspace without captions cannot be exported and says why', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('Shift+E')
  const dialog = dialogOf(page)
  await expect(dialog.getByText('Nothing to export: no captions yet.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Save' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await page.keyboard.press('Escape')
  await expect(dialog).toHaveCount(0)
})

test('no accessibility fault', async ({ bench, plates, open }) => {
  await captionAll(bench.client, plates)
  const { name } = await bench.client.call('images.get', { imageId: plates[0]! })
  const bytes = new TextEncoder().encode(
    JSON.stringify({ image: name, captioner: 'people', caption: 'a butterfly on a leaf' }),
  )
  await finish(bench.client.run('tables.apply', { name: 'people.jsonl', bytes }))
  const page = await open()
  await page.keyboard.press('Shift+E')
  const dialog = dialogOf(page)
  await expect(dialog.getByRole('rowgroup').first()).toBeVisible()
  for (const what of ['Table 3', 'Table 1', 'Statistics', 'Data']) {
    await dialog.getByRole('button', { name: what, exact: true }).click()
    await expect(dialog.getByRole('region', { name: 'Preview' })).toHaveAttribute(
      'aria-busy',
      'false',
    )
    await expect(dialog.getByRole('columnheader').first()).toBeVisible()
    expect(await faults(page)).toEqual([])
  }
  await dialog.getByRole('radio', { name: 'Everything' }).check()
  await dialog.getByRole('button', { name: 'Table 1' }).click()
  await dialog.getByRole('button', { name: 'HTML' }).click()
  await dialog.getByText('References: none').click()
  const preview = dialog.getByRole('region', { name: 'Preview' })
  await dialog.getByRole('checkbox', { name: 'people (elsewhere), 1 image' }).check()
  await expect(dialog.getByRole('columnheader', { name: 'BLEU-1' })).toBeVisible()
  await expect(preview).toHaveAttribute('aria-busy', 'false') // faded while it is made
  await lookAt(page, 'export-references')
  await dialog.getByRole('button', { name: 'Table 3' }).click()
  await dialog.getByRole('button', { name: 'HTML' }).click()
  await expect(dialog.locator('.paper')).toBeVisible()
  await expect(preview).toHaveAttribute('aria-busy', 'false') // faded while it is made
  await lookAt(page, 'export')
})
