/** What the operating system says of a path becomes a sentence and a next step; a bug stays one. */
import { copyFileSync, mkdirSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { systemError, temporaryError } from '../../src/shared/system-error.ts'
import { RealignError } from '../../src/shared/errors.ts'

function thrownBy(work: () => unknown): unknown {
  try {
    return work()
  } catch (error) {
    return error
  }
}

const failure = (code: string, more: object = {}) =>
  Object.assign(new Error(code), { code, syscall: 'write', ...more })

test('a missing file and a file in the way are named', () => {
  const missing = path.join(tmpdir(), 'realign no such file')
  expect(systemError(thrownBy(() => readFileSync(missing)))).toMatchObject({
    code: 'not-found',
    message: `There is no such file or folder: ${missing}`,
  })
  const within = path.join(import.meta.filename, 'x')
  expect(systemError(thrownBy(() => mkdirSync(within, { recursive: true })))).toMatchObject({
    code: 'bad-input',
    message: expect.stringContaining(within),
  })
})

test('of a copy that fails, the place that it goes to is named', () => {
  const to = path.join(import.meta.filename, 'x')
  const error = thrownBy(() => copyFileSync(import.meta.filename, to))
  expect(systemError(error)).toMatchObject({ message: expect.stringContaining(to) })
})

test('a full disk is told although a write names no path', () => {
  expect(systemError(failure('ENOSPC'))).toMatchObject({
    code: 'store-full',
    message: 'The disk is full',
  })
})

test('of a temporary folder, which nobody named, it is said how to name another', () => {
  const gone = failure('ENOENT', { path: '/t/realign-XXXXXX' })
  expect(temporaryError(gone, '/t')).toMatchObject({
    code: 'unavailable',
    message: 'No temporary folder can be made in /t',
    hint: expect.stringContaining('TMPDIR'),
  })
  expect(temporaryError(failure('ENOSPC'), '/t')).toMatchObject({ code: 'store-full' })
})

test('anything else stays what it is', () => {
  const own = new RealignError('bug', 'x')
  for (const error of [
    own,
    new TypeError('x'),
    failure('EISDIR'),
    failure('EPIPE', { path: '/' }),
    7,
  ])
    expect(systemError(error)).toBe(error)
})
