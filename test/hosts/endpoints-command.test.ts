/** Endpoints on the command line: defined, allowed, tested and asked; the key is nowhere but in the request. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startChatServer, type Asked, type ChatServer } from '../support/chat-server.ts'
import { runCommand } from '../support/run-command.ts'

const KEY = 'sk-canary-5f2b9c01'

let folder = ''
let server: ChatServer
/** What other processes of this home have in their environment while a question is open. */
const environments: string[] = []
const at = (name: string) => path.join(folder, name)
const realign = (...args: readonly string[]) => runCommand(at('home'), args)

async function lookAtProcesses(): Promise<void> {
  for (const pid of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(pid)) continue
    const read = (name: string) => readFile(`/proc/${pid}/${name}`, 'utf8').catch(() => '')
    const [line, environment] = await Promise.all([read('cmdline'), read('environ')])
    if (/worker\.(ts|js)/.test(line) && environment.includes(at('home')))
      environments.push(`${line} ${environment}`)
  }
}

async function answer({ prompt }: Asked): Promise<string> {
  await lookAtProcesses()
  const name = /made by (\w+)/.exec(prompt)?.[1]
  if (name !== undefined) return `I cannot see. ${name}`
  return prompt.includes('a barn owl\u001b[31m') ? 'A photo of a barn owl.' : 'A photo of a bird.'
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-endpoints-'))
  server = await startChatServer(answer)
  await runCommand(at('home'), ['fieldguide', '--seed', 'e', '--count', '1', '--out', at('drawn')])
})

afterAll(async () => {
  server.close()
  await rm(folder, { recursive: true, force: true })
})

test('an endpoint is defined, allowed, tested and asked; its captions are told apart', async () => {
  await writeFile(at('prompt.txt'), 'Caption this; its alt-text: {alt}')
  const add = [
    'endpoints',
    'add',
    'Lab VLM',
    '--model',
    'vlm-7b',
    '--prompt-file',
    at('prompt.txt'),
  ]
  const w = ['--workspace', at('w.realign')]
  const plain = await realign(...add, '--url', 'http://example.com/v1', ...w)
  expect([plain.code, plain.out]).toEqual([2, ''])
  const added = await realign(...add, '--url', server.url, ...w)
  expect([added.code, added.err]).toEqual([0, ''])
  expect(added.out).toContain('endpoint:lab-vlm  Lab VLM  vlm-7b at http://127.0.0.1:')
  expect(added.out).toContain('may not be sent pictures of this workspace')
  expect(added.out).toContain('no key (REALIGN_KEY_LAB_VLM in the environment would be one)')
  expect((await realign(...add, '--url', server.url, ...w)).code).toBe(2)

  const picture = at('drawn/000000.png')
  const ask = ['compare', picture, '--alt', '', '--alt', 'a barn owl\u001b[31m']
  const asked = [...ask, '--captioner', 'endpoint:lab-vlm', ...w, '--json']
  const early = await realign(...asked)
  expect([early.code, server.asked.length]).toEqual([1, 0])
  expect(early.err).toContain('may not send anything to http://127.0.0.1:')

  const allowed = await realign('endpoints', 'allow', 'Lab VLM', ...w, '--json')
  expect(JSON.parse(allowed.out)).toMatchObject({ endpoint: { allowed: true, test: null } })
  // Checking what is on this machine asks nobody.
  const checked = await realign('models', 'check', ...w)
  expect([checked.code, checked.out.includes('lab-vlm'), server.asked.length]).toEqual([
    0,
    false,
    0,
  ])
  expect((await realign('models', 'list', ...w)).out).toContain('endpoint:lab-vlm  Lab VLM  vlm-7b')
  const tested = await realign('endpoints', 'test', 'lab-vlm', ...w)
  expect(tested.code).toBe(1)
  expect(tested.out).toContain('picture does not arrive, alt-text arrives: I cannot see. ')

  const done = await realign(...asked)
  expect(done.code).toBe(0)
  const lines = done.out.trim().split('\n')
  expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
    { caption: 'A photo of a bird.', tokens: null, seed: 7 },
    { caption: 'A photo of a barn owl.', provenance: { endpoint: { model: 'vlm-7b' } } },
  ])
  const shown = await realign('show', '000000.png', ...w)
  expect(shown.out).toContain('by endpoint:lab-vlm, seed 7')

  expect((await realign('endpoints', 'remove', 'Lab VLM', ...w)).code).toBe(0)
  expect((await realign('endpoints', 'list', ...w)).out).toBe('')
  expect((await realign('show', '000000.png', ...w)).out).toContain('A photo of a barn owl.')
})

test('a key of the environment is in the request and nowhere else', async () => {
  const w = ['--workspace', at('k.realign')]
  const [add, allow] = [
    ['endpoints', 'add', 'Keyed', '--url', server.url, '--model', 'm', ...w],
    ['endpoints', 'allow', 'Keyed', ...w],
  ]
  await realign(...add)
  await realign(...allow)
  const before = server.asked.length
  process.env['REALIGN_KEY_KEYED'] = KEY
  environments.length = 0
  const compared = await realign(
    ...['compare', at('drawn/000000.png'), '--alt', '', '--captioner', 'endpoint:keyed', ...w],
  )
  const listed = await realign('endpoints', 'list', ...w)
  delete process.env['REALIGN_KEY_KEYED']
  expect(compared.code).toBe(0)
  expect(listed.out).toContain('key set, ends in …9c01')
  expect(server.asked.slice(before).map(({ headers }) => headers['authorization'])).toEqual([
    `Bearer ${KEY}`,
  ])
  if (process.platform === 'linux') expect(environments).toHaveLength(1)
  expect(environments.join()).not.toContain('canary')
  const said = [compared.out, compared.err, listed.out, listed.err].join()
  expect(said).not.toContain('canary')
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue
    const bytes = await readFile(path.join(entry.parentPath, entry.name))
    expect([entry.name, bytes.includes('canary')]).toEqual([entry.name, false])
  }
})
