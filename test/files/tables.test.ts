/** Tables as files: our own exports come back exactly, foreign ones are read or told with their lines. */
import { mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliCompressSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { parquetWriteBuffer } from 'hyparquet-writer'
import { describe, expect, test } from 'vitest'
import type { TableContent } from '../../src/core/tables/table-port.ts'
import { readTable } from '../../src/files/tables/read-table.ts'
import { writeRowFile, type RowFormat } from '../../src/files/row-file.ts'
import { temporaryFolder } from '../support/builders.ts'
import { HOSTILE, WELL_FORMED_HOSTILE } from '../support/hostile-strings.ts'

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
const read = (name: string, content: string | Uint8Array): Promise<TableContent> =>
  readTable(
    typeof content === 'string' ? bytesOf(content) : content,
    name,
    new AbortController().signal,
  )
const fieldsOf = ({ rows }: TableContent) => rows.map(({ fields }) => fields)

describe('our own exports, with hostile strings', () => {
  const COLUMNS = ['image', 'image_sha256', 'alt_text'].map((name) => ({
    ...{ name, type: 'text' as const },
  }))
  test.each([
    ['csv', WELL_FORMED_HOSTILE, false],
    ['csv', WELL_FORMED_HOSTILE, true],
    ['raw.csv', WELL_FORMED_HOSTILE, false],
    ['jsonl', HOSTILE, false],
    ['parquet', WELL_FORMED_HOSTILE, false],
  ] as const)('%s gives back exactly what went in (%#)', async (format: RowFormat, texts, bom) => {
    const folder = temporaryFolder()
    mkdirSync(folder, { recursive: true })
    const file = path.join(folder, `rows.${format}`)
    async function* batches() {
      yield texts.map((text, index) => [`${index}.png`, null, text])
    }
    await writeRowFile(file, format, { source: { columns: COLUMNS, batches: batches() }, bom })
    const table = await read(path.basename(file), readFileSync(file))
    expect(table.columns).toEqual(['image', 'image_sha256', 'alt_text'])
    expect(table.faults).toEqual([])
    expect(fieldsOf(table)).toEqual(texts.map((text, index) => [`${index}.png`, '', text]))
  })
})

describe('CSV', () => {
  test('every kind of line break, quotes and spaces; each row has its line', async () => {
    const table = await read(
      'a.csv',
      'image,alt\r\na.png,"two\r\nlines, a ""mark"""\n\nb.png, b \rc.png,',
    )
    expect(table.rows).toEqual([
      { line: 2, fields: ['a.png', 'two\r\nlines, a "mark"'] },
      { line: 5, fields: ['b.png', ' b '] },
      { line: 6, fields: ['c.png', ''] },
    ])
  })

  test.each([
    ['semicolons', 'a.csv', 'image;alt\na.png;x, y'],
    ['tabs', 'a.csv', 'image\talt\na.png\tx, y'],
    ['tabs in TSV', 'a.tsv', 'image\talt\na.png\tx, y'],
    ['a line that names the sign', 'a.csv', 'sep=;\nimage;alt\na.png;x, y'],
  ])('parted by %s', async (_, name, text) => {
    const table = await read(name, text)
    expect([table.columns, fieldsOf(table)]).toEqual([['image', 'alt'], [['a.png', 'x, y']]])
  })

  const words = 'image,alt\na.png,caf\u00e9 \u9d1f\n'
  test.each([
    ['UTF-8', bytesOf(words)],
    ['UTF-8 with its mark', bytesOf(`\ufeff${words}`)],
    ['UTF-16', Buffer.from(`\ufeff${words}`, 'utf16le')],
    ['UTF-16, the other way round', Buffer.from(`\ufeff${words}`, 'utf16le').swap16()],
  ])('in %s', async (_, bytes) => {
    expect(fieldsOf(await read('a.csv', bytes))).toEqual([['a.png', 'caf\u00e9 \u9d1f']])
  })

  test.each([
    ['a code page', Buffer.from('image,alt\na.png,caf\u00e9', 'latin1')],
    ['UTF-16 without its mark', Buffer.from(words, 'utf16le')],
  ])('in %s is refused, not guessed', async (_, bytes) => {
    await expect(read('a.csv', bytes)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringContaining('it is not text in UTF-8') as unknown,
    })
  })

  test('ragged rows are told with their lines; empty fields at the end are none', async () => {
    const table = await read('a.csv', 'image,alt\na.png\nb.png,x,y\nc.png,x,,\n')
    expect(fieldsOf(table)).toEqual([['c.png', 'x']])
    expect(table.faults).toEqual([
      { line: 2, message: 'it has 1 field where 2 columns are named' },
      { line: 3, message: 'it has 3 fields where 2 columns are named' },
    ])
  })

  test('a quotation mark that is never closed costs its own line only', async () => {
    const table = await read('a.csv', 'image,alt\na.png,"an owl\nb.png,"a cat"\nc.png,a dog\n')
    expect(table.rows).toEqual([
      { line: 3, fields: ['b.png', 'a cat'] },
      { line: 4, fields: ['c.png', 'a dog'] },
    ])
    expect(table.faults).toMatchObject([{ line: 2 }])
    const last = await read('a.csv', 'image,alt\na.png,x\nb.png,"a cat\nc.png,a dog\n')
    expect(fieldsOf(last)).toEqual([
      ['a.png', 'x'],
      ['c.png', 'a dog'],
    ])
    expect(last.faults).toEqual([
      { line: 3, message: 'a quotation mark is opened here and never closed' },
    ])
  })

  test("an apostrophe of the text's own stays, one that guards a formula goes", async () => {
    const table = await read(
      'a.csv',
      "image,alt\na.png,'tis an owl\nb.png,'=1+1\nc.png,''quoted''\n",
    )
    expect(fieldsOf(table).map(([, alt]) => alt)).toEqual(["'tis an owl", '=1+1', "''quoted''"])
  })

  test('columns without a name or with the same name can be told apart', async () => {
    const { columns } = await read('a.csv', 'alt,,alt,__proto__\n1,2,3,4\n')
    expect(columns).toEqual(['alt', 'column 2', 'alt (2)', '__proto__'])
  })

  test('rows in are rows read and rows told, whatever happens to the bytes', async () => {
    const rows = Array.from({ length: 40 }, (_, n) => `img ${n}.png,"words, of ""${n}""",c${n}`)
    const text = `image,alt,class\n${rows.join('\n')}\n`
    for (let at = 16; at < text.length; at += 3) {
      const broken = `${text.slice(0, at)}"${text.slice(at)}`
      const table = await read('a.csv', broken)
      // One mark too many costs the row that has it and at most the one below.
      expect(table.rows.length, String(at)).toBeGreaterThanOrEqual(38)
      expect(table.rows.length + table.faults.length, String(at)).toBe(40)
    }
  })
})

describe('JSON', () => {
  test('as Altogether-FT has it, each item with its line', async () => {
    const text =
      '{\n "info": {"data": [1]},\n "data": [\n  {"img_path": "a.png", "alt": "x]}"},\n  {"alt": "\\"y", "img_path": "b.png", "source": null}\n ]\n}'
    const table = await read('ft.json', text)
    expect(table.columns).toEqual(['img_path', 'alt', 'source'])
    expect(table.rows).toEqual([
      { line: 4, fields: ['a.png', 'x]}'] },
      { line: 5, fields: ['b.png', '"y', ''] },
    ])
  })

  test.each([true, false])(
    'COCO captions: a row a caption, with its image (%s: names first)',
    async (first) => {
      const images =
        ' "images": [{"id": 7, "file_name": "a.jpg", "height": 3}, {"file_name": "b.jpg", "id": "x"}]'
      const annotations = [
        ' "annotations": [',
        '  {"image_id": 7, "id": 1, "caption": "A cat."},',
        '  {"image_id": "x", "caption": "A dog, \\"b\\"."},',
        '  {"image_id": 7, "caption": "Two cats."},',
        '  {"image_id": 9, "caption": "Nobody."}, 5',
        ' ]',
      ].join('\n')
      const lists = first ? [images, annotations] : [annotations, images]
      const table = await read('captions_val.json', `{"info": {},\n${lists.join(',\n')}\n}`)
      expect(table.columns).toEqual(['image', 'caption'])
      const begins = first ? 4 : 3
      expect(table.rows).toEqual([
        { line: begins, fields: ['a.jpg', 'A cat.'] },
        { line: begins + 1, fields: ['b.jpg', 'A dog, "b".'] },
        { line: begins + 2, fields: ['a.jpg', 'Two cats.'] },
        { line: begins + 3, fields: ['', 'Nobody.'] },
      ])
      expect(table.faults).toEqual([
        { line: begins + 3, message: 'it is no object with named fields' },
      ])
    },
  )

  test('objects in objects are columns, lists are no text', async () => {
    const table = await read('a.jsonl', '{"file":"a","species":{"name":"owl"},"alt":["x"],"n":7}\n')
    expect(table.columns).toEqual(['file', 'species.name', 'alt', 'n'])
    expect(table.rows).toEqual([{ line: 1, fields: ['a', 'owl', '', '7'], noText: [2] }])
  })

  test('whole numbers of many digits stay as they are written', async () => {
    const line = '{"image":12345678901234567890,"alt":9007199254740993,"class":-7,"score":0.1}'
    for (const name of ['a.jsonl', 'a.json'])
      expect(fieldsOf(await read(name, name === 'a.json' ? `[${line}]` : line))).toEqual([
        ['12345678901234567890', '9007199254740993', '-7', '0.1'],
      ])
  })

  test('lines that are no object are told; JSON lines may be called .json', async () => {
    const text = '{"image":"a","alt":"x"}\n{"image":"b"\n\n[1]\n{"image":"c"}'
    for (const name of ['a.jsonl', 'a.json']) {
      const table = await read(
        name,
        name === 'a.json' ? text.replace('\n{"image":"b"', '\n{}') : text,
      )
      expect(table.rows.at(-1), name).toEqual({ line: 5, fields: ['c'] })
      expect(table.faults.at(-1)).toEqual({ line: 4, message: 'it is no object with named fields' })
    }
  })

  test('a file that was cut off says so', async () => {
    const table = await read('a.json', '[{"image":"a","alt":"x"},\n{"image":"b","al')
    expect(fieldsOf(table)).toEqual([['a', 'x']])
    expect(table.faults).toEqual([{ line: 2, message: 'the file ends in the midst of its list' }])
  })

  test.each(['{"a": 1}', '"x"', '7', '{"data": {"a": 1}}'])('%s holds no rows', async (text) => {
    await expect(read('a.json', text)).rejects.toMatchObject({ code: 'bad-input' })
  })
})

describe('Parquet', () => {
  const columnData = [
    { name: 'image', data: ['a.png', 'b.png'], type: 'STRING' as const },
    { name: 'alt', data: ['an owl', null], type: 'STRING' as const, nullable: true },
    { name: 'likes', data: [7, 8], type: 'INT32' as const },
  ]
  test.each(['UNCOMPRESSED', 'SNAPPY', 'GZIP', 'BROTLI', 'ZSTD'] as const)(
    'packed as %s',
    async (codec) => {
      const compressors = {
        GZIP: (page: Uint8Array) => gzipSync(page),
        BROTLI: (page: Uint8Array) => brotliCompressSync(page),
        ZSTD: (page: Uint8Array) => zstdCompressSync(page),
      }
      const bytes = new Uint8Array(parquetWriteBuffer({ columnData, codec, compressors }))
      expect(await read('a.parquet', bytes)).toEqual({
        columns: ['image', 'alt', 'likes'],
        rows: [
          { line: 1, fields: ['a.png', 'an owl', '7'] },
          { line: 2, fields: ['b.png', '', '8'] },
        ],
        faults: [],
      })
    },
  )

  test('a page that unpacks to more than it says is refused', async () => {
    const compressors = { GZIP: () => gzipSync(new Uint8Array(10_000_000)) }
    const bytes = parquetWriteBuffer({ columnData, codec: 'GZIP', compressors })
    await expect(read('a.parquet', new Uint8Array(bytes))).rejects.toMatchObject({
      code: 'bad-input',
      hint: expect.stringContaining('Snappy or Zstandard') as unknown,
    })
  })
})

test.each([
  ['a.parquet', 'PAR1 and no more'],
  ['a.csv', ''],
  ['a.xml', '<a/>'],
])('%s that is no such table is refused with a next step', async (name, text) => {
  await expect(read(name, text)).rejects.toMatchObject({
    code: 'bad-input',
    hint: expect.stringMatching(/\w/) as unknown,
  })
})

test.each([
  ['a.XLSX', 'PK', /is a spreadsheet/, /CSV/],
  ['other.json', '{"images": [1]}', /no list of rows/, /list of objects/],
  ['a.csv', 'photos/an owl.JPG,an owl\nb.jpg,a cat\n', /first line.*an owl\.JPG/, /image,alt_text/],
  ['a.tsv', 'an owl\tb.png\n', /first line.*b\.png/, /image,alt_text/],
])('%s is refused with what to do about it', async (name, text, message, hint) => {
  await expect(read(name, text)).rejects.toMatchObject({
    code: 'bad-input',
    message: expect.stringMatching(message) as unknown,
    hint: expect.stringMatching(hint) as unknown,
  })
})

test('a column may be called as a picture is, where another names the image', async () => {
  const { columns } = await read('a.csv', 'image,big.png\na.png,x\n')
  expect(columns).toEqual(['image', 'big.png'])
})

test('more rows than are read at once are refused', async () => {
  const many = `image,alt\n${'a,b\n'.repeat(250_001)}`
  await expect(read('a.csv', many)).rejects.toMatchObject({
    message: 'The table has more than 250,000 rows',
    hint: 'Split it into smaller tables.',
  })
})
