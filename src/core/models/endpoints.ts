/** Captioners behind an address: defining them, their keys, and whether this workspace may send anything there. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import type { EndpointsPort } from '../ports.ts'
import type { Store } from '../store-port.ts'

/** Name of the setting: a JSON list of origins. */
const ALLOWED = 'endpoints-allowed'

function allowedOrigins(store: Pick<Store, 'setting'>): readonly string[] {
  try {
    const read: unknown = JSON.parse(store.setting(ALLOWED) ?? '[]')
    return Array.isArray(read) ? read.filter((one) => typeof one === 'string') : []
  } catch {
    return [] // what cannot be read allows nothing
  }
}

/** Pictures of a workspace go nowhere before its person has said so, once for every origin. */
export const mayAsk = (store: Pick<Store, 'setting'>, origin: string): boolean =>
  allowedOrigins(store).includes(origin)

function portOf({ hooks }: Pick<Deps, 'hooks'>): EndpointsPort {
  if (hooks.endpoints) return hooks.endpoints
  throw new RealignError('unavailable', 'Endpoints cannot be kept from here', {
    hint: 'Open the workbench itself, or use `realign endpoints`.',
  })
}

type Listed = BundleSummary & { readonly endpoint: NonNullable<BundleSummary['endpoint']> }

/** Fails with 'not-found'. */
async function endpointOf({ engine }: Pick<Deps, 'engine'>, id: string): Promise<Listed> {
  const found = (await engine.bundles()).find((one) => one.id === id)
  if (found?.endpoint) return { ...found, endpoint: found.endpoint }
  throw new RealignError('not-found', 'There is no such endpoint', {
    hint: 'Models lists those there are.',
  })
}

/** Fails with 'bad-input' or 'unavailable'. */
async function save(
  deps: Deps,
  { definition, replaces }: Parsed<'endpoints.save'>,
): Promise<Output<'endpoints.save'>> {
  return endpointOf(deps, await portOf(deps).save(definition, replaces))
}

/** Fails with 'not-found' or 'cancelled' where the person said no to the host's own question. */
async function allow(
  { engine, store, hooks }: Deps,
  { id, allowed }: Parsed<'endpoints.allow'>,
): Promise<Output<'endpoints.allow'>> {
  const { name, endpoint } = await endpointOf({ engine }, id)
  const { origin, local, definition } = endpoint
  if (allowed && hooks.confirmSending && !mayAsk(store, origin)) {
    const agreed = await hooks.confirmSending({
      ...{ name, origin, local },
      maxSide: definition.maxSide,
    })
    if (!agreed) throw new RealignError('cancelled', 'Nothing was allowed')
  }
  const others = allowedOrigins(store).filter((one) => one !== origin)
  store.setSetting(ALLOWED, JSON.stringify(allowed ? [...others, origin].sort() : others))
  return endpointOf({ engine }, id)
}

export const endpointProcedures = (deps: Deps) => ({
  'endpoints.save': (input: Parsed<'endpoints.save'>) => save(deps, input),
  'endpoints.remove': async ({ id }: Parsed<'endpoints.remove'>) => {
    await portOf(deps).remove(id)
    return {}
  },
  'endpoints.setKey': async ({ id, key }: Parsed<'endpoints.setKey'>) => {
    await portOf(deps).setKey(id, key)
    return endpointOf(deps, id)
  },
  'endpoints.allow': (input: Parsed<'endpoints.allow'>) => allow(deps, input),
})
