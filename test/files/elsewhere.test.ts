/** Captions made elsewhere in exports, which say so; and exports of ours read in again, here and in another workspace. */
import { describe, expect, test } from 'vitest'
import { createExporter } from '../../src/files/exporter.ts'
import { readTable } from '../../src/files/tables/read-table.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import { addPictures, collect, comparing, openBench } from '../support/builders.ts'

const PICTURES = ['owl.png', 'fox.png']
const HOSTILE = "=1+1 <b>fox</b> | 100% \\input{x} \"'quoted',\nnext"
const host = { readTable, exporter: createExporter() }

const table = (name: string, rows: readonly object[]): Input<'tables.apply'> => ({
  ...{ name, bytes: new TextEncoder().encode(rows.map((row) => JSON.stringify(row)).join('\n')) },
})

/** Two pictures with captions of ours under three kinds of alt-text, and two of others. */
async function filled() {
  const { client } = await openBench({ host })
  const ids = await addPictures(client, PICTURES)
  const conditions = [
    { altKind: 'empty' as const, text: '' },
    { altKind: 'class-name' as const, text: "'owl" },
    { altKind: 'wrong' as const, text: HOSTILE },
  ]
  const asked = { ...comparing(ids, []), conditions, score: true }
  await collect(client.run('comparisons.run', asked))
  await collect(
    client.run(
      'tables.apply',
      table('them.jsonl', [
        { image: 'owl.png', system: 'GPT-4o', altText: '', caption: HOSTILE },
        { image: 'owl.png', system: 'GPT-4o', altText: HOSTILE, caption: "'an owl" },
      ]),
    ),
  )
  return { client, ids }
}

type Data = Pick<Input<'publish.file'>, 'shape' | 'selection'>

async function data(
  client: Client,
  format: 'csv' | 'raw.csv' | 'jsonl' | 'parquet',
  { shape = 'long', selection = {} }: Data = {},
) {
  const { events, output } = await collect(
    client.run('publish.file', {
      ...{ what: 'data', format, name: 'rows', shape, selection: { samples: 'all', ...selection } },
    }),
  )
  const pieces = events.flatMap((event) => (event.kind === 'bytes' ? [event.bytes] : []))
  return { name: output.name, bytes: new Uint8Array(Buffer.concat(pieces)) }
}

const captionsOf = async (client: Client, ids: readonly string[]) =>
  (await Promise.all(ids.map((imageId) => client.call('cells.list', { imageId }))))
    .flatMap(({ cells }) => cells)
    .map(({ imageId, altKind, altText, caption, captionerId }) => ({
      ...{ imageId, altKind, altText, caption },
      captionerId: captionerId.replace(/^elsewhere:/, ''),
    }))

describe('what is exported', () => {
  test('has no number that nobody knows, and says where the caption was read', async () => {
    const { client } = await filled()
    const { bytes } = await data(client, 'jsonl')
    const rows = Buffer.from(bytes)
      .toString()
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const theirs = rows.filter(({ model }) => model === 'elsewhere:GPT-4o')
    expect(theirs).toHaveLength(2)
    for (const row of theirs) {
      for (const name of ['seed', 'temperature', 'top_p', 'top_k', 'greedy', 'variant'])
        expect([name, row[name] ?? null]).toEqual([name, null])
      for (const name of ['n_tokens', 'log_prob', 'model_sha256'])
        expect([name, row[name] ?? null]).toEqual([name, null])
      expect(row['notes']).toMatch(/^made elsewhere: them\.jsonl, line [12], sha256 [0-9a-f]{64}$/)
      expect(row['clip_score']).toEqual(expect.any(Number))
    }
    const ours = rows.filter(({ model }) => model === 'fake-captioner')
    expect(ours).toHaveLength(6)
    for (const row of ours)
      expect(row).toMatchObject({ seed: 7, n_tokens: expect.any(Number), temperature: 0.2 })
  })

  test('is named in the form of one row an image too, where nobody else is', async () => {
    const { client } = await filled()
    const selection = { captionerIds: ['elsewhere:GPT-4o'], altKinds: ['empty' as const] }
    const { events } = await collect(client.run('publish.rows', { shape: 'wide', selection }))
    const columns = events.flatMap((one) => (one.kind === 'columns' ? one.columns : []))
    expect(columns.map(({ name }) => name)).toContain('empty@elsewhere:GPT-4o_caption')
  })

  test.each(['table3', 'table1'] as const)(
    '%s names them as made elsewhere, and keeps seeds and sampling to ours',
    async (what) => {
      const { client } = await filled()
      const document = async (captionerIds: string[]) =>
        (
          await client.call('publish.document', {
            ...{ table: what, format: 'md', selection: { captionerIds } },
          })
        ).text.replaceAll('\\', '')
      const both = await document(['fake-captioner', 'elsewhere:GPT-4o'])
      expect(both).toContain('GPT-4o (elsewhere)')
      expect(both).toMatch(
        /Made elsewhere, not by Realign, 2 captions: GPT-4o, read from them.jsonl \(sha256 [0-9a-f]{12}\)/,
      )
      expect(both).toContain('Seeds: 7. Sampling: temperature 0.2')
      expect(both).toContain('Captioner: Fake captioner (fake-captioner) fp32')
      const alone = await document(['elsewhere:GPT-4o'])
      expect(alone).toContain('Made elsewhere')
      expect(alone).not.toMatch(/Seeds|Sampling|Captioner: /)
    },
  )

  test('is found again by its cells, without a seed', async () => {
    const { client, ids } = await filled()
    const { cells } = await client.call('cells.list', { imageId: ids[0] ?? '' })
    const traced = await client.call('publish.trace', { cells: cells.map(({ id }) => ({ id })) })
    expect(traced.cells.map(({ status, seed }) => [status, seed])).toEqual([
      ...[1, 2, 3].map(() => ['equal', 7]),
      ...[1, 2].map(() => ['equal', null]),
    ])
  })
})

const FORMS = (['csv', 'raw.csv', 'jsonl', 'parquet'] as const).flatMap((format) =>
  (['long', 'wide'] as const).map((shape) => ({ format, shape })),
)

describe.each(FORMS)('an export as $format, $shape', ({ format, shape }) => {
  test('read into the same workspace adds nothing', async () => {
    const { client, ids } = await filled()
    const before = await captionsOf(client, ids)
    const exported = await data(client, format, { shape })
    expect(await client.call('tables.read', exported)).toMatchObject({ captions: 8, unused: 0 })
    const { output } = await collect(client.run('tables.apply', exported))
    expect(output).toMatchObject({ unused: [], captions: { runId: null, added: 0, there: 8 } })
    expect(await captionsOf(client, ids)).toEqual(before)
  })

  test('read into another workspace is every caption under its alt-text and kind, as made elsewhere', async () => {
    const { client, ids } = await filled()
    const before = await captionsOf(client, ids)
    const other = await openBench({ host })
    expect(await addPictures(other.client, PICTURES)).toEqual(ids)
    const exported = await data(client, format, { shape })
    const { output } = await collect(other.client.run('tables.apply', exported))
    expect(output).toMatchObject({ unused: [], captions: { added: 8, there: 0, scored: 8 } })
    const after = await captionsOf(other.client, ids)
    expect(after).toHaveLength(before.length)
    expect(new Set(after.map((one) => JSON.stringify(one)))).toEqual(
      new Set(before.map((one) => JSON.stringify(one))),
    )
  })
})

describe('one row an image of one captioner, whom no head names', () => {
  const selection = { captionerIds: ['fake-captioner'] }

  test('asks who wrote, and is read under the name that is given', async () => {
    const { client, ids } = await filled()
    const exported = await data(client, 'jsonl', { shape: 'wide', selection })
    const other = await openBench({ host })
    await addPictures(other.client, PICTURES)
    const looked = await other.client.call('tables.read', exported)
    expect(looked.mapping).toMatchObject({ caption: 'caption', captioner: null })
    await expect(collect(other.client.run('tables.apply', exported))).rejects.toMatchObject({
      message: 'Nothing says who wrote the captions of this table',
    })
    const named = { ...exported, captionsBy: 'fake-captioner' }
    const { output } = await collect(other.client.run('tables.apply', named))
    expect(output).toMatchObject({ unused: [], captions: { added: 6 } })
    const before = (await captionsOf(client, ids)).filter(
      ({ captionerId }) => captionerId === 'fake-captioner',
    )
    expect(
      new Set((await captionsOf(other.client, ids)).map((one) => JSON.stringify(one))),
    ).toEqual(new Set(before.map((one) => JSON.stringify(one))))
  })

  test('leaves captions out where that is asked, and keeps to own alt-texts', async () => {
    const { client } = await filled()
    const exported = await data(client, 'jsonl', { shape: 'wide', selection })
    const looked = await client.call('tables.read', { ...exported, columns: { caption: null } })
    expect(looked).toMatchObject({ captions: 0, mapping: { altText: 'alt_text' } })
  })
})
