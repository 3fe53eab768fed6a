/** Keys on the desktop: on disk only as the system encrypted them, and a keyring that changed costs nothing else. */
import { readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { expect, test } from 'vitest'
import { createSafeKeys, type SafeStorage } from '../../src/main/safe-keys.ts'
import { temporaryFolder } from '../support/builders.ts'

const ID = 'endpoint:gpt'
const ORIGIN = 'https://api.example'
const KEY = 'sk-canary-0123456789'

/** Turns every byte over: the words are not on disk, and another mask cannot open them. */
function fakeSafe(mask = 0x5a, more: Partial<SafeStorage> = {}): SafeStorage {
  const turn = (bytes: Buffer) => Buffer.from(bytes.map((byte) => byte ^ mask))
  return {
    isEncryptionAvailable: () => true,
    encryptString: (plain) => turn(Buffer.from(`ok:${plain}`)),
    decryptString: (sealed) => {
      const text = turn(sealed).toString()
      if (!text.startsWith('ok:')) throw new Error('Error while decrypting the ciphertext')
      return text.slice(3)
    },
    ...more,
  }
}

const NONE: ReadonlyMap<string, string> = new Map()

test('a key outlives the program, encrypted, readable by its owner alone', async () => {
  const file = path.join(temporaryFolder(), 'keys.json')
  await createSafeKeys(file, fakeSafe(), NONE).set(ID, ORIGIN, KEY)
  expect(readFileSync(file, 'latin1')).not.toContain('canary')
  if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600)
  const later = createSafeKeys(file, fakeSafe(), NONE)
  expect(await later.get(ID, ORIGIN)).toEqual({ value: KEY, kept: 'system' })
  expect(await later.get(ID, 'https://other.example')).toBeNull()
  await later.set(ID, ORIGIN, null)
  expect(await later.get(ID, ORIGIN)).toBeNull()
  expect(readFileSync(file, 'utf8')).toBe('{}')
})

const UNSAFE: readonly (readonly [why: string, safe: Partial<SafeStorage>])[] = [
  ['there is none', { isEncryptionAvailable: () => false }],
  ['its password is known to everybody', { getSelectedStorageBackend: () => 'basic_text' }],
  [
    'it fails',
    {
      isEncryptionAvailable: (): boolean => {
        throw new Error('no keyring')
      },
    },
  ],
]

test.each(UNSAFE)(
  'where the system keeps no secrets (%s) a key ends with the program',
  async (_why, safe) => {
    const file = path.join(temporaryFolder(), 'keys.json')
    const keys = createSafeKeys(file, fakeSafe(0x5a, safe), NONE)
    await keys.set(ID, ORIGIN, KEY)
    expect(await keys.get(ID, ORIGIN)).toEqual({ value: KEY, kept: 'memory' })
    expect(await createSafeKeys(file, fakeSafe(0x5a, safe), NONE).get(ID, ORIGIN)).toBeNull()
  },
)

test('a key that cannot be opened any more is asked for again, the others stay', async () => {
  const file = path.join(temporaryFolder(), 'keys.json')
  await createSafeKeys(file, fakeSafe(), NONE).set(ID, ORIGIN, KEY)
  const changed = createSafeKeys(file, fakeSafe(0x33), NONE)
  expect(await changed.get(ID, ORIGIN)).toBeNull()
  await changed.set('endpoint:other', ORIGIN, 'another key')
  expect((await changed.get('endpoint:other', ORIGIN))?.value).toBe('another key')
  expect((await createSafeKeys(file, fakeSafe(), NONE).get(ID, ORIGIN))?.value).toBe(KEY)
})

test('a file that is no file of keys is as none', async () => {
  const file = path.join(temporaryFolder(), 'keys.json')
  for (const text of ['', '{', '[1]', '{"endpoint:gpt https://api.example": 5}']) {
    writeFileSync(file, text)
    expect(await createSafeKeys(file, fakeSafe(), NONE).get(ID, ORIGIN)).toBeNull()
  }
})
