/** From a workspace to files and back: selections, deltas, marks, pictures, traces. */
import { readFileSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { exportFormat } from '../../src/files/export-format.ts'
import { readTrace, type NamedCell } from '../../src/files/read-trace.ts'
import { writeRowFile } from '../../src/files/row-file.ts'
import { traceIntoPdf, traceIntoPng } from '../../src/files/trace-in-binary.ts'
import type { Client, Input } from '../../src/shared/contract.ts'
import { addPictures, collect, comparing, openBench, temporaryFolder } from '../support/builders.ts'

const TEXTS = ['', 'great gray owl', '=1+1 <b>fox</b> | 100% \\input{x}']

/** Four images under three alt-texts, and two of them under one more. */
async function filled() {
  const { client } = await openBench()
  const ids = await addPictures(client, ['owl.png', 'fox.png', '<i>car</i>.png', 'hen.png'])
  const first = await collect(client.run('comparisons.run', comparing(ids, TEXTS, { score: true })))
  const second = await collect(
    client.run('comparisons.run', comparing(ids.slice(0, 2), ['great gray owl', 'a car'])),
  )
  return { client, ids, first: first.output.runId, second: second.output.runId }
}

const document = (client: Client, more: Partial<Input<'publish.document'>> = {}) =>
  client.call('publish.document', { table: 'table3', format: 'html', ...more })

async function rowsOf(client: Client, more: Partial<Input<'publish.rows'>> = {}) {
  const { events, output } = await collect(
    client.run('publish.rows', { shape: 'long', selection: { samples: 'all' }, ...more }),
  )
  const columns = events.flatMap((one) => (one.kind === 'columns' ? one.columns : []))
  const rows = events.flatMap((one) => (one.kind === 'rows' ? one.rows : []))
  return { columns, rows, output }
}

async function traced(client: Client, file: string) {
  const cells: NamedCell[] = []
  for await (const batch of readTrace(file, exportFormat(file, 'any').name)) cells.push(...batch)
  return (await client.call('publish.trace', { cells })).cells
}

test('a run is exported as it was asked, reused cells included', async () => {
  const { client, second } = await filled()
  for (const run of [second, second.slice(0, 8), 'last']) {
    const { rows, columns } = await rowsOf(client, { selection: { run, samples: 'all' } })
    const alt = columns.findIndex(({ name }) => name === 'alt_text')
    expect(rows.map((row) => row[alt])).toEqual([
      'great gray owl',
      'a car',
      'great gray owl',
      'a car',
    ])
  }
})

test('images are exported in the order that was asked, and unknown runs are named', async () => {
  const { client, ids } = await filled()
  const wanted = [ids[2] ?? '', ids[0] ?? '']
  const { rows, columns } = await rowsOf(client, { selection: { imageIds: wanted }, shape: 'wide' })
  const sha = columns.findIndex(({ name }) => name === 'image_sha256')
  expect(rows.map((row) => row[sha])).toEqual(wanted)
  await expect(rowsOf(client, { selection: { run: 'nothing' } })).rejects.toMatchObject({
    code: 'not-found',
    hint: expect.stringContaining('last') as unknown,
  })
})

test('differences to the empty alt-text are those of the stored scores', async () => {
  const { client } = await filled()
  const { rows, columns } = await rowsOf(client)
  const at = (name: string) => columns.findIndex((one) => one.name === name)
  const empty = new Map(
    rows
      .filter((row) => row[at('alt_kind')] === 'empty')
      .map((row) => [row[at('image')], Number(row[at('clip_score')])]),
  )
  const others = rows.filter(
    (row) => row[at('alt_kind')] !== 'empty' && row[at('clip_score')] !== null,
  )
  expect(others.length).toBe(8)
  for (const row of others)
    expect(row[at('clip_score_delta')]).toBeCloseTo(
      Number(row[at('clip_score')]) - (empty.get(row[at('image')]) ?? NaN),
      9,
    )
})

test('captions carry the marks of the matcher in tables and in data', async () => {
  const { client } = await filled()
  const { text } = await document(client)
  expect(text).toMatch(/<span class="carried proposed"[^>]*>great gray owl<\/span>/)
  const { rows, columns } = await rowsOf(client)
  const at = columns.findIndex(({ name }) => name === 'caption_marks')
  const marks = rows.map((row) => row[at]).filter((one) => one !== null)
  expect(marks.join()).toContain('"class":"carried"')
  expect(marks.join()).toContain('"status":"proposed"')
})

test('LaTeX and Markdown come with their pictures, under names of our own', async () => {
  const { client } = await filled()
  for (const format of ['tex', 'md'] as const) {
    const { text, files } = await document(client, { format, pictureFolder: 'p' })
    expect(files.length).toBe(4)
    for (const { name } of files) {
      expect(name).toMatch(/^\d{3}-[0-9a-f]{12}\.png$/)
      expect(text).toContain(`p/${name}`)
    }
  }
})

test('a fragment of LaTeX has no document around it', async () => {
  const { client } = await filled()
  const { text } = await document(client, { format: 'tex', fragment: true })
  expect(text).not.toContain('\\documentclass')
  expect(text).toContain('\\toprule')
})

test('images are drawn by a seed, in the order they have, and the footnote says so', async () => {
  const { client, ids, second } = await filled()
  const drawn = async (seed: number, selection: object = {}) => {
    const random = { images: 2, seed }
    const { rows, columns } = await rowsOf(client, {
      ...{ shape: 'wide', selection: { imageIds: ids, ...selection, random } },
    })
    const at = columns.findIndex(({ name }) => name === 'image_sha256')
    return rows.map((row) => String(row[at]))
  }
  const pairs = new Set<string>()
  for (let seed = 0; seed < 60; seed++) {
    const two = await drawn(seed)
    expect(two).toEqual(ids.filter((id) => two.includes(id)))
    expect(two).toHaveLength(2)
    pairs.add(two.join())
  }
  expect(pairs.size).toBe(6) // every pair of four
  expect(await drawn(3)).toEqual(await drawn(3))
  // Of a run its images alone; those that have no such caption are passed over.
  expect(new Set(await drawn(3, { run: second }))).toEqual(new Set(ids.slice(0, 2)))
  const { text } = await document(client, {
    format: 'html',
    selection: { random: { images: 2, seed: 3 } },
  })
  expect(text).toContain('Images drawn at random, not chosen: 2 of 4, seed 3.')
  const more = await document(client, {
    format: 'html',
    selection: { imageIds: ids, altKinds: ['free'], random: { images: 9 } },
  })
  expect(more.text).toContain('Images drawn at random, not chosen: 4 of 4, seed 7.')
})

test('an empty selection says what to do', async () => {
  const { client } = await openBench()
  await expect(document(client)).rejects.toMatchObject({ code: 'not-found' })
  await expect(rowsOf(client)).rejects.toMatchObject({ code: 'not-found' })
})

test.each(['tex', 'html', 'md'] as const)('%s traces back to every cell', async (format) => {
  const { client } = await filled()
  const file = path.join(temporaryFolder(), `t.${format}`)
  const { text, cells } = await document(client, { format })
  writeFileSync(file, text)
  const found = await traced(client, file)
  expect(found.length).toBe(cells)
  expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['equal']))
})

test.each(['tex', 'html', 'md'] as const)(
  'words changed in a %s differ there, and rows taken out are told',
  async (format) => {
    const { client } = await filled()
    const file = path.join(temporaryFolder(), `t.${format}`)
    const { text, cells } = await document(client, { format })
    const statusesOf = async (changed: string) => {
      expect(changed).not.toBe(text)
      writeFileSync(file, changed)
      return (await traced(client, file)).map(({ status }) => status)
    }
    const input = text.search(/input.{0,3}\{/) // only the third alt-text has this
    const inAltText = `${text.slice(0, input)}output${text.slice(input + 'input'.length)}`
    const marked = { tex: '\\realigncarried{owl}', html: 'great gray owl</span>', md: 'owl</ins>' }
    const caption = text.lastIndexOf(marked[format])
    const inCaption = text.slice(0, caption) + text.slice(caption).replace('owl', 'hawk')
    for (const changed of [inAltText, inCaption]) {
      const statuses = await statusesOf(changed)
      expect(statuses.filter((one) => one === 'differs-in-document').length).toBe(1)
      expect(statuses.filter((one) => one === 'equal').length).toBe(cells - 1)
    }
    const lines = text.split('\n')
    const gone = lines.findLastIndex((line) => line.includes('tones'))
    writeFileSync(file, lines.filter((_, index) => index !== gone).join('\n'))
    for await (const batch of readTrace(file, format))
      expect(new Set(batch.map(({ shown }) => shown))).toEqual(new Set([null]))
  },
)

test.each(['csv', 'raw.csv', 'xlsx', 'jsonl', 'parquet'] as const)(
  '%s traces back to every cell, long and wide',
  async (format) => {
    const { client } = await filled()
    for (const shape of ['long', 'wide'] as const) {
      const { columns, rows } = await rowsOf(client, { shape })
      async function* batches() {
        yield rows
      }
      const file = path.join(temporaryFolder(), `t.${format}`)
      await writeRowFile(file, format, { source: { columns, batches: batches() } })
      const found = await traced(client, file)
      expect(found.length).toBe(14)
      expect(new Set(found.map(({ status }) => status))).toEqual(new Set(['equal']))
    }
  },
)

test('a table whose comments were lost is found by its footnote', async () => {
  const { client } = await filled()
  for (const format of ['tex', 'md'] as const) {
    const file = path.join(temporaryFolder(), `t.${format}`)
    const { text, cells } = await document(client, { format })
    const lost = text.replace(/^%.*$/gm, '').replace(/<!--.*?-->/gs, '')
    writeFileSync(file, lost.replace(/\\ifdefined\\pdfinfo.*/, ''))
    expect((await traced(client, file)).map(({ status }) => status)).toEqual(
      Array.from({ length: cells }, () => 'equal'),
    )
  }
})

test('a changed caption differs, a cell of another workspace is not here', async () => {
  const { client } = await filled()
  const other = await filled()
  const file = path.join(temporaryFolder(), 't.jsonl')
  const { columns, rows } = await rowsOf(client)
  async function* batches() {
    yield rows
  }
  await writeRowFile(file, 'jsonl', { source: { columns, batches: batches() } })
  const changed = readFileSync(file, 'utf8').replace('"caption":"A', '"caption":"B')
  writeFileSync(file, changed)
  const statuses = (await traced(client, file)).map(({ status }) => status)
  expect(statuses.filter((one) => one === 'differs').length).toBe(1)
  expect(statuses.filter((one) => one === 'equal').length).toBe(rows.length - 1)
  const elsewhere = await traced(other.client, file)
  expect(new Set(elsewhere.map(({ status }) => status))).toEqual(new Set(['not-here']))
})

test('the line goes into PDF and PNG without harm to them', () => {
  const trace = 'realign-trace:1 00000000-0000-4000-8000-000000000000:0123456789abcdef'
  const pdf = Buffer.from('%PDF-1.4\nxref\nstartxref\n9\n%%EOF\n')
  const text = Buffer.from(traceIntoPdf(pdf, trace)).toString('latin1')
  expect(text.startsWith(pdf.toString('latin1'))).toBe(true)
  expect(text.endsWith('startxref\n9\n%%EOF\n')).toBe(true)
  const png = Buffer.concat([Buffer.from('head'), Buffer.from('0000000049454e44ae426082', 'hex')])
  const chunked = Buffer.from(traceIntoPng(png, trace))
  expect(chunked.subarray(-12)).toEqual(png.subarray(-12))
  expect(chunked.readUInt32BE(4)).toBe(chunked.length - png.length - 12)
})

test('in a PDF the line is a property, which the next program to save it keeps', () => {
  const trace = 'realign-trace:1 00000000-0000-4000-8000-000000000000:0123456789abcdef'
  const head = '%PDF-1.4\n1 0 obj\n<</Title (a)>>\nendobj\n'
  const end = `xref\n0 2\n${'0'.repeat(38)}\ntrailer\n<</Size 2\n/Info 1 0 R>>\nstartxref\n43\n%%EOF\n`
  const text = Buffer.from(traceIntoPdf(Buffer.from(head + end), trace)).toString('latin1')
  expect(text.startsWith(head + end)).toBe(true)
  expect(text).toContain(`1 0 obj\n<</Title (a)\n/RealignTrace (${trace})>>\nendobj`)
  const [, table = ''] = /startxref\n(\d+)\n%%EOF\n$/.exec(text) ?? []
  const [, object = ''] = /^xref\n1 1\n(\d{10}) 00000 n \n/.exec(text.slice(Number(table))) ?? []
  expect(text.slice(Number(object)).startsWith('1 0 obj\n')).toBe(true)
  expect(text.slice(Number(table))).toContain('/Prev 43')
})

test('an unknown ending names those that work', () => {
  expect(() => exportFormat('t.docx', 'table')).toThrow(/names no format/)
  expect(() => exportFormat('t.tex', 'data')).toThrow(/names no format/)
  expect(exportFormat('t.RAW.CSV', 'data')).toEqual({ kind: 'rows', name: 'raw.csv' })
  expect(exportFormat('t.csv', 'data').name).toBe('csv')
})
