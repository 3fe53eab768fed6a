/** Asks the host's own dialog for pictures; a host without one says so. */
import type { Output } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'

export async function pickImages(
  { hooks }: Deps,
  what: 'files' | 'folder',
): Promise<Output<'host.pickImages'>> {
  if (!hooks.pickImages) return { handles: [], available: false }
  return { handles: [...(await hooks.pickImages(what))], available: true }
}
