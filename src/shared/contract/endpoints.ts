/** Operations on captioners behind an address. Keys go in and never come out. */
import { z } from 'zod'
import { EndpointDefinition } from '../endpoint.ts'
import { BundleSummary } from '../types.ts'
import { call } from './define.ts'

const EndpointId = z.string().max(200)

export const endpointOperations = {
  /** Writes the definition into the person's own folder of models. `replaces` is the one that is changed; left out, its name must be new. */
  'endpoints.save': call({
    audience: 'owner',
    input: z.object({ definition: EndpointDefinition, replaces: EndpointId.optional() }),
    output: BundleSummary,
  }),
  /** Its captions stay; its key goes with it. */
  'endpoints.remove': call({
    audience: 'owner',
    input: z.object({ id: EndpointId }),
    output: z.object({}),
  }),
  /** null takes the key back. It is bound to the origin that the definition has now. */
  'endpoints.setKey': call({
    audience: 'owner',
    input: z.object({ id: EndpointId, key: z.string().trim().min(1).max(1000).nullable() }),
    output: BundleSummary,
  }),
  /** Whether this workspace may send pictures and alt-texts to the endpoint's origin. Kept in the workspace. */
  'endpoints.allow': call({
    audience: 'owner',
    input: z.object({ id: EndpointId, allowed: z.boolean() }),
    output: BundleSummary,
  }),
}
