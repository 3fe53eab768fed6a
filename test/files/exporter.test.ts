/** Whole files through the contract: for the page piece by piece, for the disk where the dialog says. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createExporter, type Printer } from '../../src/files/exporter.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import { addPictures, collect, comparing, openBench, temporaryFolder } from '../support/builders.ts'

const PDF = '%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer\n<<>>\nstartxref\n9\n%%EOF\n'
const printer: Printer = {
  blocked: () => null,
  print: () => Promise.resolve(Buffer.from(PDF)),
}

async function filled(exporter = createExporter({ printer })) {
  const { client } = await openBench({ host: { exporter } })
  const ids = await addPictures(client, ['owl.png', 'fox.png'])
  await collect(client.run('comparisons.run', comparing(ids, ['', 'an owl'], { score: true })))
  return { client, ids }
}

async function save(client: Client, input: Input<'publish.file'>) {
  const { events, output } = await collect(client.run('publish.file', input))
  const pieces = events.flatMap((event) => (event.kind === 'bytes' ? [event.bytes] : []))
  return { events, output, bytes: Buffer.concat(pieces) }
}

test('data comes to the page whole, with how far it is', async () => {
  const { client } = await filled()
  const { output, bytes, events } = await save(client, {
    ...{ what: 'data', format: 'jsonl', name: 'my "data"/x' },
    selection: { samples: 'all' },
  })
  expect(output).toEqual({
    name: 'my -data-x.jsonl',
    where: 'page',
    bytes: bytes.length,
    rows: 4,
  })
  const rows = bytes.toString().trim().split('\n')
  expect(rows.map((row) => (JSON.parse(row) as { alt_text: string }).alt_text)).toEqual([
    ...['', 'an owl'],
    ...['', 'an owl'],
  ])
  expect(events).toContainEqual({ kind: 'rows', rows: 4, total: 4 })
})

test('a document with pictures is one ZIP for the page', async () => {
  const { client } = await filled()
  const { output, bytes } = await save(client, { what: 'table3', format: 'tex', name: 'owls' })
  expect(output.name).toBe('owls.zip')
  expect(bytes.subarray(0, 2).toString()).toBe('PK')
  const names = [...bytes.toString('latin1').matchAll(/owls-images\/\d{3}-[0-9a-f]{12}\.png/g)]
  expect(new Set(names.map(([name]) => name)).size).toBe(2)
})

test('a desktop dialog decides where the file and its pictures lie', async () => {
  const folder = temporaryFolder()
  const file = path.join(folder, 'paper.tex')
  const { client } = await filled(createExporter({ printer, askPlace: async () => file }))
  const { output, bytes } = await save(client, { what: 'table3', format: 'tex' })
  expect(output).toMatchObject({ name: 'paper.tex', where: 'disk', rows: 4 })
  expect(bytes.length).toBe(0)
  expect(readFileSync(file, 'utf8')).toContain('paper-images/001-')
  expect(readdirSync(path.join(folder, 'paper-images')).length).toBe(2)
})

test('a dismissed dialog is a cancel; nothing is written', async () => {
  const folder = temporaryFolder()
  const { client } = await filled(createExporter({ printer, askPlace: async () => null }))
  await expect(save(client, { what: 'table1', format: 'csv' })).rejects.toMatchObject({
    code: 'cancelled',
  })
  expect(readdirSync(folder)).toEqual([])
})

test('a cancel in the middle leaves the old file', async () => {
  const folder = temporaryFolder()
  const file = path.join(folder, 'data.csv')
  const { client } = await filled(createExporter({ printer, askPlace: async () => file }))
  const abort = new AbortController()
  const work = client.run('publish.file', { what: 'data', format: 'csv' }, { signal: abort.signal })
  const rest = async (): Promise<void> => {
    for await (const event of work) if (event.kind === 'phase') abort.abort()
  }
  await expect(rest()).rejects.toMatchObject({ code: 'cancelled' })
  expect(existsSync(file)).toBe(false)
})

test('printed pages keep the way back to their cells', async () => {
  const { client } = await filled()
  const { bytes } = await save(client, { what: 'table3', format: 'pdf' })
  expect(bytes.toString('latin1')).toMatch(/%realign-trace:1 [0-9a-f-]{36}:[0-9a-f]{16}/)
})

test('a host that cannot print or write says why', async () => {
  const silent = createExporter({
    printer: { ...printer, blocked: () => 'There is no browser here' },
  })
  const { client } = await filled(silent)
  const { formats } = await client.call('publish.formats', {})
  expect(formats.filter(({ blocked }) => blocked !== null)).toEqual([
    { format: 'pdf', blocked: 'There is no browser here' },
    { format: 'png', blocked: 'There is no browser here' },
  ])
  await expect(save(client, { what: 'table3', format: 'pdf' })).rejects.toMatchObject({
    code: 'unavailable',
    message: 'There is no browser here',
  })
  const { client: bare } = await openBench()
  await expect(save(bare, { what: 'data', format: 'csv' })).rejects.toMatchObject({
    code: 'unavailable',
  })
})

test('data is no document', async () => {
  const { client } = await filled()
  await expect(save(client, { what: 'data', format: 'tex' })).rejects.toMatchObject({
    code: 'bad-input',
  })
})

test('named cells alone are exported, and a preview shows the first images', async () => {
  const { client, ids } = await filled()
  const { cells } = await client.call('cells.list', { imageId: ids[1] ?? '' })
  const selection = { cellIds: [cells[1]?.id ?? ''] }
  const { output } = await save(client, { what: 'data', format: 'csv', selection })
  expect(output.rows).toBe(1)
  const one = await client.call('publish.preview', { table: 'table3', selection })
  expect(one).toMatchObject({ images: 1, cells: 1, more: false })
  const words = one.table?.groups[0]?.rows[0]?.flatMap((cell) =>
    cell.kind === 'text' ? [cell.pieces.map(({ text }) => text).join('')] : [],
  )
  expect(words).toEqual(['free', 'an owl', cells[1]?.caption])
  const all = await client.call('publish.preview', { table: 'table3', as: 'tex', images: 1 })
  expect(all).toMatchObject({ shownImages: 1, images: 2, cells: 4, table: null })
  expect(all.text).toContain('\\toprule')
  await expect(
    client.call('publish.preview', { table: 'table3', selection: { cellIds: ['nothing'] } }),
  ).rejects.toMatchObject({ code: 'not-found' })
})
