/** Statistics of the captions of a workspace: data with a row a caption say of each what the table says of all. */
import { expect, test } from 'vitest'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'
import { publishedRows } from '../support/published-rows.ts'

/** Three images under two alt-texts, two of them with one of their own. */
async function bench() {
  const { client } = await openBench()
  const ids = await addPictures(client, ['one', 'two', 'three'])
  for (const imageId of ids.slice(0, 2))
    await client.call('images.setAltText', {
      imageId,
      altKind: 'own',
      text: 'my dog in Rome, 1999',
    })
  await collect(client.run('comparisons.run', comparing(ids, ['', 'a dog in Oslo'])))
  return client
}

test('rows of captions have the means and shares of the table', async () => {
  const client = await bench()
  const [table, captions] = [
    await publishedRows(client, { shape: 'statistics' }),
    await publishedRows(client, { shape: 'long' }),
  ]
  expect(table.map(({ alt_kind, captions: n }) => [alt_kind, n])).toEqual([
    ['own', 2],
    ['empty', 3],
    ['free', 3],
  ])
  for (const kind of ['empty', 'free']) {
    const row = table.find((one) => one['alt_kind'] === kind)!
    const ours = captions.filter((one) => one['alt_kind'] === kind)
    const sum = (name: string) => ours.reduce((all, one) => all + Number(one[name] ?? 0), 0)
    for (const name of ['n_words', 'n_tokens', 'n_sentences'])
      expect([name, row[name]]).toEqual([name, sum(name) / ours.length])
    expect(row['entities_kept_of']).toBe(sum('alt_entities'))
    expect(row['entities_kept']).toBe(sum('alt_entities_kept') / sum('alt_entities'))
  }
  // Of captions that were given nothing: Rome and 1999 of the two images that have an alt-text of their own.
  expect(captions.filter((one) => one['alt_kind'] === 'empty')).toMatchObject([
    { image: 'one', alt_entities: 2, copied_whole: null },
    { image: 'three', alt_entities: null },
    { image: 'two', alt_entities: 2 },
  ])
  expect(captions.find((one) => one['alt_kind'] === 'free')).toMatchObject({ alt_entities: 1 })
})

test('a document of them can be traced, and its preview offers the rows that differences can be to', async () => {
  const client = await bench()
  const base = { kind: 'row', captionerId: 'fake-captioner', altKind: 'free' } as const
  const { text } = await client.call('publish.document', {
    ...{ table: 'statistics', format: 'html', base },
  })
  expect(text).toContain('in round brackets the difference to Fake captioner (free)')
  expect(text).toMatch(/name="realign-trace"/)
  const preview = await client.call('publish.preview', { table: 'statistics' })
  expect(preview).toMatchObject({ shownImages: 3, cells: 6, unscoredAltTexts: 0 })
  expect(preview.rows).toEqual([
    { captionerId: 'fake-captioner', altKind: 'empty' },
    { captionerId: 'fake-captioner', altKind: 'free' },
  ])
})

test('where no image has an alt-text, differences cannot be to it', async () => {
  const { client } = await openBench()
  const ids = await addPictures(client, ['one'])
  await collect(client.run('comparisons.run', comparing(ids, [''])))
  await expect(
    publishedRows(client, { shape: 'growth', base: { kind: 'alt-text' } }),
  ).rejects.toMatchObject({ code: 'not-found' })
})
