/** Captions that a table brings stand in the workspace beside our own, and never pretend to be ours. */
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/files/tables/read-table.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import {
  addPictures,
  collect,
  comparing,
  openBench,
  temporaryFolder,
  type TestBench,
} from '../support/builders.ts'
import { FAKE_CAPTIONER, FAKE_SCORER, SENTINELS } from '../support/fake-engine.ts'

const host = { readTable }
const csv = (text: string, more: Partial<Input<'tables.apply'>> = {}): Input<'tables.apply'> => ({
  ...{ name: 'set/captions.csv', bytes: new TextEncoder().encode(text) },
  ...more,
})
const TABLE = csv(
  'image,model,alt_text,caption\nowl.jpg,GPT-4o,,A snowy owl.\nowl.jpg,GPT-4o,a teapot,"An owl, no teapot."\ncat.jpg,GPT-4o,,A cat.\nowl.jpg,fake-captioner,,An owl of mine.\n',
)

const apply = async (client: Client, table = TABLE) =>
  (await collect(client.run('tables.apply', table))).output
const cellsOf = async (client: Client, imageId: string) =>
  (await client.call('cells.list', { imageId })).cells

async function withTable(table = TABLE) {
  const bench = await openBench({ host })
  const [owl = '', cat = ''] = await addPictures(bench.client, ['owl.jpg', 'cat.jpg'])
  const output = await apply(bench.client, table)
  return { ...bench, owl, cat, output, cells: await cellsOf(bench.client, owl) }
}

describe('a table of captions', () => {
  test('becomes cells of a run that says which file it was, with scores that share no encoder', async () => {
    const { client, output, cells } = await withTable()
    expect(output.captions).toEqual({
      ...{ runId: expect.any(String), added: 4, there: 0, scored: 4, unscored: 0, problem: null },
      writers: ['GPT-4o', 'fake-captioner'],
    })
    expect(cells).toMatchObject([
      { captionerId: 'elsewhere:GPT-4o', altKind: 'empty', caption: 'A snowy owl.' },
      { captionerId: 'elsewhere:GPT-4o', altKind: 'free', altText: 'a teapot' },
      { captionerId: 'elsewhere:fake-captioner', altKind: 'empty' },
    ])
    for (const { tokenCount, logProb, score, provenance } of cells) {
      expect([tokenCount, logProb]).toEqual([null, null])
      expect(score).toMatchObject({ scorerId: FAKE_SCORER.id, sharesEncoder: false })
      expect(provenance.elsewhere).toMatchObject({
        ...{ file: 'captions.csv', fileSha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      })
    }
    expect(cells.map(({ provenance }) => provenance.elsewhere?.line)).toEqual([2, 3, 5])
    const { runs } = await client.call('runs.list', {})
    expect(runs).toMatchObject([
      { kind: 'table', file: 'captions.csv', status: 'done', images: 2, cells: 4, failed: 0 },
    ])
  })

  test('says how far it is, over words, captions and scores, and never goes back', async () => {
    const { client } = await openBench({ host })
    await addPictures(client, ['owl.jpg', 'cat.jpg'])
    const table = csv('image,class,model,caption\nowl.jpg,owl,m,a\ncat.jpg,cat,m,b\n')
    const { events } = await collect(client.run('tables.apply', table))
    expect(events.map(({ what, done, total }) => [what, done, total])).toEqual([
      ['words', 2, 2],
      ['captions', 2, 2],
      ['scores', 1, 2],
      ['scores', 2, 2],
    ])
    const fractions = events.map(({ fraction }) => fraction)
    expect(fractions).toEqual(fractions.toSorted((a, b) => a - b))
    expect(fractions.at(-1)).toBe(1)
  })

  test('a second time adds nothing, and makes no run', async () => {
    const { client, owl, cells } = await withTable()
    expect((await apply(client)).captions).toMatchObject({
      ...{ runId: null, added: 0, there: 4, scored: 0, unscored: 0 },
    })
    expect(await cellsOf(client, owl)).toEqual(cells)
    expect((await client.call('runs.list', {})).runs).toHaveLength(1)
  })

  test('another table adds what it says otherwise; what was there stays', async () => {
    const { client, owl } = await withTable()
    const later = csv('image,model,caption\nowl.jpg,GPT-4o,A tawny owl.\ncat.jpg,GPT-4o,A cat.\n')
    expect((await apply(client, later)).captions).toMatchObject({ added: 1, there: 1 })
    const captions = (await cellsOf(client, owl)).map(({ caption }) => caption)
    expect(captions).toEqual([
      'A snowy owl.',
      'An owl, no teapot.',
      'An owl of mine.',
      'A tawny owl.',
    ])
    expect((await apply(client)).captions).toMatchObject({ added: 0, there: 4 })
  })

  test('without a name for who wrote them nothing is read, with the next step', async () => {
    const { client } = await openBench({ host })
    const [owl = ''] = await addPictures(client, ['owl.jpg'])
    const table = csv('image,class,caption\nowl.jpg,owl,words\n', {
      columns: { caption: 'caption' },
    })
    expect(await client.call('tables.read', table)).toMatchObject({ captions: 1, writers: [] })
    await expect(apply(client, table)).rejects.toMatchObject({
      ...{ code: 'bad-input', message: 'Nothing says who wrote the captions of this table' },
      hint: expect.stringContaining('Name them'),
    })
    expect((await client.call('images.get', { imageId: owl })).className).toBe(null)
    const { captions } = await apply(client, { ...table, captionsBy: 'people' })
    expect(captions).toMatchObject({ added: 1, writers: ['people'] })
  })

  test('stays what it was in the file: sound, found by its words, and read back the same', async () => {
    const workspaceFile = path.join(temporaryFolder(), 'w.realign')
    const bench = await openBench({ host, workspaceFile })
    const [owl = ''] = await addPictures(bench.client, ['owl.jpg', 'cat.jpg'])
    await apply(bench.client)
    const before = await cellsOf(bench.client, owl)
    await bench.workbench.close()
    const { client } = await openBench({ host, workspaceFile })
    expect(await cellsOf(client, owl)).toEqual(before)
    expect(before.flatMap(({ provenance }) => provenance.notes)).toEqual([])
    const { cells } = await client.call('cells.search', { words: 'snowy' })
    expect(cells.map(({ id }) => id)).toEqual([before[0]?.id])
  })
})

describe('scores', () => {
  const NAMES = Array.from({ length: 6 }, (_, n) => `${n}.jpg`)
  const many = (words: (name: string) => string) =>
    csv(`image,model,caption\n${NAMES.map((name) => `${name},m,${words(name)}`).join('\n')}\n`)

  test('a cancel keeps captions and scores so far; the same table again scores the rest', async () => {
    const { client } = await openBench({ host })
    const ids = await addPictures(client, NAMES)
    const table = many((name) => `words of ${name}`)
    const abort = new AbortController()
    const run = async () => {
      const work = client.run('tables.apply', table, { signal: abort.signal })
      for await (const { what, done } of work) if (what === 'scores' && done === 2) abort.abort()
    }
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
    const scores = async () => {
      const cells = await Promise.all(ids.map((id) => cellsOf(client, id)))
      return cells.flat().map(({ score }) => score !== null)
    }
    const before = (await scores()).filter(Boolean).length
    expect(before).toBeGreaterThanOrEqual(2)
    expect(before).toBeLessThan(ids.length)
    expect((await client.call('runs.list', {})).runs).toMatchObject([{ status: 'cancelled' }])
    expect((await apply(client, table)).captions).toMatchObject({
      ...{ added: 0, scored: ids.length - before },
    })
    expect(await scores()).toEqual(ids.map(() => true))
  })

  test('a caption that cannot be scored costs its own score; a dead scorer is not asked for ever', async () => {
    const { client, engine } = await openBench({ host })
    const ids = await addPictures(client, NAMES)
    const broken = (name: string) => (name === '1.jpg' ? SENTINELS.unscorable : 'words')
    expect((await apply(client, many(broken))).captions).toMatchObject({
      ...{ added: 6, scored: 5, unscored: 1, problem: 'The scorer stopped' },
    })
    expect((await client.call('runs.list', {})).runs).toMatchObject([
      { status: 'some-failed', failed: 1 },
    ])
    const asked = engine.log.length
    const dead = await apply(
      client,
      many((name) => `${SENTINELS.unscorable} ${name}`),
    )
    expect(dead.captions).toMatchObject({ added: 6, scored: 0, unscored: 6 })
    expect(engine.log).toHaveLength(asked)
    expect(await cellsOf(client, ids[5] ?? '')).toHaveLength(2)
  })

  test('without a scorer captions are kept, and that is said', async () => {
    const { client } = await openBench({ host, fake: { bundles: [FAKE_CAPTIONER] } })
    await addPictures(client, NAMES)
    expect(
      (
        await apply(
          client,
          many(() => 'words'),
        )
      ).captions,
    ).toMatchObject({
      ...{ added: 6, scored: 0, unscored: 6, problem: 'there is no scorer' },
    })
  })
})

describe('what needs the captioner is refused, with the reason and what can be done', () => {
  const tasks: readonly [string, (bench: TestBench, cellId: string) => Promise<unknown>][] = [
    ['replay', ({ client }, cellId) => collect(client.run('cells.replay', { cellId }))],
    ['tokens', ({ client }, cellId) => client.call('cells.tokens', { cellId })],
    [
      'a branch',
      ({ client }, cellId) => collect(client.run('cells.branch', { cellId, token: 0, tokenId: 1 })),
    ],
    ['the lens', ({ client }, cellId) => collect(client.run('lens.compute', { cellId }))],
    [
      'leaving out words',
      ({ client }, cellId) => collect(client.run('lens.occludeWords', { cellId })),
    ],
    [
      'covering patches',
      ({ client }, cellId) => collect(client.run('lens.occludeImage', { cellId, grid: 4 })),
    ],
  ]
  test.each(tasks)('%s', async (_, ask) => {
    const bench = await withTable()
    await expect(ask(bench, bench.cells[2]?.id ?? '')).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('fake-captioner wrote this caption elsewhere'),
      hint: 'Caption the image here under the same alt-text, then choose that caption.',
    })
  })

  test('asking its captioner for captions', async () => {
    const { client, owl } = await withTable()
    const request = comparing([owl], [''], { captionerId: 'elsewhere:GPT-4o' })
    await expect(collect(client.run('comparisons.run', request))).rejects.toMatchObject({
      code: 'model-missing',
      message: 'GPT-4o wrote its captions elsewhere',
    })
  })
})

describe('beside our own', () => {
  test('a captioner of the same name is another one, and its captions are still asked of us', async () => {
    const { client, engine, owl } = await withTable()
    const { output } = await collect(client.run('comparisons.run', comparing([owl], [''])))
    expect([output.reused, engine.captioned()]).toEqual([0, 1])
    const cells = await cellsOf(client, owl)
    expect(new Set(cells.map(({ captionerId }) => captionerId))).toEqual(
      new Set(['elsewhere:GPT-4o', 'elsewhere:fake-captioner', 'fake-captioner']),
    )
    const { sources } = await client.call('studies.sources', {})
    expect(sources).toContainEqual({
      ...{ captionerId: 'elsewhere:GPT-4o', altKind: 'empty', images: 2 },
    })
  })

  test('marks are proposed by their words, against what the same captioner said without alt-text', async () => {
    const { client, cells } = await withTable()
    const cellIds = cells.map(({ id }) => id)
    await collect(client.run('marks.propose', { cellIds }))
    const listed = await client.call('marks.list', { cellIds })
    const carried = listed.cells[1]?.marks.find(({ markClass }) => markClass === 'carried')
    expect(carried).toMatchObject({ place: 'caption', text: 'teapot' })
    const profile = await client.call('grounding.profile', { by: 'captioner' })
    expect(profile.rows.map(({ value, cells: n }) => [value, n])).toContainEqual([
      ...['elsewhere:GPT-4o', 2],
    ])
  })

  test('what is listed can be captioned again by ours', async () => {
    const { client, cells } = await withTable()
    const places = cells.map(({ id, altKind }) => ({ cellId: id, altKind }))
    const { output } = await collect(client.run('dataset.recaption', { places }))
    expect(output).toMatchObject({ cells: 2, failed: 0 })
  })

  test('a study compares them as systems, picture by picture', async () => {
    const { client } = await withTable(
      csv(
        'image,model,caption\nowl.jpg,GPT-4o,A snowy owl.\nowl.jpg,BLIP-2,A bird.\ncat.jpg,GPT-4o,A cat.\ncat.jpg,BLIP-2,A dog.\n',
      ),
    )
    const systems = ['GPT-4o', 'BLIP-2'].map((name) => ({
      ...{ name, captionerId: `elsewhere:${name}` },
    }))
    const summary = await client.call('studies.plan', {
      ...{ name: 's', title: 't', systems, raters: ['R1'], repeatShare: 0, anchors: 0 },
      ...{ quality: { wrongImage: 0, plantedError: 0, duplicate: 0 }, dryRun: true },
    })
    expect(summary).toMatchObject({ systems: ['GPT-4o', 'BLIP-2'], items: 2 })
  })
})
