/** Installs what is missing, so that one command is enough on a fresh clone. Runs on any Node from 20. */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { createHash } from 'node:crypto'
import path from 'node:path'

export const root = path.resolve(import.meta.dirname, '..')
const at = (...parts) => path.join(root, ...parts)

export const say = (line) => process.stderr.write(`${line}\n`)

export function fail(line, hint) {
  say(`realign: ${line}`)
  if (hint) say(`         ${hint}`)
  process.exit(1)
}

const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm'

/** Runs a program to its end; ends this process with its exit code when it fails and `must` is set. */
export function run(program, args, { must = true, quiet = false, env = process.env } = {}) {
  const shell = process.platform === 'win32' && /\.cmd$/.test(program)
  const done = spawnSync(program, args, {
    cwd: root,
    env,
    shell,
    stdio: quiet ? ['ignore', 'ignore', 'ignore'] : ['ignore', 'inherit', 'inherit'],
  })
  if (must && done.status !== 0) process.exit(done.status ?? 1)
  return done.status ?? 1
}

/** Runs lists of [program, args], each list in its order and all lists at once; ends this process with the code of the first that fails. */
export async function runSideBySide(lists, { env = process.env } = {}) {
  const running = new Set()
  const one = (program, args) =>
    new Promise((done) => {
      const child = spawn(program, args, {
        cwd: root,
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      running.add(child)
      child.once('error', () => end(1))
      child.once('exit', (code) => {
        running.delete(child)
        if (code === 0) done()
        else end(code ?? 1)
      })
    })
  const end = (code) => {
    for (const child of running) child.kill()
    process.exit(code)
  }
  await Promise.all(
    lists.map(async (list) => {
      for (const [program, args] of list) await one(program, args)
    }),
  )
}

/** Path of the pinned Node that the project runs on. */
export const pinnedNode = () =>
  at('node_modules', 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node')

export const bin = (name) =>
  at('node_modules', '.bin', process.platform === 'win32' ? `${name}.cmd` : name)

const lockHash = () =>
  createHash('sha256')
    .update(readFileSync(at('package-lock.json')))
    .digest('hex')

/** `npm ci` when node_modules does not belong to this lock file. */
export function ensureInstalled() {
  const stamp = at('node_modules', '.realign-lock')
  const installed = existsSync(stamp) && readFileSync(stamp, 'utf8') === lockHash()
  if (installed && existsSync(pinnedNode())) return
  say('Installing dependencies (once, about a minute)…')
  const status = run(npm, ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { must: false })
  if (status !== 0)
    fail(
      'npm ci did not finish.',
      'See its message above; with a network connection, run the same command again.',
    )
  if (!existsSync(pinnedNode()))
    fail(
      'the pinned Node was not installed.',
      'npm must be allowed to run its install script: see "allowScripts" in package.json.',
    )
  writeFileSync(stamp, lockHash())
}

/** An environment in which `node` is the pinned Node, for everything we start. */
export function projectEnv(extra = {}) {
  const first = [path.dirname(pinnedNode()), at('node_modules', '.bin')].join(path.delimiter)
  return { ...process.env, PATH: `${first}${path.delimiter}${process.env.PATH ?? ''}`, ...extra }
}
