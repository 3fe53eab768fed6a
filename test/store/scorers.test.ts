/** Which scorer's scores a workspace shows, and giving what is there the scores of another. */
import { expect, test } from 'vitest'
import type { Client } from '../../src/shared/contract.ts'
import type { Cell } from '../../src/shared/types.ts'
import { addPictures, collect, comparing, openBench, type TestBench } from '../support/builders.ts'
import { createFakeEngine, FAKE_CAPTIONER, FAKE_SCORER, SENTINELS } from '../support/fake-engine.ts'

const OTHER = {
  ...FAKE_SCORER,
  id: 'other-scorer',
  bundleSha256: 'c'.repeat(64),
  encoderSha256: 'd'.repeat(64),
}
const BROKEN = { ...OTHER, id: 'broken', state: 'refused', problem: 'changed' } as const
const bundles = [FAKE_CAPTIONER, FAKE_SCORER, OTHER, BROKEN]

const scoresOf = async ({ client }: TestBench, imageId: string): Promise<readonly string[]> => {
  const { cells } = await client.call('cells.list', { imageId })
  return cells.map(({ score }: Cell) => score?.scorerId ?? 'none')
}

const use = ({ client }: TestBench, bundleId: string) =>
  client.call('models.useScorer', { bundleId })
const scoreAll = async ({ client }: TestBench) =>
  (await collect(client.run('models.scoreAll', {}))).output

test('before one is chosen the first scorer scores; afterwards the chosen one', async () => {
  const bench = await openBench({ fake: { bundles } })
  const [image = ''] = await addPictures(bench.client, ['a.png'])
  await collect(bench.client.run('comparisons.run', comparing([image], [''], { score: true })))
  expect(await scoresOf(bench, image)).toEqual(['fake-scorer'])
  await use(bench, OTHER.id)
  expect(await bench.client.call('app.status', {})).toMatchObject({ defaultScorer: OTHER.id })
  await collect(bench.client.run('comparisons.run', comparing([image], ['owl'], { score: true })))
  expect(await scoresOf(bench, image)).toEqual(['fake-scorer', 'other-scorer'])
})

test('what is there is scored once by the chosen scorer, and the way back needs no scoring', async () => {
  const bench = await openBench({ fake: { bundles } })
  const images = await addPictures(bench.client, ['a.png', 'b.png'])
  await collect(
    bench.client.run('comparisons.run', comparing(images, ['', 'owl'], { score: true })),
  )
  await use(bench, OTHER.id)
  const { events, output } = await collect(bench.client.run('models.scoreAll', {}))
  expect(output).toEqual({ scorerId: OTHER.id, scored: 4, failed: 0, problem: null })
  expect(events.at(-1)).toEqual({ kind: 'progress', done: 4, total: 4 })
  for (const image of images)
    expect(await scoresOf(bench, image)).toEqual(['other-scorer', 'other-scorer'])
  expect(await scoreAll(bench)).toMatchObject({ scored: 0, failed: 0 })
  await use(bench, FAKE_SCORER.id)
  for (const image of images)
    expect(await scoresOf(bench, image)).toEqual(['fake-scorer', 'fake-scorer'])
  expect(await scoreAll(bench)).toMatchObject({ scored: 0, failed: 0 })
})

test('a list of the dataset sorts by the scores that are shown', async () => {
  const bench = await openBench({ fake: { bundles } })
  const [image = ''] = await addPictures(bench.client, ['a.png'])
  await collect(
    bench.client.run('comparisons.run', comparing([image], ['', 'owl'], { score: true })),
  )
  await use(bench, OTHER.id)
  await scoreAll(bench)
  await use(bench, FAKE_SCORER.id)
  const { cellIds } = await bench.client.call('dataset.list', { sort: 'score' })
  const places = cellIds.map((cellId) => ({ cellId, altKind: 'free' as const, other: null }))
  const { rows } = await bench.client.call('dataset.rows', { places })
  expect(rows.map((row) => row.scorerId)).toEqual(['fake-scorer', 'fake-scorer'])
})

test('whether a score comes through the encoder of the captioner is told scorer by scorer', async () => {
  const bench = await openBench({ fake: { bundles } })
  const [image = ''] = await addPictures(bench.client, ['a.png'])
  await collect(bench.client.run('comparisons.run', comparing([image], [''], { score: true })))
  const shared = async () =>
    (await bench.client.call('cells.list', { imageId: image })).cells[0]?.score?.sharesEncoder
  expect(await shared()).toBe(true)
  await use(bench, OTHER.id)
  await scoreAll(bench)
  expect(await shared()).toBe(false)
})

test('a caption that cannot be scored costs its own score and is counted', async () => {
  const bench = await openBench({ fake: { bundles } })
  const images = await addPictures(bench.client, ['a.png', 'b.png'])
  const [bad = '', good = ''] = images
  await collect(bench.client.run('comparisons.run', comparing([bad], [SENTINELS.unscorable])))
  await collect(bench.client.run('comparisons.run', comparing([good], ['owl'])))
  const output = await scoreAll(bench)
  expect(output).toMatchObject({ scored: 1, failed: 1 })
  expect(output.problem).not.toBeNull()
  expect(await scoresOf(bench, good)).toEqual(['fake-scorer'])
})

test('no scorer that is refused, missing or none can be chosen', async () => {
  const bench = await openBench({ fake: { bundles } })
  await expect(use(bench, 'broken')).rejects.toMatchObject({ code: 'model-mismatch' })
  await expect(use(bench, 'nobody')).rejects.toMatchObject({ code: 'model-missing' })
  await expect(use(bench, FAKE_CAPTIONER.id)).rejects.toMatchObject({ code: 'bad-input' })
  expect(await bench.client.call('app.status', {})).toMatchObject({ defaultScorer: 'fake-scorer' })
})

test('only a folder that the host gave out can be added', async () => {
  const adopted: string[] = []
  const engine = {
    ...createFakeEngine({ bundles }),
    async *adopt(folder: string) {
      adopted.push(folder)
      yield { phase: 'copying', fraction: 1 }
      return OTHER.id
    },
  }
  const resolveHandle = (handle: string) => (handle === 'given' ? '/chosen' : undefined)
  const add = (client: Client, handle?: string) =>
    collect(client.run('models.add', handle === undefined ? {} : { handle }))

  const page = await openBench({ engine, host: { resolveHandle } })
  await expect(add(page.client, '/etc')).rejects.toMatchObject({ code: 'forbidden' })
  await expect(add(page.client)).rejects.toMatchObject({ code: 'unavailable' })
  expect((await add(page.client, 'given')).output.bundle?.id).toBe(OTHER.id)

  const pickImages = async () => ['given']
  const desktop = await openBench({ engine, host: { resolveHandle, pickImages } })
  expect((await add(desktop.client)).output.bundle?.id).toBe(OTHER.id)
  const closed = await openBench({ engine, host: { resolveHandle, pickImages: async () => [] } })
  expect((await add(closed.client)).output.bundle).toBeNull()
  expect(adopted).toEqual(['/chosen', '/chosen'])
})
