/** What one asks for can be seen: nothing is squeezed, pushed aside, scrolled away or forgotten. */
import type { Locator, Page } from '@playwright/test'
import { expect, finish, test } from '../support/ui-bench.ts'

const LONG =
  'seven-spot ladybird, Coccinella septempunctata, with a name so long that no line of any head could hold the whole of it'

async function rect(place: Locator) {
  const box = await place.boundingBox()
  if (!box) throw new Error('it is not on the screen')
  return { left: box.x, top: box.y, right: box.x + box.width, bottom: box.y + box.height }
}

/** Opens the great gray owl and has it captioned under its three alt-texts. */
async function captioned(page: Page): Promise<Locator> {
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('great-gray-owl.png')
  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  const table = page.getByRole('table', { name: 'Captions of this image' })
  await expect(table.getByText('Fake scorer')).toHaveCount(3)
  return table
}

const overflow = (place: Locator) =>
  place.evaluate((element) => ({
    x: element.scrollWidth - element.clientWidth,
    y: element.scrollHeight - element.clientHeight,
  }))

test('every part behind a caption has its whole height; only the whole scrolls', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await captioned(page)
  await page.keyboard.press('j')
  const hangs = page.getByRole('region', { name: 'What it hangs on' })
  await expect(hangs).toBeVisible()
  expect((await overflow(hangs)).y).toBeLessThanOrEqual(0)
  const above = await rect(hangs)
  const button = await rect(hangs.getByRole('button', { name: /^Cover/ }))
  expect(button.bottom).toBeLessThanOrEqual(above.bottom)
})

test('figures below the name of the image are never broken from their words', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await captioned(page)
  const below = page.locator('.head .sub')
  const figures = below.locator('span')
  await expect(figures).toHaveText([/^class /, '320 × 320', '3 alt-texts'])
  // Every width from where all stands on one line to where only the figures do.
  for (let width = 420; width >= 160; width -= 10) {
    await below.evaluate((element, px) => (element.style.width = `${px}px`), width)
    const lines = await figures.evaluateAll((all) =>
      all.slice(1).map((one) => one.getClientRects().length),
    )
    expect(lines).toEqual([1, 1])
  }
})

test('a long class name leaves the table and the inspector their places', async ({
  bench,
  plates,
  open,
}) => {
  const [imageId = ''] = plates
  await bench.client.call('images.setAltText', { imageId, altKind: 'class-name', text: LONG })
  const page = await open()
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(page.getByRole('main')).toContainText(`class “${LONG}”`)
  for (const width of [1280, 1440]) {
    await page.setViewportSize({ width, height: 800 })
    const stage = await rect(page.getByRole('main'))
    const inspector = await rect(page.getByRole('complementary', { name: 'Inspect' }))
    expect(stage.right).toBeLessThanOrEqual(inspector.left)
    const edit = await rect(page.getByRole('main').getByRole('button', { name: 'Edit' }))
    expect(edit.right).toBeLessThanOrEqual(stage.right)
  }
})

test('images are scrolled in one direction only', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  for (const width of [1280, 1440, 1920]) {
    await page.setViewportSize({ width, height: 800 })
    await page.getByRole('button', { name: 'Compare', exact: true }).click()
    expect((await overflow(page.getByRole('grid'))).x).toBe(0)
    await page.getByRole('button', { name: 'Library', exact: true }).click()
    expect((await overflow(page.getByRole('grid'))).x).toBe(0)
  }
})

test.describe('a captioner that takes its time', () => {
  test.use({ options: { wordDelayMs: 120 } })

  test('a new row is in view while it is written and when it is done; another image starts at its top', async ({
    plates,
    open,
  }) => {
    expect(plates).toHaveLength(6)
    const page = await open()
    await page.setViewportSize({ width: 1280, height: 600 })
    const table = await captioned(page)
    await page.keyboard.press('a')
    await page.keyboard.type('a heron')
    await page.keyboard.press('Enter')
    const field = await rect(page.getByRole('form', { name: 'Caption under an alt-text' }))
    const written = page.getByRole('group', { name: 'Caption being written' })
    await expect(written).toBeInViewport()
    await expect(table.getByText('Fake scorer')).toHaveCount(4)
    const done = table.getByRole('group', { name: 'Caption under free text' })
    await expect(done.getByRole('button', { name: 'copy' })).toBeInViewport({ ratio: 1 })
    expect((await rect(done)).bottom).toBeLessThanOrEqual(field.top)

    await page.keyboard.press('Escape')
    await page.keyboard.press('h')
    await expect(page.getByRole('heading', { level: 1 })).not.toHaveText('great-gray-owl.png')
    await expect(page.getByRole('img', { name: 'The image' })).toBeInViewport({ ratio: 1 })
  })
})

test('the first row that has an alt-text is looked at first, whichever was captioned first', async ({
  bench,
  plates,
  open,
}) => {
  const [imageId = ''] = plates
  for (const [altKind, text] of [
    ['wrong', 'a teapot'],
    ['class-name', 'great gray owl'],
    ['empty', ''],
  ] as const)
    await finish(
      bench.client.run('comparisons.run', { imageIds: [imageId], conditions: [{ altKind, text }] }),
    )
  const page = await open()
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(page.getByRole('table').locator('[aria-current=true]')).toHaveAccessibleName(
    'Caption under class name',
  )
})

test('an alt-text stays beside the caption of a column that was out of view', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const table = await captioned(page)
  await page.getByRole('button', { name: /^T 0\.2/ }).click()
  await page.getByLabel('Greedy').check()
  await page.keyboard.press('Escape')
  await page.keyboard.press('a')
  await page.keyboard.type('a heron')
  await page.keyboard.press('Enter')
  await expect(table.getByText('Fake scorer')).toHaveCount(4)
  await page.keyboard.press('Escape')
  await page.keyboard.press('k')
  await page.keyboard.press('j')
  const row = table.getByRole('row').filter({ hasText: 'a heron' })
  await expect(row.locator('[aria-current=true]')).toBeFocused()
  const view = await rect(table)
  const alt = await rect(row.getByRole('rowheader'))
  const caption = await rect(row.locator('[aria-current=true]'))
  expect(alt.left).toBeGreaterThanOrEqual(view.left)
  expect(caption.left).toBeGreaterThanOrEqual(alt.right)
  expect(caption.right).toBeLessThanOrEqual(view.right)
  expect((await overflow(row)).x).toBeLessThanOrEqual(0)
})

test('a window that is loaded again is where it was', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('great-gray-owl.png')
  await page.getByRole('button', { name: /^T 0.2/ }).click()
  await page.getByRole('spinbutton', { name: 'Seed' }).fill('11')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'Models', exact: true }).click()
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models')
  await page.getByRole('button', { name: 'Compare', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('great-gray-owl.png')
  await expect(page.getByRole('button', { name: /seed 11$/ })).toBeVisible()

  // As after another workspace was served at the same address.
  await page.evaluate(() =>
    sessionStorage.setItem('realign-place', JSON.stringify({ imageId: '0'.repeat(64) })),
  )
  await page.reload()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/.png$/)
})

test('what one window captions comes to the other', async ({ bench, plates, open, context }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const other = await context.newPage()
  await other.goto(bench.url)
  await other.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await captioned(page)
  await expect(other.getByRole('table').getByText('Fake scorer')).toHaveCount(3)
})

test('the palette tells captions with the same words apart', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const table = await captioned(page)
  const said = (await table.getByRole('group').nth(1).locator('p').first().textContent()) ?? ''
  await page.keyboard.press('Control+k')
  await page.keyboard.type('gray owl')
  const found = page.getByRole('option').filter({ hasText: said })
  await expect(found.first()).toContainText('Class name')
  await expect(found.first()).toContainText('“great gray owl, Strix nebulosa”')
  await expect(found.first().getByRole('presentation')).toBeVisible()
})

test('a page that cannot be drawn says so, and the other screens go on', async ({
  bench,
  plates,
  page,
}) => {
  expect(plates).toHaveLength(6)
  await page.route('**/rpc/images.get', async (route) => {
    const answer = await route.fetch()
    const body = (await answer.text()).replaceAll('"notes":[', '"notes":null,"_":[')
    await route.fulfill({ response: answer, body })
  })
  await page.goto(bench.url)
  const fallen = page.getByRole('alert').filter({ hasText: 'This page could not be drawn' })
  await expect(fallen).toContainText('Nothing in the workspace is lost.')
  await expect(fallen.getByRole('button', { name: 'Load it again' })).toBeVisible()
  await page.keyboard.press('6')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models')
  await page.unroute('**/rpc/images.get')
  await page.keyboard.press('1')
  await expect(fallen).toBeVisible()
  await fallen.getByRole('button', { name: 'Load it again' }).click()
  await expect(page.getByRole('table')).toHaveCount(0)
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(/.png$/)
})
