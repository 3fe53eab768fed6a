/** The library: import with reasons, search, naming, removal, and ten thousand images. */
import { renderSvg } from '../../src/engine/image/decode.ts'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import {
  expect,
  finish,
  openUiBench,
  plainPictures,
  test,
  watch,
  NO_MISDEEDS,
} from '../support/ui-bench.ts'

const grid = { name: 'Images', exact: true } as const

test('picked files come in, a sidecar becomes the alt-text, bad files say why', async ({
  bench,
  open,
}) => {
  const page = await open()
  await page.keyboard.press('3')
  await expect(page.getByText('Drop a folder of images')).toBeVisible()
  const png = Buffer.from(await renderSvg(drawPicture('shell/9', { size: 64 }).svg, 64))
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).click()
  await (
    await chooser
  ).setFiles([
    { name: 'shell.png', mimeType: 'image/png', buffer: png },
    { name: 'shell.txt', mimeType: 'text/plain', buffer: Buffer.from('a shell on the beach\n') },
    { name: 'copy.png', mimeType: 'image/png', buffer: png },
    { name: 'notes.png', mimeType: 'image/png', buffer: Buffer.from('no picture at all') },
  ])
  const panel = page.getByRole('region', { name: 'Import', exact: true })
  await expect(panel).toContainText('1 image added, 1 already here by content, 1 file refused')
  await expect(panel.getByRole('row').filter({ hasText: 'notes.png' })).toBeVisible()
  const { images } = await bench.client.call('images.list', {})
  expect(images).toHaveLength(1)
  const detail = await bench.client.call('images.get', { imageId: images[0]?.id ?? '' })
  expect(detail.altTexts.map(({ kind, text }) => [kind, text])).toContainEqual([
    'own',
    'a shell on the beach',
  ])
})

test('a file that the browser cannot read costs only itself, a sidecar that is no text only the words', async ({
  bench,
  open,
}) => {
  const page = await open()
  await page.keyboard.press('3')
  await page.evaluate(() => {
    const own = Blob.prototype.arrayBuffer
    Blob.prototype.arrayBuffer = function () {
      const gone = this instanceof File && this.name === 'gone.png'
      return gone ? Promise.reject(new DOMException('', 'NotReadableError')) : own.call(this)
    }
  })
  const png = Buffer.from(await renderSvg(drawPicture('shell/9', { size: 64 }).svg, 64))
  const chooser = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Add files' }).click()
  await (
    await chooser
  ).setFiles([
    { name: 'gone.png', mimeType: 'image/png', buffer: png },
    { name: 'shell.png', mimeType: 'image/png', buffer: png },
    {
      name: 'shell.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from('une coquille dorée', 'latin1'),
    },
  ])
  const panel = page.getByRole('region', { name: 'Import', exact: true })
  await expect(panel).toContainText('1 image added, 2 files refused')
  const rows = panel.getByRole('row')
  await expect(rows.filter({ hasText: 'gone.png' })).toContainText('could not read it')
  await expect(rows.filter({ hasText: 'shell.txt' })).toContainText('came in without it')
  const { images } = await bench.client.call('images.list', {})
  const detail = await bench.client.call('images.get', { imageId: images[0]?.id ?? '' })
  expect([detail.name, detail.altTexts]).toEqual(['shell.png', []])
})

test('search, class name, open in Compare, remove', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('3')
  const cards = page.getByRole('grid', grid).getByRole('row')
  await expect(cards).toHaveCount(6)
  await page.keyboard.press('/')
  await page.keyboard.type('great gray')
  await expect(cards).toHaveCount(1)
  await cards.first().click()
  await page.getByRole('button', { name: 'Class name and alt-text' }).click()
  await page.getByRole('textbox', { name: 'Own alt-text' }).fill('an owl, maybe')
  await page.getByRole('button', { name: 'Save' }).click()
  const side = page.getByRole('complementary', { name: 'Selection' })
  await expect(side).toContainText('“an owl, maybe”')
  await cards.first().press('Enter')
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('great-gray-owl.png')
  await page.keyboard.press('3')
  await cards.first().click()
  await side.getByRole('button', { name: /^Remove/ }).click()
  await expect(page.getByText('No image has these words')).toBeVisible()
})

test('a card counts its captions, also in a list too long to be read again', async ({ page }) => {
  const bench = await openUiBench({ pictures: await plainPictures() })
  const encoder = new TextEncoder()
  const sources = Array.from({ length: 510 }, (_, index) => ({
    kind: 'bytes' as const,
    name: `image-${index}.png`,
    bytes: encoder.encode(`\x89PNG ${index}`),
  }))
  await finish(bench.client.run('images.import', { sources }))
  await page.goto(bench.url)
  const first = page.getByRole('grid').getByRole('row').first()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('image-509.png')
  for (const [text, count] of [
    ['a heron', '1 caption'],
    ['a tern', '2 captions'],
  ] as const) {
    await page.getByRole('textbox', { name: 'Alt-text' }).fill(text)
    await page.keyboard.press('Enter')
    await expect(first.getByTitle(count, { exact: true })).toBeVisible()
  }
  await bench.close()
})

test('ten thousand images scroll with few rows in the page', async ({ page }) => {
  test.setTimeout(600_000)
  const bench = await openUiBench({ pictures: await plainPictures() })
  const encoder = new TextEncoder()
  const sources = Array.from({ length: 10_000 }, (_, index) => ({
    kind: 'bytes' as const,
    name: `image-${String(index).padStart(5, '0')}.png`,
    bytes: encoder.encode(`\x89PNG ${index}`),
  }))
  const { added } = await finish(bench.client.run('images.import', { sources }))
  expect(added).toHaveLength(10_000)

  const misdeeds = watch(page, bench.url)
  await page.goto(bench.url)
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  await expect(page.getByRole('status').filter({ hasText: '10,000 images' })).toBeVisible()
  const list = page.getByRole('grid', grid)
  const rows = list.getByRole('row')
  await expect(rows.first()).toBeVisible()
  // The scroll bar tells where one is: the whole list has its length before one scrolls, and keeps it.
  const length = () => list.evaluate((element) => element.scrollHeight)
  const half = () => list.evaluate((element) => element.scrollTo(0, element.scrollHeight / 2))
  const place = () => rows.evaluateAll((all) => all[Math.floor(all.length / 2)]?.textContent ?? '')
  await expect.poll(() => half().then(place)).toMatch(/^image-0(49|50)/)
  const whole = await length()
  await list.evaluate((element) => element.scrollTo(0, 3000))
  await expect.poll(place).toMatch(/^image-0(0[01]|9[89])/)
  expect(await length()).toBe(whole)

  let most = 0
  let last = ''
  // Each page of 500 loads before the end of the one before is reached.
  for (
    let step = 0;
    step < 80 && last !== 'image-09999.png' && last !== 'image-00000.png';
    step++
  ) {
    await list.evaluate((element) => element.scrollTo(0, element.scrollHeight))
    await expect.poll(() => rows.last().innerText()).not.toBe(last)
    most = Math.max(most, await rows.count())
    last = (await rows.last().innerText()).split('\n')[0] ?? ''
  }
  expect(['image-09999.png', 'image-00000.png']).toContain(last)
  expect(most).toBeLessThan(300)
  expect(await length()).toBe(whole)
  expect(misdeeds).toEqual(NO_MISDEEDS)
  await bench.close()
})
