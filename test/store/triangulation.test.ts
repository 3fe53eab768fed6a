/** The triangulation over a real workspace file: what is measured, whose judgements are told, and what stays blind. */
import { expect, test } from 'vitest'
import type { Client, Input } from '../../src/shared/contract.ts'
import { readTable } from '../../src/files/tables/read-table.ts'
import { addPictures, collect, comparing, openBench, seededRandom } from '../support/builders.ts'
import { captionOf, planStudy, rate, SYSTEMS } from '../support/studies.ts'

const IMAGES = 12

async function triangulate(client: Client, input: Input<'triangulation.run'> = {}) {
  const { events, output } = await collect(client.run('triangulation.run', input))
  const captions = events.flatMap((one) => (one.kind === 'captions' ? one.captions : []))
  const fractions = events.flatMap((one) => (one.kind === 'progress' ? one.fraction : []))
  return { ...output, list: captions, fractions }
}

async function addTable(client: Client, rows: readonly object[]): Promise<void> {
  const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'))
  const columns = { image: 'image', caption: 'caption', captioner: 'by' }
  await collect(client.run('tables.apply', { name: 'them.jsonl', bytes, columns }))
}

/** Captions of three systems, kept as cells, and a study that shows the same words. */
async function judgedBench() {
  const bench = await openBench({ host: { readTable } })
  const { client } = bench
  const studyId = await planStudy(client, IMAGES)
  const rows = Array.from({ length: IMAGES }, (_, i) => `CANARY-file-${i}.png`).flatMap((image) =>
    SYSTEMS.map((by, system) => ({ image, by, caption: `  ${captionOf(image, system)} ` })),
  )
  await addTable(client, rows)
  return { bench, client, studyId }
}

const unblindedAt = async (client: Client, studyId: string) =>
  (await client.call('studies.get', { studyId })).progress.unblinded

test('a blind study tells its name alone, and triangulating does not unblind it', async () => {
  const { bench, client, studyId } = await judgedBench()
  const unjudged = await triangulate(client)
  expect(unjudged).toMatchObject({ captions: 3 * IMAGES, images: IMAGES, studies: [] })
  expect(unjudged.blind).toEqual(['CANARY-study'])
  await rate(bench, studyId, 0)
  await rate(bench, studyId, 1)
  const blind = await triangulate(client)
  // Whatever people said changes nothing of what is told.
  expect(JSON.stringify(blind)).toBe(JSON.stringify(unjudged))
  await expect(triangulate(client, { people: { studyId } })).rejects.toMatchObject({
    code: 'bad-input',
    message: 'CANARY-study is still blind',
  })
  expect(await unblindedAt(client, studyId)).toEqual([])

  // Its report was asked for: that is logged, and from then on it may be seen.
  const { report } = await client.call('studies.report', { studyId, resamples: 200 })
  const after = await triangulate(client)
  expect(after.blind).toEqual([])
  expect(after.studies).toMatchObject([{ studyId, name: 'CANARY-study' }])
  expect(after.measures).toContainEqual({ measure: 'people', captions: 3 * IMAGES })
  expect((await unblindedAt(client, studyId)).length).toBe(1)

  const [first] = report.criteria
  const people = { studyId, criterion: first?.id ?? '' }
  const one = await triangulate(client, { people, by: ['words', 'people'] })
  expect(one.by).toEqual(['words', 'people'])
  expect(one.agreements.find(({ a, b }) => a === 'people' && b === 'words')).toMatchObject({
    ...{ pairs: 3 * IMAGES, images: IMAGES },
  })
  expect(one.list.length).toBe(one.disagreeing.up + one.disagreeing.down)
  await expect(triangulate(client, { people: { studyId, criterion: 'x' } })).rejects.toThrow(
    'asks no question x',
  )
})

test('judgements of a rater who withdrew count no more', async () => {
  const { bench, client, studyId } = await judgedBench()
  await rate(bench, studyId, 0, 3)
  await rate(bench, studyId, 1)
  await client.call('studies.report', { studyId, resamples: 200 })
  const judged = async () =>
    (await triangulate(client)).measures.find(({ measure }) => measure === 'people')?.captions ?? 0
  expect(await judged()).toBe(3 * IMAGES)
  await client.call('studies.withdraw', { studyId, rater: 1, note: '' })
  expect(await judged()).toBeLessThan(3 * IMAGES)
})

test('scores, references, marks and length stand on one list; another pair is answered from what was read', async () => {
  const { client } = await openBench({ host: { readTable } })
  const ids = await addPictures(client, ['one', 'two', 'three'])
  await collect(
    client.run('comparisons.run', comparing(ids, ['', 'a dog', 'a cat'], { score: true })),
  )
  await addTable(
    client,
    ids.slice(0, 2).map((image) => ({ image, caption: 'A drawing of a dog.', by: 'people' })),
  )
  const first = await triangulate(client, { references: ['people'] })
  expect(first.captions).toBe(11)
  expect(first.images).toBe(3)
  const counts = new Map(first.measures.map(({ measure, captions }) => [measure, captions]))
  // People's own captions are measured by nothing; nobody wrote of the third image.
  expect(counts.get('cider')).toBe(6)
  expect(counts.get('words')).toBe(11)
  expect(first.agreements.every(({ tau, unknown }) => tau === null && unknown !== null)).toBe(true)
  expect(first.fractions).toEqual(first.fractions.toSorted((a, b) => a - b))

  const run = (await client.call('runs.list', {})).runs.find(({ kind }) => kind === 'comparison')
  const ofRun = await triangulate(client, { runId: run?.id ?? '', by: ['clip', 'words'] })
  expect(ofRun.captions).toBe(9)
  for (const { disagreement, measures } of ofRun.list) {
    expect(disagreement).not.toBe(0)
    expect(measures.map(({ measure }) => measure)).toContain('clip')
  }
  const { up, down } = ofRun.disagreeing
  expect(ofRun.list.length).toBe(up + down)
  const weights = ofRun.list.map(({ disagreement }) => Math.abs(disagreement))
  expect(weights).toEqual(weights.toSorted((a, b) => b - a))
  const asked = { runId: run?.id ?? '', by: ['clip', 'words'] as const, direction: 'down' as const }
  const lower = await triangulate(client, { ...asked, by: ['clip', 'words'], limit: 1 })
  expect(lower.list.length).toBe(Math.min(1, down))
  // Nothing was written since: nothing is read again.
  expect(lower.fractions).toEqual([])
  await client.call('images.setAltText', {
    imageId: ids[0] ?? '',
    altKind: 'own',
    text: 'new',
  })
  expect((await triangulate(client, { ...asked, by: ['clip', 'words'] })).fractions).not.toEqual([])
})

test('marks count as they stand: a person’s own, and no more when it is taken back', async () => {
  const { client } = await openBench({ host: { readTable } })
  const [image = ''] = await addPictures(client, ['one'])
  await addTable(client, [
    { image, caption: 'A long drawing of a dog.', by: 'them' },
    { image, caption: 'A dog.', by: 'others' },
  ])
  const { cells } = await client.call('cells.list', { imageId: image })
  const [long = '', short = ''] = cells.map(({ id }) => id)
  const span = { place: 'caption', start: 0, end: 6 } as const
  const say = (cellId: string, decision: 'erroneous' | 'clear') =>
    client.call('marks.decide', { cellId, span, decision })
  const list = async () => (await triangulate(client, { by: ['erroneous', 'words'] })).list
  expect(await list()).toEqual([])
  await say(long, 'erroneous')
  await say(short, 'clear')
  expect(await list()).toMatchObject([
    {
      cellId: long,
      disagreement: expect.closeTo(-Math.SQRT2) as number,
      measures: [
        { measure: 'clip' },
        { measure: 'erroneous', value: 1, place: 2, of: 2 },
        { measure: 'carried', value: 0, place: 1, of: 2, sharing: 2 },
        { measure: 'rejected', value: 0 },
        { measure: 'words', value: 6, place: 1, of: 2 },
      ],
    },
    { cellId: short, disagreement: expect.closeTo(Math.SQRT2) as number },
  ])
  await say(long, 'clear')
  expect(await list()).toEqual([])
})

test('a run that is not there, and nothing to compare, are told', async () => {
  const { client } = await openBench()
  await expect(triangulate(client, { runId: 'nothing' })).rejects.toMatchObject({
    code: 'not-found',
  })
  expect(await triangulate(client)).toMatchObject({
    ...{ captions: 0, images: 0, measures: [], agreements: [], list: [] },
  })
})

test('in random workspaces the captions of a run are those that its cells have', async () => {
  const { client } = await openBench()
  const ids = await addPictures(client, ['one', 'two', 'three', 'four'])
  const random = seededRandom(5)
  for (let n = 0; n < 4; n++)
    await collect(
      client.run(
        'comparisons.run',
        comparing(
          ids.filter(() => random() < 0.7),
          ['', 'a dog', '', `thing ${n % 2}`],
        ),
      ),
    )
  for (const { id } of (await client.call('runs.list', {})).runs) {
    const { cellIds } = await client.call('dataset.list', { runId: id })
    expect((await triangulate(client, { runId: id })).captions).toBe(new Set(cellIds).size)
  }
})
