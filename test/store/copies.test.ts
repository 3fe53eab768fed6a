/** A copy a day, seven of them, that never stand in the way of opening and never hold half a file. */
import Sqlite from 'better-sqlite3'
import { copyFileSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test, vi } from 'vitest'
import type { Store } from '../../src/core/store-port.ts'
import { openStore } from '../../src/store/open-store.ts'
import { temporaryFolder } from '../support/builders.ts'
import { someCaption, someImage } from './rows.ts'

const SOON = { timeout: 30_000, interval: 5 }
const DAY = 24 * 60 * 60 * 1000
const dayOf = (n: number) => new Date(Date.UTC(2026, 0, 1) + n * DAY)
const copiesIn = (folder: string) =>
  readdirSync(folder).filter((name) => /backup-\d{4}-/.test(name))

async function newWorkspace(): Promise<string> {
  const file = path.join(temporaryFolder(), 'x.realign')
  const store = await openStore(file)
  caption(store, 1)
  store.close()
  return file
}

function caption(store: Store, image: number): string {
  store.images.add(someImage(image))
  const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
  return store.captions.add(someCaption({ runId, image })).id
}

async function openOn(file: string, day: number): Promise<void> {
  const store = await openStore(file, { now: () => dayOf(day) })
  const target = `${file}.backup-${dayOf(day).toISOString().slice(0, 10)}`
  await vi.waitUntil(() => existsSync(target) || store.warnings.length > 0, SOON)
  store.close()
}

test('once a day on opening, not for a new file, and the copy holds what was there', async () => {
  const file = await newWorkspace()
  const folder = path.dirname(file)
  expect(copiesIn(folder)).toEqual([])
  await openOn(file, 0)
  await openOn(file, 0)
  expect(copiesIn(folder)).toEqual(['x.realign.backup-2026-01-01'])
  const copied = path.join(folder, 'restored.realign')
  copyFileSync(path.join(folder, 'x.realign.backup-2026-01-01'), copied)
  const restored = await openStore(copied)
  expect(restored.counts()).toEqual({ images: 1, cells: 1 })
  expect(restored.warnings).toEqual([])
  restored.close()
})

test('seven are kept, the youngest; copies before a new schema are not counted among them', async () => {
  const file = await newWorkspace()
  writeFileSync(`${file}.backup-v10`, 'kept')
  for (let day = 0; day < 9; day++) await openOn(file, day)
  expect(copiesIn(path.dirname(file))).toEqual(
    Array.from({ length: 7 }, (_, n) => `x.realign.backup-2026-01-0${n + 3}`),
  )
  expect(existsSync(`${file}.backup-v10`)).toBe(true)
})

test('people work on while the copy is made, and what they write meanwhile is whole in it', async () => {
  const file = await newWorkspace()
  const target = `${file}.backup-2026-01-01`
  const store = await openStore(file, { now: () => dayOf(0) })
  const said = [caption(store, 2)]
  for (let image = 3; !existsSync(target); image++) {
    said.push(caption(store, image))
    await new Promise(setImmediate)
  }
  store.close()
  const copy = new Sqlite(target, { readonly: true })
  expect(copy.pragma('integrity_check', { simple: true })).toBe('ok')
  const ids = copy.prepare('SELECT id FROM captions ORDER BY seq').pluck().all()
  expect(ids.slice(1)).toEqual(said.slice(0, ids.length - 1))
  copy.close()
})

test('closed in the middle, nothing half-made has the name of a copy; a leftover is cleared away', async () => {
  const file = await newWorkspace()
  writeFileSync(`${file}.backup-2026-01-01.part`, 'half a copy of a killed program')
  const store = await openStore(file, { now: () => dayOf(0) })
  store.close()
  await openOn(file, 0)
  expect(readdirSync(path.dirname(file)).sort()).toEqual([
    'x.realign',
    'x.realign.backup-2026-01-01',
  ])
})

test('where no copy can be made, the workspace opens all the same and says so', async () => {
  const file = await newWorkspace()
  mkdirSync(`${file}.backup-2026-01-01.part`)
  const store = await openStore(file, { now: () => dayOf(0) })
  caption(store, 2)
  await vi.waitUntil(() => store.warnings.length > 0, SOON)
  expect(store.warnings[0]).toMatch(/^Today's copy of this workspace could not be made: /)
  store.close()
})

test('a damaged file pushes out no sound copy', async () => {
  const file = await newWorkspace()
  const raw = new Sqlite(file)
  raw.exec('DROP TRIGGER captions_no_update')
  raw.exec("UPDATE captions SET text = 'changed behind our back'")
  raw.close()
  const store = await openStore(file, { now: () => dayOf(0) })
  expect(store.warnings).toHaveLength(1)
  await new Promise(setImmediate)
  store.close()
  expect(readdirSync(path.dirname(file))).toEqual(['x.realign'])
})
