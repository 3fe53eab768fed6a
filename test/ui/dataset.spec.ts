/** Dataset: a probe pack over the plates, the rates above, the cells below, two runs side by side, by keyboard alone. */
import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { renderSvg } from '../../src/engine/image/decode.ts'
import { drawPicture } from '../../src/fieldguide/picture.ts'
import { expect, finish, test } from '../support/ui-bench.ts'
import { faults, lookAt } from '../support/ui-faults.ts'
import { UI_HOSTILE } from '../support/ui-hostile.ts'

const tableOf = (page: Page) => page.getByRole('table', { name: 'Captions of the dataset' })
const pwned = () => (window as { __pwn?: number }).__pwn
const KINDS = 6

test('a pack is run, looked at, filtered, sorted and opened', async ({ bench, plates, open }) => {
  const page = await open()
  await page.keyboard.press('2')
  await expect(page.getByText('No captions yet')).toBeVisible()
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Run a probe pack' })
  const captions = plates.length * KINDS
  await expect(dialog.getByRole('status')).toHaveText(`${captions} captions`)
  await dialog.getByRole('button', { name: 'Start' }).click()

  const table = tableOf(page)
  await expect(page.getByText(`${captions} captions of 6 images`)).toBeVisible()
  await expect(table).toHaveAttribute('aria-rowcount', String(captions + 1))
  await expect(table.getByRole('row').nth(1)).toContainText('A drawing of')
  await expect(page.getByRole('region', { name: 'Probe run' })).toContainText('36 captions')

  const profile = page.getByRole('region', { name: 'Grounding profile' })
  const bar = profile.getByRole('button', { name: /^Far, follow: 100 %/ })
  await expect(bar).toBeVisible()
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    profile.getByRole('button', { name: 'Save chart as SVG' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('grounding-by-kind.svg')
  const svg = readFileSync(await download.path(), 'utf8')
  expect(svg).toMatch(/^<\?xml[^]*<svg[^>]*xmlns="http:\/\/www.w3.org\/2000\/svg"/)
  expect(svg).toContain('>Class name</text>')
  expect(svg).not.toContain('class=')
  await bar.focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('6 captions of 6 images')).toBeVisible()
  await expect(page.getByText('Far: followed a wrong alt-text')).toBeVisible()
  await page.getByRole('button', { name: 'Clear filters' }).click()

  const [run] = (await bench.client.call('runs.list', {})).runs
  const expected = async (query: object): Promise<string> => {
    const { cellIds } = await bench.client.call('dataset.list', { runId: run?.id ?? '', ...query })
    expect(cellIds.length).toBeGreaterThan(0)
    expect(cellIds.length).toBeLessThan(captions)
    return `${cellIds.length} caption`
  }
  const count = page.locator('.ds-bar .count')
  await page.getByRole('combobox', { name: 'With marks: carried' }).selectOption('none')
  await expect(count).toContainText(await expected({ carried: 'none' }))
  await page.getByRole('button', { name: 'Clear filters' }).click()
  await page.keyboard.press('/')
  await page.keyboard.type('amber')
  await expect(count).toContainText(await expected({ words: 'amber' }))
  await page.getByRole('button', { name: 'Clear filters' }).click()

  await table.getByRole('button', { name: 'Score' }).click()
  await expect(table.getByRole('columnheader', { name: 'Score' })).toHaveAttribute(
    'aria-sort',
    'descending',
  )
  await expect(page.getByText(`${captions} captions of 6 images`)).toBeVisible()
  const scores = () =>
    table.locator('.score-cell').evaluateAll((all) => all.map((one) => Number(one.textContent)))
  await expect
    .poll(async () => {
      const now = await scores()
      return now.length > 3 && now.every((score, i) => i === 0 || score <= (now[i - 1] ?? 0))
    })
    .toBe(true)

  await page.keyboard.press('j')
  const second = table.locator('[aria-current=true]')
  await expect(second).toHaveAttribute('aria-rowindex', '3')
  await expect(second).toBeFocused()
  const caption = await second.locator('.caption').textContent()
  await page.keyboard.press('Enter')
  await expect(page.locator('.row.sel')).toContainText(caption ?? 'none')
})

test('two runs stand side by side, only what changed', async ({ bench, plates, open }) => {
  const pack = (seed: number) => ({
    ...{ name: `seed ${seed}`, version: 1, kinds: ['empty', 'class-name'], seed },
  })
  for (const seed of [1, 2])
    await finish(bench.client.run('probes.run', { pack: pack(seed), imageIds: [...plates] }))
  const page = await open()
  await page.keyboard.press('2')
  const table = tableOf(page)
  await expect(table).toHaveAttribute('aria-rowcount', '13')
  await page.getByRole('combobox', { name: 'Compare with another run' }).selectOption({ index: 1 })
  await page.getByRole('combobox', { name: 'Show' }).selectOption('changed')
  const changed = table.locator('.ds-row')
  await expect(changed.first().locator('.caption.other')).toBeVisible()
  await expect(changed.first().locator('.differs').first()).toBeVisible()
  for (const row of await changed.all()) {
    const [here, there] = await row.locator('.caption').allTextContents()
    expect(here).not.toBe(there)
  }
})

test('a pack file names the line of its fault; hostile packs stay text', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('2')
  await page.keyboard.press('r')
  const dialog = page.getByRole('dialog', { name: 'Run a probe pack' })
  const give = async (text: string): Promise<void> => {
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      dialog.getByRole('button', { name: 'Choose a file' }).click(),
    ])
    const name = '<img src=x onerror=window.__pwn=1>.yaml'
    await chooser.setFiles({ name, mimeType: 'text/yaml', buffer: Buffer.from(text) })
    await expect(dialog.getByText(name)).toBeVisible()
  }
  await give('name: x\nversion: 1\nkinds:\n  - empty\n  - "<script>window.__pwn=1</script>"\n')
  await expect(dialog.getByText('line 5')).toBeVisible()
  await expect(dialog.getByText('<script>window.__pwn=1</script>')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Start' })).toHaveAttribute(
    'aria-disabled',
    'true',
  )
  await give('name: mine\nversion: 1\nkinds: [empty, class-name]\n')
  await expect(dialog.getByRole('status')).toHaveText('12 captions')
  expect(await page.evaluate(pwned)).toBeUndefined()
})

test.describe('slow words', () => {
  test.use({ options: { wordDelayMs: 40 } })
  test('a run is cancelled and goes on where it was', async ({ plates, open }) => {
    expect(plates).toHaveLength(6)
    const page = await open()
    await page.keyboard.press('2')
    await page.keyboard.press('r')
    await page.getByRole('button', { name: 'Start' }).click()
    const run = page.getByRole('region', { name: 'Probe run' })
    await expect(run).toContainText('1 of 6 images', { timeout: 60_000 })
    await page.keyboard.press('Escape')
    await expect(page.getByText('Finished captions are kept')).toBeVisible()
    await page.getByRole('button', { name: 'Go on' }).click()
    await expect(run).toContainText(/36 captions, \d+ of them there before/, { timeout: 90_000 })
  })
})

test('self-rounds feed captions back and draw how they drift', async ({ plates, open }) => {
  const page = await open()
  await page.keyboard.press('2')
  await page.keyboard.press('Shift+R')
  const dialog = page.getByRole('dialog', { name: 'Self-rounds' })
  await dialog.getByRole('spinbutton', { name: 'Rounds' }).fill('3')
  await dialog.getByRole('button', { name: 'Start' }).click()
  const chart = dialog.getByRole('group', { name: /^Self-rounds/ })
  await expect(chart.getByRole('img', { name: /^Words: round 1: .* round 3: / })).toBeVisible()
  await expect(chart.getByRole('img', { name: /^Alike: first round: round 2: / })).toBeVisible()
  await expect(chart.locator('circle')).toHaveCount(3 + 2 + 2 + 3)
  await expect(dialog.getByText(`${plates.length} images of the library`)).toBeVisible()
  expect(await faults(page)).toEqual([])
  // For paper, also where the page is dark.
  await page.emulateMedia({ colorScheme: 'dark' })
  const saved = page.waitForEvent('download')
  await dialog.getByRole('button', { name: 'Save chart as SVG' }).click()
  const svg = readFileSync(await (await saved).path(), 'utf8')
  expect(svg).toContain(`mean of ${plates.length} images`)
  expect(/<circle[^>]* fill="([^"]+)"/.exec(svg)?.[1]).toBe('rgb(23, 26, 25)')
})

test('hostile captions and names stay text, and scroll', async ({ bench, plates, open }) => {
  const { client } = bench
  const texts = UI_HOSTILE.slice(0, 60)
  await finish(
    client.run('comparisons.run', {
      imageIds: [plates[0] ?? ''],
      conditions: texts.map((text) => ({ altKind: 'free' as const, text })),
    }),
  )
  const page = await open()
  await page.keyboard.press('2')
  const table = tableOf(page)
  await expect(table).toHaveAttribute('aria-rowcount', String(texts.length + 1))
  const seen = new Set<string>()
  for (let row = 1; row <= texts.length; row += 2) {
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await expect(table.locator('[aria-current=true]')).toHaveAttribute('aria-busy', 'false')
    for (const text of await table.locator('.ds-caption .caption').allTextContents()) seen.add(text)
  }
  const { cells } = await client.call('cells.list', { imageId: plates[0] ?? '' })
  expect(cells.map(({ caption }) => caption).filter((caption) => !seen.has(caption))).toEqual([])
  expect(await page.evaluate(pwned)).toBeUndefined()
})

test('no accessibility fault', async ({ bench, plates, open }) => {
  const pack = { name: 'axe', version: 1, kinds: ['empty', 'class-name', 'far'] }
  await finish(bench.client.run('probes.run', { pack, imageIds: [...plates] }))
  const page = await open()
  await page.keyboard.press('2')
  await expect(page.getByRole('button', { name: /^Far, follow/ })).toBeVisible()
  await expect(tableOf(page).getByRole('row').nth(1)).toContainText('A drawing of')
  await lookAt(page, 'dataset-fake')
  await page.keyboard.press('r')
  await expect(page.getByRole('dialog').getByRole('status')).toHaveText(/\d+ captions/)
  await lookAt(page, 'run-fake')
})

test('what a pack leaves out is told in the words of the page', async ({ bench, plates, open }) => {
  expect(plates).toHaveLength(6)
  const bytes = new Uint8Array(await renderSvg(drawPicture('owl/9', { size: 64 }).svg, 64))
  const sources = [{ kind: 'bytes' as const, name: 'nameless.png', bytes }]
  await finish(bench.client.run('images.import', { sources }))
  const page = await open()
  await page.keyboard.press('2')
  await page.keyboard.press('r')
  const left = page.getByRole('dialog').getByRole('group', { name: 'Left out' })
  await expect(left).toContainText('Class name: nameless.png has no class name')
  await expect(left).toContainText('Random: nameless.png has no text of its own to exchange')
})

test('all images are counted as all, also while the library shows those of a search', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('3')
  await page.getByRole('searchbox').fill('nothing has these words')
  await expect(page.getByText('No image has these words')).toBeVisible()
  await page.getByRole('button', { name: 'Dataset', exact: true }).click()
  await page.keyboard.press('r')
  await expect(page.getByRole('radio', { name: /All images/ })).toHaveAccessibleName(/6 images/)
  const first = page.getByRole('group', { name: 'Alt-texts of the first images' })
  await expect(first.getByRole('heading').first()).toHaveText(/\.png$/)
  await page.keyboard.press('Escape')
  await page.keyboard.press('4')
  await expect(page.getByText('The whole library, 6 images')).toBeVisible()
})
