/** A damaged workspace: refused with the way out named, and everything readable copied from it, original untouched. */
import Sqlite from 'better-sqlite3'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import type { DamagedRow, Store } from '../../src/core/store-port.ts'
import { openStore } from '../../src/store/open-store.ts'
import { salvage } from '../../src/store/salvage.ts'
import { checkWorkspace } from '../../src/workbench/salvage.ts'
import { collect, openBench, seededRandom, temporaryFolder } from '../support/builders.ts'
import { nextEvent, planStudy } from '../support/studies.ts'
import { someCaption, someImage, someScore } from './rows.ts'

const IMAGES = 24
const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')

async function writeWorkspace(): Promise<{ file: string; ids: readonly string[] }> {
  const file = path.join(temporaryFolder(), 'x.realign')
  const store = await openStore(file)
  const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
  const ids: string[] = []
  for (let image = 0; image < IMAGES; image++) {
    store.images.add(someImage(image))
    for (let seed = 0; seed < 5; seed++) {
      const cell = store.captions.add(someCaption({ runId, image, seed, altText: `bird ${image}` }))
      store.captions.addScore(cell.id, someScore(), 'now')
      ids.push(cell.id)
    }
  }
  store.runs.end(runId, 'done', 'now')
  store.close()
  return { file, ids }
}

const allCells = (store: Store) =>
  Array.from({ length: IMAGES }, (_, n) => store.captions.ofImage(someImage(n).id)).flat()

/** Overwrites the pages that hold a row of `table` with noise, as a bad disk does. */
function breakPage(file: string, table: string, nth: number): void {
  const raw = new Sqlite(file)
  raw.pragma('journal_mode = DELETE')
  const size = Number(raw.pragma('page_size', { simple: true }))
  const pages = raw
    .prepare("SELECT pageno FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY pageno")
    .pluck()
    .all(table) as number[]
  raw.pragma('journal_mode = WAL') // as it was: opening must have no reason to write
  raw.close()
  const page = pages[nth % pages.length] ?? 0
  expect(page).toBeGreaterThan(1)
  const bytes = readFileSync(file)
  bytes.fill(0xa5, (page - 1) * size, page * size)
  writeFileSync(file, bytes)
}

test('a sound file is salvaged whole: the same captions, counts and search', async () => {
  const { file, ids } = await writeWorkspace()
  const before = digest(file)
  const out = `${file}.new`
  const { kept, lost, changed } = await salvage(file, out)
  expect({ lost, changed }).toEqual({ lost: [], changed: [] })
  expect(kept).toMatchObject({ images: IMAGES, captions: ids.length, scores: ids.length })
  expect(digest(file)).toBe(before)
  const [old, young] = [await openStore(file), await openStore(out)]
  expect(allCells(young)).toEqual(allCells(old))
  expect(young.counts()).toEqual(old.counts())
  expect(young.images.card(someImage(3).id)).toEqual(old.images.card(someImage(3).id))
  const search = { words: 'bird 7', after: null, limit: 50 }
  expect(young.captions.search(search).rows.length).toBeGreaterThan(0)
  old.close()
  young.close()
  expect((await checkWorkspace(out)).damaged).toEqual([])
})

test.each(['captions', 'images', 'cells', 'scores', 'runs', 'image_files'])(
  'a broken page of %s: opening names the way out, salvage keeps every other row and lists the rest',
  async (table) => {
    const { file, ids } = await writeWorkspace()
    breakPage(file, table, 1)
    const before = digest(file)
    await expect(openStore(file)).rejects.toMatchObject({
      code: 'store-corrupt',
      message: expect.stringMatching(/^The workspace file is damaged: [^\n]+$/),
      hint: expect.stringContaining('salvage FILE --out'),
    })
    const out = path.join(path.dirname(file), 'out.realign')
    const { kept, lost } = await salvage(file, out)
    expect(digest(file)).toBe(before)
    expect(lost.length).toBeGreaterThan(0)
    const store = await openStore(out)
    expect(store.warnings).toEqual([])
    const cells = allCells(store)
    expect(cells).toHaveLength(kept['captions'] ?? -1)
    // A page of cells takes its captions along; any other table costs at most the rows of its page.
    if (table !== 'captions' && table !== 'cells') expect(cells.map(({ id }) => id)).toEqual(ids)
    else expect(cells.length).toBeGreaterThan(ids.length / 2)
    const gone = ids.length - cells.length
    const told = lost
      .filter((one) => one.table === 'captions')
      .reduce((sum, { row }) => {
        const [, from, to] = /^numbers (\d+) to (\d+)$/.exec(row) ?? []
        return sum + (from && to ? Number(to) - Number(from) + 1 : 1)
      }, 0)
    expect(told).toBe(gone)
    store.close()
    expect((await checkWorkspace(out)).damaged.filter(({ table: t }) => t !== 'scores')).toEqual(
      gone > 0 ? [{ table: 'captions', id: `${gone} rows are missing` }] : [],
    )
    expect(readdirSync(path.dirname(file)).filter((name) => name.startsWith('.'))).toEqual([])
  },
)

test('of a file that was cut short, all that lies before the cut is kept', async () => {
  const { file, ids } = await writeWorkspace()
  const whole = readFileSync(file)
  writeFileSync(file, whole.subarray(0, Math.floor(whole.length * 0.9)))
  const before = digest(file)
  const { kept, lost } = await salvage(file, `${file}.new`)
  expect(digest(file)).toBe(before)
  expect(lost.length).toBeGreaterThan(0)
  expect(kept['captions']).toBeGreaterThan(ids.length / 2)
  expect(kept['captions']).toBeLessThanOrEqual(ids.length)
  expect((await checkWorkspace(`${file}.new`)).damaged).toEqual([])
})

test('a changed caption is kept and said to be changed; a changed score is left out', async () => {
  const { file } = await writeWorkspace()
  const raw = new Sqlite(file)
  for (const table of ['captions', 'scores']) raw.exec(`DROP TRIGGER ${table}_no_update`)
  raw.exec("UPDATE captions SET text = 'changed' WHERE seq = 3")
  raw.exec('UPDATE scores SET clip = 99 WHERE seq = 5')
  raw.close()
  const out = `${file}.new`
  const { lost, changed } = await salvage(file, out)
  expect(changed).toMatchObject([{ table: 'captions' }])
  expect(lost).toEqual([{ table: 'scores', row: '5', reason: 'it no longer matches its checksum' }])
  const store = await openStore(out)
  expect(allCells(store)[2]?.provenance.notes.join()).toContain('no longer matches its checksum')
  store.close()
})

test('what cannot be salvaged is said, and nothing is left behind', async () => {
  const { file } = await writeWorkspace()
  await expect(salvage(file, file)).rejects.toMatchObject({ code: 'bad-input' })
  await expect(salvage(`${file}.none`, `${file}.out`)).rejects.toMatchObject({ code: 'not-found' })
  const bytes = readFileSync(file)
  bytes.fill(0, 100) // the header alone is left
  writeFileSync(file, bytes)
  await expect(salvage(file, `${file}.out`)).rejects.toMatchObject({ code: 'store-corrupt' })
  expect(existsSync(`${file}.out`)).toBe(false)
  expect(readdirSync(path.dirname(file))).toEqual(['x.realign'])
})

async function judged(file: string): Promise<void> {
  const bench = await openBench({ workspaceFile: file })
  const studyId = await planStudy(bench.client, 6)
  const { token } = await bench.client.call('studies.invite', { studyId, rater: 0 })
  const rater = bench.workbench.clientAs('rater')
  const random = seededRandom(1)
  let state = await rater.call('rate.state', { token })
  for (let n = 0; n < 8; n++) {
    const event = nextEvent(state, random)
    if (event) state = await rater.call('rate.submit', { token, events: [event] })
  }
  const { images } = await bench.client.call('images.list', {})
  const imageIds = images.map(({ id }) => id)
  const conditions = [{ altKind: 'free' as const, text: 'Barn Owl' }]
  await collect(bench.client.run('comparisons.run', { imageIds, conditions }))
  await collect(bench.client.run('marks.propose', { imageIds }))
  const { cells } = await bench.client.call('cells.list', { imageId: imageIds[0] ?? '' })
  const span = { place: 'caption' as const, start: 0, end: 4 }
  const cellId = cells[0]?.id ?? ''
  await bench.client.call('marks.decide', { cellId, span, decision: 'erroneous', by: 'A' })
  await collect(bench.client.run('lens.compute', { cellId }))
  await bench.workbench.close()
}

test.each([
  ['mark_sets', "proposals = '[]'"],
  ['mark_decisions', "decision = 'carried'"],
  ['lens_readings', "alternatives = '[]'"],
  ['judgement_events', 'rater = 1'],
  ['judgement_events', "event = replace(event, 'confirm', 'note')"],
  ['studies', "name = 'another'"],
  ['study_items', "item = replace(item, 'cards', 'carts')"],
  ['study_assignments', 'rater = rater + 1'],
] as const)(
  'verify reports a changed row of %s (%s), and salvage carries on',
  async (table, change) => {
    const file = path.join(temporaryFolder(), 'x.realign')
    await judged(file)
    expect((await checkWorkspace(file)).damaged).toEqual([])
    const raw = new Sqlite(file)
    raw.exec(`DROP TRIGGER ${table}_no_update`)
    const keyed = table === 'study_items' || table === 'study_assignments'
    const one = keyed ? 'place = 0' : `seq = (SELECT min(seq) FROM ${table})`
    expect(raw.prepare(`UPDATE ${table} SET ${change} WHERE ${one}`).run().changes).toBe(1)
    raw.close()
    const { damaged } = await checkWorkspace(file)
    const tables = new Set(damaged.map((row: DamagedRow) => row.table))
    expect(tables).toContain(table)
    const { kept } = await salvage(file, `${file}.new`)
    expect(kept['images']).toBe(6)
  },
)

test('a judgement that is gone from the middle of a plan is missed', async () => {
  const file = path.join(temporaryFolder(), 'x.realign')
  await judged(file)
  const raw = new Sqlite(file)
  raw.exec('DROP TRIGGER study_items_no_delete; DELETE FROM study_items WHERE place = 1')
  raw.close()
  const { damaged } = await checkWorkspace(file)
  expect(damaged).toContainEqual({
    table: 'study_items',
    id: expect.stringMatching(/^1 rows of study [0-9a-f]{32} are missing$/),
  })
})
