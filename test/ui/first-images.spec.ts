/** A workspace without a sample: what the empty screen offers, a folder dropped on it, what opening found, all images. */
import Sqlite from 'better-sqlite3'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { renderSvg } from '../../src/engine/image/decode.ts'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { dropPaths } from '../support/ui-drop.ts'
import {
  addPlates,
  expect,
  finish,
  openUiBench,
  plainPictures,
  test,
  watch,
  NO_MISDEEDS,
} from '../support/ui-bench.ts'

const grid = { name: 'Images', exact: true } as const
const plate = async (seed: string) =>
  Buffer.from(await renderSvg(drawPicture(seed, { size: 64 }).svg, 64))

test('the empty workspace says what to do; a dropped folder comes in with reasons', async ({
  bench,
  open,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-drop-'))
  try {
    const inner = path.join(folder, 'shots', 'inner')
    mkdirSync(inner, { recursive: true })
    writeFileSync(path.join(folder, 'shots', 'owl.png'), await plate('owl/1'))
    writeFileSync(path.join(folder, 'shots', 'owl.txt'), 'an owl at night\n')
    writeFileSync(path.join(inner, 'shell.png'), await plate('shell/2'))
    writeFileSync(path.join(inner, 'broken.jpg'), 'no picture at all')
    writeFileSync(path.join(folder, 'shots', '.DS_Store'), 'hidden')
    writeFileSync(path.join(folder, 'shots', 'README.md'), '# Shots')

    const page = await open()
    // Nothing is offered that needs an image.
    await page.keyboard.press('2')
    await expect(page.getByText('No images yet: bring some in first.')).toBeVisible()
    await page.keyboard.press('4')
    await expect(
      page.getByRole('region', { name: 'Systems' }).getByText(/^There are no captions/),
    ).toBeVisible()
    await page.keyboard.press('1')
    await expect(page.getByText('Drop a folder of images anywhere on this window')).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add files' })).toBeVisible()
    await expect(page.getByRole('button', { name: 'Add a folder' })).toBeVisible()
    await dropPaths(page, [path.join(folder, 'shots')])
    const panel = page.getByRole('region', { name: 'Import', exact: true })
    await expect(panel).toContainText('2 images added')
    await expect(panel).toContainText('1 file refused')
    await expect(panel).toContainText('1 file that is no picture was passed over: shots/README.md')
    await expect(panel.getByRole('row').filter({ hasText: 'broken.jpg' })).toBeVisible()
    const { images } = await bench.client.call('images.list', { sort: 'name' })
    expect(images.map(({ name }) => name)).toEqual(['shots/inner/shell.png', 'shots/owl.png'])
    const owl = await bench.client.call('images.get', { imageId: images[1]?.id ?? '' })
    expect(owl.altTexts).toMatchObject([{ kind: 'own', text: 'an owl at night' }])
    await page.keyboard.press('1')
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/\.png$/)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

test('rows that changed on disk are told on top of every screen until that is closed', async ({
  page,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-warn-'))
  const workspaceFile = path.join(folder, 'x.realign')
  const first = await openUiBench({ workspaceFile })
  const [imageId = ''] = await addPlates(first.client)
  const conditions = [{ altKind: 'empty' as const, text: '' }]
  await finish(first.client.run('comparisons.run', { imageIds: [imageId], conditions }))
  await first.close()
  const raw = new Sqlite(workspaceFile)
  raw.exec("DROP TRIGGER captions_no_update; UPDATE captions SET text = 'changed'")
  raw.close()

  const bench = await openUiBench({ workspaceFile })
  const misdeeds = watch(page, bench.url)
  await page.goto(bench.url)
  const warning = page.getByRole('alert').filter({ hasText: 'no longer matches its checksum' })
  await expect(warning).toContainText('1 stored row no longer matches its checksum')
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('button').nth(1).click()
  await expect(warning).toBeVisible()
  await page.getByRole('button', { name: 'Close the warning' }).click()
  await expect(warning).toBeHidden()
  expect(misdeeds).toEqual(NO_MISDEEDS)
  await bench.close()
  rmSync(folder, { recursive: true, force: true })
})

test('all images means all, also those that were not scrolled to', async ({ page }) => {
  const bench = await openUiBench({ pictures: await plainPictures() })
  const encoder = new TextEncoder()
  const sources = Array.from({ length: 1200 }, (_, index) => ({
    kind: 'bytes' as const,
    name: `image-${String(index).padStart(4, '0')}.png`,
    bytes: encoder.encode(`\x89PNG ${index}`),
  }))
  await finish(bench.client.run('images.import', { sources }))
  const misdeeds = watch(page, bench.url)
  await page.goto(bench.url)
  await page.getByRole('button', { name: 'Library', exact: true }).click()
  const cards = page.getByRole('grid', grid).getByRole('row')
  await cards.first().click()
  await page.keyboard.press('ControlOrMeta+a')
  const side = page.getByRole('complementary', { name: 'Selection' })
  await expect(side.getByRole('heading')).toHaveText('1,200 images selected')
  await side.getByRole('button', { name: 'Remove 1,200 images from the library' }).click()
  await expect(page.getByText('0 images', { exact: true })).toBeVisible()
  expect((await bench.client.call('images.list', {})).total).toBe(0)
  expect(misdeeds).toEqual(NO_MISDEEDS)
  await bench.close()
})
