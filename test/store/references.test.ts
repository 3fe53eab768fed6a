/** Table 1 against what people wrote: who is measured by whom, over which images, and what the footnote says. */
import { expect, test } from 'vitest'
import type { Client } from '../../src/shared/contract.ts'
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

async function means(client: Client, references: string[]) {
  const asked = { shape: 'means', references } as const
  const { events } = await collect(client.run('publish.rows', asked))
  const names = events.flatMap((one) =>
    one.kind === 'columns' ? one.columns.map(({ name }) => name) : [],
  )
  const rows = events.flatMap((one) => (one.kind === 'rows' ? one.rows : []))
  return rows.map((row) => Object.fromEntries(names.map((name, at) => [name, row[at]])))
}

test('captions are measured by what people wrote of the same image, people by nothing', async () => {
  const { client } = await bench()
  const rows = await means(client, ['people'])
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
