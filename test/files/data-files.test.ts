/** Hostile strings and many rows through every data format, read back from the files themselves. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { DataColumn, DataRow } from '../../src/core/publish/data-columns.ts'
import { readRows, type ReadRow } from '../../src/files/read-rows.ts'
import { ROW_FORMATS, writeRowFile, type RowFormat } from '../../src/files/row-file.ts'
import { readZipMember } from '../../src/files/unzip.ts'
import { writeZip } from '../../src/files/zip-writer.ts'
import { temporaryFolder } from '../support/builders.ts'
import { HOSTILE, WELL_FORMED_HOSTILE } from '../support/hostile-strings.ts'

const COLUMNS: readonly DataColumn[] = [
  { name: 'caption', type: 'text' },
  { name: 'seed', type: 'integer' },
  { name: 'clip_score', type: 'number' },
  { name: 'greedy', type: 'boolean' },
  { name: 'notes', type: 'text' },
]
const SEED = 0xffff_ffff

const rowsOf = (texts: readonly string[]): readonly DataRow[] =>
  texts.map((text, index) => [text, SEED, index % 2 ? -index / 8 : null, index % 3 === 0, null])

async function* inBatches(
  rows: readonly DataRow[],
  size = 100,
): AsyncGenerator<readonly DataRow[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size)
}

async function readAll(file: string, format: string): Promise<readonly ReadRow[]> {
  const rows: ReadRow[] = []
  for await (const row of readRows(file, format)) rows.push(row)
  return rows
}

async function through(format: RowFormat, texts: readonly string[], bom = false) {
  const file = path.join(temporaryFolder(), `rows.${format}`)
  const source = { columns: COLUMNS, batches: inBatches(rowsOf(texts)) }
  await writeRowFile(file, format, { source, bom })
  return { file, rows: await readAll(file, format) }
}

test('a spreadsheet that another program saved again reads the same', async () => {
  const file = path.join(temporaryFolder(), 'again.xlsx')
  const strings = [
    '<si><t>cell_id</t></si>',
    '<si><t>caption</t></si>',
    '<si><r><t xml:space="preserve">an </t></r><r><rPr><b/></rPr><t>owl &amp; a</t></r><rPh sb="0" eb="1"><t>x</t></rPh></si>',
    '<si/>',
  ]
  const rows = [
    '<row r="1" spans="1:3"><c r="A1" s="1"/><c r="B1" t="s"><v>0</v></c><c r="C1" s="2" t="s"><v>1</v></c></row>',
    '<row r="2"><c r="A2"><v>0</v></c><c r="B2" t="inlineStr"><is><t>id-1</t></is></c><c r="C2" t="s"><v>2</v></c></row>',
    '<row r="3" hidden="1"/>',
    '<row r="4"><c r="A4"><v>1</v></c><c r="B4" t="str"><v>id-2</v></c><c r="C4" t="s"><v>3</v></c></row>',
  ]
  await writeZip(file, [
    { name: 'xl/sharedStrings.xml', content: [`<sst>${strings.join('')}</sst>`] },
    { name: 'xl/worksheets/sheet1.xml', content: [`<sheetData>${rows.join('')}</sheetData>`] },
  ])
  const read = (await readAll(file, 'xlsx')).filter((row) => row['cell_id'] !== null)
  expect(read.map((row) => [row['cell_id'], row['caption']])).toEqual([
    ['id-1', 'an owl & a'],
    ['id-2', ''],
  ])
})

describe('hostile strings', () => {
  test('JSON lines give back exactly what went in, lone surrogates too', async () => {
    const { rows } = await through('jsonl', HOSTILE)
    expect(rows).toEqual(
      rowsOf(HOSTILE).map((row) =>
        Object.fromEntries(COLUMNS.map(({ name }, index) => [name, row[index]])),
      ),
    )
  })
  test('Parquet gives back exactly what went in', async () => {
    const { rows } = await through('parquet', WELL_FORMED_HOSTILE)
    expect(rows.map(({ caption }) => caption)).toEqual(WELL_FORMED_HOSTILE)
    expect(new Set(rows.map(({ seed }) => seed))).toEqual(new Set([BigInt(SEED)]))
    expect(rows.slice(0, 4).map((row) => row['clip_score'])).toEqual([null, -1 / 8, null, -3 / 8])
    expect(rows.slice(0, 2).map(({ greedy, notes }) => [greedy, notes])).toEqual([
      [true, null],
      [false, null],
    ])
  })
  test.each([
    ['csv', false],
    ['csv', true],
    ['raw.csv', false],
    ['raw.csv', true],
  ] as const)('%s parses back exactly (byte order mark: %s)', async (format, bom) => {
    const { rows, file } = await through(format, WELL_FORMED_HOSTILE, bom)
    expect(rows.map(({ caption }) => caption)).toEqual(WELL_FORMED_HOSTILE)
    expect(readFileSync(file).subarray(0, 3).equals(Buffer.from('\ufeff'))).toBe(bom)
  })
  test('a spreadsheet gives back exactly what went in', async () => {
    const { rows } = await through('xlsx', HOSTILE)
    expect(rows.map(({ caption }) => caption)).toEqual(HOSTILE)
  })
  test('a spreadsheet holds no formula: every text is an inline string', async () => {
    const { file } = await through('xlsx', HOSTILE)
    const sheet = (await readZipMember(file, 'xl/worksheets/sheet1.xml'))?.toString('utf8') ?? ''
    const cells = sheet.match(/<c [^>]*>/g) ?? []
    const texts = cells.filter((one) => one.includes('t="inlineStr"'))
    expect(texts.length).toBe(COLUMNS.length + HOSTILE.length)
    expect(cells.filter((one) => !/ t="(inlineStr|b)"/.test(one) && / t="/.test(one))).toEqual([])
    expect([...sheet.matchAll(/<([a-zA-Z]+)/g)].filter(([, name]) => name === 'f')).toEqual([])
  })
  test('a spreadsheet refuses text that its cells cannot hold, and names the cell', async () => {
    await expect(through('xlsx', ['fine', 'x'.repeat(32_768)])).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('A3') as unknown,
    })
  })
  test('text too long for a spreadsheet is named by its column and its cell', async () => {
    const write = (columns: readonly string[], row: DataRow) =>
      writeRowFile(path.join(temporaryFolder(), 'long.xlsx'), 'xlsx', {
        source: {
          columns: columns.map((name) => ({ name, type: 'text' })),
          batches: inBatches([row]),
        },
      })
    const long = 'x'.repeat(32_768)
    const named = (start: string) => ({
      message: expect.stringContaining(start) as unknown,
      hint: expect.stringContaining('Parquet') as unknown,
    })
    await expect(
      write(['image', 'caption_marks', 'cell_id'], ['a', long, 'id-1']),
    ).rejects.toMatchObject(named('The caption_marks of cell id-1 has 32768 characters'))
    await expect(
      write(['empty_cell_id', 'own_caption', 'own_cell_id'], ['id-1', long, 'id-2']),
    ).rejects.toMatchObject(named('The own_caption of cell id-2 has'))
    await expect(write(['image', 'a_cell_id'], [long, 'id-1'])).rejects.toMatchObject(
      named('The image has'),
    )
  })
})

const SSCONVERT = ['/usr/bin/ssconvert', '/usr/local/bin/ssconvert'].find(existsSync)

/** Opens a file in gnumeric and lists its cells as gnumeric's own XML keeps them. */
function inGnumeric(file: string): { readonly formulas: number; readonly texts: number } {
  const out = `${file}.xml`
  execFileSync(SSCONVERT ?? '', ['-T', 'Gnumeric_XmlIO:sax:0', file, out], { stdio: 'ignore' })
  const cells = readFileSync(out, 'utf8').match(/<gnm:Cell [^>]*>[^<]?/g) ?? []
  return {
    // A cell without a value type holds an expression; 60 is text.
    formulas: cells.filter((one) => !one.includes('ValueType=')).length,
    texts: cells.filter((one) => one.includes('ValueType="60"')).length,
  }
}

describe.skipIf(SSCONVERT === undefined)('opened in gnumeric', () => {
  test.each(['csv', 'xlsx'] as const)('%s has no formula cells', async (format) => {
    const { file } = await through(format, WELL_FORMED_HOSTILE)
    const { formulas, texts } = inGnumeric(file)
    expect(formulas).toBe(0)
    expect(texts).toBeGreaterThan(1000)
  })
  test('raw CSV would have some, which is why it says so in its name', async () => {
    const { file } = await through('raw.csv', WELL_FORMED_HOSTILE)
    expect(inGnumeric(file).formulas).toBeGreaterThan(0)
  })
})

describe('many rows', () => {
  const ROWS = 10_000
  const BATCH = 100
  /** 600 characters that no compression makes small. */
  const unlike = (row: number) =>
    createHash('shake256', { outputLength: 300 }).update(String(row)).digest('hex')

  test.each(ROW_FORMATS)('%s asks for a batch when the one before is written', async (format) => {
    let asked = 0
    const sizes: number[] = []
    const folder = temporaryFolder()
    async function* batches(): AsyncGenerator<readonly DataRow[]> {
      for (; asked < ROWS / BATCH; asked++) {
        // What is on disk while there is more to come shows that nothing waits for the end.
        const part = readdirSync(folder).find((name) => name.endsWith('.realign-part'))
        sizes.push(part ? statSync(path.join(folder, part)).size : 0)
        yield rowsOf(Array.from({ length: BATCH }, (_, n) => unlike(asked * BATCH + n)))
      }
    }
    const file = path.join(folder, `rows.${format}`)
    await writeRowFile(file, format, { source: { columns: COLUMNS, batches: batches() } })
    let count = 0
    for await (const row of readRows(file, format)) if (row['caption'] !== '') count++
    expect(count).toBe(ROWS)
    const last = sizes.at(-1) ?? 0
    expect(last).toBeGreaterThan(statSync(file).size / 2)
    expect(sizes[0]).toBeLessThan(statSync(file).size / 10)
  })
})
