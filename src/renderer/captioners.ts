/** What captioners and scorers are called, where an endpoint is, and whether it may be asked. */
import { captionerLabel, withoutTurns } from '../shared/elsewhere.ts'
import { endpointSlug, isEndpoint } from '../shared/endpoint-names.ts'
import type { EndpointSummary } from '../shared/endpoint.ts'
import type { BundleSummary } from '../shared/types.ts'
import { shortened } from './format.ts'

type Bundles = readonly BundleSummary[]

export const isCaptioner = ({ roles }: BundleSummary): boolean => roles.includes('captioner')

/** Name of a captioner where more than one could be meant: several are here, or this one is not. */
export function whichOf(bundles: Bundles, id: string): string | null {
  const here = bundles.filter(isCaptioner)
  return here.length > 1 || here.every((bundle) => bundle.id !== id) ? nameOf(bundles, id) : null
}

/** Of one that is gone what its id tells. */
export const nameOf = (bundles: Bundles, id: string): string =>
  bundles.find((bundle) => bundle.id === id)?.name ??
  (isEndpoint(id) ? `${endpointSlug(id)} (endpoint)` : captionerLabel(id))

export const endpointOf = (bundles: Bundles, id: string | null): EndpointSummary | null =>
  bundles.find((bundle) => bundle.id === id)?.endpoint ?? null

/** Host and, where it is not the usual one, port. */
export const hostIn = (address: string): string => URL.parse(address)?.host ?? address

/** A captioner by name, of so many letters where the place is small, and by host behind an address: nobody shall take one for the other. */
export function titleOf(bundles: Bundles, id: string, most = Infinity): string {
  const endpoint = endpointOf(bundles, id)
  const name = shortened(nameOf(bundles, id), most)
  // No name may turn the host behind it.
  return endpoint ? `${withoutTurns(name)} at ${hostIn(endpoint.origin)}` : name
}

/** Why a captioner behind an address cannot be asked now, with what to do; null where it can, and of any other captioner. */
export function endpointBlock(bundles: Bundles, id: string | null): string | null {
  // Before the list is there the host decides.
  if (id === null || !isEndpoint(id) || bundles.length === 0) return null
  const bundle = bundles.find((one) => one.id === id)
  if (!bundle) return 'This endpoint was removed: choose another captioner'
  if (bundle.state === 'refused' || !bundle.endpoint)
    return 'The file of this endpoint cannot be used; Models says why'
  const { allowed, origin } = bundle.endpoint
  return allowed ? null : `This workspace may not send pictures to ${origin}: allow it in Models`
}

/** Hosts away from this machine that pictures of this workspace may be sent to. */
export const hostsAllowed = (bundles: Bundles): readonly string[] => [
  ...new Set(
    bundles.flatMap(({ endpoint }) =>
      endpoint && endpoint.allowed && !endpoint.local ? [hostIn(endpoint.origin)] : [],
    ),
  ),
]
