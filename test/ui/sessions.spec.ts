/** A study in the workbench itself: planned, rated at this keyboard, reported, exported; nothing leaks to the rater. */
import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { Client } from '../../src/shared/contract.ts'
import { expect, finish, test } from '../support/ui-bench.ts'
import { faults } from '../support/ui-faults.ts'
import { UI_HOSTILE } from '../support/ui-hostile.ts'

const KINDS = [
  { altKind: 'empty' as const, text: '' },
  { altKind: 'class-name' as const, text: 'a bird' },
  { altKind: 'wrong' as const, text: 'a bird and a dog' },
]

async function caption(client: Client, imageIds: readonly string[]): Promise<void> {
  await finish(client.run('comparisons.run', { imageIds: [...imageIds], conditions: KINDS }))
}

const question = (page: Page) => page.getByRole('heading', { level: 1 })
const done = (page: Page) => page.getByRole('heading', { name: /^Done: / })

/** Ranks by keys until nothing is left; `order` of the cards on the screen. */
async function rate(page: Page, order: (texts: readonly string[]) => readonly number[]) {
  await expect(page.getByRole('button', { name: /^(Begin|Go on)$/ })).toBeFocused()
  await page.keyboard.press('Enter')
  for (;;) {
    const main = page.getByRole('main')
    await expect(main.getByRole('listitem').first().or(done(page))).toBeVisible()
    if (await done(page).isVisible()) return
    const cards = main.getByRole('listitem')
    const at = `${await page.getByText(/^\d+ of \d+$/).textContent()} ${await question(page).textContent()}`
    for (const key of order(await cards.locator('p').allTextContents()))
      await page.keyboard.press(String(key))
    await page.keyboard.press('Enter')
    await expect
      .poll(async () => {
        // All at once and without waiting: the count is gone when the last item is.
        const number = (await page.getByText(/^\d+ of \d+$/).allTextContents()).join('')
        return `${number} ${(await question(page).allTextContents()).join('')}`
      })
      .not.toBe(at)
  }
}

async function giveBack(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Give the keyboard back' }).click()
  await page.keyboard.type('back')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('navigation', { name: 'Screens' })).toBeVisible()
}

test('planned, rated at this keyboard, reported', async ({ plates, bench, open }) => {
  test.setTimeout(600_000)
  await caption(bench.client, plates)
  const page = await open()
  await page.keyboard.press('4')
  const before = page.getByRole('complementary', { name: 'Before the start' })
  await expect(before.getByText('Time a rater')).toBeVisible()
  await expect(before.getByRole('table').last()).toContainText('Balance, items of 3 cards')
  // What is wrong stands beside its field, and the button says it too.
  await expect(before).toContainText('Give the study a name')
  const study = page.getByRole('region', { name: 'Study', exact: true })
  await expect(study).not.toContainText('Give the study a name')
  await page.getByLabel('Name, for you').focus()
  await page.keyboard.press('Tab')
  await expect(study).toContainText('Give the study a name')
  await page.getByRole('spinbutton', { name: 'Raters', exact: true }).fill('0')
  await expect(page.getByRole('region', { name: 'Raters' })).toContainText(
    'A study needs at least one rater.',
  )
  expect(await faults(page)).toEqual([])
  await page.getByRole('spinbutton', { name: 'Raters', exact: true }).fill('2')
  await page.getByRole('spinbutton', { name: 'Shown again' }).fill('0')
  await page.getByLabel('Name, for you').fill('CANARY-study')
  await page.getByLabel('Name of Fake captioner, wrong').fill('CANARY-wrong')
  const start = page.getByRole('button', { name: 'Start the study' })
  await expect(start).toHaveAttribute('aria-disabled', 'false')
  expect(await faults(page)).toEqual([])
  await start.click()

  await expect(page.getByRole('heading', { name: 'CANARY-study' })).toBeVisible()
  await expect(page.getByText('0 of 6').first()).toBeVisible()
  expect(await faults(page)).toEqual([])
  // At 200 % nothing scrolls two ways.
  await page.setViewportSize({ width: 640, height: 400 })
  const wide = () =>
    page.evaluate(() =>
      [...document.querySelectorAll('.sessions, .sessions *')]
        .filter((one) => one.scrollWidth > one.clientWidth + 1 && one.clientWidth > 1)
        .map((one) => `${one.tagName} ${one.className}`),
    )
  await expect.poll(wide).toEqual([])
  await page.setViewportSize({ width: 1280, height: 800 })

  for (const rater of ['R1', 'R2']) {
    await page.getByRole('button', { name: `Hand over to ${rater}` }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click()
    await expect(page.getByRole('button', { name: 'Begin' })).toBeFocused()
    await expect(page.getByRole('navigation', { name: 'Screens' })).toHaveCount(0)
    expect(await faults(page)).toEqual([])
    if (rater === 'R2') {
      // Neither a reload nor a key of the workbench is a way out.
      await page.reload()
      await page.keyboard.press('Control+k')
      await page.keyboard.press('4')
      await expect(page.getByRole('button', { name: 'Begin' })).toBeFocused()
      expect(await page.content()).not.toContain('CANARY')
    }
    await rate(page, (texts) => {
      const best = texts.findIndex((text) => !text.includes('dog'))
      return [best, ...texts.keys()].map((at) => at + 1).filter((n, i, all) => all.indexOf(n) === i)
    })
    expect(await page.content()).not.toContain('CANARY')
    expect(await faults(page)).toEqual([])
    // One press is not enough, and letters that are typed there are no answers.
    await page.getByRole('button', { name: 'Give the keyboard back' }).click()
    await page.keyboard.type('u')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(done(page)).toBeVisible()
    await giveBack(page)
    if (rater === 'R2') await page.keyboard.press('4')
    await expect(page.getByRole('row', { name: new RegExp(`^${rater} 6 of 6`) })).toBeVisible()
  }

  await page.getByRole('group', { name: 'View of the study' }).getByText('Report').click()
  await page.getByRole('button', { name: 'Unblind and show the report' }).click()
  const { studies } = await bench.client.call('studies.list', {})
  const studyId = studies[0]?.id ?? ''
  const looked = async () =>
    (await bench.client.call('studies.get', { studyId })).progress.unblinded.length
  expect(await looked()).toBe(0)
  await page.getByRole('button', { name: 'Unblind', exact: true }).click()
  await expect(page.getByRole('img', { name: /^Share of first places/ })).toBeVisible()
  expect(await looked()).toBe(1)
  await expect(page.getByRole('region', { name: 'Methods paragraph' })).toContainText(
    '2 raters judged captions of 6 images by 3 systems',
  )
  await page.getByText('Numbers of the figure').click()
  expect(await faults(page)).toEqual([])

  // The numbers on the screen are the report's own.
  const { report } = await bench.client.call('studies.report', { studyId })
  for (const [system, name] of report.systems.entries()) {
    const share = report.criteria[0]?.shares.find((row) => row.system === system)?.votes.value
    await expect(
      page
        .getByRole('group', { name: 'Numbers of the figure' })
        .getByRole('row')
        .filter({
          hasText: name,
        })
        .first(),
    ).toContainText(`${(100 * (share ?? 0)).toFixed(1)} %`)
  }

  await page.getByRole('button', { name: 'Anonymous' }).click()
  await page.getByRole('button', { name: 'Make the files' }).click()
  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: /^study\.jsonl/ }).click()
  const file = await saved
  expect(file.suggestedFilename()).toBe('anonymous-study.jsonl')
  expect(readFileSync(await file.path(), 'utf8')).not.toContain(plates[0])
  expect(await faults(page)).toEqual([])
})

test('a link on this machine, a task file, and a rater who withdraws', async ({
  plates,
  bench,
  open,
  context,
}) => {
  await caption(bench.client, plates)
  const { studyId } = await bench.client.call('studies.plan', {
    name: 'Links',
    systems: KINDS.map(({ altKind }) => ({ name: altKind, altKind })),
    raters: ['Ada', 'Ben'],
    repeatShare: 0,
  })
  const page = await open()
  await page.keyboard.press('4')
  await page.getByRole('button', { name: 'Link for Ada' }).click()
  const dialog = page.getByRole('dialog')
  expect(await faults(page)).toEqual([])
  await dialog.getByRole('button', { name: 'Make a link' }).click()
  const link = await dialog.getByRole('textbox', { name: 'Link' }).inputValue()
  expect(link).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/#[\w-]{43}$/)
  await page.keyboard.press('Escape')

  const rater = await context.newPage()
  await rater.goto(link)
  await rate(rater, () => [1, 2, 3])
  await expect(page.getByRole('row', { name: /^Ada 6 of 6/ })).toBeVisible()

  const saved = page.waitForEvent('download')
  await page.getByRole('button', { name: 'Task file for Ben' }).click()
  const html = readFileSync(await (await saved).path(), 'utf8')
  expect(html).toContain('id="task"')
  for (const word of ['Links', 'class-name', ...plates]) expect(html).not.toContain(`"${word}"`)

  await page.getByRole('button', { name: 'Revoke the link of Ada' }).click()
  await expect(page.getByRole('button', { name: 'Revoke the link of Ada' })).toHaveCount(0)
  await rater.reload()
  await expect(rater.getByRole('alert')).toContainText('This link does not work any more')

  await page.getByRole('button', { name: 'Withdraw Ada' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw Ada' }).click()
  await expect(page.getByRole('row', { name: /^Ada .*withdrawn/ })).toBeVisible()
  await page.getByRole('button', { name: 'Close the pages' }).click()
  await expect(page.getByRole('region', { name: 'Rating pages' })).toContainText('Closed')
  const { progress } = await bench.client.call('studies.get', { studyId: studyId ?? '' })
  expect(progress.raters.map(({ withdrawn }) => withdrawn)).toEqual([true, false])
})

test('hostile names, captions and pseudonyms stay text, at every step', async ({
  plates,
  bench,
  open,
}) => {
  const [a = '', b = '', c = '', d = ''] = UI_HOSTILE.filter((text) => text.length < 90)
  const names = await Promise.all(
    plates.map(async (imageId) => (await bench.client.call('images.get', { imageId })).name),
  )
  const page = await open()
  await page.keyboard.press('4')
  await page.getByRole('button', { name: 'Captions from a file' }).click()
  const chosen = page.waitForEvent('filechooser')
  await page.getByRole('button', { name: 'Choose a file' }).click()
  const rows = names.flatMap((image, at) =>
    [a, b].map((system, s) => ({
      image,
      system,
      caption: `${UI_HOSTILE[2 * at + s + 4] ?? ''} ${s}`,
    })),
  )
  const text = rows.map((row) => JSON.stringify(row)).join('\n')
  await (
    await chosen
  ).setFiles({ name: `x.jsonl`, mimeType: 'text/plain', buffer: Buffer.from(text) })
  await expect(page.getByText(`by ${a}, ${b}`)).toBeVisible()
  await page.getByLabel('Name, for you').fill(c)
  await page.getByRole('spinbutton', { name: 'Raters', exact: true }).fill('1')
  await page.getByLabel('Pseudonym of rater 1').fill(d)
  await page.getByRole('button', { name: 'Start the study' }).click()
  await expect(page.getByRole('rowheader', { name: d, exact: true })).toHaveText(d)
  await page.getByRole('button', { name: `Hand over to ${d}` }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Hand over' }).click()
  await rate(page, () => [2, 1])
  await giveBack(page)
  await page.getByRole('group', { name: 'View of the study' }).getByText('Report').click()
  await page.getByRole('button', { name: 'Unblind and show the report' }).click()
  await page.getByRole('button', { name: 'Unblind', exact: true }).click()
  await expect(page.getByRole('rowheader', { name: a, exact: true }).first()).toHaveText(a)
  await expect(page.getByRole('heading', { name: c, exact: true })).toHaveText(c)
  expect(await page.evaluate(() => (window as unknown as { __pwn?: number }).__pwn)).toBeUndefined()
})
