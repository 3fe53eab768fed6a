/** Rounds of annotation handed on: as captions of the project, and as files. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { beginAnnotation, writeNext } from '../support/annotations.ts'
import { collect, comparing, openBench } from '../support/builders.ts'

describe('captions of the project', () => {
  test('a round becomes captions by people under the alt-text of each image; again adds nothing', async () => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    const texts = ['A photo of a great grey owl.', 'A photo of a red fox.', 'A drawing.']
    for (const [index, text] of texts.entries())
      await writeNext(client, annotationId, imageIds[index] ?? '', text)
    const hand = () => collect(client.run('annotations.toCaptions', { annotationId, round: 2 }))
    const { output, events } = await hand()
    expect(output).toMatchObject({
      ...{ added: 3, there: 0, captionerId: 'elsewhere:Birds, round 2 (people)' },
      runId: expect.any(String),
    })
    expect(events.at(-1)).toMatchObject({ done: 6, total: 6 })
    expect((await hand()).output).toMatchObject({ added: 0, there: 3, runId: null })
    const { cells } = await client.call('cells.list', { imageId: imageIds[1] ?? '' })
    const { text } = await client.call('annotations.export', {
      ...{ annotationId, what: 'versions-jsonl' as const },
    })
    expect(cells).toMatchObject([
      {
        ...{ altKind: 'own', altText: 'red fox in snow', caption: 'A photo of a red fox.' },
        score: { scorerId: 'fake-scorer', sharesEncoder: false },
        provenance: {
          elsewhere: {
            file: 'Birds, round 2',
            fileSha256: createHash('sha256').update(text).digest('hex'),
            line: 2,
          },
        },
      },
    ])
    const empty = await client.call('cells.list', { imageId: imageIds[2] ?? '' })
    expect(empty.cells).toMatchObject([{ altKind: 'empty', altText: '' }])
    await writeNext(client, annotationId, imageIds[3] ?? '', 'A photo of a mole.')
    expect((await hand()).output).toMatchObject({ added: 1, there: 3 })
    await expect(
      collect(client.run('annotations.toCaptions', { annotationId, round: 3 })),
    ).rejects.toMatchObject({ code: 'bad-input' })
  })

  test('they stand beside those of models in Compare and measure them as references', async () => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client)
    for (const imageId of imageIds)
      await writeNext(client, annotationId, imageId, 'A photo of something.')
    await collect(client.run('comparisons.run', comparing(imageIds, ['']), {}))
    const { output } = await collect(
      client.run('annotations.toCaptions', { annotationId, round: 2 }),
    )
    const asked = { shape: 'means' as const, references: [output.captionerId] }
    const { events } = await collect(client.run('publish.rows', asked))
    const rows = events.flatMap((one) => (one.kind === 'rows' ? one.rows : []))
    expect(rows.length).toBeGreaterThan(0)
  })
})

test.each([
  [
    'versions-jsonl',
    'Birds-of-a-feather-versions.jsonl',
    /^\{"image_sha256":"[0-9a-f]{64}","round":2/,
  ],
  ['altogether-json', 'Birds-of-a-feather-altogether.json', /"round2":"A photo \| of it\."/],
  ['rounds-csv', 'Birds-of-a-feather-rounds.csv', /^"image","image_sha256","alt_text","round1"/],
  [
    'rounds-md',
    'Birds-of-a-feather-rounds.md',
    /\| Image \| Alt\\-text \\\(round 1\\\) \| Round 2 \|/,
  ],
  ['rounds-tex', 'Birds-of-a-feather-rounds.tex', /A photo \\textbar\{\} of it\./],
  ['table-md', 'Birds-of-a-feather-table.md', /\| Round 2 \| 1 \| 5\\\.0 \\\[/],
  ['table-tex', 'Birds-of-a-feather-table.tex', /Round 2 & 1 & 5\.0 /],
  ['table-csv', 'Birds-of-a-feather-table.csv', /^2,,1,5,5,5,1,/m],
] as const)(
  '%s is one file with a name that every file system takes',
  async (what, name, words) => {
    const { client } = await openBench()
    const { annotationId, imageIds } = await beginAnnotation(client, ['an owl', 'a fox'], {
      name: '../Birds: of a "feather"?',
    })
    await writeNext(client, annotationId, imageIds[0] ?? '', 'A photo | of it.')
    const file = await client.call('annotations.export', { annotationId, what })
    expect(file.name).toBe(name)
    expect(file.text).toMatch(words)
  },
)
