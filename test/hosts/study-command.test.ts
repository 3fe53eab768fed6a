/** `realign study` as a person meets it: which study is meant, whose links go on working, where a key may lie. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'

const program = path.resolve('bin/realign.mjs')
let folder = ''
let studyId = ''
const at = (name: string) => path.join(folder, name)

const start = (args: readonly string[]): ChildProcess =>
  spawn(process.execPath, [program, ...args], {
    env: { ...process.env, REALIGN_HOME: at('home') },
    stdio: ['ignore', 'pipe', 'pipe'],
  })

async function realign(args: readonly string[]) {
  const child = start(args)
  const [out, err] = [text(child.stdout!), text(child.stderr!)]
  const [code] = (await once(child, 'close')) as [number | null]
  return { code, out: await out, err: await err }
}
const study = (...args: string[]) => realign(['study', ...args, '--workspace', at('w.realign')])

async function freePort(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return String(port)
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-study-'))
  await realign(['fieldguide', '--seed', 's', '--count', '2', '--out', at('drawn')])
  await realign(['import', at('drawn'), '--workspace', at('w.realign')])
  const pictures = (await readdir(at('drawn'))).filter((name) => name.endsWith('.png'))
  const captions = pictures.flatMap((image) =>
    ['one', 'two'].map((system) =>
      JSON.stringify({ image, system, caption: `${system} ${image}` }),
    ),
  )
  await writeFile(at('captions.jsonl'), captions.join('\n'))
  const names = ['--name', 'birds', '--rater', 'anna', '--rater', 'ben']
  const planned = await study('plan', ...names, '--captions', at('captions.jsonl'))
  studyId = /^study ([0-9a-f]{32})$/m.exec(planned.out)?.[1] ?? ''
  expect(planned).toMatchObject({ code: 0 })
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Serves until the work is done; what it printed, one line a rater. */
async function serving<T>(args: readonly string[], work: (lines: string[]) => Promise<T> | T) {
  const child = start(['study', 'serve', 'birds', ...args, '--workspace', at('w.realign')])
  onTestFinished(() => void child.kill('SIGKILL'))
  let out = ''
  for await (const piece of child.stdout!.iterator({ destroyOnReturn: false })) {
    out += String(piece)
    if (/^ben .*\n/m.test(out)) break
  }
  const done = await work(out.trim().split('\n'))
  child.kill('SIGINT')
  await once(child, 'close')
  return done
}

test('a study is named by its whole name or enough of its id', async () => {
  for (const which of ['', studyId.slice(0, 5), 'bird'])
    expect(await study('task', which, '--out', at('tasks'))).toMatchObject({ code: 1, out: '' })
  expect(await study('task', studyId.slice(0, 12), '--out', at('tasks'))).toMatchObject({ code: 0 })
})

test('links of an earlier start go on working where that is asked', async () => {
  const port = await freePort()
  const tokenOf = (line = '') => line.split('#')[1] ?? ''
  const [anna = ''] = await serving(['--port', port], (lines) => lines.map(tokenOf))
  expect(anna).toMatch(/^[\w-]{43}$/)
  const status = async (token: string) =>
    (
      await fetch(`http://127.0.0.1:${port}/rate/state`, {
        method: 'POST',
        headers: {
          origin: `http://127.0.0.1:${port}`,
          'content-type': 'application/json',
          authorization: `Bearer ${token}`,
        },
        body: '{}',
      })
    ).status
  const kept = await serving(['--port', port, '--keep-links'], async (lines) => {
    expect(await status(anna)).toBe(200)
    return lines
  })
  expect(kept.join('\n')).not.toContain('http')
  await serving(['--port', port], async () => expect(await status(anna)).toBe(403))
  expect((await study('serve', 'birds', '--keep-links')).code).toBe(2)
})

test('whoever wants to look while pages are served is told how, without a link lost', async () => {
  await serving([], async () => {
    const { code, out, err } = await study('list')
    expect({ code, out }).toEqual({ code: 1, out: '' })
    expect(err).toContain('[store-busy]')
    expect(err).toContain('--keep-links and the --port of its links')
  })
})

test('rating pages are never opened at all addresses at once', async () => {
  for (const address of ['0.0.0.0', '::', '192.0.2.1']) {
    const { code, out, err } = await study('serve', 'birds', '--lan', address)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err).toContain(`${address} is not an address of this machine`)
  }
})

test('the key does not go where the anonymous export lies', async () => {
  const { code } = await study('export', 'birds', '--anonymous', '--out', at('given-away'))
  expect(code).toBe(0)
  const refused = await study('key', 'birds', '--out', at('given-away/key.csv'))
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(await readdir(at('given-away'))).not.toContain('key.csv')
  expect(await study('key', 'birds', '--out', at('apart/key.csv'))).toMatchObject({ code: 0 })
})

test('a report of a study that nobody has answered says so, and no figures', async () => {
  const { code, out } = await study('report', 'birds', '--resamples', '100')
  expect(code).toBe(0)
  expect(out).toMatch(/^alignment: no votes$/m)
  expect(out).not.toContain('NaN')
})
