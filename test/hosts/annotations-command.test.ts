/** `realign annotations` as a person meets it: what there is, what rounds measure, what is handed on, what is refused. */
import { readFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openWorkbench } from '../../src/workbench.ts'
import { ALTS, writeNext } from '../support/annotations.ts'
import { createFakeEngine } from '../support/fake-engine.ts'
import { runCommand } from '../support/run-command.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)
const annotations = (...args: string[]) =>
  runCommand(at('home'), ['annotations', ...args, '--workspace', at('w.realign')])

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-annotations-'))
  await runCommand(at('home'), ['fieldguide', '--seed', 'a', '--count', '2', '--out', at('drawn')])
  await runCommand(at('home'), ['import', at('drawn'), '--workspace', at('w.realign')])
  const workbench = await openWorkbench({
    workspaceFile: at('w.realign'),
    engine: createFakeEngine(),
    appVersion: 'test',
    hostName: 'test',
  })
  const client = workbench.clientAs('owner')
  const imageIds = (await client.call('images.list', {})).images.map(({ id }) => id)
  for (const [index, imageId] of imageIds.entries())
    await client.call('images.setAltText', { imageId, altKind: 'own', text: ALTS[index] ?? '' })
  const { id } = await client.call('annotations.create', {
    ...{ name: 'Birds \u001b[31m', imageIds, annotators: ['Ada', 'Ben'] },
  })
  for (const imageId of imageIds) await writeNext(client, id, imageId, '=A photo | of a bird.')
  await workbench.close()
})

afterAll(() => rm(folder, { recursive: true, force: true }))

const WHICH = 'Birds \u001b[31m'

test('list says how far each is, and no name steers the terminal', async () => {
  const { code, out } = await annotations('list')
  expect(code).toBe(0)
  expect(out).toMatch(
    /^[0-9a-f]{12} {2}\d{4}-\d\d-\d\d {2}Birds \\u001b\[31m: 2 images, round 2, 2 of 2 written\n$/,
  )
  const told = await annotations('list', '--json')
  expect(JSON.parse(told.out)).toMatchObject({ name: WHICH, images: 2, openRound: 2, done: 2 })
})

test('figures score what has no score, and name their units', async () => {
  const { code, out } = await annotations('figures', WHICH, '--score')
  expect(code).toBe(0)
  expect(out).toMatch(/Round 2: 2 images\n {2}length {7}7\.0 \[7\.0, 7\.0\] words/)
  expect(out.replace(/\s+/g, ' ')).toContain('characters (Unicode code points) and in words')
  const { out: json } = await annotations('figures', WHICH, '--json')
  expect(JSON.parse(json)).toMatchObject({ rounds: [{ round: 1 }, { round: 2, clip: { n: 2 } }] })
})

test('export does not take the place of the workspace', async () => {
  const { code, err } = await annotations('export', WHICH, 'rounds-csv', '--out', at('w.realign'))
  expect(code).toBe(2)
  expect(err).toMatch(/is a workspace, and is not written over/)
  expect((await annotations('list')).code).toBe(0)
})

test('export writes a file or to standard output, guarded against formulas', async () => {
  const { code, out } = await annotations('export', WHICH, 'rounds-csv')
  expect(code).toBe(0)
  expect(out.split('\r\n')).toHaveLength(4)
  expect(out).toContain(`"'=A photo | of a bird."`)
  const file = at('out/ft.json')
  expect((await annotations('export', WHICH, 'altogether-json', '--out', file)).code).toBe(0)
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({
    data: [{ round2: '=A photo | of a bird.' }, {}],
  })
})

test('to-captions adds captions by people, and the same again adds nothing', async () => {
  const first = await annotations('to-captions', WHICH, '--round', '2')
  expect([first.code, first.out]).toEqual([
    0,
    '2 captions added, 0 already here, by "Birds [31m, round 2 (people)"\n',
  ])
  const again = await annotations('to-captions', WHICH, '--round', '2', '--json')
  expect(JSON.parse(again.out)).toMatchObject({ added: 0, there: 2, runId: null })
})

test.each([
  [['figures', 'nothing'], 1, 'There are: Birds'],
  [['export', WHICH, 'pdf'], 2, 'Allowed choices'],
  [['to-captions', WHICH, '--round', '3'], 2, 'Nobody has written round 3'],
  [['to-captions', WHICH], 2, '--round'],
] as const)('%j is refused with the next step', async (args, code, words) => {
  const told = await annotations(...args)
  expect(told.code).toBe(code)
  expect(told.err).toContain(words)
})

test('help names every command', async () => {
  const { code, out } = await runCommand(at('home'), ['annotations', '--help'])
  expect(code).toBe(0)
  for (const name of ['list', 'figures', 'export', 'to-captions']) expect(out).toContain(name)
})
