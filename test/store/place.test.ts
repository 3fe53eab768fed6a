/** A log belongs to one file: what happens where the file was linked, replaced, emptied, moved or deleted. */
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  existsSync,
  linkSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Store } from '../../src/core/store-port.ts'
import { openStore } from '../../src/store/open-store.ts'
import { temporaryFolder } from '../support/builders.ts'
import { someCaption, someImage } from './rows.ts'

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
const newFile = () => path.join(temporaryFolder(), 'work.realign')

function fill(store: Store, captions: number, seed = 0): void {
  store.images.add(someImage(1))
  const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
  for (let at = 0; at < captions; at++) store.captions.add(someCaption({ runId, seed: seed + at }))
}

const captionsIn = async (file: string): Promise<number> => {
  const store = await openStore(file)
  const { cells } = store.counts()
  store.close()
  return cells
}

/** As a program leaves it that is killed: 20 captions in the file, 20 in its log. */
async function killed(): Promise<string> {
  const [file, left] = [newFile(), newFile()]
  const before = await openStore(file)
  fill(before, 20)
  before.close()
  const store = await openStore(file)
  fill(store, 20, 1000)
  for (const end of ['', '-wal']) copyFileSync(file + end, left + end)
  store.close()
  return left
}

afterEach(() => vi.useRealTimers())

describe('a log that a killed program left', () => {
  test('is read in where it belongs', async () => {
    expect(await captionsIn(await killed())).toBe(40)
  })

  test('harms no other workspace that was put in the place of its own', async () => {
    const file = await killed()
    const other = newFile()
    const store = await openStore(other)
    fill(store, 3, 5000)
    store.close()
    copyFileSync(other, file)
    const before = [digest(file), digest(`${file}-wal`)]
    await expect(openStore(file)).rejects.toMatchObject({
      code: 'store-corrupt',
      hint: expect.stringContaining('work.realign-wal'),
    })
    expect([digest(file), digest(`${file}-wal`)]).toEqual(before)
    renameSync(`${file}-wal`, path.join(temporaryFolder(), 'log')) // as the hint says
    expect(await captionsIn(file)).toBe(3)
  })

  test.each([
    ['gone', (file: string) => rmSync(file)],
    ['empty', (file: string) => writeFileSync(file, '')],
  ])('is kept where its workspace is %s', async (_how, lose) => {
    const file = await killed()
    const kept = readFileSync(file)
    lose(file)
    await expect(openStore(file)).rejects.toMatchObject({
      code: 'unavailable',
      message: 'work.realign-wal has lost its workspace',
    })
    writeFileSync(file, kept) // moved back
    expect(await captionsIn(file)).toBe(40)
  })

  test('is not passed by under a second name of its file', async () => {
    const file = await killed()
    const second = path.join(path.dirname(file), 'second.realign')
    linkSync(file, second)
    for (const name of [second, file])
      await expect(openStore(name)).rejects.toMatchObject({
        code: 'unavailable',
        hint: expect.stringContaining('cp FILE NEW.realign'),
      })
    rmSync(second)
    expect(await captionsIn(file)).toBe(40)
  })
})

test('no file is shared with others, so a full disk opens, and none that was left stands in the way', async () => {
  const file = await killed()
  writeFileSync(`${file}-shm`, '', { mode: 0o444 })
  const store = await openStore(file)
  fill(store, 1, 9000)
  expect(existsSync(`${file}-shm`)).toBe(false)
  store.close()
  expect(readdirSync(path.dirname(file)).filter((name) => /-(wal|shm)$/.test(name))).toEqual([])
})

test.skipIf(process.platform === 'win32')('a pipe is refused and not waited for', async () => {
  const pipe = newFile()
  execFileSync('mkfifo', [pipe])
  await expect(openStore(pipe)).rejects.toMatchObject({ code: 'bad-input' })
})

// Elsewhere a file that is open cannot be moved.
describe.skipIf(process.platform === 'win32')('a workspace that is open', () => {
  test('and moved saves no more, holds all it had, and goes on once it is back', async () => {
    const file = newFile()
    const store = await openStore(file)
    fill(store, 20)
    const moved = path.join(temporaryFolder(), 'moved.realign')
    renameSync(file, moved)
    expect(() => fill(store, 1, 1000)).toThrow(
      expect.objectContaining({ code: 'unavailable', hint: expect.stringContaining(file) }),
    )
    const copy = newFile()
    copyFileSync(moved, copy)
    expect(await captionsIn(copy)).toBe(20)
    renameSync(moved, file)
    fill(store, 1, 2000)
    store.close()
    expect(await captionsIn(file)).toBe(21)
  })

  test('and deleted or replaced says so at the next write', async () => {
    const file = newFile()
    const store = await openStore(file)
    rmSync(file)
    expect(() => fill(store, 1)).toThrow(expect.objectContaining({ code: 'unavailable' }))
    writeFileSync(file, 'another')
    expect(() => fill(store, 1)).toThrow(expect.objectContaining({ code: 'unavailable' }))
    store.close()
    expect(readFileSync(file, 'utf8')).toBe('another')
  })

  test('can be copied without its log a moment after the last write', async () => {
    const file = newFile()
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const store = await openStore(file)
    fill(store, 20)
    expect(statSync(`${file}-wal`).size).toBeGreaterThan(0)
    vi.runOnlyPendingTimers()
    expect(statSync(`${file}-wal`).size).toBe(0)
    const copy = newFile()
    copyFileSync(file, copy)
    vi.useRealTimers()
    expect(await captionsIn(copy)).toBe(20)
    store.close()
    expect(existsSync(`${file}-wal`)).toBe(false)
  })
})
