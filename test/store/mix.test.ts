/** Mixes of alt-texts and captions of a workspace: tables, texts as data, and what is said where something is missing. */
import { expect, test } from 'vitest'
import type { Input } from '../../src/shared/contract.ts'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'
import { publishedRows } from '../support/published-rows.ts'

const NAMES = ['one', 'two', 'three', 'four', 'five']

/** Five images captioned under two alt-texts; the last has no alt-text of its own. */
async function bench({ altTextsScored = true } = {}) {
  const { client } = await openBench()
  const ids = await addPictures(client, NAMES)
  for (const [at, imageId] of ids.slice(0, 4).entries())
    await client.call('images.setAltText', {
      ...{ imageId, altKind: 'own', text: `my dog, number ${at}` },
    })
  await collect(
    client.run('comparisons.run', comparing(ids, ['', 'a dog in Oslo'], { score: true })),
  )
  if (altTextsScored) await collect(client.run('publish.scoreAltTexts', {}))
  return client
}

test('texts of a strategy are those that the table counts, in the order of the images', async () => {
  const client = await bench()
  const table = await publishedRows(client, { shape: 'mix', mix: { top: 40 } })
  expect(table).toHaveLength(11)
  for (const row of table) {
    const strategy = row['strategy'] as 'share'
    const texts = await publishedRows(client, { shape: 'texts', mix: { top: 40, strategy } })
    const from = (source: string) => texts.filter((one) => one['source'] === source).length
    expect([strategy, texts.length]).toEqual([strategy, row['texts']])
    expect([from('alt-text'), from('caption'), from('joined')]).toEqual([
      ...[row['alt_texts'], row['captions'], row['joined']],
    ])
    const clips = texts.flatMap((one) =>
      typeof one['clip_score'] === 'number' ? [one['clip_score']] : [],
    )
    expect(row['clip_score_n']).toBe(clips.length)
    if (clips.length > 0)
      expect(row['clip_score']).toBeCloseTo(
        clips.reduce((sum, one) => sum + one, 0) / clips.length,
        10,
      )
    for (const one of texts) {
      const whole = [one['alt_text'], one['caption']].join(' ')
      const said = { 'alt-text': one['alt_text'], caption: one['caption'], joined: whole }
      expect(one['text']).toBe(said[one['source'] as 'caption'])
    }
  }
  const all = await publishedRows(client, { shape: 'texts', mix: { strategy: 'share', share: 1 } })
  expect(all.map(({ image, source }) => [image, source])).toEqual(
    NAMES.toSorted().map((name) => [name, 'caption']),
  )
})

test('captions are by whom most images have, or by whom one says', async () => {
  const client = await bench()
  const kinds = async (mix: Input<'publish.rows'>['mix']) => [
    ...new Set(
      (await publishedRows(client, { shape: 'texts', mix: { ...mix, strategy: 'caption' } })).map(
        (row) => row['alt_kind'],
      ),
    ),
  ]
  expect(await kinds({})).toEqual(['empty'])
  const captions = { captionerId: 'fake-captioner', altKind: 'free' } as const
  expect(await kinds({ captions })).toEqual(['free'])
  await expect(kinds({ captions: { captionerId: 'nobody' } })).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('fake-captioner,empty') as string,
  })
  const { rows } = await client.call('publish.preview', { table: 'mix' })
  expect(rows.map(({ altKind }) => altKind)).toEqual(['empty', 'free'])
})

test('strategies that choose by a score which is missing stand empty, and give no texts', async () => {
  const client = await bench({ altTextsScored: false })
  const table = await publishedRows(client, { shape: 'mix' })
  const of = (strategy: string) => table.find((row) => row['strategy'] === strategy)
  expect(of('share')).toMatchObject({ texts: 5, clip_score_n: expect.any(Number) as number })
  expect(of('top-alt-text')).toMatchObject({ texts: null, clip_score: null })
  expect(of('top-caption')?.['texts']).toBe(2)
  await expect(
    publishedRows(client, { shape: 'texts', mix: { strategy: 'top-alt-text' } }),
  ).rejects.toMatchObject({
    code: 'bad-input',
    message: '4 alt-texts have no CLIP score, which the strategy top-alt-text chooses by',
  })
  const preview = await client.call('publish.preview', { table: 'mix', as: 'md' })
  expect(preview.unscoredAltTexts).toBe(4)
  expect(preview.text).toContain('4 alt\\-texts or 0 captions have no score')
})

test('a document of it names the captions that were mixed alone, and can be traced', async () => {
  const client = await bench()
  const { text } = await client.call('publish.document', { table: 'mix', format: 'html' })
  expect(text).toContain('Training texts by strategy; captions by Fake captioner (empty)')
  expect(text).toContain('1 have no alt-text of their own and 0 no such caption')
  const [, trace = ''] = /name="realign-trace" content="([^"]*)"/.exec(text) ?? []
  expect(trace.match(/[0-9a-f]{8}-/g)).toHaveLength(5)
  await expect(
    publishedRows(client, { shape: 'mix', selection: { altKinds: ['far'] } }),
  ).rejects.toMatchObject({ code: 'not-found' })
})
