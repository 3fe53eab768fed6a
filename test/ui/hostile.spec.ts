/** Alt-texts, captions, class names and file names are hostile text: shown literally, nothing runs. */
import { UI_HOSTILE as HOSTILE } from '../support/ui-hostile.ts'
import { expect, finish, test } from '../support/ui-bench.ts'

const PER_RUN = 64
const batches = Array.from({ length: Math.ceil(HOSTILE.length / PER_RUN) }, (_, index) =>
  HOSTILE.slice(index * PER_RUN, (index + 1) * PER_RUN),
)

const pwned = () => (window as unknown as { __pwn?: number }).__pwn

test('the list is long and has no doubles', () => {
  expect(HOSTILE.length).toBeGreaterThanOrEqual(200)
  expect(new Set(HOSTILE).size).toBe(HOSTILE.length)
})

test('as alt-text and caption in Compare', async ({ plates, bench, open }) => {
  const [imageId = ''] = plates
  for (const batch of batches)
    await finish(
      bench.client.run('comparisons.run', {
        imageIds: [imageId],
        conditions: batch.map((text) => ({ altKind: 'free' as const, text })),
      }),
    )
  const { cells } = await bench.client.call('cells.list', { imageId })
  expect(cells.map(({ altText }) => altText)).toEqual(HOSTILE)
  const { name } = await bench.client.call('images.get', { imageId })

  const page = await open()
  await page.getByRole('row', { name }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name)
  const table = page.getByRole('table')
  await expect(table.getByRole('rowheader')).toHaveCount(HOSTILE.length)
  const alts = await table.locator('.alt').evaluateAll((all) => all.map((one) => one.textContent))
  expect(alts).toEqual(HOSTILE.map((text) => `“${text}”`))
  const captions = await table
    .locator('.caption')
    .evaluateAll((all) => all.map((one) => one.textContent))
  expect(captions).toEqual(cells.map(({ caption }) => caption))
  expect(await page.evaluate(pwned)).toBeUndefined()
})

test('typed into the field, with a fault as the answer', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  const text = '<img src=x onerror="window.__pwn=1"> & “quotes”'
  await field.fill(text)
  await field.press('Enter')
  await expect(page.getByRole('row').filter({ hasText: `“${text}”` })).toContainText(
    `A drawing of ${text} in`,
  )
  expect(await page.evaluate(pwned)).toBeUndefined()
})

test('as file and class name in Library, and as names of refused files', async ({
  bench,
  open,
  page: raw,
}) => {
  const dot = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
    'base64',
  )
  const short = HOSTILE.filter((text) => text.length <= 900)
  const sources = short.map((text, index) => ({
    kind: 'bytes' as const,
    name: text,
    className: text,
    // One more byte after the end of the picture: another content, the same pixels.
    bytes: new Uint8Array([...dot, index & 255, index >> 8]),
  }))
  const { added, refused } = await finish(bench.client.run('images.import', { sources }))
  expect({ added: added.length, refused }).toEqual({ added: short.length, refused: [] })
  const { images } = await bench.client.call('images.list', { limit: 500 })

  await raw.setViewportSize({ width: 1280, height: 9_000 })
  const page = await open()
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  const cards = page.getByRole('grid', { name: 'Images', exact: true }).getByRole('row')
  await expect(cards).toHaveCount(images.length)
  const names = await page
    .locator('.library .thumb-words')
    .evaluateAll((all) => all.map((one) => [...one.children].map((part) => part.textContent)))
  expect(names).toEqual(images.map(({ name, className }) => [name, className]))

  await page.setViewportSize({ width: 1280, height: 800 })
  const given = await page.evaluate((all) => {
    const transfer = new DataTransfer()
    for (const name of all) transfer.items.add(new File(['no picture'], name))
    const names = [...transfer.files].map(({ name }) => name)
    window.dispatchEvent(new DragEvent('drop', { dataTransfer: transfer, cancelable: true }))
    return names
  }, short)
  const report = page.getByRole('region', { name: 'Refused files' })
  await expect(report).toBeVisible({ timeout: 120_000 })
  await expect(report.locator('tbody tr').first()).toBeVisible()
  const shown = await report
    .locator('tbody tr td:first-child')
    .evaluateAll((all) => all.map((one) => one.textContent))
  expect(shown.length).toBeGreaterThanOrEqual(200)
  const known = new Set(given)
  expect(shown.filter((name) => !known.has(name ?? ''))).toEqual([])
  expect(await page.evaluate(pwned)).toBeUndefined()
})
