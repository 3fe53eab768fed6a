/** What a captioner behind an address wrote stands beside ours with what was asked; many pictures leave only after a word. */
import { expect, finish } from '../support/ui-bench.ts'
import { allow, pick, REMOTE, SAID, test } from '../support/ui-endpoints.ts'
import { lookAt } from '../support/ui-faults.ts'

test('its captions stand beside ours with what was asked, and without what nobody told', async ({
  plates,
  bench,
  open,
  define,
  server,
}) => {
  const [imageId = ''] = plates
  const id = await define({ maxSide: 100 })
  await allow(bench, id)
  const conditions = [
    { altKind: 'empty' as const, text: '' },
    { altKind: 'wrong' as const, text: 'a teapot' },
  ]
  await finish(bench.client.run('comparisons.run', { imageIds: [imageId], conditions }))
  const { name } = await bench.client.call('images.get', { imageId })
  const page = await open()
  await page.getByRole('row', { name }).first().click()
  const field = page.getByRole('textbox', { name: 'Alt-text' })
  await field.fill('a teapot')
  const counter = page.getByRole('form').getByRole('status')
  await expect(counter).toHaveText('2 of 16 tokens')
  await pick(page, id)
  const settings = page.getByRole('dialog')
  for (const bundles of ['Variant', 'Pixels', 'Top-k'])
    await expect(settings.getByLabel(bundles, { exact: true })).toBeHidden()
  await expect(settings.locator('optgroup[label="Endpoints"] option')).toHaveCount(1)
  await expect(counter).toBeHidden()
  const host = new URL(server.url).host
  await expect(page.getByRole('contentinfo')).toContainText(`Owl teller at ${host}`)
  await expect(page.getByRole('contentinfo')).toContainText('Offline')
  await settings.getByRole('button', { name: /Caption 2 rows with these/ }).click()
  await page.keyboard.press('Escape')
  const table = page.getByRole('table', { name: 'Captions of this image under each alt-text' })
  await expect(table.getByRole('columnheader')).toHaveText([
    'Alt-text',
    /^Fake captioner/,
    new RegExp(`^Owl teller at ${host}`),
  ])
  await expect(table.getByText(SAID)).toHaveCount(2)
  const wrong = table.getByRole('row').filter({ hasText: 'a teapot”' })
  await wrong.getByText('great gray owl').click()

  const inspector = page.getByRole('complementary', { name: 'Inspect' })
  await expect(inspector).toContainText('An endpoint tells no token probabilities')
  for (const part of ['Tokens', 'What it hangs on'])
    await expect(inspector.getByRole('region', { name: part })).toBeHidden()
  const provenance = inspector.getByRole('region', { name: 'Provenance' })
  for (const words of [
    `Address${server.url}`,
    'Asked forowl-vlm',
    'Answered bystand-in-1',
    'Picture100 × 100',
    'Sent with ittemperature 0.2, top_p 0.7, seed 7, max_tokens 512',
    'Tokens used120 read, 9 written, as it counts',
    'Asked againnot checked yet',
  ])
    await expect(provenance).toContainText(words)
  await expect(inspector).not.toContainText(/log p|Device|Runtime|Alt slot/)
  await provenance.getByText('Prompt, as it was sent').click()
  await expect(provenance).toContainText('Somebody who posted this image wrote this alt-text')
  await provenance.getByText('Reply, of which').click()
  await expect(provenance).toContainText('<think>An owl?</think>')
  await lookAt(page, 'endpoint-compare')

  await page.keyboard.press(']')
  await page.keyboard.press('f')
  await expect(page.getByText('An endpoint tells no token probabilities.').last()).toBeVisible()
  await page.keyboard.press('Escape')
  await page.keyboard.press('Shift+R')
  await expect(provenance).toContainText('Asked againidentical')
  await expect(page.getByText('It answered the same')).toBeVisible()
  await page.keyboard.press('m')
  const seen = page.getByRole('img', { name: 'The image as it is sent' })
  await expect(seen).toBeVisible()
  await expect.poll(() => seen.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBe(100)
  await page.keyboard.press('s')
  await expect(wrong.getByText('2 of 2')).toBeVisible()
  await lookAt(page, 'endpoint-seen')
})

test('before many pictures leave this machine it is said how many, and where', async ({
  plates,
  bench,
  open,
  define,
}) => {
  await finish(
    bench.client.run('comparisons.run', {
      imageIds: [...plates],
      conditions: [{ altKind: 'empty', text: '' }],
    }),
  )
  const id = await define(REMOTE)
  await allow(bench, id)
  const page = await open()
  await expect(page.getByRole('contentinfo')).toContainText('May send to api.openai.com')
  await expect(page.getByRole('contentinfo')).not.toContainText('Offline')
  await page.keyboard.press('2')
  await expect(page.getByText('6 captions of 6 images')).toBeVisible()
  await page.keyboard.press('r')
  const run = page.getByRole('dialog', { name: 'Run a probe pack' })
  const captioner = run.getByRole('combobox', { name: 'Captioner' })
  await expect(captioner.getByRole('option')).toHaveText([
    'Fake captioner',
    'GPT-4o at api.openai.com',
  ])
  await expect(run).not.toContainText('questions about')
  await captioner.selectOption(id)
  await expect(run).toContainText('36 questions about 6 pictures to api.openai.com')
  await lookAt(page, 'endpoint-run')
  await run.getByRole('button', { name: 'Cancel' }).click()
  await page.keyboard.press('Shift+R')
  const rounds = page.getByRole('dialog', { name: 'Self-rounds' })
  await expect(rounds).toContainText('30 questions about 6 pictures to api.openai.com')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /^Recaption these/ }).click()
  const again = page.getByRole('dialog', { name: 'Ask GPT-4o at api.openai.com' })
  await expect(again).toContainText('6 questions about 6 pictures to api.openai.com')
  await lookAt(page, 'endpoint-recaption')
  await again.getByRole('button', { name: 'Cancel' }).click()

  await bench.client.call('endpoints.allow', { id, allowed: false })
  await page.reload()
  await expect(page.getByText('6 captions of 6 images')).toBeVisible()
  await page.keyboard.press('r')
  const start = run.getByRole('button', { name: 'Start' })
  await expect(start).toHaveAccessibleDescription(/may not send pictures to https:\/\/api\.openai/)
  await run.getByRole('button', { name: 'Go to Models' }).click()
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Models')
  const { runs } = await bench.client.call('runs.list', {})
  expect(runs).toHaveLength(1)
})

test('one of this machine runs a probe pack without a further question', async ({
  plates,
  bench,
  open,
  define,
  server,
}) => {
  expect(plates).toHaveLength(6)
  await allow(bench, await define({}))
  const page = await open()
  await page.keyboard.press('2')
  await expect(page.getByText('No captions yet').first()).toBeVisible()
  await page.keyboard.press('r')
  const run = page.getByRole('dialog', { name: 'Run a probe pack' })
  await run.getByRole('combobox', { name: 'Captioner' }).selectOption('endpoint:owl-teller')
  await expect(run).toContainText('36 questions about 6 pictures to 127.0.0.1')
  await expect(run).toContainText('on this machine')
  await run.getByRole('button', { name: 'Start' }).click()
  await expect(page.getByText('36 captions of 6 images')).toBeVisible()
  expect(server.asked).toHaveLength(36)
  await expect(page.getByRole('table', { name: 'Captions of the dataset' })).toContainText(
    'Owl teller',
  )
  await page.keyboard.press('4')
  await page
    .getByRole('button', { name: /Plan a study|New study/ })
    .first()
    .click()
  await expect(page.getByText('Owl teller').first()).toBeVisible()
})
