/** Tables on the command line: a folder and its table, a table that names its images, and a look before. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { runCommand } from '../support/run-command.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)

const realign = (...args: readonly string[]) => runCommand(at('home'), args)

const Listed = z.looseObject({ name: z.string(), className: z.string().nullable() })

async function classes(workspace: string) {
  const { out } = await realign('list', '--json', '--workspace', at(workspace))
  const images = out.trim().split('\n').filter(Boolean)
  return images
    .map((line) => Listed.parse(JSON.parse(line)))
    .map(({ name, className }) => [name, className])
    .sort()
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-table-'))
  await realign('fieldguide', '--seed', 'table', '--count', '3', '--out', at('drawn'))
  await mkdir(at('set/sub'), { recursive: true })
  await copyFile(at('drawn/000000.png'), at('set/owl.png'))
  await copyFile(at('drawn/000001.png'), at('set/sub/cat.png'))
  await copyFile(at('drawn/000002.png'), at('outside.png'))
  await symlink(at('outside.png'), at('set/link.png'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const TABLE = [
  'img_path,alt,class',
  'owl.png,an owl,owl',
  './sub/cat.png,"a cat, asleep",cat',
  '../outside.png,a secret,',
  'link.png,a secret,',
  'https://x.example/dog.png,a dog,',
  'nope.png,nothing,',
].join('\n')

test('a table alone brings in the images beside it, none from outside its folder', async () => {
  await writeFile(at('set/captions.csv'), TABLE)
  const args = ['import', at('set/captions.csv'), '--workspace', at('alone.realign')]
  const look = await realign(...args, '--dry-run')
  expect([look.code, look.err, existsSync(at('alone.realign'))]).toEqual([0, '', false])
  expect(look.out).toContain('alt-text  column "alt"')
  expect(look.out).toContain(
    'line 3  ./sub/cat.png  (its file is there)\n  alt-text: "a cat, asleep"',
  )
  expect(look.out).not.toContain('outside.png  (its file is there)')

  const ran = await realign(...args)
  expect(ran.code).toBe(1)
  expect(ran.out).toBe(
    '2 images came in, 0 were there already, 0 refused\n2 alt-texts, 2 class names and 0 groups from 6 rows for 2 images, 4 rows not used\n',
  )
  const told = ran.err.trim().split('\n')
  expect(told.map((line) => /^not used: line (\d+)/.exec(line)?.[1])).toEqual(['4', '5', '6', '7'])
  expect(told[2]).toContain('download the image first')
  expect(await classes('alone.realign')).toEqual([
    ['cat.png', 'cat'],
    ['owl.png', 'owl'],
  ])
})

test('a folder with its table: the table is no refused picture, and the answer names what it did', async () => {
  await mkdir(at('both'))
  await copyFile(at('set/owl.png'), at('both/owl.png'))
  await copyFile(at('set/owl.png'), at('both/twin.png'))
  await writeFile(at('both/words.jsonl'), '{"file":"twin.png","caption":"an owl","kind":"owl"}\n')
  const args = ['import', at('both'), '--table', at('both/words.jsonl')]
  args.push('--workspace', at('both.realign'), '--json')
  const refused = await realign(...args)
  expect([refused.code, refused.out]).toEqual([2, ''])
  expect(refused.err).toContain('Say which with --alt-column')
  expect(refused.err).toContain('"caption"')
  const ran = await realign(...args, '--alt-column', 'caption', '--class-column', 'Kind')
  expect([ran.code, ran.err]).toEqual([0, ''])
  expect(JSON.parse(ran.out)).toMatchObject({
    refused: 0,
    table: {
      ...{ file: 'words.jsonl', rows: 1, images: 1, altTexts: 1, classNames: 1, unused: [] },
      mapping: { image: 'file', altText: 'caption', className: 'kind', group: null },
    },
  })
  expect(await classes('both.realign')).toEqual([['owl.png', 'owl']])
})

test.each([
  ['two tables', ['set/captions.csv', '--table', 'both/words.jsonl']],
  ['a flag of tables without a table', ['set', '--dry-run']],
  ['a column that is not there', ['set/captions.csv', '--image-column', 'nope']],
  [
    'a column that is two things',
    ['set/captions.csv', '--alt-column', 'class', '--class-column', 'class'],
  ],
])('%s is wrong use', async (_, args) => {
  const paths = args.map((one) => (one.includes('/') || one === 'set' ? at(one) : one))
  const ran = await realign('import', ...paths, '--workspace', at('wrong.realign'))
  expect(ran).toMatchObject({ code: 2, out: '' })
  expect(ran.err).toMatch(/\[bad-input\]\n {9}\S/)
})

test('a table without a column is told, and no list of columns is promised', async () => {
  await writeFile(at('deep.json'), '['.repeat(1000))
  const ran = await realign('import', at('deep.json'), '--workspace', at('wrong.realign'))
  expect(ran.code).toBe(2)
  expect(ran.err).toMatch(/^realign: The table has no column \[bad-input\]\n {9}It needs one/)
})
