/** The schema itself: strict tables, append-only by trigger, counts and word indexes kept by the file. */
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { openDatabase, type Database } from '../../src/store/database.ts'
import { migrate, userVersion } from '../../src/store/migrate.ts'
import { SCHEMA_VERSION, STEPS, versionOf } from '../../src/store/migrations/list.ts'
import { createStore } from '../../src/store/open-store.ts'
import { someCaption, someImage, someScore } from './rows.ts'

interface Named {
  readonly name: string
}
const query = <R>(sql: string) => ({ compile: () => ({ sql, parameters: [] }) }) as never as R

let db: Database
const rows = (sql: string) => db.all(query<never>(sql)) as readonly unknown[]

beforeEach(async () => {
  db = openDatabase(':memory:')
  await migrate(db)
  onTestFinished(() => db.close())
})

describe('schema', () => {
  test('steps are numbered upwards and leave their number in the file', () => {
    const numbers = STEPS.map(versionOf)
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b))
    expect(new Set(numbers).size).toBe(numbers.length)
    expect(userVersion(db)).toBe(SCHEMA_VERSION)
  })

  test('every step works on the file that the step before left', async () => {
    for (let count = 1; count <= STEPS.length; count++) {
      const young = openDatabase(':memory:')
      await migrate(young, STEPS.slice(0, count))
      await migrate(young)
      expect(userVersion(young)).toBe(SCHEMA_VERSION)
      young.close()
    }
  })

  test('migrating again changes nothing', async () => {
    const before = rows('SELECT sql FROM sqlite_schema ORDER BY name')
    await migrate(db)
    expect(rows('SELECT sql FROM sqlite_schema ORDER BY name')).toEqual(before)
  })

  test('every table of ours is STRICT', () => {
    const loose = rows(
      `SELECT name FROM pragma_table_list
       WHERE schema = 'main' AND type = 'table' AND strict = 0 AND name NOT LIKE 'sqlite_%'`,
    ) as readonly Named[]
    const theirs = ['kysely_migration', 'kysely_migration_lock']
    expect(loose.map(({ name }) => name).filter((name) => !theirs.includes(name))).toEqual([])
  })

  test('the connection is as careful as it has to be', () => {
    const read = (name: string) => db.pragma(name)
    expect({
      synchronous: read('synchronous'),
      foreign_keys: read('foreign_keys'),
      trusted_schema: read('trusted_schema'),
      cell_size_check: read('cell_size_check'),
      locking_mode: read('locking_mode'),
    }).toEqual({
      synchronous: 2,
      foreign_keys: 1,
      trusted_schema: 0,
      cell_size_check: 1,
      locking_mode: 'exclusive',
    })
  })
})

describe('what was found', () => {
  const fill = () => {
    const store = createStore(db, [])
    store.images.add(someImage(1))
    const runId = store.runs.start({ request: {}, appVersion: '1', startedAt: 'now' })
    const cell = store.captions.add(someCaption({ runId }))
    store.captions.addScore(cell.id, someScore(), 'now')
    store.captions.addReplay({
      cellId: cell.id,
      identical: true,
      caption: cell.caption,
      maxLogProbDiff: 0,
      note: '',
      createdAt: 'now',
    })
    store.images.addAltText(someImage(1).id, { kind: 'own', text: 'x', source: 'typed' }, 'now')
    store.runs.addUse({
      runId,
      cellId: cell.id,
      altKind: 'free',
      condition: 0,
      sample: 0,
      reused: false,
    })
    store.runs.addFailure({ runId, imageId: someImage(1).id, code: 'bug', message: 'x' })
    return store
  }

  test.each(['captions', 'scores', 'cells', 'replays', 'alt_texts', 'run_uses', 'run_failures'])(
    '%s can be neither changed nor deleted',
    (table) => {
      fill()
      const [column] = rows(`SELECT name FROM pragma_table_info('${table}')`) as readonly Named[]
      expect(() => db.exec(`UPDATE ${table} SET ${column?.name} = ${column?.name}`)).toThrow(
        /append-only/,
      )
      expect(() => db.exec(`DELETE FROM ${table}`)).toThrow(/append-only/)
    },
  )

  test('an image keeps its identity and is never deleted', () => {
    fill()
    expect(() => db.exec(`UPDATE images SET id = '${'c'.repeat(64)}'`)).toThrow(/identity/)
    expect(() => db.exec('DELETE FROM images')).toThrow(/hidden/)
  })

  test('counts and sums follow by themselves', () => {
    const store = fill()
    expect(store.counts()).toEqual({ images: 1, cells: 1 })
    expect(store.images.card(someImage(1).id)?.captions).toBe(1)
    expect(rows('SELECT * FROM summaries')).toEqual([
      { captioner_id: 'c', alt_kind: 'free', captions: 1, scored: 1, clip_sum: 31.25 },
    ])
    expect(store.images.hide([someImage(1).id, someImage(1).id])).toBe(1)
    expect(store.counts().images).toBe(0)
    expect(store.images.add(someImage(1))).toBe('added')
    expect(store.images.add(someImage(1))).toBe('duplicate')
    expect(store.counts().images).toBe(1)
  })

  test('the revision grows with what is written, and not with looking', () => {
    const store = fill()
    const before = store.revision()
    store.images.detail(someImage(1).id)
    expect(store.counts().cells).toBe(1)
    expect(store.revision()).toBe(before)
    store.images.hide([someImage(1).id])
    expect(store.revision()).toBeGreaterThan(before)
  })

  test('the word indexes agree with their tables', () => {
    const store = fill()
    store.images.add({ ...someImage(1), className: 'great gray owl' })
    for (const index of ['caption_words', 'image_words'])
      db.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`)
    expect(db.pragma('integrity_check')).toBe('ok')
  })

  test('a score of the same scorer is kept once', () => {
    const store = fill()
    const [cell] = store.captions.ofImage(someImage(1).id)
    store.captions.addScore(cell?.id ?? '', { ...someScore(), clip: 99 }, 'later')
    expect(rows('SELECT clip FROM scores')).toEqual([{ clip: 31.25 }])
  })
})
