/** `realign models list|check`: the bundles that were found, and whether they are sound. */
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { isCancelled, RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { note, print, printJson, safe } from '../output.ts'
import type { Session } from '../session.ts'
import { printEndpoint } from './endpoints.ts'

function printBundle(bundle: BundleSummary): void {
  if (isEndpoint(bundle.id)) return printEndpoint(bundle)
  const size = `${(bundle.sizeBytes / 1e6).toFixed(1)} MB`
  print(
    `${safe(bundle.id)}  ${safe(bundle.name)} ${bundle.version}  ${bundle.roles.join(' + ')}  ${size}`,
  )
  print(`  ${bundle.state}${bundle.problem ? `: ${safe(bundle.problem)}` : ''}`)
  if (bundle.device)
    print(
      `  device ${bundle.device.device} (${bundle.device.reason}), golden step off by ${bundle.device.goldenDiff?.toExponential(1) ?? 'not run'}`,
    )
}

export async function modelsList(
  session: Session,
  flags: { readonly json?: boolean },
): Promise<number> {
  const { bundles, folders } = await session.client.call('models.list', {})
  for (const bundle of bundles) {
    if (flags.json) printJson(bundle)
    else printBundle(bundle)
  }
  if (!flags.json) note(`Bundles are read from ${folders.map(safe).join(', ')}`)
  return 0
}

/** One check among many: what is wrong with a bundle is its own line, not the end of the others. */
async function checkOne(session: Session, listed: BundleSummary): Promise<BundleSummary> {
  if (listed.state === 'refused') return listed
  try {
    const bundleId = listed.id
    return await session.client.call('models.check', { bundleId }, { signal: session.signal })
  } catch (error) {
    if (isCancelled(error) || !(error instanceof RealignError)) throw error
    return { ...listed, state: 'refused', problem: error.message }
  }
}

/** Checks one bundle, or all; exit code 1 when any is refused. Endpoints are asked only by name. */
export async function modelsCheck(
  session: Session,
  id: string | undefined,
  flags: { readonly json?: boolean },
): Promise<number> {
  const { bundles } = await session.client.call('models.list', {})
  const { signal } = session
  let refused = 0
  const here = bundles.filter((one) => !isEndpoint(one.id))
  for (const listed of id === undefined ? here : [null]) {
    const bundle = listed
      ? await checkOne(session, listed)
      : await session.client.call('models.check', { bundleId: id ?? '' }, { signal })
    if (bundle.state === 'refused') refused++
    if (flags.json) printJson(bundle)
    else printBundle(bundle)
  }
  return refused > 0 ? 1 : 0
}
