/** Bytes survive the trip through JSON; everything else stays what JSON makes of it. */
import { expect, test } from 'vitest'
import { parseWithBytes, stringifyWithBytes } from '../../src/shared/bytes-json.ts'

test('bytes at any depth come back equal, large ones too', () => {
  const large = Uint8Array.from({ length: 200_001 }, (_, index) => (index * 31) & 255)
  const value = { a: [{ bytes: new Uint8Array([0, 1, 254, 255]) }], empty: new Uint8Array(), large }
  expect(parseWithBytes(stringifyWithBytes(value))).toEqual(value)
})

test('a Node Buffer travels as bytes', () => {
  expect(parseWithBytes(stringifyWithBytes({ bytes: Buffer.from('owl') }))).toEqual({
    bytes: new Uint8Array([111, 119, 108]),
  })
})

test('an object that only looks like bytes is left alone', () => {
  const value = { $bytes: 'AAAA', other: 1 }
  expect(parseWithBytes(stringifyWithBytes(value))).toEqual(value)
  expect(parseWithBytes(stringifyWithBytes({ $bytes: 5 }))).toEqual({ $bytes: 5 })
})

test('no value is one JSON value', () => {
  expect(stringifyWithBytes(undefined)).toBe('null')
})
