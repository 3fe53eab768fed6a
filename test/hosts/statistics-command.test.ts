/** `realign export statistics` on the command line: table, data, growth curves, what is refused; wide data read in again. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/run-command.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)
const realign = (...args: readonly string[]) => runCommand(at('home'), args)
const w = () => ['--workspace', at('w.realign')]

const IMAGES = ['000000.png', '000001.png']

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-statistics-'))
  await realign('fieldguide', '--seed', 'statistics', '--count', '2', '--out', at('drawn'))
  const lines = IMAGES.flatMap((image) => [
    {
      image,
      captioner: 'people',
      alt_text: 'an owl in Rome, 1999',
      caption: 'An owl in Rome, 1999.',
    },
    {
      image,
      captioner: 'GPT-4o',
      alt_text: '',
      caption: `A photo of a bird. Its number is ${image}.`,
    },
  ])
  await writeFile(at('them.jsonl'), lines.map((line) => JSON.stringify(line)).join('\n'))
  await realign('import', at('drawn'), '--table', at('them.jsonl'), ...w())
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const rows = async (name: string): Promise<readonly Record<string, unknown>[]> =>
  (await readFile(at(name), 'utf8'))
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('the table, its figures and its growth curves are files', async () => {
  const table = await realign('export', 'statistics', '--out', at('s.tex'), ...w())
  expect([table.code, table.out]).toEqual([0, expect.stringContaining('4 captions of 2 images')])
  expect(await readFile(at('s.tex'), 'utf8')).toContain('MATTR')
  const base = ['--base', 'GPT-4o', '--sample', '1']
  await realign('export', 'statistics', '--out', at('s.jsonl'), ...base, ...w())
  const told = await rows('s.jsonl')
  expect(told.map(({ alt_kind, model }) => [alt_kind, model])).toEqual([
    ['empty', 'elsewhere:GPT-4o'],
    ['free', 'elsewhere:people'],
  ])
  expect(told[1]).toMatchObject({
    ...{ n_words: 5, copied_whole: 1, entities_kept: 1, entities_kept_of: 4, sample_captions: 1 },
    ...{ base: 'elsewhere:GPT-4o,empty', n_words_delta: 5 - Number(told[0]?.['n_words']) },
  })
  await writeFile(at('words.txt'), 'owl\nbird photo\n')
  const more = ['--growth', '--vocabulary', at('words.txt')]
  await realign('export', 'statistics', '--out', at('g.jsonl'), ...more, ...w())
  expect(await rows('g.jsonl')).toContainEqual(
    expect.objectContaining({
      model: 'elsewhere:people',
      captions: 2,
      words: 10,
      types: 5,
      trigrams: 3,
    }),
  )
})

test('a mix: strategies as a table, the texts of one as data', async () => {
  const table = await realign('export', 'mix', '--out', at('m.md'), ...w())
  expect([table.code, table.out]).toEqual([0, expect.stringContaining('4 captions of 2 images')])
  expect(await readFile(at('m.md'), 'utf8')).toContain('captions by GPT\\-4o')
  const texts = ['--strategy', 'share', '--share', '0.5', '--captioner', 'elsewhere:GPT-4o']
  await realign('export', 'mix', '--out', at('m.jsonl'), ...texts, ...w())
  expect(await rows('m.jsonl')).toMatchObject(
    IMAGES.map((image) => ({
      ...{ image, source: 'caption', text: `A photo of a bird. Its number is ${image}.` },
      ...{
        alt_text: null,
        clip_score: expect.any(Number) as number,
        strategy: 'share',
        caption_share: 0.5,
        mix_seed: 7,
      },
    })),
  )
})

test.each([
  [['statistics', '--references', 'people'], '--references are of Table 1', 2],
  [['table1', '--top', '20'], '--strategy, --top, --share and --mix-seed are of a mix', 2],
  [['table1', '--growth'], '--growth, --sample and --vocabulary are of statistics', 2],
  [['statistics', '--vocabulary', 'nowhere.txt'], 'The vocabulary nowhere.txt cannot be read', 1],
  [['statistics', '--base', 'nobody'], 'No caption of this selection is by nobody', 1],
  [['data', '--base', 'people'], '--base is of Table 1 and statistics alone', 2],
] as const)('%s is refused', async (args, words, exit) => {
  const { code, err } = await realign('export', ...args, '--out', at('x.csv'), ...w())
  expect([code, err]).toEqual([exit, expect.stringContaining(words)])
})

test('growth curves are drawn where the file is an SVG', async () => {
  const drawn = await realign('export', 'statistics', '--growth', '--out', at('g.svg'), ...w())
  expect(drawn).toMatchObject({ code: 0, err: '' })
  expect(drawn.out).toContain('2 curves of 4 captions')
  const svg = await readFile(at('g.svg'), 'utf8')
  expect(svg).toMatch(/^<svg xmlns[^]*people \(elsewhere\) \(free\)<\/text>/)
  const table = await realign('export', 'statistics', '--out', at('s.svg'), ...w())
  expect(table).toMatchObject({ code: 2, err: expect.stringContaining('--growth') })
  const large = ['--growth', '--sample', '9', '--out', at('none.svg')]
  expect(await realign('export', 'statistics', ...large, ...w())).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('ask for a smaller sample') },
  })
})

test('a growth curve is no document', async () => {
  const flags = ['--growth', '--out', at('g.pdf'), ...w()]
  expect(await realign('export', 'statistics', ...flags)).toMatchObject({ code: 2 })
})

test('data with a row an image is read into another workspace', async () => {
  await realign('export', 'data', '--wide', '--out', at('wide.csv'), ...w())
  const other = ['--workspace', at('other.realign')]
  const { code, out } = await realign('import', at('drawn'), '--table', at('wide.csv'), ...other)
  expect([code, out]).toEqual([
    0,
    expect.stringContaining('4 captions made elsewhere by GPT-4o and people'),
  ])
})
