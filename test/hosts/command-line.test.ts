/** The command line as people and scripts meet it: what it prints, where, and what it exits with. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { text } from 'node:stream/consumers'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'

const program = path.resolve('bin/realign.mjs')
let folder = ''
let workspace = ''

interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

const start = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  spawn(process.execPath, [program, ...args], {
    env: { ...process.env, REALIGN_HOME: path.join(folder, 'home'), ...env },
  })

const realign = (
  args: readonly string[],
  interruptAfter?: RegExp,
  env?: Readonly<Record<string, string>>,
): Promise<Ran> =>
  new Promise((resolve, reject) => {
    const child = start(args, env)
    let out = ''
    let err = ''
    let interrupted = false
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString()
      // Once: a second Ctrl-C ends the program on the spot, as it should.
      if (!interrupted && interruptAfter?.test(out)) interrupted = child.kill('SIGINT')
    })
    child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, out, err }))
  })

const at = (name: string) => path.join(folder, name)
const compare = (...args: string[]) => realign(['compare', ...args, '--workspace', workspace])

/** The fields that scripts read, in the order in which the README names them. */
const Line = z.strictObject({
  image: z.string(),
  image_sha256: z.string().regex(/^[0-9a-f]{64}$/),
  alt_kind: z.string(),
  alt_text: z.string(),
  caption: z.string().min(1),
  clip_score: z.number(),
  scorer: z.string(),
  seed: z.literal(5),
  tokens: z.number().positive(),
  provenance: z.looseObject({
    preprocessing: z.string(),
    settings: z.looseObject({ resize: z.string(), greedy: z.boolean() }),
    cellId: z.uuid(),
  }),
})
const lines = (text: string) =>
  text
    .trim()
    .split('\n')
    .map((line) => Line.parse(JSON.parse(line)))

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'realign-cli-'))
  workspace = at('w.realign')
  const drawn = await realign(['fieldguide', '--seed', 'cli', '--count', '2', '--out', at('drawn')])
  expect(drawn.code).toBe(0)
  const [first] = await readdir(at('drawn'))
  const drawing = await readFile(path.join(at('drawn'), first ?? ''))
  await writeFile(at('one.png'), drawing)
  const wide = sharp(drawing).extend({ left: 200, right: 200, background: '#3366aa' })
  await writeFile(at('wide.png'), await wide.png().toBuffer())
  await writeFile(at('torn.png'), drawing.subarray(0, 300))
})

afterAll(() => rm(folder, { recursive: true, force: true }))

describe('compare', () => {
  const alts = ['--alt', '', '--alt', 'conch', '--class', 'great gray owl', '--seed', '5']

  test('prints the table on stdout and nothing else, and keeps it', async () => {
    const table = await compare(at('one.png'), ...alts)
    expect(table).toMatchObject({ code: 0, err: '' })
    expect(table.out).toMatch(/^one\.png\n/)
    for (const label of ['empty: (empty)', 'free: "conch"', 'class-name: "great gray'])
      expect(table.out).toContain(label)
    expect(table.out.match(/\[CLIP \d+\.\d\]/g)).toHaveLength(3)

    const kept = await realign(['show', 'one.png', '--json', '--workspace', workspace])
    const again = await compare(at('one.png'), ...alts, '--json')
    // Nothing was computed anew: timings and all are those that were kept.
    expect(new Set(again.out.trim().split('\n'))).toEqual(new Set(kept.out.trim().split('\n')))
    const order = lines(again.out).map(({ alt_kind, alt_text }) => [alt_kind, alt_text])
    expect(order).toEqual([
      ['empty', ''],
      ['free', 'conch'],
      ['class-name', 'great gray owl'],
    ])
  })

  test('the pixels can be chosen, and the provenance says which', async () => {
    const own = lines((await compare(at('wide.png'), '--seed', '5', '--json')).out)
    const rules = new Map<string, string>()
    for (const rule of ['squash', 'centre-crop']) {
      const ran = await compare(at('wide.png'), '--seed', '5', '--json', '--resize', rule)
      const [line] = lines(ran.out)
      expect(line?.provenance.settings.resize).toBe(rule)
      rules.set(rule, line?.provenance.preprocessing ?? '')
    }
    expect(rules.get('squash')).toContain('squash to 64')
    // The built-in captioner was trained on squares cut out of photographs.
    expect(own[0]?.provenance.preprocessing).toBe(rules.get('centre-crop'))
  })

  test('a file that cannot be read is named with its reason; the others are done; exit 1', async () => {
    const ran = await compare(at('torn.png'), at('one.png'), ...alts, '--json')
    expect(ran.code).toBe(1)
    expect(lines(ran.out)).toHaveLength(3)
    expect(ran.err).toMatch(/^refused torn\.png: \S.+\n$/)
  })

  test('a caption that cannot be made is told with what to do', async () => {
    const ran = await compare(at('one.png'), '--alt', '', '--variant', 'fp8')
    expect(ran.code).toBe(1)
    expect(ran.err).toMatch(
      /one\.png: .+ has no variant fp8\. Choose one of fp32, q8\.\n1 cell failed/,
    )
  })

  test('a home that cannot be made is told with the ways round it', async () => {
    const ran = await realign(['list'], undefined, { REALIGN_HOME: at('one.png/home') })
    expect(ran.code).toBe(2)
    expect(ran.err).toContain('--workspace, or set REALIGN_HOME')
  })

  test('an alt-text of control characters is shown, not obeyed', async () => {
    const ran = await compare(at('one.png'), '--alt', '\u001b[2Jconch\u202e', '--greedy')
    expect(ran.code).toBe(0)
    expect(ran.out).toContain('\\u001b[2Jconch\\u202e')
    expect(ran.out).not.toMatch(/[\u001b\u202e]/)
  })

  test.skipIf(process.platform === 'win32')(
    'a line break in a file name makes no line of its own',
    async () => {
      const name = 'torn.png\nrefused one.png'
      await writeFile(at(name), 'no picture')
      const { err } = await realign(['import', at(name), '--workspace', workspace])
      expect(err).toMatch(/^refused torn\.png\\u000arefused one\.png: \S/)
    },
  )

  test('a reader who leaves early is no fault', async () => {
    const child = start(['show', 'one.png', '--workspace', workspace])
    child.stdout.destroy()
    const [err, [code]] = await Promise.all([text(child.stderr), once(child, 'close')])
    expect([code, err]).toEqual([0, ''])
  })

  test('Ctrl-C ends it with 130 and keeps what was finished', async () => {
    const many = Array.from({ length: 24 }, (_, n) => ['--alt', `a thing called ${n}`]).flat()
    const ran = await realign(
      ['compare', at('drawn'), ...many, '--workspace', at('cut.realign')],
      /CLIP/,
    )
    expect(ran.code).toBe(130)
    const checked = await realign(['check', '--workspace', at('cut.realign')])
    expect(checked.code).toBe(0)
    expect(checked.out).toMatch(/^\d+ rows, every one as it was written\n$/)
  })
})

describe('models list', () => {
  test('says where bundles are read from, and reads one that was put there', async () => {
    const own = path.join(folder, 'home', 'models')
    const before = await realign(['models', 'list', '--workspace', workspace])
    expect(before.err).toContain(own)
    expect(before.out).not.toContain('tiny')
    await cp(path.resolve('models/tiny'), path.join(own, 'tiny'), { recursive: true })
    const after = await realign(['models', 'list', '--workspace', workspace])
    await rm(own, { recursive: true })
    expect(after.out).toContain('tiny')
  })
})

describe('serve', () => {
  test('a page brings bytes: it can name no file of this machine', async () => {
    const child = start(['serve', '--workspace', at('served.realign')])
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string]
    const { origin, hash } = new URL(line)
    const answer = await fetch(`${origin}/rpc/images.import`, {
      method: 'POST',
      headers: {
        origin,
        'content-type': 'application/json',
        authorization: `Bearer ${hash.replace('#token=', '')}`,
      },
      body: JSON.stringify({ sources: [{ kind: 'handle', handle: at('one.png') }] }),
    })
    expect(await answer.text()).toContain('not chosen in a dialog')
    child.kill('SIGTERM')
    await once(child, 'exit')
  })
})

describe('under a launcher, as with an older Node', () => {
  test('one that is killed takes its program along, which closes the workspace', async () => {
    const launcher = pathToFileURL(path.resolve('bin/launch.mjs')).href
    const code = `import(${JSON.stringify(launcher)}).then(({ launchNode }) =>
      launchNode(process.execPath, process.argv.slice(1)))`
    const args = [path.resolve('src/cli/main.ts'), 'serve', '--workspace', at('launched.realign')]
    const child = spawn(process.execPath, ['-e', code, ...args], {
      env: { ...process.env, REALIGN_HOME: path.join(folder, 'home') },
    })
    await once(createInterface(child.stdout), 'line')
    child.kill('SIGKILL')
    await once(child, 'close') // when nobody holds its output any more
    const left = await readdir(folder)
    expect(left).toContain('launched.realign')
    expect(left).not.toContain('launched.realign-wal')
  })
})

describe('wrong use is told on stderr and exits with 2', () => {
  test.each([
    ['no image', ['compare'], /missing required argument 'image'/],
    ['an unknown command', ['compair'], /unknown command 'compair'/],
    ['an unknown option', ['compare', 'x.png', '--alts', 'a'], /unknown option '--alts'/],
    ['a number that is none', ['compare', 'x.png', '--seed', '1.5'], /must be a whole number/],
    ['a rule that is none', ['compare', 'x.png', '--resize', 'stretch'], /squash, centre-crop/],
    ['an empty path', ['compare', ''], /An empty path names no file/],
  ])('%s', async (_, args, told) => {
    const ran = await realign(args)
    expect(ran).toMatchObject({ code: 2, out: '' })
    expect(ran.err).toMatch(told)
  })
})

test.each(['list', 'show x', 'export data --out x.csv', 'trace package.json', 'study report x'])(
  '%s of a mistyped workspace says so and makes none',
  async (command) => {
    const ran = await realign([...command.split(' '), '--workspace', at('typo/w.realign')])
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('There is no workspace')
    expect(await readdir(folder)).not.toContain('typo')
  },
)

test.each([
  ['probe', '--images'],
  ['study add-rater any', '--rater'],
])('%s without %s says so', async (command, option) => {
  const { code, err } = await realign(command.split(' '))
  expect(code).toBe(2)
  expect(err).toContain(`required option '${option}`)
})

describe('a path that leads nowhere is told in words, without a stack', () => {
  const missing = () => at('no such file')
  const inAFile = () => path.join(at('one.png'), 'x')
  const own = () => ['--workspace', workspace]
  const plan = (file: string) => ['study', 'plan', '--name', 's', '--captions', file, ...own()]
  const pack = () => ['probe', '--images', at('one.png'), '--pack', missing(), ...own()]
  const details = () => ['models', 'evaluate', '--count', '1', '--details', inAFile()]
  test.each<[string, () => string[], RegExp]>([
    ['captions', () => plan(missing()), /There is no file/],
    ['a folder of captions', () => plan(folder), /This is a folder, not a file/],
    ['answers', () => ['study', 'import', missing(), ...own()], /There is no file/],
    ['no text', () => ['study', 'import', at('one.png'), ...own()], /not text in UTF-8/],
    ['a pack', pack, /There is no file/],
    ['details', details, /is a file/],
    ['drawings', () => ['fieldguide', '--seed', 'a', '--out', at('one.png')], /in the way/],
    [
      'a workspace',
      () => ['models', 'list', '--workspace', path.join(inAFile(), 'y')],
      /is a file/,
    ],
    ['no workspace', () => ['list', '--workspace', missing()], /There is no workspace/],
    ['a check', () => ['check', '--workspace', missing()], /There is no workspace/],
  ])('%s', async (_, args, told) => {
    const ran = await realign(args())
    expect(ran.code).toBeGreaterThan(0)
    expect(ran.err).toMatch(told)
    expect(ran.err).toMatch(/^realign: .+ \[[a-z-]+\]\n {9}\S.+\n$/)
  })

  test('a check of a mistyped path makes no workspace', async () => {
    expect(await realign(['check', '--workspace', at('mistyped.realign')])).toMatchObject({
      code: 1,
    })
    expect(await readdir(folder)).not.toContain('mistyped.realign')
  })

  test('line numbers of captions count the empty lines', async () => {
    await writeFile(at('captions.jsonl'), '\ufeff\n\n{"image": 1}\n')
    const args = ['study', 'plan', '--name', 's', '--captions', at('captions.jsonl')]
    const ran = await realign([...args, '--workspace', workspace])
    expect(ran.err).toMatch(/Line 3 of .+ is not a caption \(image: .+\)/)
  })
})

test('import, list and show: every file ends as an image or a reason', async () => {
  const own = ['--workspace', at('listed.realign')]
  const imported = await realign(['import', at('drawn'), at('torn.png'), ...own])
  expect(imported.code).toBe(1)
  expect(imported.out).toMatch(/^2 images came in, 0 were there already, \d+ refused\n$/)
  expect(imported.err).toMatch(/refused torn\.png: /)
  const listed = await realign(['list', ...own])
  expect(listed.out.trim().split('\n')).toHaveLength(2)
  const [id = ''] = listed.out.split(' ')
  expect((await realign(['show', id, ...own])).out).toMatch(/768 x 768 png/)
  const missing = await realign(['show', 'no such image', ...own])
  expect(missing.code).toBe(1)
  expect(missing.err).toContain('No image "no such image" in this workspace')
})

test('models check proves the shipped bundle, golden step and all', async () => {
  const ran = await realign(['models', 'check', 'builtin', '--json', '--workspace', workspace])
  expect(ran.code).toBe(0)
  const bundle = z
    .looseObject({ state: z.string(), device: z.looseObject({ goldenDiff: z.number() }) })
    .parse(JSON.parse(ran.out))
  expect(bundle.state).toBe('ready')
  expect(bundle.device.goldenDiff).toBeLessThan(1e-3)
})

test('models check goes on after a bundle that is refused', async () => {
  const models = at('models')
  await cp('models/tiny', path.join(models, 'b'), { recursive: true })
  await cp('models/tiny', path.join(models, 'a'), { recursive: true })
  await writeFile(path.join(models, 'a', 'manifest.json'), '{}')
  const ran = await realign(['models', 'check', '--json', '--workspace', workspace], undefined, {
    REALIGN_MODELS: models,
  })
  const State = z.looseObject({ state: z.string() })
  const states = ran.out
    .trim()
    .split('\n')
    .map((line) => State.parse(JSON.parse(line)))
  expect([ran.code, states.map(({ state }) => state)]).toEqual([1, ['refused', 'ready']])
  expect(states[0]?.['problem']).toContain('manifest.json')
})

test('fieldguide writes the same bytes for the same seed', async () => {
  await realign(['fieldguide', '--seed', 'cli', '--count', '2', '--out', at('again')])
  const [one, two] = [await readdir(at('drawn')), await readdir(at('again'))]
  expect(two).toEqual(one)
  expect(one).toHaveLength(3)
  for (const name of one)
    expect((await readFile(at(`again/${name}`))).equals(await readFile(at(`drawn/${name}`)))).toBe(
      true,
    )
})

test('fieldguide draws into no folder of other pictures, and again into its own', async () => {
  await mkdir(at('mine'))
  await writeFile(at('mine/000001.png'), 'a picture of mine')
  const draw = (out: string) =>
    realign(['fieldguide', '--seed', 'cli', '--count', '2', '--size', '64', '--out', at(out)])
  const refused = await draw('mine')
  expect(refused).toMatchObject({ code: 2, out: '' })
  expect(refused.err).toContain('000001.png that is no drawing of ours')
  expect(await readdir(at('mine'))).toEqual(['000001.png'])
  await draw('ours')
  expect(await draw('ours')).toMatchObject({ code: 0 })
})

test('a name that two images have is asked back, with their ids', async () => {
  const twice = at('twice.realign')
  for (const [folder, size] of [
    ['small', '64'],
    ['large', '96'],
  ] as const) {
    const out = ['--count', '1', '--out', at(folder), '--size', size]
    await realign(['fieldguide', '--seed', folder, ...out])
    await realign(['import', at(folder), '--workspace', twice])
  }
  const asked = await realign(['show', '000000.png', '--workspace', twice])
  expect(asked).toMatchObject({ code: 2, out: '' })
  const [id = ''] = /[0-9a-f]{12}/.exec(asked.err) ?? []
  expect((await realign(['show', id, '--workspace', twice])).out).toContain(id)
})
