/** Keys of endpoints on the desktop: encrypted by the system where it can, else only until the app ends. */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { createMemoryKeys, type KeyStore } from '../endpoints/keys.ts'
import { writeAtomically } from '../files/write-atomically.ts'

/** What is used of Electron's safeStorage. */
export interface SafeStorage {
  isEncryptionAvailable(): boolean
  encryptString(plain: string): Buffer
  decryptString(encrypted: Buffer): string
  /** Linux only; 'basic_text' is encryption with a password that everybody knows. */
  getSelectedStorageBackend?(): string
}

function isSafe(safe: SafeStorage): boolean {
  try {
    return safe.isEncryptionAvailable() && safe.getSelectedStorageBackend?.() !== 'basic_text'
  } catch {
    return false
  }
}

type Sealed = Readonly<Record<string, string>>

async function readSealed(file: string): Promise<Sealed> {
  try {
    const read: unknown = JSON.parse(await readFile(file, 'utf8'))
    if (typeof read !== 'object' || read === null) return {}
    const texts = Object.entries(read).filter(([, value]) => typeof value === 'string')
    return Object.fromEntries(texts) as Sealed
  } catch {
    return {} // not there, or no file of ours: the keys are asked for again, nothing else is lost
  }
}

/** A key that cannot be opened any more (another keyring, a copied profile) is as one that was never given. */
export function createSafeKeys(
  file: string,
  safe: SafeStorage,
  fromEnvironment: ReadonlyMap<string, string>,
): KeyStore {
  const memory = createMemoryKeys(fromEnvironment)
  const open = async (place: string): Promise<string | null> => {
    const sealed = isSafe(safe) ? (await readSealed(file))[place] : undefined
    if (sealed === undefined) return null
    try {
      return safe.decryptString(Buffer.from(sealed, 'base64'))
    } catch {
      return null
    }
  }
  /** One change after the other: each reads the file that the one before has written. */
  let changing: Promise<unknown> = Promise.resolve()
  const change = async (place: string, value: string | null): Promise<void> => {
    const { [place]: before, ...others } = await readSealed(file)
    if (value === null && before === undefined) return
    const now = value === null ? {} : { [place]: safe.encryptString(value).toString('base64') }
    const text = JSON.stringify({ ...others, ...now })
    await writeAtomically(file, async (part) => {
      await chmod(part, 0o600) // before there is anything in it
      await writeFile(part, text)
    })
  }
  return {
    async get(id, origin) {
      const value = await open(`${id} ${origin}`)
      return value === null ? memory.get(id, origin) : { value, kept: 'system' }
    },
    async set(id, origin, value) {
      await memory.set(id, origin, null)
      if (value !== null && !isSafe(safe)) return memory.set(id, origin, value)
      const work = changing.then(() => change(`${id} ${origin}`, value))
      changing = work.catch(() => undefined)
      await work
    },
  }
}
