/** `realign import` of folders: what came in, what was there, what was passed over, and what its exit code says. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../support/run-command.ts'

let folder = ''
const at = (name: string) => path.join(folder, name)
const realign = (...args: readonly string[]) => runCommand(at('home'), args)

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-import-'))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

test('a folder with a README is no failure, the README named itself is one', async () => {
  await realign('fieldguide', '--seed', 'told', '--count', '2', '--size', '64', '--out', at('told'))
  for (const name of ['README.md', 'LICENSE']) await writeFile(at(`told/${name}`), 'words')
  const own = ['--workspace', at('told.realign')]
  const passed = 'files that are no pictures were passed over: LICENSE, README.md\n'
  const first = await realign('import', at('told'), ...own)
  expect(first).toMatchObject({ code: 0, err: `2 ${passed}` })
  expect(first.out).toBe('2 images came in, 0 were there already, 0 refused\n')
  const again = await realign('import', at('told'), at('told/README.md'), ...own)
  expect(again.code).toBe(1)
  expect(again.out).toBe('0 images came in, 2 were there already, 1 refused\n')
  expect(again.err).toMatch(/^refused README\.md: [^\n]+\n2 files that are no pictures/)
  const json = await realign('import', at('told'), ...own, '--json')
  expect(json.code).toBe(0)
  expect(JSON.parse(json.out)).toMatchObject({
    ...{ images: [expect.any(String), expect.any(String)], refused: 0, passedOver: 2 },
  })
})
