/** Captions made elsewhere on the command line: whose they are, what is refused, what is said of them afterwards. */
import { copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/run-command.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)

const realign = (...args: readonly string[]) => runCommand(at('home'), args)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-captions-'))
  await realign('fieldguide', '--seed', 'captions', '--count', '2', '--out', at('drawn'))
  await mkdir(at('set'))
  await copyFile(at('drawn/000000.png'), at('set/owl.png'))
  await copyFile(at('drawn/000001.png'), at('set/cat.png'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const jsonLines = (out: string): readonly Record<string, unknown>[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Record<string, unknown>)

test('captions stand beside ours, and every command says whose they are', async () => {
  const table = [
    'image,model,alt_text,output',
    'owl.png,GPT-4o,,"A drawn owl, \u001b[31mred"',
    'owl.png,builtin,,A bird.',
    'nobody.png,GPT-4o,,Another one.',
    'cat.png,GPT-4o,a teapot,No teapot: a cat.',
  ]
  await writeFile(at('them.csv'), table.join('\n'))
  const w = ['--workspace', at('w.realign')]
  const imported = await realign('import', at('set'), '--table', at('them.csv'), ...w)
  expect([imported.code, imported.out]).toEqual([
    1,
    '2 images came in, 0 were there already, 0 refused\n4 rows for 2 images, 1 row not used\n3 captions made elsewhere by GPT-4o and builtin, 0 already here, 3 scored\n',
  ])
  expect(imported.err).toContain(
    'not used: line 4 (nobody.png): no image of the workspace has this name',
  )

  const compared = await realign('compare', at('set/owl.png'), '--alt', '', ...w, '--json')
  expect(compared.code).toBe(0)
  expect(jsonLines(compared.out)).toMatchObject([
    { alt_kind: 'empty', seed: 7, tokens: expect.any(Number), provenance: { variant: 'fp32' } },
  ])

  const shown = await realign('show', 'owl.png', ...w)
  expect(shown.out).toContain('[empty] ""  by GPT-4o, made elsewhere (them.csv, line 2)')
  expect(shown.out).toContain('[empty] ""  by builtin, made elsewhere (them.csv, line 3)')
  expect(shown.out).toContain('A drawn owl, \\u001b[31mred')
  expect(shown.out).toContain('[empty] ""  seed 7')
  const told = jsonLines((await realign('show', 'owl.png', ...w, '--json')).out)
  expect(told.map(({ seed, tokens }) => [seed, tokens])).toEqual([
    ...[1, 2].map(() => [null, null]),
    [7, expect.any(Number)],
  ])
  expect(told[1]).toMatchObject({
    clip_score: expect.any(Number),
    provenance: {
      ...{ captionerId: 'elsewhere:builtin', notes: [] },
      elsewhere: { file: 'them.csv', line: 3, fileSha256: expect.any(String) },
    },
  })
  expect(Object.keys(told[1]?.['provenance'] ?? {})).not.toContain('settings')

  const again = await realign('import', at('them.csv'), ...w, '--json')
  expect(JSON.parse(again.out)).toMatchObject({
    table: { captions: { runId: null, added: 0, there: 3, scored: 0, unscored: 0 } },
  })

  const studied = await realign(
    ...['study', 'plan', '--name', 's', '--template', 'figure-3', '--rater', 'R1', '--dry-run'],
    ...['--system', 'ours=builtin@empty', '--system', 'theirs=elsewhere:builtin@empty', ...w],
  )
  expect([studied.code, studied.out]).toEqual([
    0,
    expect.stringContaining('systems: ours, theirs\n'),
  ])

  const file = at('table3.md')
  expect((await realign('export', 'table3', '--out', file, ...w)).code).toBe(0)
  expect((await readFile(file, 'utf8')).replaceAll('\\', '')).toContain(
    'Made elsewhere, not by Realign, 3 captions: GPT-4o, read from them.csv',
  )
  const traced = await realign('trace', file, ...w)
  expect(traced.out.match(/made elsewhere/g)).toHaveLength(3)
  expect(traced.out).toContain('seed 7')
})

test('without anybody who wrote them captions are refused; a name goes for all rows', async () => {
  await writeFile(at('set/bare.csv'), 'image,alt,class,caption\nowl.png,an owl,owl,A bird.\n')
  const w = ['--workspace', at('bare.realign')]
  const args = ['import', at('set/bare.csv'), ...w]
  const chosen = await realign(...args, '--caption-column', 'caption')
  expect([chosen.code, chosen.out]).toEqual([2, ''])
  expect(chosen.err).toContain('Nothing says who wrote the captions of the table [bad-input]')
  expect(chosen.err).toContain('Say it with --captions-by NAME')
  expect(await realign(...args, '--captions-by', ' ')).toMatchObject({
    ...{ code: 2, out: '', err: expect.stringContaining('--captions-by names nobody') },
  })

  const look = await realign(...args, '--captions-by', 'GPT-4o', '--dry-run')
  expect(look.out).toContain('caption   column "caption"')
  expect(look.out).toContain('captioner (none): GPT-4o')
  expect(look.out).toContain(
    '  class: "owl"\n  given: free "an owl"\n  caption by GPT-4o: "A bird."',
  )

  const words = await realign(...args)
  expect([words.code, words.out]).toEqual([
    0,
    '1 image came in, 0 were there already, 0 refused\n1 alt-text, 1 class name and 0 groups from 1 row for 1 image, 0 rows not used\n',
  ])
  expect(words.err).toContain('column "caption" is not read')
  expect(words.err).toContain('--captions-by')

  const named = await realign(...args, '--captions-by', 'a@b', '--json')
  expect(named.code).toBe(0)
  expect(JSON.parse(named.out)).toMatchObject({
    table: {
      mapping: { altText: 'alt', caption: 'caption', captioner: null },
      ...{ altTexts: 0, classNames: 1, captions: { added: 1, writers: ['a@b'] } },
    },
  })
  const shown = await realign('show', 'owl.png', ...w)
  expect(shown.out).toContain('[own] "an owl"  by a@b, made elsewhere (bare.csv, line 2)')
  const planned = await realign(
    ...['study', 'plan', '--name', 's', '--template', 'figure-3', '--rater', 'R1', '--dry-run'],
    ...['--system', 'x=elsewhere:a@b@own', '--system', 'y=elsewhere:a@b@sorcery', ...w],
  )
  expect(planned.err).toContain('"y=elsewhere:a@b@sorcery" names no system')
})
