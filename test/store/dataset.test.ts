/** The dataset view's questions to a real store: filters, sorting, pairs of runs, runs themselves. */
import { describe, expect, test } from 'vitest'
import { disagreements } from '../../src/core/dataset/list-dataset.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import { ALT_KINDS } from '../../src/shared/types.ts'
import { readLocated } from '../../src/files/located-yaml.ts'
import { addPictures, collect, openBench } from '../support/builders.ts'

const CLASSES = ['great gray owl, Strix nebulosa', 'blue jay', 'standard poodle', 'queen conch']
const PACK = {
  name: 'small',
  version: 1,
  kinds: ['empty', 'class-name', 'far'],
  settings: { temperature: 0.2 },
}

async function probed() {
  const { client } = await openBench({ host: { readLocated } })
  const imageIds = await addPictures(client, ['a', 'b', 'c', 'd'])
  for (const [i, imageId] of imageIds.entries())
    await client.call('images.setAltText', {
      imageId,
      altKind: 'class-name',
      text: CLASSES[i] ?? '',
    })
  const { output } = await collect(client.run('probes.run', { pack: PACK, imageIds }))
  return { client, imageIds, runId: output.runId }
}

async function table(client: Client, query: Input<'dataset.list'>) {
  const list = await client.call('dataset.list', query)
  if (list.cellIds.length === 0) return { list, rows: [] }
  const places = list.cellIds.map((cellId, index) => ({
    cellId,
    altKind: ALT_KINDS[list.kinds[index] ?? 0] ?? 'free',
    other: list.others[index] ?? null,
  }))
  const { rows } = await client.call('dataset.rows', { places })
  return { list, rows }
}

describe('a run', () => {
  test('is listed with what was asked and how far it came', async () => {
    const { client, runId, imageIds } = await probed()
    const { runs } = await client.call('runs.list', {})
    expect(runs).toMatchObject([
      { id: runId, kind: 'probes', pack: 'small', status: 'done', images: 4, cells: 12, failed: 0 },
    ])
    const asked = await client.call('runs.request', { runId })
    expect(asked).toMatchObject({
      imageIds,
      pack: { name: 'small', kinds: [{ kind: 'empty' }, {}, {}] },
    })
    const again = await collect(client.run('probes.run', { pack: asked.pack, imageIds }))
    expect(again.output).toMatchObject({ cells: 12, reused: 12 })
    await expect(client.call('runs.request', { runId: 'no' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })

  test('is read image by image, with the marks that stand', async () => {
    const { client, runId, imageIds } = await probed()
    const { list, rows } = await table(client, { runId })
    expect(list).toMatchObject({ images: 4, unmarked: 0 })
    expect(rows.map(({ imageId, altKind }) => [imageId, altKind])).toEqual(
      imageIds.flatMap((id) => PACK.kinds.map((kind) => [id, kind])),
    )
    const classNames = rows.filter(({ altKind }) => altKind === 'class-name')
    for (const { marks, caption, altText } of classNames) {
      expect(caption).toContain(altText) // the fake engine repeats its alt-text
      expect(marks?.some(({ markClass }) => markClass === 'carried')).toBe(true)
    }
  })
})

describe('the table', () => {
  test('filters by kind, marks and words, together', async () => {
    const { client, runId } = await probed()
    const far = await table(client, { runId, altKinds: ['far'] })
    expect(far.rows.map(({ altKind }) => altKind)).toEqual(['far', 'far', 'far', 'far'])
    const none = await table(client, { runId, carried: 'none' })
    expect(none.rows.map(({ altKind }) => altKind)).toEqual(Array(4).fill('empty'))
    const jay = await table(client, { runId, words: 'blue jay', altKinds: ['class-name'] })
    expect(jay.rows.map(({ altText }) => altText)).toEqual(['blue jay'])
    const [first] = far.list.cellIds
    const one = await table(client, { runId, cellIds: [first ?? ''] })
    expect(one.list.cellIds).toEqual([first])
    expect((await table(client, { runId, words: 'zebra' })).rows).toEqual([])
  })

  test('sorts both ways; what has no value comes last', async () => {
    const { client, runId } = await probed()
    for (const descending of [false, true]) {
      const { rows } = await table(client, { runId, sort: 'score', descending })
      const scores = rows.map(({ clip }) => clip ?? NaN)
      expect(scores).toEqual([...scores].sort((a, b) => (descending ? b - a : a - b)))
      const { rows: counted } = await table(client, { runId, sort: 'carried', descending })
      const carried = counted.map(
        ({ marks }) => marks?.filter(({ markClass }) => markClass === 'carried').length ?? -1,
      )
      expect(carried).toEqual([...carried].sort((a, b) => (descending ? b - a : a - b)))
    }
    const { list } = await table(client, { runId, sort: 'lift' })
    expect(list.cellIds).toEqual((await table(client, { runId })).list.cellIds) // nothing has one yet
  })

  test("counts a person's word, not the overruled proposal", async () => {
    const { client, runId } = await probed()
    const before = await table(client, { runId, carried: 'some', altKinds: ['class-name'] })
    const row = before.rows[0]
    for (const { place, start, end } of row?.marks ?? [])
      await client.call('marks.decide', {
        ...{ cellId: row?.cellId ?? '', span: { place, start, end }, decision: 'clear' },
      })
    const after = await table(client, { runId, carried: 'some', altKinds: ['class-name'] })
    expect(after.list.cellIds).toEqual(before.list.cellIds.slice(1))
  })

  test('puts two runs side by side and finds what changed', async () => {
    const { client, runId, imageIds } = await probed()
    const pack = { ...PACK, kinds: ['empty', 'far', 'noise'], settings: { temperature: 0.9 } }
    const second = await collect(client.run('probes.run', { pack, imageIds }))
    const greedy = { ...PACK, settings: { temperature: 0.2 }, seed: 8 }
    const third = await collect(client.run('probes.run', { pack: greedy, imageIds }))
    const query = { runId: second.output.runId, against: runId }
    const all = await table(client, query)
    expect(all.rows.map(({ other }) => other !== null)).toEqual(
      imageIds.flatMap(() => [true, true, false]),
    )
    const alone = await table(client, { ...query, change: 'alone' })
    expect(alone.rows.map(({ altKind }) => altKind)).toEqual(Array(4).fill('noise'))
    const [changed, same] = await Promise.all(
      (['changed', 'same'] as const).map((change) =>
        table(client, { runId: third.output.runId, against: runId, change }),
      ),
    )
    expect(changed?.rows.length).toBeGreaterThan(0)
    for (const { caption, other } of changed?.rows ?? []) expect(other?.caption).not.toBe(caption)
    for (const { caption, other } of same?.rows ?? []) expect(other?.caption).toBe(caption)
  })

  test('shows every cell of the workspace without a run, by image name', async () => {
    const { client } = await probed()
    const { list, rows } = await table(client, {})
    expect(list.cellIds.length).toBe(12)
    expect([...new Set(rows.map(({ imageName }) => imageName))]).toEqual(['a', 'b', 'c', 'd'])
  })

  test('refuses an unknown run', async () => {
    const { client } = await openBench()
    await expect(client.call('dataset.list', { runId: 'nothing' })).rejects.toMatchObject({
      code: 'not-found',
    })
  })
})

test('score and marks disagree where a praised caption errs or a clean one scores low', () => {
  const cell = (clip: number | null, erroneous: number | null, more: object = {}) => ({
    ...{ altKind: 'empty' as const, clip, carried: 0, erroneous, ...more },
  })
  expect(
    disagreements([
      cell(10, 0),
      cell(20, 1),
      cell(30, 1),
      cell(30, 0, { altKind: 'far', carried: 1 }),
      cell(null, 1),
      cell(15, null),
    ]),
  ).toEqual([1, 0.5, 1, 1, null, null])
})

describe('listed cells asked again', () => {
  test('each image under its own alt-texts, with another seed; the old run stays beside', async () => {
    const { client, runId } = await probed()
    const { list, rows } = await table(client, { runId, altKinds: ['far'] })
    const places = rows.map(({ cellId, altKind }) => ({ cellId, altKind }))
    const again = (seed: number) =>
      collect(client.run('dataset.recaption', { places, seed, score: false }))
    const { output } = await again(99)
    expect(output).toMatchObject({ status: 'done', cells: list.cellIds.length, reused: 0 })
    const made = await table(client, { runId: output.runId, against: runId })
    const asked = (all: typeof rows) =>
      all.map(({ imageId, altKind, altText }) => [imageId, altKind, altText])
    expect(asked(made.rows)).toEqual(asked(rows))
    expect(made.rows.map(({ other }) => other?.cellId)).toEqual(list.cellIds)
    expect(made.rows.every(({ seed }) => seed === 99)).toBe(true)
    expect((await again(99)).output).toMatchObject({ reused: list.cellIds.length })
    const { runs } = await client.call('runs.list', {})
    expect(runs[0]).toMatchObject({ kind: 'comparison', images: 4 })
  })

  test('a cell that is not here is refused before anything runs', async () => {
    const { client } = await probed()
    const places = [{ cellId: 'nobody', altKind: 'far' as const }]
    await expect(collect(client.run('dataset.recaption', { places }))).rejects.toMatchObject({
      code: 'not-found',
    })
    expect((await client.call('runs.list', {})).runs).toHaveLength(1)
  })
})

describe('a pack from a file', () => {
  const check = (client: Client, text: string, imageIds: string[] = []) =>
    client.call('probes.check', { file: { name: 'my.yaml', text }, imageIds })

  test('says what it would do', async () => {
    const { client, imageIds } = await probed()
    const text = 'name: mine\nversion: 1\nkinds: [empty, far]\nsamples: 2\n'
    const checked = await check(client, text, imageIds)
    expect(checked).toMatchObject({
      ...{ name: 'mine', kinds: ['empty', 'far'], faults: [], captions: 16 },
    })
    expect(checked.rows[0]?.conditions.map(({ altKind }) => altKind)).toEqual(['empty', 'far'])
    const { output } = await collect(client.run('probes.run', { pack: checked.pack, imageIds }))
    expect(output.cells).toBe(16)
    const plain = await client.call('probes.check', { imageIds })
    expect(plain).toMatchObject({ name: 'default', captions: 24, faults: [] })
  })

  test.each([
    ['name: x\nversion: 1\nkinds:\n  - empty\n  - nonsense\n', 5, /unknown kind "nonsense"/],
    ['name: x\nversion: 1\nkinds: [empty]\nseed: -1\n', 4, /./],
    ['name: x\nversion: 1\nkinds: [empty\n', 4, /./],
    ['name: x\nversion: 1\nkinds: [empty]\ntaxonomy: tree.yaml\n', 4, /file of its own/],
  ])('names the line of its fault: %j', async (text, line, words) => {
    const { client } = await openBench({ host: { readLocated } })
    const { pack, faults } = await check(client, text)
    expect(pack).toBeNull()
    expect(faults[0]).toMatchObject({ line, message: expect.stringMatching(words) as unknown })
  })

  test('its taxonomy lies in a file of its own: asked for by name, joined, its faults on its own lines', async () => {
    const { client } = await openBench({ host: { readLocated } })
    const [owl = ''] = await addPictures(client, ['owl'])
    await client.call('images.setAltText', {
      imageId: owl,
      altKind: 'class-name',
      text: 'barn owl',
    })
    const file = {
      name: 'my.yaml',
      text: 'name: x\nversion: 1\nkinds: [class-name, hypernym]\ntaxonomy: ../lists/tree.yaml\n',
    }
    const first = await client.call('probes.check', { file, imageIds: [owl] })
    expect(first).toMatchObject({ pack: null, needs: 'tree.yaml', faults: [{ line: 4 }] })
    const given = (text: string) =>
      client.call('probes.check', { file, taxonomy: { name: 'tree.yaml', text }, imageIds: [owl] })
    const whole = await given('parents:\n  barn owl: owl\n  owl: bird\n')
    expect(whole).toMatchObject({ faults: [], needs: null, captions: 2 })
    expect(whole.rows[0]?.conditions[1]).toEqual({ altKind: 'hypernym', text: 'an owl' })
    const { output } = await collect(
      client.run('probes.run', { pack: whole.pack, imageIds: [owl], score: false }),
    )
    expect(output.cells).toBe(2)
    const circle = await given('parents:\n  barn owl: owl\n  owl: barn owl\n')
    expect(circle.pack).toBeNull()
    expect(circle.faults[0]).toMatchObject({
      line: 2,
      message: expect.stringMatching(/^tree.yaml: /),
    })
    const broken = await given('parents: [\n')
    expect(broken.faults[0]?.message).toMatch(/^tree.yaml: /)
  })

  test('refuses images that lack what a kind needs, on the line of the kind', async () => {
    const { client } = await openBench({ host: { readLocated } })
    const imageIds = await addPictures(client, ['nameless'])
    const text = 'name: x\nversion: 1\nkinds:\n  - empty\n  - far\n'
    const { pack, faults } = await check(client, text, imageIds)
    expect(pack).toBeNull()
    expect(faults).toMatchObject([{ line: 5 }])
    const skipped = await check(client, `${text}missing: skip\n`, imageIds)
    expect(skipped).toMatchObject({ faults: [], skipped: [{ line: 5 }], captions: 1 })
  })

  test('a host without a reader understands JSON', async () => {
    const { client } = await openBench()
    const json = JSON.stringify({ name: 'j', version: 1, kinds: ['empty'] })
    expect(await check(client, json)).toMatchObject({ name: 'j', faults: [] })
    expect((await check(client, 'name: x')).faults).toMatchObject([{ line: null }])
  })
})
