/** A table over a real workspace: what is looked at first, what images are given, what stays as it was. */
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import { readTable } from '../../src/files/tables/read-table.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import {
  addPictures,
  collect,
  fakePicture,
  openBench,
  temporaryFolder,
} from '../support/builders.ts'

const asIs = { resolveHandle: (handle: string) => handle, readTable }
const csv = (text: string, more: Partial<Input<'tables.read'>> = {}): Input<'tables.read'> => ({
  ...{ name: 'captions.csv', bytes: new TextEncoder().encode(text) },
  ...more,
})

async function textsOf(client: Client, imageId: string) {
  const { altTexts, className, group } = await client.call('images.get', { imageId })
  return { texts: altTexts.map(({ kind, text }) => [kind, text]), className, group }
}

describe('reading', () => {
  test('shows the mapping and the first rows, and writes nothing', async () => {
    const { client } = await openBench({ host: asIs })
    const [owl = ''] = await addPictures(client, ['owl.jpg'])
    const table = csv(
      'file,alt,label\nowl.jpg,an owl,owl\nnope.jpg,x,\nowl.jpg,,\nowl.jpg,a cat,\nhttps://x/a.jpg,y,\n6.jpg,,z\n',
    )
    const looked = await client.call('tables.read', table)
    expect(looked).toMatchObject({
      columns: ['file', 'alt', 'label'],
      mapping: { image: 'file', altText: 'alt', className: 'label', group: null },
      ...{ rows: 6, images: 1, blank: 1, unused: 4 },
    })
    expect(looked.first.map(({ line, state }) => [line, state])).toEqual([
      [2, 'found'],
      [3, 'missing'],
      [4, 'blank'],
      [5, 'unused'],
      [6, 'unused'],
    ])
    expect((await textsOf(client, owl)).texts).toEqual([])
  })

  test('without a column for the image it still shows the columns', async () => {
    const { client } = await openBench({ host: asIs })
    await addPictures(client, ['owl.jpg'])
    const looked = await client.call('tables.read', csv('what,alt\nowl.jpg,an owl\n'))
    expect(looked).toMatchObject({ mapping: { image: null }, rows: 1, images: 0, unused: 1 })
    const chosen = csv('what,alt\nowl.jpg,an owl\n', { columns: { image: 'what' } })
    expect(await client.call('tables.read', chosen)).toMatchObject({ images: 1, unused: 0 })
    await expect(collect(client.run('tables.apply', csv('what,alt\na,b')))).rejects.toMatchObject({
      code: 'bad-input',
      hint: 'Say which column it is.',
    })
  })

  test('a host that reads no tables says so', async () => {
    const { client } = await openBench()
    await expect(client.call('tables.read', csv('a,b'))).rejects.toMatchObject({
      code: 'unavailable',
    })
  })
})

test('a table among pictures is told to be one, with the way to use it', async () => {
  const folder = temporaryFolder()
  writeFileSync(path.join(folder, 'captions.csv'), 'image,alt')
  writeFileSync(path.join(folder, 'captions.xlsx'), 'PK')
  const { client } = await openBench({ host: asIs })
  const sources = [{ kind: 'handle' as const, handle: folder }]
  const { output } = await collect(client.run('images.import', { sources }))
  expect(output.refused).toMatchObject([
    { reason: 'This is a table, not a picture', hint: expect.stringContaining('--table') },
    { reason: 'This is a spreadsheet, not a picture', hint: expect.stringContaining('CSV') },
  ])
})

describe('applying', () => {
  test('gives alt-text, class name and group; what was said before stays for provenance', async () => {
    const { client } = await openBench({ host: asIs })
    const [owl = '', cat = ''] = await addPictures(client, ['owl.jpg', 'cat.jpg'])
    await client.call('images.setAltText', { imageId: cat, altKind: 'own', text: 'typed' })
    const table = csv(`image,alt,class,domain\nowl.jpg,an owl,owl,wit\n${cat},a cat,,\n`)
    const { output, events } = await collect(client.run('tables.apply', table))
    expect(output).toEqual({
      ...{ rows: 2, images: 2, altTexts: 2, classNames: 1, groups: 1, blank: 0, unused: [] },
    })
    expect(events.at(-1)).toMatchObject({ done: 2, total: 2, fraction: 1 })
    expect(await textsOf(client, owl)).toEqual({
      texts: [
        ['own', 'an owl'],
        ['class-name', 'owl'],
      ],
      ...{ className: 'owl', group: 'wit' },
    })
    expect(await textsOf(client, cat)).toMatchObject({ texts: [['own', 'a cat']], group: null })
    const { altTexts } = await client.call('images.get', { imageId: owl })
    expect(altTexts[0]?.source).toBe('table captions.csv')
    expect((await client.call('images.list', { group: 'wit' })).images).toHaveLength(1)
    expect((await client.call('images.list', { search: 'wit' })).images).toHaveLength(1)
  })

  test('a second time changes nothing', async () => {
    const { client } = await openBench({ host: asIs })
    const [owl = ''] = await addPictures(client, ['owl.jpg'])
    const table = csv('image,alt\nowl.jpg,an owl\n')
    await collect(client.run('tables.apply', table))
    const first = await client.call('images.get', { imageId: owl })
    await collect(client.run('tables.apply', table))
    expect(await client.call('images.get', { imageId: owl })).toEqual(first)
  })

  test('broken characters are replaced, and the source says so', async () => {
    const { client } = await openBench({ host: asIs })
    const [owl = ''] = await addPictures(client, ['owl.jpg'])
    const bytes = new TextEncoder().encode('{"image":"owl.jpg","alt":"a\\ud800b"}\n')
    await collect(client.run('tables.apply', { name: 'x.jsonl', bytes }))
    const { altTexts } = await client.call('images.get', { imageId: owl })
    expect(altTexts).toMatchObject([
      { text: 'a\ufffdb', source: expect.stringContaining('table x.jsonl; broken characters') },
    ])
  })

  test('an image that was removed is not given words', async () => {
    const { client } = await openBench({ host: asIs })
    const [owl = ''] = await addPictures(client, ['owl.jpg'])
    await client.call('images.remove', { imageIds: [owl] })
    const { output } = await collect(client.run('tables.apply', csv(`image,alt\n${owl},x\n`)))
    expect(output).toMatchObject({ images: 0, unused: [{ line: 2, image: owl }] })
  })

  test('cancelling keeps what was given', async () => {
    const { client } = await openBench({ host: asIs })
    const names = Array.from({ length: 250 }, (_, n) => `${n}.jpg`)
    const ids = await addPictures(client, names)
    const table = csv(`image,alt\n${names.map((name) => `${name},words`).join('\n')}\n`)
    const abort = new AbortController()
    const run = async () => {
      const work = client.run('tables.apply', table, { signal: abort.signal })
      for await (const { done } of work) if (done === 100) abort.abort()
    }
    await expect(run()).rejects.toMatchObject({ code: 'cancelled' })
    expect((await textsOf(client, ids[0] ?? '')).texts).toEqual([['own', 'words']])
    expect((await textsOf(client, ids[249] ?? '')).texts).toEqual([])
  })

  test('images of a folder are found by their path below the table', async () => {
    const folder = temporaryFolder()
    for (const name of ['cats', 'dogs']) {
      mkdirSync(path.join(folder, name))
      writeFileSync(path.join(folder, name, '01.jpg'), fakePicture(name))
    }
    const { client } = await openBench({ host: asIs })
    const sources = ['cats', 'dogs'].map((name) => ({
      ...{ kind: 'handle' as const, handle: path.join(folder, name, '01.jpg') },
    }))
    const { output } = await collect(client.run('images.import', { sources }))
    const table = csv('path,alt\ncats/01.jpg,a cat\ndogs/01.jpg,a dog\n', { folder })
    await collect(client.run('tables.apply', table))
    const texts = await Promise.all(output.added.map((one) => textsOf(client, one)))
    expect(texts.map(({ texts: [own] }) => own?.[1])).toEqual(['a cat', 'a dog'])
  })
})
