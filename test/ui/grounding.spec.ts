/** Where the words come from: marks proposed and decided, the token lens, what hangs on what. */
import type { Locator, Page } from '@playwright/test'
import { SENTINELS } from '../support/fake-engine.ts'
import { expect, finish, test } from '../support/ui-bench.ts'
import { faults } from '../support/ui-faults.ts'

/** Captions of one plate, whose owl is named by its class, with the caption under the class name selected. */
async function captioned(page: Page): Promise<{ readonly row: Locator; readonly cell: Locator }> {
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('great-gray-owl.png')
  await page.getByRole('button', { name: 'Caption all 3' }).first().click()
  const table = page.getByRole('table', { name: 'Captions of this image' })
  await expect(table.getByText('Fake scorer')).toHaveCount(3)
  const row = table.getByRole('row').filter({ hasText: 'Class name' })
  const cell = row.getByRole('group', { name: 'Caption under class name' })
  await cell.focus()
  await expect(row).toContainText('carried 2/2')
  return { row, cell }
}

const card = (page: Page) => page.getByRole('group', { name: 'Marks on these words' })
/** The mark on just these words, not one around them. */
const marked = (cell: Locator, text: string) =>
  cell.locator('mark').filter({ hasText: new RegExp(`^${text}$`) })

test('marks are proposed, explained, decided by one key, and there after a reload', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const { row, cell } = await captioned(page)
  await expect(page.getByText('Line only: proposed by the machine')).toBeVisible()
  await expect(row).toContainText('proposed')
  const owl = marked(cell, 'great gray owl')
  await expect(owl).toHaveClass(/carried/)
  await expect(owl).not.toHaveClass(/decided/)
  await expect(row.getByRole('rowheader').locator('mark')).toHaveCount(2)

  await page.keyboard.press('.')
  await expect(card(page)).toContainText('“great gray owl”')
  await expect(card(page)).toContainText('The alt-text says the same words.')
  await expect(card(page)).toContainText('Without alt-text the caption does not say it.')
  await expect(card(page)).toContainText('proposed by the machine')
  await page.keyboard.press('b')
  await expect(owl).toHaveClass(/decided/)
  await expect(card(page)).toContainText('confirmed by a person')
  await page.keyboard.press('.')
  await page.keyboard.press('.')
  await expect(card(page)).toContainText('“Strix nebulosa”')
  await page.keyboard.press('r')
  const strix = marked(cell, 'Strix nebulosa')
  await expect(strix).toHaveClass(/erroneous decided/)
  await expect(card(page)).toContainText('overruled by a person')
  await expect(row).toContainText('carried 1/1')
  await expect(row).toContainText('erroneous 1')
  await page.keyboard.press('x')
  await expect(strix).toHaveClass(/overruled/)

  await page.reload()
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(owl).toHaveClass(/carried decided/)
  await expect(strix).toHaveClass(/overruled/)
  await page.keyboard.press('g')
  await expect(owl).toBeHidden()
  await page.keyboard.press('g')
  await expect(owl).toBeVisible()
})

test('any words can be marked, by keys or with the mouse, each only as what it can be', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const { row, cell } = await captioned(page)
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  await page.keyboard.press('}')
  await expect(page.locator('.cursor')).toHaveText('drawing of')
  await page.keyboard.press('n')
  await expect(page.getByText('Only words of the alt-text can be rejected')).toBeVisible()
  await page.keyboard.press('{')
  await page.keyboard.press('v')
  await expect(marked(cell, 'drawing')).toHaveClass(/cannot-verify decided/)

  await page.keyboard.press('[')
  await page.keyboard.press('[')
  const alt = row.getByRole('rowheader')
  await expect(alt.locator('.cursor')).toHaveText('nebulosa')
  await page.keyboard.press('n')
  await expect(marked(alt, 'nebulosa')).toBeVisible()
  await expect(row).toContainText('rejected: nebulosa')

  const caption = cell.locator('.caption')
  await caption.evaluate((element) => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const at = node.textContent?.indexOf('tones') ?? -1
      if (at >= 0) getSelection()?.setBaseAndExtent(node, at, node, at + 'tones'.length)
    }
    element.firstElementChild?.dispatchEvent(new MouseEvent('mouseup', { bubbles: true }))
  })
  await expect(card(page)).toContainText('“tones”')
  await card(page).getByRole('button', { name: 'erroneous' }).click()
  await expect(marked(cell, 'tones')).toHaveClass(/erroneous decided/)
})

test('the lens compares alt-texts, sums words up, and can be cancelled while it waits', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const { cell } = await captioned(page)
  const tokens = page.getByRole('region', { name: 'Tokens' })
  await expect(tokens.getByRole('button', { name: 'Probability' })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await field.fill(SENTINELS.slow)
  await field.press('Enter')
  await expect(page.getByText('captioning')).toBeVisible()
  await cell.focus()
  await tokens.getByRole('button', { name: 'Image lift' }).click()
  await expect(tokens.getByText('waiting, place 1')).toBeVisible()
  await tokens.getByRole('button', { name: 'Cancel' }).click()
  await expect(tokens.getByRole('button', { name: 'Compare under every alt-text' })).toBeVisible()
  await cell.focus()
  await page.keyboard.press('Escape')
  await expect(page.getByText('captioning')).toBeHidden()

  await tokens.getByRole('button', { name: 'Alt-text lift' }).click()
  await cell.focus()
  await tokens.getByRole('button', { name: 'Compare under every alt-text' }).click()
  await expect(tokens.getByText(/The whole caption: [+−]/)).toBeVisible()
  await cell.focus()
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  const sums = tokens.getByRole('table')
  await expect(sums.getByRole('row')).toHaveCount(3)
  await expect(sums.getByRole('rowheader').first()).toHaveText('drawing')
  const under = tokens.getByRole('listitem').filter({ hasText: /Class name|Empty|Wrong|Without/ })
  await expect(under).toHaveText([/Class name/, /Without picture/, /Empty/, /Wrong/])
  await expect(tokens.getByText(/differ from those of the generation/)).toBeVisible()
})

test('a caption is left at a token, by pointer or by keys; the branch stands below its parent', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  const { row, cell } = await captioned(page)
  const words = await cell.locator('.caption').textContent()
  await page.keyboard.press('f')
  await expect(page.getByText('Choose a word of the caption first')).toBeVisible()
  await page.keyboard.press(']')
  await page.keyboard.press(']')
  await page.keyboard.press('f')
  const list = page.getByRole('list', { name: 'Likeliest tokens here' })
  const others = list.getByRole('button', { name: /^Branch with “t\d+”$/ })
  await expect(others).toHaveCount(4)
  await expect(others.first()).toBeFocused()
  await page.keyboard.press('ArrowDown')
  const forced = await others.nth(1).textContent()
  await page.keyboard.press('Enter')
  const branch = row.getByRole('group', { name: 'Branch under class name' })
  await expect(branch).toContainText(`branch at token 2: “${forced}” in place of`)
  await expect(branch.locator('.forced')).toHaveText(forced ?? '')
  await expect(branch.locator('.caption')).toHaveText(`A ${forced} and so on.`)
  await expect(branch).toContainText('Fake scorer')
  await expect(cell.locator('.caption')).toHaveText(words ?? '')
  await expect(row).toContainText('carried 2/2')
  await expect(page.getByRole('region', { name: 'Provenance' })).toContainText('its first 1 tokens')
  await page.getByRole('button', { name: 'Replay' }).click()
  await expect(page.getByText('Replay is identical')).toBeVisible()
  await page.keyboard.press('s')
  await expect(page.getByText('This is a branch: sample the caption that it leaves')).toBeVisible()
  await branch.getByRole('button', { name: 'go to its parent' }).click()
  await expect(cell).toHaveAttribute('aria-current', 'true')

  await cell.focus()
  await others.nth(1).click()
  await expect(page.getByText('Already in this workspace')).toBeVisible()
  await expect(row.getByRole('group', { name: 'Branch under class name' })).toHaveCount(1)
  await page.reload()
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  await expect(branch).toContainText('branch at token 2')
})

test('alt-text words and patches of the picture are left out, drawn and told in tables', async ({
  plates,
  open,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await captioned(page)
  const hangs = page.getByRole('region', { name: 'What it hangs on' })
  await hangs.getByRole('button', { name: 'Leave out each alt-text word' }).click()
  await expect(hangs.getByRole('img', { name: /Arcs from alt-text words/ })).toBeVisible()
  await hangs.getByText('As a table').click()
  const first = hangs.getByRole('table').getByRole('row').nth(1)
  await expect(first).toContainText(/^(great|gray|owl|Strix|nebulosa)/)

  await hangs.getByRole('button', { name: 'Cover 8 × 8 patches' }).click()
  await expect(page.getByText(/The whole caption falls/)).toBeVisible()
  await expect(page.getByRole('img', { name: 'The image as the captioner got it' })).toBeVisible()
  await page.getByText('Every patch, in nats').click()
  await expect(
    page.getByRole('table', { name: 'Fall in nats for each covered patch' }).getByRole('cell'),
  ).toHaveCount(64)
  await page.getByRole('group', { name: 'Caption under class name' }).focus()
  await page.keyboard.press(']')
  await expect(page.getByText(/“A” falls/)).toBeVisible()
  await hangs.getByRole('button', { name: 'Heat map over the picture' }).click()
  await expect(page.getByText(/“A” falls/)).toBeHidden()
})

test('axe finds no fault in any of it', async ({ plates, open }) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await captioned(page)
  const hangs = page.getByRole('region', { name: 'What it hangs on' })
  await page.getByRole('button', { name: 'Alt-text lift' }).click()
  await hangs.getByRole('button', { name: 'Leave out each alt-text word' }).click()
  await expect(hangs.getByRole('img')).toBeVisible()
  await hangs.getByText('As a table').click()
  await hangs.getByRole('button', { name: 'Cover 8 × 8 patches' }).click()
  await page.getByText('Every patch, in nats').click()
  await page.getByRole('group', { name: 'Caption under class name' }).focus()
  for (const key of ['.', 'b', '.', 'r', ']', 'v', ',', ',', 'x', '.'])
    await page.keyboard.press(key)
  await expect(card(page)).toBeVisible()
  expect(await faults(page)).toEqual([])
})

test('hostile alt-texts and captions stay text in marks, cards, lens and arcs', async ({
  plates,
  bench,
  open,
}) => {
  const [imageId = ''] = plates
  const texts = [
    '<img src=x onerror="window.__pwn=1"> owl',
    '🦉<script>window.__pwn=1</script>𝒙 \u202e gray owl',
  ]
  await finish(
    bench.client.run('comparisons.run', {
      imageIds: [imageId],
      conditions: texts.map((text) => ({ altKind: 'free' as const, text })),
    }),
  )
  const { cells } = await bench.client.call('cells.list', { imageId })
  const { name } = await bench.client.call('images.get', { imageId })
  const page = await open()
  await page.getByRole('row', { name }).first().click()
  const table = page.getByRole('table', { name: 'Captions of this image' })
  await expect(table.locator('mark').first()).toBeVisible()
  await page.getByRole('button', { name: 'Alt-text lift' }).click()
  await page.getByRole('button', { name: 'Leave out each alt-text word' }).click()
  await expect(page.getByRole('img', { name: /Arcs/ })).toBeVisible()
  await page.keyboard.press('.')
  await expect(card(page)).toBeVisible()
  await page.keyboard.press('r')
  await page.keyboard.press('}')
  await page.keyboard.press('v')
  const captions = table.locator('.caption')
  await expect(captions).toHaveText(
    cells.map(({ caption }) => caption),
    { useInnerText: false },
  )
  expect(
    await table.locator('.alt').evaluateAll((all) => all.map((one) => one.textContent)),
  ).toEqual(texts.map((text) => `“${text}”`))
  expect(await page.evaluate(() => (window as unknown as { __pwn?: number }).__pwn)).toBeUndefined()
})

test('what another window decides appears here, in Compare and in the Dataset', async ({
  bench,
  plates,
  open,
}) => {
  const imageIds = plates.slice(0, 1)
  const conditions = [{ altKind: 'class-name' as const, text: 'great gray owl' }]
  await finish(bench.client.run('comparisons.run', { imageIds, conditions }))
  const page = await open()
  await page.getByRole('row', { name: 'great-gray-owl.png' }).first().click()
  const cell = page.getByRole('group', { name: 'Caption under class name' })
  const owl = marked(cell, 'great gray owl')
  await expect(owl).toHaveClass(/carried/)
  const { cellIds } = await bench.client.call('dataset.list', {})
  const [cellId = ''] = cellIds
  const listed = await bench.client.call('marks.list', { cellIds })
  const mark = listed.cells[0]?.marks.find(({ text }) => text === 'great gray owl')
  const { start, end } = mark ?? { start: -1, end: -1 }
  const say = (decision: 'erroneous' | 'clear') =>
    bench.client.call('marks.decide', { cellId, span: { place: 'caption', start, end }, decision })

  await say('erroneous')
  await expect(owl).toHaveClass(/erroneous decided/)
  await page.keyboard.press('2')
  const row = page.getByRole('table', { name: 'Captions of the dataset' }).getByRole('row').nth(1)
  await expect(row.getByRole('cell').last()).toBeVisible()
  await expect(row.locator('.ds-caption .erroneous.decided')).toHaveText('great gray owl')
  await say('clear')
  await expect(row.locator('.ds-caption .erroneous')).toHaveCount(0)

  const again = { imageIds, conditions: [{ altKind: 'free' as const, text: 'a second window' }] }
  await finish(bench.client.run('comparisons.run', again))
  await expect(page.getByText('2 captions of 1 image')).toBeVisible()
  await expect(row.page().getByText('“a second window”')).toBeVisible()
})
