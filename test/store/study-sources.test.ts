/** What there is to compare, before a study is planned. */
import { expect, test } from 'vitest'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'

test('what there is to compare: every image once, however often it was captioned; no branches', async () => {
  const { client } = await openBench()
  const imageIds = await addPictures(client, ['one', 'two', 'three'])
  const [one = '', two = ''] = imageIds
  const run = (ids: readonly string[], texts: readonly string[], seed: number) =>
    collect(client.run('comparisons.run', comparing(ids, texts, { seed })))
  await run([one, two], [''], 1)
  await run([one], ['', 'a teapot'], 2)
  const { cells } = await client.call('cells.list', { imageId: one })
  const parent = cells[0]?.id ?? ''
  await collect(client.run('cells.branch', { cellId: parent, token: 1, tokenId: 9 }))
  const sources = async (asked: object) =>
    (await client.call('studies.sources', asked)).sources.map(({ altKind, images }) => [
      altKind,
      images,
    ])
  expect(await sources({})).toEqual([
    ['empty', 2],
    ['free', 1],
  ])
  expect(await sources({ imageIds: imageIds.slice(1) })).toEqual([['empty', 1]])
})
