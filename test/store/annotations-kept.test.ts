/** What annotators wrote is never lost: append-only, checked, salvaged, there after a kill, and in large numbers. */
import Sqlite from 'better-sqlite3'
import path from 'node:path'
import { expect, test } from 'vitest'
import { openDatabase } from '../../src/store/database.ts'
import { openStore } from '../../src/store/open-store.ts'
import { salvage } from '../../src/store/salvage.ts'
import { checkWorkspace } from '../../src/workbench/salvage.ts'
import { beginAnnotation, writeNext } from '../support/annotations.ts'
import { collect, openBench, temporaryFolder } from '../support/builders.ts'
import { bundleChild, killAfter, startChild } from '../support/kill.ts'
import { someImage, someScore } from './rows.ts'

const TABLES = [
  'annotations',
  'annotation_images',
  'annotation_rounds',
  'rewrites',
  'text_scores',
] as const

async function annotated(): Promise<{ file: string; annotationId: string; imageIds: string[] }> {
  const file = path.join(temporaryFolder(), 'x.realign')
  const { client, workbench } = await openBench({ workspaceFile: file })
  const { annotationId, imageIds } = await beginAnnotation(client)
  for (const imageId of imageIds) await writeNext(client, annotationId, imageId, 'A photo of it.')
  await client.call('annotations.openRound', { annotationId })
  await writeNext(client, annotationId, imageIds[0] ?? '', 'A photo of an owl.')
  await collect(client.run('annotations.score', { annotationId }))
  await workbench.close()
  return { file, annotationId, imageIds: [...imageIds] }
}

test.each(TABLES)('%s can be neither changed nor deleted', async (table) => {
  const { file } = await annotated()
  const database = openDatabase(file)
  expect(() => database.exec(`UPDATE ${table} SET checksum = checksum`)).toThrow(/append-only/)
  expect(() => database.exec(`DELETE FROM ${table}`)).toThrow(/append-only/)
  database.close()
})

test('everything is there after the file is opened again, and none of it is damaged', async () => {
  const { file, annotationId, imageIds } = await annotated()
  expect((await checkWorkspace(file)).damaged).toEqual([])
  const { client } = await openBench({ workspaceFile: file })
  const { versions } = await client.call('annotations.item', {
    ...{ annotationId, imageId: imageIds[0] ?? '' },
  })
  expect(versions.map(({ text, round }) => [round, text])).toEqual([
    [2, 'A photo of it.'],
    [3, 'A photo of an owl.'],
  ])
})

test.each([
  ['annotations', "plan = replace(plan, 'Birds', 'Bards')"],
  ['annotation_images', "alt_text = 'changed'"],
  ['annotation_rounds', "opened_at = 'changed'"],
  ['rewrites', "text = 'changed'"],
  ['text_scores', 'clip = 99'],
] as const)(
  'check reports a changed row of %s, and salvage keeps every text',
  async (table, change) => {
    const { file, annotationId, imageIds } = await annotated()
    const raw = new Sqlite(file)
    raw.exec(`DROP TRIGGER ${table}_no_update`)
    raw.exec(`UPDATE ${table} SET ${change} WHERE seq = (SELECT min(seq) FROM ${table})`)
    raw.close()
    const { damaged } = await checkWorkspace(file)
    expect(damaged.map((row) => row.table)).toContain(table)
    const out = `${file}.new`
    const { kept } = await salvage(file, out)
    expect(kept['rewrites']).toBe(5)
    const { client } = await openBench({ workspaceFile: out })
    const { annotations } = await client.call('annotations.list', {})
    expect(annotations).toMatchObject([{ id: annotationId, images: 4, openRound: 3 }])
    const { text } = await client.call('annotations.export', {
      ...{ annotationId, what: 'versions-jsonl' as const },
    })
    expect(text.trim().split('\n')).toHaveLength(5)
    for (const imageId of imageIds) {
      const item = await client.call('annotations.item', { annotationId, imageId })
      expect(item.versions.length).toBeGreaterThan(0)
    }
    if (table === 'rewrites') expect(text).toContain('no longer matches its checksum')
  },
)

test('a rewrite that is gone from the middle is missed', async () => {
  const { file } = await annotated()
  const raw = new Sqlite(file)
  raw.exec('DROP TRIGGER rewrites_no_delete; DELETE FROM rewrites WHERE seq = 2')
  raw.exec('DROP TRIGGER annotation_images_no_delete')
  raw.exec('DELETE FROM annotation_images WHERE place = 1')
  raw.close()
  const { damaged } = await checkWorkspace(file)
  expect(damaged).toMatchObject([
    { table: 'rewrites', id: '1 rows are missing' },
    { table: 'annotation_images', id: expect.stringContaining('1 images of annotation') },
  ])
})

test('kills between rewrites: no text that was acknowledged is lost, none is half there', async () => {
  const folder = temporaryFolder()
  const script = await bundleChild(folder, 'test/support/rewrite-child.ts')
  const file = path.join(folder, 'x.realign')
  const acknowledged = new Set<string>()
  for (let trial = 0; trial < 8; trial++) {
    const said = await killAfter(startChild(script), file, 2 + ((trial * 5) % 11))
    for (const id of said) acknowledged.add(id)
    const store = await openStore(file)
    const kept = store.annotations
      .list()
      .flatMap(({ id }) => store.annotations.rewritesAfter(id, 0, 10_000).rewrites)
    const ids = new Set(kept.map(({ id }) => id))
    expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([])
    expect(kept.filter(({ text, note }) => note !== '' || !/^A photo \d+\.$/.test(text))).toEqual(
      [],
    )
    const check = store.verify()
    let step = check.next()
    while (!step.done) step = check.next()
    expect(step.value).toEqual([])
    store.close()
  }
  expect(acknowledged.size).toBeGreaterThan(8)
}, 120_000)

test('a thousand images over three rounds: listed, counted and handed on without holding the thread', async () => {
  const file = path.join(temporaryFolder(), 'large.realign')
  const IMAGES = 1000
  const annotationId = 'a'.repeat(32)
  const store = await openStore(file)
  store.together(() => {
    const images = Array.from({ length: IMAGES }, (_, n) => someImage(n))
    for (const image of images) store.images.add(image)
    store.annotations.begin({
      ...{ id: annotationId, name: 'Large', createdAt: '2026-01-01T00:00:00.000Z', seed: 7 },
      ...{ start: { from: 'alt-text' as const }, annotators: ['Ada', 'Ben'], swap: true },
      guideline: { goal: '', steps: [], openings: ['a photo of'], rules: ['opening', 'length'] },
    })
    store.annotations.addImages(
      annotationId,
      images.map(({ id: imageId }, place) => ({
        ...{ imageId, place, dealt: place, altText: `bird ${place}`, start: `bird ${place}` },
      })),
    )
    for (const round of [2, 3]) {
      store.annotations.openRound(annotationId, round, 'now')
      for (const [place, { id: imageId }] of images.entries())
        store.annotations.addRewrite({
          ...{ id: `${round} ${place}`, annotationId, imageId, round, note: '', steps: [] },
          annotator: ['Ada', 'Ben'][(place + round) % 2] ?? '',
          text: `A photo of bird ${place} ${'on a branch with leaves '.repeat(8)}${round}.`,
          ...{ seconds: 60, createdAt: 'now' },
        })
    }
    const score = someScore()
    store.annotations.addScores(
      images.map(({ id: imageId }, place) => ({ imageId, text: `bird ${place}`, score })),
      'now',
    )
  })
  store.close()
  const { client } = await openBench({ workspaceFile: file })
  const { annotations } = await client.call('annotations.list', {})
  expect(annotations).toMatchObject([{ images: IMAGES, done: IMAGES, openRound: 3 }])
  const { places, total } = await client.call('annotations.places', {
    ...{ annotationId, show: 'all' as const, limit: 500, after: 499 },
  })
  expect([places.length, total, places[0]?.place]).toEqual([500, IMAGES, 500])
  const { rounds, outlook } = await client.call('annotations.figures', { annotationId })
  expect(rounds.map(({ images }) => images)).toEqual([IMAGES, IMAGES, IMAGES])
  // "2." became "3.": one letter, one word.
  expect(rounds[2]).toMatchObject({ editedChars: { value: 1 }, editedWords: { value: 1 } })
  expect(outlook).toMatch(/^Round 3 changed less than round 2/)
  const { text } = await client.call('annotations.export', {
    ...{ annotationId, what: 'altogether-json' as const },
  })
  expect((JSON.parse(text) as { data: unknown[] }).data).toHaveLength(IMAGES)
  const { output } = await collect(client.run('annotations.toCaptions', { annotationId, round: 3 }))
  expect(output.added).toBe(IMAGES)
}, 120_000)
