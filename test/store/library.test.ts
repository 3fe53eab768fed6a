/** The library at some size: keyset pages that miss nothing, search by part of a name, groups. */
import Sqlite from 'better-sqlite3'
import { beforeAll, describe, expect, test } from 'vitest'
import type { ImageQuery, Store } from '../../src/core/store-port.ts'
import { openStore } from '../../src/store/open-store.ts'
import { someImage } from './rows.ts'

const COUNT = 500
let store: Store

beforeAll(async () => {
  store = await openStore(':memory:')
  for (let n = 0; n < COUNT; n++)
    store.images.add({
      ...someImage(n),
      // Many share a name, and case must not matter to the order.
      name: `${n % 2 ? 'IMG' : 'img'}_${String(n % 50).padStart(4, '0')}.jpg`,
      group: n % 3 === 0 ? 'birds' : null,
      className: n % 100 === 7 ? 'great gray owl, Strix nebulosa' : null,
    })
})

const base: ImageQuery = { after: null, limit: 60, search: '', group: null, sort: 'added' }

function everyPage(query: ImageQuery): readonly string[] {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const page = store.images.page({ ...query, after })
    ids.push(...page.rows.map(({ id }) => id))
    if (page.next === null) return ids
    after = page.next
  }
}

describe('pages', () => {
  test.each(['added', 'name'] as const)('by %s: every image once, in order', (sort) => {
    const ids = everyPage({ ...base, sort })
    expect(new Set(ids).size).toBe(COUNT)
    expect(ids).toHaveLength(COUNT)
    const keys = ids.map((id) => store.images.card(id)?.name.toLowerCase() ?? '')
    if (sort === 'name') expect(keys).toEqual(keys.toSorted())
    else expect(ids[0]).toBe(someImage(COUNT - 1).id)
  })

  test('an image that comes in between two pages shifts nothing', () => {
    const first = store.images.page({ ...base, limit: 100 })
    store.images.add(someImage(9_000))
    const second = store.images.page({ ...base, limit: 100, after: first.next })
    expect(second.rows[0]?.id).toBe(someImage(COUNT - 101).id)
    store.images.hide([someImage(9_000).id])
  })

  test('totals are those of the question', () => {
    expect(store.images.page(base).total).toBe(COUNT)
    expect(store.images.page({ ...base, group: 'birds' }).total).toBe(167)
    expect(everyPage({ ...base, group: 'birds' })).toHaveLength(167)
  })

  test.each(['x', '1:', '1; DROP TABLE images', '-1', '1e9'])(
    'a made-up place %j is refused or empty',
    (after) => {
      const look = () => store.images.page({ ...base, after }).rows.length
      if (after === '1:') expect(look()).toBe(0)
      else expect(look).toThrow(expect.objectContaining({ code: 'bad-input' }))
    },
  )
})

describe('search', () => {
  test.each([
    ['gray owl', 5],
    ['NEBULOSA', 5],
    ['nebul 0007', 5],
    ['0042', 10],
    ['42', 10],
    ['ow', 5],
    ['birds', 167],
    ['no such thing', 0],
    ['"', 0],
    ['%', 0],
    ['_', COUNT],
  ])('%j finds %i', (search, count) => {
    expect(store.images.page({ ...base, search }).total).toBe(count)
    expect(everyPage({ ...base, search, sort: 'name' })).toHaveLength(count)
  })
})

test('SQLite finds every page by an index, never by a scan', async () => {
  const raw = new Sqlite(':memory:')
  const { STEPS } = await import('../../src/store/migrations/list.ts')
  for (const step of STEPS) for (const statement of step.statements) raw.exec(statement)
  const plan = (query: string) =>
    (raw.prepare(`EXPLAIN QUERY PLAN ${query}`).all() as { detail: string }[])
      .map(({ detail }) => detail)
      .join('\n')
  const pages = [
    `SELECT id FROM images WHERE hidden = 0 AND seq < 9 ORDER BY seq DESC LIMIT 5`,
    `SELECT id FROM images WHERE hidden = 0 AND name COLLATE NOCASE >= 'a'
     AND (name COLLATE NOCASE > 'a' OR seq > 5) ORDER BY name COLLATE NOCASE, seq LIMIT 5`,
    `SELECT id FROM captions WHERE image_id = 'x' ORDER BY seq`,
    `SELECT id FROM captions WHERE cell_key = 'x' ORDER BY seq DESC LIMIT 1`,
    `SELECT max(seq) FROM scores WHERE caption_seq = 5`,
  ]
  for (const query of pages) {
    expect(plan(query)).toMatch(/^SEARCH/)
    expect(plan(query)).not.toContain('TEMP B-TREE')
  }
  raw.close()
})
