/** `realign models list|check|add|use-scorer|score`: the bundles that were found, and which of them scores. */
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { plural } from '../../shared/plural.ts'
import { isCancelled, RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import { note, print, printJson, safe } from '../output.ts'
import { runBehindBar, shareOf } from '../progress.ts'
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
  if (id === undefined && here.length === 0) {
    note('No bundle was found to check; `realign models list` says where they are read from.')
    return 1
  }
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

/** `models add`: a bundle, or a Hugging Face folder of a CLIP in ONNX, into the person's own models. */
export async function modelsAdd(
  { client, signal }: Session,
  folder: string,
  flags: { readonly json?: boolean },
): Promise<number> {
  const work = client.run('models.add', { handle: folder }, { signal })
  const { bundle } = await runBehindBar(
    work,
    ({ fraction, phase }) => [fraction, phase],
    flags.json,
  )
  if (!bundle) return 1
  if (flags.json) printJson(bundle)
  else printBundle(bundle)
  if (bundle.roles.includes('scorer') && !flags.json)
    note(`Score with it: realign models use-scorer ${safe(bundle.id)}`)
  return 0
}

export async function modelsUseScorer(
  { client }: Session,
  id: string,
  flags: { readonly json?: boolean },
): Promise<number> {
  await client.call('models.useScorer', { bundleId: id })
  const { defaultScorer } = await client.call('app.status', {})
  if (flags.json) printJson({ scorer: defaultScorer })
  else print(`Scores of this workspace come from ${safe(defaultScorer ?? 'nobody')} now`)
  return 0
}

/** `models score`: exit code 1 when a caption got no score. */
export async function modelsScore(
  { client, signal }: Session,
  flags: { readonly json?: boolean },
): Promise<number> {
  const work = client.run('models.scoreAll', {}, { signal })
  const end = await runBehindBar(
    work,
    (event) => [shareOf(event), `${event.done} of ${event.total} captions`],
    flags.json,
  )
  const { scorerId, scored, failed, problem } = end
  if (flags.json) printJson(end)
  else print(`${plural(scored, 'caption')} scored by ${safe(scorerId)}`)
  if (failed > 0 && !flags.json) note(`${failed} got no score: ${safe(problem ?? '')}`)
  return failed > 0 ? 1 : 0
}
