/** Keys of endpoints: kept apart from everything that is written, shown or passed on. */
import { endpointSlug } from '../shared/endpoint-names.ts'

export interface Key {
  readonly value: string
  readonly kept: 'system' | 'memory' | 'environment'
}

/** A key is bound to the origin it was given for: changed to another host, an endpoint has none. */
export interface KeyStore {
  get(id: string, origin: string): Promise<Key | null>
  /** null takes it back. */
  set(id: string, origin: string, value: string | null): Promise<void>
}

const PREFIX = 'REALIGN_KEY_'

/** `REALIGN_KEY_MY_GPT` for an endpoint named "My GPT". */
export const keyVariable = (id: string): string =>
  PREFIX +
  endpointSlug(id)
    .toUpperCase()
    .replace(/[^\p{L}\p{N}]/gu, '_')

/** Takes the keys out of the environment, so that no process started later has them. */
export function takeKeys(environment: NodeJS.ProcessEnv): ReadonlyMap<string, string> {
  const taken = new Map<string, string>()
  for (const [name, value] of Object.entries(environment)) {
    if (!name.startsWith(PREFIX)) continue
    if (value !== undefined && value.trim() !== '') taken.set(name, value.trim())
    delete environment[name]
  }
  return taken
}

/** Until the program ends, besides those the environment had. One given later comes first. */
export function createMemoryKeys(fromEnvironment: ReadonlyMap<string, string>): KeyStore {
  const given = new Map<string, string>()
  const place = (id: string, origin: string) => `${id} ${origin}`
  return {
    get: (id, origin) => {
      const value = given.get(place(id, origin))
      if (value !== undefined) return Promise.resolve({ value, kept: 'memory' })
      const inherited = fromEnvironment.get(keyVariable(id))
      return Promise.resolve(
        inherited === undefined ? null : { value: inherited, kept: 'environment' },
      )
    },
    set: (id, origin, value) => {
      if (value === null) given.delete(place(id, origin))
      else given.set(place(id, origin), value)
      return Promise.resolve()
    },
  }
}

/** Short ones would be told by their ending. */
const LONG = 12

export const endingOf = ({ value }: Key): string | null =>
  value.length >= LONG ? value.slice(-4) : null
