/** Table 1 against what people wrote: who is measured by whom, over which images, and what the footnote says. */
import { expect, test } from 'vitest'
import type { Client, Input } from '../../src/shared/contract.ts'
import { readTable } from '../../src/files/tables/read-table.ts'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'

async function addTable(client: Client, rows: readonly object[]): Promise<void> {
  const bytes = new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n'))
  const columns = { image: 'image', caption: 'caption', captioner: 'by' }
  await collect(client.run('tables.apply', { name: 'them.jsonl', bytes, columns }))
}

/** Three images; people wrote of the first two, twice of the first. */
async function bench() {
  const { client } = await openBench({ host: { readTable } })
  const ids = await addPictures(client, ['one', 'two', 'three'])
  await collect(client.run('comparisons.run', comparing(ids, ['', 'a dog'], { score: true })))
  const captions = new Map<string, string>()
  for (const imageId of ids)
    for (const cell of (await client.call('cells.list', { imageId })).cells)
      captions.set(`${imageId} ${cell.altText}`, cell.caption)
  await addTable(client, [
    { image: 'one', by: 'people', caption: captions.get(`${ids[0]} `) },
    { image: 'one', by: 'people', caption: 'Something else entirely, as somebody saw it.' },
    { image: 'two', by: 'people', caption: captions.get(`${ids[1]} a dog`) },
    { image: 'one', by: 'GPT-4o', caption: captions.get(`${ids[0]} `) },
    { image: 'two', by: 'GPT-4o', caption: captions.get(`${ids[1]} a dog`) },
  ])
  await client.call('images.setAltText', { imageId: ids[0]!, altKind: 'own', text: 'my dog' })
  return { client, ids }
}

async function means(
  client: Client,
  references: string[],
  more: Partial<Input<'publish.rows'>> = {},
) {
  const asked = { shape: 'means', references, ...more } as const
  const { events } = await collect(client.run('publish.rows', asked))
  const names = events.flatMap((one) =>
    one.kind === 'columns' ? one.columns.map(({ name }) => name) : [],
  )
  const rows = events.flatMap((one) => (one.kind === 'rows' ? one.rows : []))
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])))
}

test('captions are measured by what people wrote of the same image, people by nothing', async () => {
  const { client } = await bench()
  const rows = await means(client, ['people'], { base: { kind: 'baseline' } })
  const told = rows.map(({ alt_kind, model, reference_n }) => [alt_kind, model, reference_n])
  expect(told).toEqual([
    ['own', null, 1],
    ['empty', 'fake-captioner', 2],
    ['empty', 'elsewhere:people', null],
    ['empty', 'elsewhere:GPT-4o', 2],
    ['free', 'fake-captioner', 2],
  ])
  const of = (model: string, kind = 'empty') =>
    rows.find((one) => one['model'] === model && one['alt_kind'] === kind)
  // Both of its captions are word for word what somebody wrote.
  expect(of('elsewhere:GPT-4o')).toMatchObject({
    ...{ bleu1: expect.closeTo(100, 6) as number, rouge_l: 100, length_ratio: 1 },
  })
  expect(of('elsewhere:people')).toMatchObject({ bleu1: null, cider: null })
  const [empty, free] = [of('fake-captioner'), of('fake-captioner', 'free')]
  expect(empty?.['bleu1_delta']).toBeNull()
  expect(free?.['bleu1_delta']).toBeCloseTo(Number(free?.['bleu1']) - Number(empty?.['bleu1']), 9)
})

test('without references nothing is measured; by somebody who wrote nothing here it is refused', async () => {
  const { client } = await bench()
  const rows = await means(client, [])
  expect(rows.every((row) => row['bleu1'] === null && row['model'] !== null)).toBe(true)
  await expect(means(client, ['nobody'])).rejects.toMatchObject({ code: 'not-found' })
})

test('the table has the eight columns of the paper and says how they were computed', async () => {
  const { client } = await bench()
  const { text } = await client.call('publish.document', {
    ...{ table: 'table1', format: 'md', references: ['elsewhere:people'] },
  })
  const plain = text.replaceAll('\\', '')
  expect(plain).toContain(
    '| Alt-text | Captioner | CLIP | BLEU-1 | METEOR | ROUGE | CIDEr | NP F1 | NP prec. | NP recall | Words | n |',
  )
  expect(plain).toContain('| own | the alt-text itself | - |')
  expect(plain).toContain('References: captions by people, of 2 of 3 images.')
  expect(plain).toContain('CIDEr weighs words by how many images have them: over 2 it says little.')
  const { text: bare } = await client.call('publish.document', { table: 'table1', format: 'md' })
  expect(bare).not.toContain('BLEU')
})

const METRICS = ['bleu1', 'meteor', 'rouge_l', 'cider', 'np_f1', 'np_precision', 'np_recall']

/** Every image has an alt-text of its own but the third. */
async function described() {
  const { client, ids } = await bench()
  await client.call('images.setAltText', { imageId: ids[1]!, altKind: 'own', text: 'a dog runs' })
  return { client, ids }
}

type Row = Awaited<ReturnType<typeof means>>[number]
const rowOf = (rows: readonly Row[], model: string | null, kind: string): Row =>
  rows.find((one) => one['model'] === model && one['alt_kind'] === kind)!
const less = (one: Row, base: Row, name: string) => Number(one[name]) - Number(base[name])

test('with references differences are to the alt-text itself, as in the paper, unless a baseline is asked for', async () => {
  const { client } = await described()
  const rows = await means(client, ['people'])
  const [own, theirs, free] = [
    rowOf(rows, null, 'own'),
    rowOf(rows, 'elsewhere:GPT-4o', 'empty'),
    rowOf(rows, 'fake-captioner', 'free'),
  ]
  for (const name of METRICS) {
    expect(own[`${name}_delta`]).toBeNull()
    for (const one of [theirs, free])
      expect(one[`${name}_delta`]).toBeCloseTo(less(one, own, name), 9)
  }
  expect(theirs).toMatchObject({ clip_score_baseline: 'alt-text', reference_delta_n: 2 })
  const plain = await means(client, ['people'], { base: { kind: 'baseline' } })
  const empty = rowOf(plain, 'fake-captioner', 'empty')
  expect(empty).toMatchObject({ clip_score_baseline: 'empty', bleu1_delta: null })
})

test('differences are over the images that both rows have, and the footnote says where those are fewer', async () => {
  const { client } = await bench()
  const rows = await means(client, ['people'])
  expect(rowOf(rows, 'elsewhere:GPT-4o', 'empty')).toMatchObject({
    ...{ reference_n: 2, reference_delta_n: 1 },
  })
  const { text } = await client.call('publish.document', {
    ...{ table: 'table1', format: 'md', references: ['people'] },
  })
  const plain = text.replaceAll('\\', '')
  expect(plain).toContain('in brackets the difference to the alt-text itself')
  expect(plain).toContain('In brackets: difference to the alt-text itself, over the images that')
  expect(plain).toContain('GPT-4o (elsewhere) (empty) 1 of 2')
  expect(plain).toContain('of 1 of 3 images; 2 without one, left out of its means')
})

test('differences can be to any row: one captioner, its kind left out where it has one row', async () => {
  const { client } = await described()
  const base = { kind: 'row', captionerId: 'GPT-4o' } as const
  const rows = await means(client, ['people'], { base })
  const theirs = rowOf(rows, 'elsewhere:GPT-4o', 'empty')
  expect(theirs).toMatchObject({
    ...{ clip_score_baseline: 'elsewhere:GPT-4o,empty', clip_score_delta: null, cider_delta: null },
  })
  const own = rowOf(rows, null, 'own')
  for (const name of METRICS) expect(own[`${name}_delta`]).toBeCloseTo(less(own, theirs, name), 9)
})

test('a base that is not in the selection is refused, with the rows that are', async () => {
  const { client, ids } = await described()
  const refused = (base: Input<'publish.rows'>['base'], selection = {}) =>
    expect(means(client, [], { base, selection })).rejects
  await refused({ kind: 'row', captionerId: 'nobody' }).toMatchObject({
    ...{ code: 'not-found', hint: expect.stringContaining('alt-text; fake-captioner,empty') },
  })
  await refused({ kind: 'row', captionerId: 'fake-captioner' }).toMatchObject({
    ...{ code: 'bad-input', hint: 'Say which, as in fake-captioner,empty.' },
  })
  await refused({ kind: 'alt-text' }, { imageIds: [ids[2]] }).toMatchObject({
    ...{ code: 'not-found', message: 'No image of this selection has an alt-text of its own' },
  })
})

test('alt-texts are scored once by the scorer of the captions, and kept; the table itself computes nothing', async () => {
  const { client } = await described()
  const base = { kind: 'alt-text' } as const
  const before = await means(client, [], { base })
  expect(rowOf(before, null, 'own')).toMatchObject({ captions: 2, clip_score: null })
  const first = await collect(client.run('publish.scoreAltTexts', {}))
  expect(first.output).toEqual({ scored: 2, failed: 0, problem: null })
  expect(first.events.at(-1)).toEqual({ kind: 'progress', done: 2, total: 2 })
  const again = await collect(client.run('publish.scoreAltTexts', {}))
  expect(again.output).toEqual({ scored: 0, failed: 0, problem: null })
  const rows = await means(client, [], { base })
  const own = rowOf(rows, null, 'own')
  expect(own).toMatchObject({ clip_score_n: 2, clip_score_delta: null })
  const empty = rowOf(rows, 'fake-captioner', 'empty')
  expect(empty['clip_model']).toBe(own['clip_model'])
  expect(empty).toMatchObject({ clip_score_n: 3, clip_score_delta_n: 2 })
  const { text } = await client.call('publish.document', { table: 'table1', format: 'tex', base })
  expect(text).toContain('of 2 of 3 images; 1 without one')
  expect(text).toContain('Its CLIP is by the scorer of the captions')
})

test('alt-texts of captions that nobody scored are not scored', async () => {
  const { client } = await openBench()
  const [imageId = ''] = await addPictures(client, ['one'])
  await client.call('images.setAltText', { imageId, altKind: 'own', text: 'my dog' })
  await collect(client.run('comparisons.run', comparing([imageId], [''])))
  await expect(collect(client.run('publish.scoreAltTexts', {}))).rejects.toMatchObject({
    ...{ code: 'not-found', hint: expect.stringContaining('Score captions first') },
  })
})

test('data with a row a caption measure each; their mean is the figure of the table, but for BLEU', async () => {
  const { client } = await described()
  const table = await means(client, ['people'])
  const cells = await means(client, ['people'], { shape: 'long' })
  for (const [model, kind] of [
    ['elsewhere:GPT-4o', 'empty'],
    ['fake-captioner', 'empty'],
    ['fake-captioner', 'free'],
  ] as const) {
    const ours = cells.filter((one) => one['model'] === model && one['alt_kind'] === kind)
    for (const name of METRICS.filter((one) => one !== 'bleu1')) {
      const known = ours.flatMap((one) => (one[name] === null ? [] : [Number(one[name])]))
      const mean = known.reduce((sum, one) => sum + one, 0) / known.length
      expect(mean).toBeCloseTo(Number(rowOf(table, model, kind)[name]), 9)
    }
  }
  expect(cells.filter((one) => one['model'] === 'elsewhere:people')).toSatisfy((rows: Row[]) =>
    rows.every((one) => one['cider'] === null),
  )
  const bare = await means(client, [], { shape: 'long' })
  expect(bare[0]).not.toHaveProperty('cider')
  await expect(means(client, ['people'], { shape: 'wide' })).rejects.toMatchObject({
    code: 'bad-input',
  })
})
