/** The five checks of the browser host, as a whole matrix: only the allowed cells pass (FAULTS H2, H3). */
import { describe, expect, test } from 'vitest'
import { bearerOf, checkRead, checkWrite, sameSecret } from '../../src/server/guard.ts'

const rules = {
  hosts: new Set(['127.0.0.1:4100', 'localhost:4100']),
  origins: new Set(['http://127.0.0.1:4100', 'http://localhost:4100']),
}
const HOSTS = ['127.0.0.1:4100', 'LOCALHOST:4100', 'evil.test:4100', '127.0.0.1', undefined, '']
const ORIGINS = [
  'http://127.0.0.1:4100',
  'http://evil.test:4100',
  'null',
  undefined,
  'http://127.0.0.1',
]
const SITES = ['same-origin', 'cross-site', 'same-site', 'none', undefined]
const TYPES = ['application/json', 'application/json; charset=utf-8', 'text/plain', undefined]

describe('browser host guard', () => {
  test('a write passes only with our Host, our Origin, a same-origin fetch and JSON', () => {
    let passed = 0
    for (const host of HOSTS)
      for (const origin of ORIGINS)
        for (const fetchSite of SITES)
          for (const contentType of TYPES) {
            const expected =
              (host === '127.0.0.1:4100' || host === 'LOCALHOST:4100') &&
              origin === 'http://127.0.0.1:4100' &&
              (fetchSite === 'same-origin' || fetchSite === undefined) &&
              (contentType?.startsWith('application/json') ?? false)
            const { ok } = checkWrite(rules, { host, origin, fetchSite, contentType })
            expect({ host, origin, fetchSite, contentType, ok }).toEqual({
              host,
              origin,
              fetchSite,
              contentType,
              ok: expected,
            })
            if (ok) passed++
          }
    expect(passed).toBe(2 * 1 * 2 * 2)
  })

  test('a read needs our Host and no other site behind it', () => {
    for (const host of HOSTS)
      for (const origin of ORIGINS)
        for (const fetchSite of SITES) {
          const { ok } = checkRead(rules, { host, origin, fetchSite, contentType: undefined })
          const expected =
            (host === '127.0.0.1:4100' || host === 'LOCALHOST:4100') &&
            (origin === undefined || origin === 'http://127.0.0.1:4100') &&
            fetchSite !== 'cross-site' &&
            fetchSite !== 'same-site'
          expect({ host, origin, fetchSite, ok }).toEqual({ host, origin, fetchSite, ok: expected })
        }
  })

  test('a foreign Host reads as misdirected, a foreign Origin as refused', () => {
    const base = { fetchSite: undefined, contentType: 'application/json' }
    expect(checkWrite(rules, { ...base, host: 'evil.test', origin: undefined })).toEqual({
      ok: false,
      status: 421,
    })
    expect(checkWrite(rules, { ...base, host: '127.0.0.1:4100', origin: undefined })).toEqual({
      ok: false,
      status: 403,
    })
  })

  test('secrets compare by content and bearer tokens are read strictly', () => {
    expect(sameSecret('abc', 'abc')).toBe(true)
    expect(sameSecret('abc', 'abcd')).toBe(false)
    expect(bearerOf('Bearer 0123456789abcdef-_')).toBe('0123456789abcdef-_')
    for (const bad of [undefined, '', 'Basic x', 'Bearer short', 'Bearer 0123456789abcdef x'])
      expect(bearerOf(bad)).toBeUndefined()
  })
})
