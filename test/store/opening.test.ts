/** Opening a workspace file: who may, what is refused, and that a refused file stays as it was. */
import Sqlite from 'better-sqlite3'
import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Store } from '../../src/core/store-port.ts'
import { openDatabase, toStoreError, type Database } from '../../src/store/database.ts'
import { migrate } from '../../src/store/migrate.ts'
import { SCHEMA_VERSION, STEPS } from '../../src/store/migrations/list.ts'
import { createStore, openStore } from '../../src/store/open-store.ts'
import { temporaryFolder } from '../support/builders.ts'
import { someCaption, someImage } from './rows.ts'

const digest = (file: string) => createHash('sha256').update(readFileSync(file)).digest('hex')
const newFile = () => path.join(temporaryFolder(), 'my work.realign')

function fill(store: Store): string {
  store.images.add(someImage(1))
  const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
  return store.captions.add(someCaption({ runId })).id
}

describe('opening', () => {
  test('a missing file is made, and what was kept is there again', async () => {
    const file = newFile()
    const first = await openStore(file)
    const id = fill(first)
    first.close()
    const second = await openStore(file)
    expect(second.captions.get(id)?.caption).toBe('A drawing of a bird, number 7.')
    expect(second).toMatchObject({ name: 'my work.realign', warnings: [] })
    second.close()
  })

  test('a second opening in this process is refused, through a link too, until the first closes', async () => {
    const file = newFile()
    const store = await openStore(file)
    const link = path.join(path.dirname(file), 'link.realign')
    symlinkSync(file, link)
    await expect(openStore(file)).rejects.toMatchObject({ code: 'store-busy' })
    await expect(openStore(link)).rejects.toMatchObject({ code: 'store-busy' })
    store.close()
    ;(await openStore(link)).close()
  })

  test('another process is refused while we hold the file', async () => {
    const file = newFile()
    const store = await openStore(file)
    const script = `import { openStore } from ${JSON.stringify(path.resolve('src/store/open-store.ts'))}
      await openStore(process.argv[1], { busyTimeoutMs: 50 }).catch((e) => console.log(e.code, '|', e.hint))`
    const said = execFileSync(process.execPath, ['--input-type=module', '-e', script, file], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    expect(said).toMatch(/^store-busy \| Close the other/)
    fill(store) // and we go on undisturbed
    store.close()
  })

  test('a program that comes while another makes the file is told that it is in use', async () => {
    const file = newFile()
    const first = openDatabase(file) // its tables come next
    const second = openStore(file, { busyTimeoutMs: 50 })
    await expect(second).rejects.toMatchObject({ code: 'store-busy' })
    first.close()
  })

  test('a file whose tables reached the log only, its maker killed, opens where they are ours', async () => {
    const made = async (make: (database: Database) => void | Promise<void>) => {
      const [file, left] = [newFile(), newFile()]
      const database = openDatabase(file)
      await make(database)
      for (const end of ['', '-wal']) copyFileSync(file + end, left + end)
      database.close()
      return left
    }
    const store = await openStore(
      await made(async (database) => {
        await migrate(database)
        createStore(database, []).images.add(someImage(3))
      }),
    )
    expect(store).toMatchObject({ warnings: [] })
    expect(store.images.card(someImage(3).id)?.name).toBe('picture-00003.jpg')
    store.close()
    const foreign = await made((database) => database.exec('CREATE TABLE bank (account TEXT)'))
    await expect(openStore(foreign)).rejects.toMatchObject({ code: 'bad-input' })
    const empty = await made(() => undefined)
    ;(await openStore(empty)).close()
  })

  test('a file of a newer program is refused and stays as it was, byte by byte', async () => {
    const file = newFile()
    ;(await openStore(file)).close()
    const raw = new Sqlite(file)
    raw.pragma('journal_mode = DELETE')
    raw.pragma(`user_version = ${SCHEMA_VERSION + 10}`)
    raw.close()
    const before = digest(file)
    await expect(openStore(file)).rejects.toMatchObject({ code: 'store-newer' })
    expect(digest(file)).toBe(before)
    expect(readdirSync(path.dirname(file))).toEqual(['my work.realign'])
  })

  test.each([
    ['a text file', (file: string) => writeFileSync(file, 'dear diary')],
    ['a picture', (file: string) => writeFileSync(file, Buffer.from('\x89PNG\r\n', 'latin1'))],
    [
      "somebody else's database",
      (file: string) => {
        const raw = new Sqlite(file)
        raw.exec('CREATE TABLE bank (account TEXT)')
        raw.close()
      },
    ],
  ])('%s is refused and stays as it was', async (_what, make) => {
    const file = newFile()
    make(file)
    const before = digest(file)
    await expect(openStore(file)).rejects.toMatchObject({ code: 'bad-input' })
    expect(digest(file)).toBe(before)
  })

  test('a folder, a missing folder and a place that cannot be written are told apart from a bug', async () => {
    const folder = temporaryFolder()
    mkdirSync(path.join(folder, 'x.realign'))
    for (const file of [
      path.join(folder, 'x.realign'),
      path.join(folder, 'no', 'such', 'x.realign'),
      '/proc/x.realign',
    ])
      await expect(openStore(file)).rejects.toMatchObject({
        code: 'unavailable',
        hint: expect.any(String),
      })
  })

  test('odd names work', async () => {
    const folder = temporaryFolder()
    for (const name of [
      "it's 100% «mine».realign",
      '\u202eevil.realign',
      'x?mode=ro#.realign',
      '🦉',
    ])
      (await openStore(path.join(folder, name))).close()
    expect(readdirSync(folder)).toHaveLength(4)
  })

  test('a file of an older schema is copied first, then brought up to date', async () => {
    const file = newFile()
    const old = openDatabase(file)
    await migrate(old, STEPS.slice(0, 1))
    createStore(old, []).images.add(someImage(3))
    old.close()
    const store = await openStore(file)
    expect(store.warnings).toEqual([expect.stringContaining('backup-v10')])
    expect(store.images.card(someImage(3).id)?.name).toBe('picture-00003.jpg')
    store.close()
    const copy = new Sqlite(`${file}.backup-v10`, { readonly: true })
    expect(copy.pragma('user_version', { simple: true })).toBe(10)
    expect(copy.prepare('SELECT count(*) AS n FROM images').get()).toEqual({ n: 1 })
    copy.close()
  })

  test('a migration that fails leaves the file as it was', async () => {
    const file = newFile()
    const db = openDatabase(file)
    await migrate(db, STEPS.slice(0, 1))
    const broken = { name: '0020-broken', statements: ['CREATE TABLE half (a TEXT)', 'NONSENSE'] }
    await expect(migrate(db, [...STEPS.slice(0, 1), broken])).rejects.toMatchObject({
      code: 'store-corrupt',
    })
    expect(db.pragma('user_version')).toBe(10)
    expect(() => db.exec('SELECT * FROM half')).toThrow(/no such table/)
    db.close()
    const store = await openStore(file)
    fill(store)
    store.close()
  })

  test('every page of a large file is read once a day, of any other file each time', async () => {
    const file = newFile()
    const store = await openStore(file)
    fill(store)
    store.close()
    const day = (n: number) => () => new Date(Date.UTC(2026, 0, n))
    const large = { largeBytes: 1 }
    ;(await openStore(file, { ...large, now: day(1) })).close()
    const raw = new Sqlite(file)
    const pageno = raw
      .prepare("SELECT pageno FROM dbstat WHERE name = 'run_uses_by_run'")
      .pluck()
      .get() as number
    const size = Number(raw.pragma('page_size', { simple: true }))
    raw.pragma('wal_checkpoint(TRUNCATE)')
    raw.close()
    writeFileSync(file, readFileSync(file).fill(0xa5, (pageno - 1) * size, pageno * size))
    ;(await openStore(file, { ...large, now: day(1) })).close()
    await expect(openStore(file, { ...large, now: day(2) })).rejects.toMatchObject({
      code: 'store-corrupt',
    })
    await expect(openStore(file, { now: day(1) })).rejects.toMatchObject({ code: 'store-corrupt' })
  })

  test('a run that a killed program left behind reads as interrupted', async () => {
    const file = newFile()
    const store = await openStore(file)
    store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
    store.close()
    ;(await openStore(file)).close()
    const raw = new Sqlite(file, { readonly: true })
    expect(raw.prepare('SELECT status FROM runs').get()).toEqual({ status: 'interrupted' })
    raw.close()
  })
})

describe('a full disk', () => {
  test.each(['SQLITE_FULL', 'SQLITE_IOERR_SHMSIZE'])('%s is told as one', (code) => {
    expect(toStoreError(new Sqlite.SqliteError('disk I/O error', code))).toMatchObject({
      code: 'store-full',
      hint: expect.stringMatching(/Free some space/),
    })
  })

  test('one clear error, nothing lost, and it goes on once there is room', async () => {
    const db = openDatabase(newFile())
    await migrate(db)
    const store = createStore(db, [])
    store.images.add(someImage(1))
    const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
    db.pragma(`max_page_count = ${Number(db.pragma('page_count')) + 20}`)
    const kept: string[] = []
    const fillUp = () => {
      for (let seed = 0; seed < 10_000; seed++)
        kept.push(store.captions.add(someCaption({ runId, seed })).id)
    }
    expect(fillUp).toThrow(expect.objectContaining({ code: 'store-full' }))
    expect(kept.length).toBeGreaterThan(5)
    expect(store.captions.ofImage(someImage(1).id).map((cell) => cell.id)).toEqual(kept)
    db.pragma('max_page_count = 1000000')
    kept.push(store.captions.add(someCaption({ runId, seed: 99_999 })).id)
    expect([...store.verify()].length).toBeGreaterThan(0)
    expect(store.counts().cells).toBe(kept.length)
    expect(db.pragma('integrity_check')).toBe('ok')
    db.close()
  })
})
