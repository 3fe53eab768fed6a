/** What was built is run only while it is what the sources say. */
import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { isFresh } from '../../bin/built.mjs'
import { temporaryFolder } from '../support/builders.ts'

/** A project whose files are from second 10, and a build of second 20. */
function project() {
  const root = temporaryFolder()
  const at = (...parts: readonly string[]) => path.join(root, ...parts)
  mkdirSync(at('src', 'cli'), { recursive: true })
  mkdirSync(at('out'))
  const set = (name: string, second: number) => utimesSync(at(name), second, second)
  for (const name of ['src/cli/main.ts', 'src/a.ts', 'package-lock.json', 'out/main.js'])
    writeFileSync(at(name), '')
  for (const name of ['src/cli/main.ts', 'src/a.ts', 'package-lock.json', 'src/cli', 'src'])
    set(name, 10)
  set('out/main.js', 20)
  return { root, set, at, fresh: () => isFresh(at('out/main.js'), root) }
}

test('fresh while nothing is newer', () => {
  expect(project().fresh()).toBe(true)
})

test.each(['src/a.ts', 'src/cli/main.ts', 'package-lock.json'])(
  'stale once %s is newer',
  (name) => {
    const made = project()
    made.set(name, 30)
    expect(made.fresh()).toBe(false)
  },
)

test('stale once a source is gone, or the build itself', () => {
  const less = project()
  rmSync(less.at('src/a.ts'))
  expect(less.fresh()).toBe(false)
  const none = project()
  rmSync(none.at('out/main.js'))
  expect(none.fresh()).toBe(false)
})
