/** Endpoints of one person: what is defined, which keys are held, and what tests have shown while the program runs. */
import type { EndpointsPort } from '../core/ports.ts'
import type { EndpointTest } from '../shared/endpoint.ts'
import { originOf } from './address.ts'
import {
  findEndpoint,
  listEndpoints,
  removeEndpoint,
  saveEndpoint,
  type DefinedEndpoint,
  type RefusedEndpoint,
} from './definitions.ts'
import type { Key, KeyStore } from './keys.ts'

export interface Endpoints extends EndpointsPort {
  list(): Promise<readonly (DefinedEndpoint | RefusedEndpoint)[]>
  /** Fails with 'not-found' or 'model-mismatch'. */
  find(id: string): Promise<DefinedEndpoint>
  keyOf(endpoint: DefinedEndpoint): Promise<Key | null>
  /** What the newest test of this very definition has shown. */
  testOf(endpoint: DefinedEndpoint): EndpointTest | null
  keepTest(endpoint: DefinedEndpoint, test: EndpointTest): void
}

/** `folder` is the person's own folder of models, which need not be there yet. */
export function createEndpoints(folder: string, keys: KeyStore): Endpoints {
  const tests = new Map<string, EndpointTest>()
  const originFor = ({ definition }: DefinedEndpoint) => originOf(definition.url)
  return {
    list: () => listEndpoints(folder),
    find: (id) => findEndpoint(folder, id),
    keyOf: (endpoint) => keys.get(endpoint.id, originFor(endpoint)),
    testOf: ({ id, sha256 }) => tests.get(`${id} ${sha256}`) ?? null,
    keepTest: ({ id, sha256 }, test) => void tests.set(`${id} ${sha256}`, test),
    async save(definition, replaces) {
      const old =
        replaces === undefined ? null : await findEndpoint(folder, replaces).catch(() => null)
      const id = await saveEndpoint(folder, definition, replaces)
      if (!old) return id
      // The key goes along under a new name, but to no other host.
      const origin = originFor(old)
      const key = await keys.get(old.id, origin)
      if (old.id !== id && key && key.kept !== 'environment' && origin === originOf(definition.url))
        await keys.set(id, origin, key.value)
      if (old.id !== id || origin !== originOf(definition.url)) await keys.set(old.id, origin, null)
      return id
    },
    async remove(id) {
      const found = await findEndpoint(folder, id).catch(() => null)
      await removeEndpoint(folder, id)
      if (found) await keys.set(id, originFor(found), null)
    },
    async setKey(id, key) {
      await keys.set(id, originFor(await findEndpoint(folder, id)), key)
    },
  }
}
