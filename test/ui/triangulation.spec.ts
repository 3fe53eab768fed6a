/** Triangulate: the matrix chooses what sorts the list, by keyboard alone; blind studies stay blind; ten thousand captions. */
import type { Page } from '@playwright/test'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fill } from '../../bench/store.ts'
import { openStore } from '../../src/store/open-store.ts'
import { anyAnswer, eventOf } from '../support/studies.ts'
import { seededRandom } from '../support/builders.ts'
import { FAKE_CAPTIONER } from '../support/fake-engine.ts'
import { expect, finish, openUiBench, test, type UiBench } from '../support/ui-bench.ts'
import { faults } from '../support/ui-faults.ts'

const panelOf = (page: Page) => page.getByRole('region', { name: 'Triangulation' })
const listOf = (page: Page) => page.getByRole('table', { name: 'Captions that disagree' })

/** Six plates under three alt-texts, captions of people, and a blind study of the three. */
async function judged({ client }: UiBench, plates: readonly string[]): Promise<string> {
  const conditions = ['', 'a dog', 'a small boat'].map((text) => ({
    altKind: text === '' ? ('empty' as const) : ('free' as const),
    text,
  }))
  await finish(client.run('comparisons.run', { imageIds: [...plates], conditions, score: true }))
  const rows = plates.map((image) => ({ image, caption: 'A drawing of a dog.', by: 'people' }))
  const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'))
  const columns = { image: 'image', caption: 'caption', captioner: 'by' }
  await finish(client.run('tables.apply', { name: 'them.jsonl', bytes, columns }))
  const { studyId } = await client.call('studies.plan', {
    ...{ name: 'CANARY-study', raters: ['Ada'], seed: 3, repeatShare: 0 },
    systems: conditions.map(({ text }) => ({
      name: text === '' ? 'none' : text,
      captionerId: FAKE_CAPTIONER.id,
      altText: text,
    })),
  })
  if (studyId === null) throw new Error('a dry run')
  return studyId
}

test('the matrix chooses the pair, the list follows, a row opens in Compare; no fault light or dark', async ({
  bench,
  plates,
  open,
}) => {
  await judged(bench, plates)
  const page = await open()
  await page.keyboard.press('2')
  await expect(page.getByRole('table', { name: 'Captions of the dataset' })).toBeVisible()
  await page.keyboard.press('d')
  const panel = panelOf(page)
  await expect(panel.getByText('Still blind and not looked at: CANARY-study')).toBeVisible()
  const cell = panel.getByRole('button', { name: /^CLIP and Words: too few/ })
  await expect(cell).toContainText('too few')
  await cell.focus()
  await page.keyboard.press('Enter')
  await expect(cell).toHaveAttribute('aria-pressed', 'true')
  await expect(panel.getByRole('combobox', { name: 'Second measure' })).toHaveValue('words')

  const { events, output } = await ask(bench, { by: ['clip', 'words'] })
  const list = listOf(page)
  await expect(list).toHaveAttribute('aria-rowcount', String(events.length + 1))
  expect(events.length).toBe(output.disagreeing.up + output.disagreeing.down)
  await expect(list.getByRole('row').nth(1)).toContainText(/of \d by CLIP, .* by length/)
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme })
    expect(await faults(page)).toEqual([])
  }

  const direction = panel.getByRole('combobox', { name: 'Direction' })
  await direction.selectOption({ label: 'CLIP lower, Words higher' })
  await expect(list).toHaveAttribute('aria-rowcount', String(output.disagreeing.down + 1))
  await direction.selectOption({ label: 'either way' })
  await expect(list).toHaveAttribute('aria-rowcount', String(events.length + 1))

  await page.keyboard.press('Escape')
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur())
  await page.keyboard.press('j')
  await expect(list.locator('[aria-current="true"]')).toHaveAttribute('aria-rowindex', '3')
  await page.keyboard.press('k')
  const first = list.locator('[aria-current="true"]')
  await expect(first).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(
    page.getByRole('button', { name: 'Caption all' }).or(page.locator('.stage')).first(),
  ).toBeVisible()
  await page.keyboard.press('2')
  await expect(listOf(page)).toBeVisible()
  await page.keyboard.press('d')
  await expect(page.getByRole('table', { name: 'Captions of the dataset' })).toBeVisible()
})

type Question = Parameters<typeof triangulationOf>[1]
const triangulationOf = (
  { client }: UiBench,
  input: { by?: ['clip', 'words'] | ['erroneous', 'words'] },
) => client.run('triangulation.run', input)

async function ask(bench: UiBench, input: Question) {
  const work = triangulationOf(bench, input)
  const events: string[] = []
  let step = await work.next()
  for (; !step.done; step = await work.next())
    if (step.value.kind === 'captions') events.push(...step.value.captions.map((one) => one.cellId))
  return { events, output: step.value }
}

test('references and judgements join the matrix, judgements only when their report was asked for', async ({
  bench,
  plates,
  open,
}) => {
  const studyId = await judged(bench, plates)
  const page = await open()
  await page.keyboard.press('2')
  await page.keyboard.press('d')
  const panel = panelOf(page)
  await expect(panel.getByRole('button', { name: /^CLIP and Words/ })).toBeVisible()
  await panel.getByText('References: none').click()
  await panel.getByRole('checkbox', { name: /^people/ }).check()
  await expect(panel.getByRole('button', { name: /^CLIP and CIDEr-D/ })).toBeVisible()
  await expect(panel.getByRole('button', { name: /People/ })).toHaveCount(0)

  const { client } = bench
  const { token } = await client.call('studies.invite', { studyId, rater: 0 })
  const random = seededRandom(1)
  let state = await client.call('rate.state', { token })
  while (state.trial) {
    const { trial } = state
    const criterion = state.criteria.find(({ id }) => id === trial.criterion)
    if (!criterion) throw new Error('a question that is not in the study')
    const event = trial.canReveal
      ? eventOf(state, 'reveal', {}, trial)
      : eventOf(
          state,
          'confirm',
          { answer: anyAnswer(criterion, trial.cards.length, random) },
          trial,
        )
    state = await client.call('rate.submit', { token, events: [event] })
  }
  // Judged, and as blind as before.
  await panel.getByRole('button', { name: /read again/ }).click()
  await expect(panel.getByRole('button', { name: /read again/ })).toHaveCount(0)
  await expect(panel.getByText('Still blind and not looked at: CANARY-study')).toBeVisible()
  await expect(panel.getByRole('button', { name: /People/ })).toHaveCount(0)

  await client.call('studies.report', { studyId, resamples: 200 })
  await panel.getByRole('button', { name: /read again/ }).click()
  await expect(panel.getByRole('button', { name: /^CLIP and People/ })).toBeVisible()
  await expect(panel.getByText('Still blind')).toHaveCount(0)
  // All of it is seen at once, and nothing beside it sticks out.
  const wide = await page.evaluate(() =>
    [document.documentElement, ...document.querySelectorAll('.tri *')]
      .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
      .filter((one) => getComputedStyle(one).overflowX !== 'hidden')
      .map((one) => `${one.tagName} ${one.className}`),
  )
  expect(wide).toEqual([])
  const judgements = panel.getByRole('combobox', { name: 'Judgements of' })
  await judgements.selectOption({ label: 'CANARY-study' })
  await expect(judgements).not.toHaveValue('')
  await expect(panel.getByRole('button', { name: /^CLIP and People/ })).toBeVisible()
})

test('ten thousand captions: only what is on the screen is in the page, and the last is a press away', async ({
  browser,
}) => {
  const folder = mkdtempSync(path.join(tmpdir(), 'realign-many-'))
  const workspaceFile = path.join(folder, 'many.realign')
  ;(await openStore(workspaceFile)).close()
  fill(workspaceFile, { captions: 10_000, marks: true })
  const bench = await openUiBench({ workspaceFile })
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  const page = await context.newPage()
  try {
    await page.goto(bench.url)
    await page.getByRole('navigation').getByText('Dataset').click()
    await expect(page.getByText('10,000 captions of')).toBeVisible()
    await page.keyboard.press('d')
    const list = listOf(page)
    await expect(list).toBeVisible({ timeout: 60_000 })
    await expect(list).toHaveAttribute('aria-busy', 'false')
    const { output } = await ask(bench, {})
    const rows = output.disagreeing.up + output.disagreeing.down
    expect(rows).toBeGreaterThan(1000)
    await expect(list).toHaveAttribute('aria-rowcount', String(rows + 1))
    expect(await list.getByRole('row').count()).toBeLessThan(60)
    const scroller = list.getByRole('rowgroup', { name: /rows$/ })
    await scroller.focus()
    await page.keyboard.press('End')
    await expect(list.locator(`[aria-rowindex="${rows + 1}"]`)).toContainText('A drawing of')
    expect(await list.getByRole('row').count()).toBeLessThan(60)
    expect(await faults(page)).toEqual([])
  } finally {
    await context.close()
    await bench.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
