/** A captioner behind an address is added, allowed, changed and removed; what it is called and what it says stays text. */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { startChatServer } from '../support/chat-server.ts'
import { expect, finish } from '../support/ui-bench.ts'
import { allow, KEY, pick, SAID, test } from '../support/ui-endpoints.ts'
import { faults, lookAt } from '../support/ui-faults.ts'
import { UI_HOSTILE } from '../support/ui-hostile.ts'

test('one is added by keys alone; nothing is sent before it is allowed, then its test says what arrived', async ({
  plates,
  open,
  server,
}) => {
  expect(plates).toHaveLength(6)
  const page = await open()
  await page.keyboard.press('Control+k')
  await page.keyboard.type('add an end')
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('Enter')
  const sheet = page.getByRole('dialog', { name: 'Add an endpoint' })
  const save = sheet.getByRole('button', { name: 'Save' })
  await expect(sheet.getByRole('textbox', { name: 'Name' })).toBeFocused()
  await expect(save).toHaveAttribute('aria-disabled', 'true')
  await page.keyboard.type('Owl teller')
  await page.keyboard.press('Tab')
  await expect(sheet.getByRole('button', { name: 'Ollama' })).toBeFocused()
  await page.keyboard.press('Enter')
  const address = sheet.getByRole('textbox', { name: 'Address' })
  await expect(address).toHaveValue('http://127.0.0.1:11434/v1')
  await expect(sheet).toContainText('Nothing is sent to http://127.0.0.1:11434 before')
  await address.fill(`${server.url}/chat/completions`)
  await expect(sheet).toContainText('The address ends before /chat/completions')
  await address.fill(server.url)
  await sheet.getByRole('textbox', { name: 'Model' }).fill('owl-vlm')
  const prompt = sheet.getByRole('textbox', { name: 'Prompt under an alt-text' })
  await expect(prompt).toHaveValue(/\{alt\}/)
  await prompt.fill('Describe it.')
  await expect(sheet).toContainText('It does not tell the alt-text: there is no {alt} in it')
  await prompt.fill('It is said to be {alt}. Describe it.')
  await expect(sheet).not.toContainText('It does not tell the alt-text')
  const fields = sheet.getByRole('textbox', { name: 'Further fields' })
  await fields.fill('{"seed": ')
  await expect(sheet).toContainText('This is not JSON')
  await lookAt(page, 'endpoint-add')
  await fields.fill('{"seed": null}')
  await sheet.getByLabel('Key', { exact: true }).fill(KEY)
  await sheet.getByRole('textbox', { name: 'Note' }).fill('A stand-in')
  await page.keyboard.press('Enter')
  await expect(sheet).toBeHidden()

  const card = page.getByRole('article', { name: 'Owl teller' })
  await expect(card).toContainText('set, ends in …wxyz, until the program ends')
  expect(await page.content()).not.toContain(KEY)
  const leave = card.getByRole('switch', { name: `to ${server.origin}` })
  await expect(leave).not.toBeChecked()
  const check = card.getByRole('button', { name: 'Test' })
  const refusal = `This workspace may not send pictures to ${server.origin}: allow it in Models`
  await expect(check).toHaveAccessibleDescription(refusal)
  await check.focus()
  await page.keyboard.press('Enter')

  await page.keyboard.press('1')
  await pick(page, 'endpoint:owl-teller')
  await expect(page.getByRole('dialog')).toContainText(refusal)
  await page.keyboard.press('Escape')
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await field.fill('an owl')
  await field.press('Enter')
  await expect(page.getByText(refusal).last()).toBeVisible()
  expect(server.asked).toHaveLength(0)

  await page.getByRole('button', { name: 'Models', exact: true }).click()
  await leave.focus()
  await page.keyboard.press('Space')
  const question = page.getByRole('dialog', { name: 'Send pictures to another program' })
  await expect(question).toContainText('File names, marks, scores and all else stay here')
  await lookAt(page, 'endpoint-allow')
  await question.getByRole('button', { name: 'Keep it off' }).click()
  await expect(leave).not.toBeChecked()
  await leave.click()
  await question.getByRole('button', { name: 'Allow' }).click()
  await expect(leave).toBeChecked()
  await check.click()
  await expect(card).toContainText('Test passed')
  await expect(card).toContainText('Pictureyes, it arrived')
  await expect(card).toContainText('Alt-textyes, it arrived')
  expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([`Bearer ${KEY}`])
  await lookAt(page, 'endpoint-card')

  await card.getByRole('button', { name: 'Take the key back' }).click()
  await expect(card).toContainText('Key none')
  const key = card.getByLabel('Key of Owl teller')
  await key.fill('short')
  await key.press('Enter')
  await expect(card).toContainText('set, until the program ends')
  await expect(key).toHaveValue('')
  await leave.click()
  await expect(leave).not.toBeChecked()
  await expect(check).toHaveAttribute('aria-disabled', 'true')
})

test('it is changed and removed; its captions stay, and cannot be asked for again', async ({
  plates,
  bench,
  open,
  define,
}) => {
  const [imageId = ''] = plates
  const id = await define({})
  await allow(bench, id)
  const conditions = [{ altKind: 'empty' as const, text: '' }]
  await finish(
    bench.client.run('comparisons.run', { imageIds: [imageId], conditions, captionerId: id }),
  )
  const { name } = await bench.client.call('images.get', { imageId })
  const page = await open()
  await page.keyboard.press('6')
  const card = page.getByRole('article', { name: 'Owl teller' })
  await card.getByRole('button', { name: 'Edit' }).click()
  const sheet = page.getByRole('dialog', { name: 'Change this endpoint' })
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Owl speaker')
  await expect(sheet).toContainText('Captions made so far stay under the old name')
  await sheet.getByRole('textbox', { name: 'Name' }).fill('Owl Teller')
  await sheet.getByRole('textbox', { name: 'Address' }).fill('http://example.com/v1')
  await expect(sheet).toContainText('http would send pictures and the key in the open: use https')
  await sheet.getByRole('textbox', { name: 'Address' }).fill('https://169.254.169.254/v1')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(sheet.getByRole('alert')).toContainText('This endpoint cannot be used')
  // Wherever the form stands, one sees that nothing was saved.
  await expect(sheet.getByRole('alert')).toBeInViewport({ ratio: 1 })
  await sheet.getByRole('textbox', { name: 'Address' }).fill('https://example.com/v1')
  await sheet.getByRole('button', { name: 'Save' }).click()
  await expect(sheet).toBeHidden()
  const changed = page.getByRole('article', { name: 'Owl Teller' })
  await expect(changed.getByRole('switch', { name: 'to https://example.com' })).not.toBeChecked()

  await changed.getByRole('button', { name: 'Remove' }).click()
  const question = page.getByRole('dialog', { name: 'Remove this endpoint' })
  await expect(question).toContainText('Its captions stay')
  await question.getByRole('button', { name: 'Cancel' }).click()
  await changed.getByRole('button', { name: 'Remove' }).click()
  await question.getByRole('button', { name: 'Remove' }).click()
  await expect(changed).toBeHidden()
  await expect(page.getByRole('article')).toHaveCount(2)

  await page.keyboard.press('1')
  await page.getByRole('row', { name }).first().click()
  await expect(page.getByText(SAID, { exact: true })).toBeVisible()
  const inspector = page.getByRole('complementary', { name: 'Inspect' })
  await expect(inspector).toContainText('owl-teller (endpoint)')
  const again = inspector.getByRole('button', { name: /^Ask again/ })
  await expect(again).toHaveAccessibleDescription(/This endpoint was removed/)
  expect(await faults(page)).toEqual([])
})

test('hostile names, models, prompts, notes and replies stay text; a file that cannot be used says why', async ({
  plates,
  bench,
  open,
  define,
}) => {
  const [imageId = ''] = plates
  const hostile = UI_HOSTILE.filter((text) => text.trim() === text && text.length <= 60).slice(
    0,
    40,
  )
  const server = await startChatServer(() => hostile.join(' '))
  const named = hostile.map((text, index) => `${text} ${index}`)
  for (const [index, text] of hostile.entries())
    await define({
      ...{ name: named[index] ?? '', url: server.url, model: text, note: text, prompt: text },
      ...{ promptWithout: text, body: { user: text } },
    })
  writeFileSync(path.join(bench.models, '<img src=x>.endpoint.json'), '{"name": "<b>x</b>"}')
  const { bundles } = await bench.client.call('models.list', {})
  const ours = bundles.filter(({ endpoint }) => endpoint)
  await allow(bench, ours[0]?.id ?? '')
  const page = await open()
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.keyboard.press('6')
  const cards = page.locator('article')
  await expect(cards).toHaveCount(2 + hostile.length + 1)
  const texts = await cards.evaluateAll((all) => all.map((one) => one.textContent))
  for (const { name, endpoint } of ours)
    expect(
      texts.some(
        (text) => text?.includes(name) && text.includes(endpoint?.definition.model ?? '-'),
      ),
    ).toBe(true)
  await expect(page.getByText('Refused. <img src=x>.endpoint.json: url is missing.')).toBeVisible()
  expect(await faults(page)).toEqual([])

  for (const { id } of ours.slice(0, 3))
    await finish(
      bench.client.run('comparisons.run', {
        ...{ imageIds: [imageId], captionerId: id },
        conditions: hostile.slice(0, 4).map((text) => ({ altKind: 'free' as const, text })),
      }),
    )
  const { name } = await bench.client.call('images.get', { imageId })
  await page.keyboard.press('1')
  await page.getByRole('row', { name }).first().click()
  const inspector = page.getByRole('complementary', { name: 'Inspect' })
  await page.getByRole('button', { name: 'Open the inspector' }).click() // three columns fold it
  await expect(inspector).toContainText('An endpoint tells no token probabilities')
  for (const fold of await inspector.locator('summary').all()) await fold.click()
  expect(await page.evaluate(() => (window as unknown as { __pwn?: number }).__pwn)).toBeUndefined()
  await page.keyboard.press('Control+k')
  await page.keyboard.type(hostile[0] ?? '')
  await expect(page.getByRole('option').first()).toBeVisible()
  expect(await page.evaluate(() => (window as unknown as { __pwn?: number }).__pwn)).toBeUndefined()
  server.close()
})
