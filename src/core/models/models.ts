/** Bundles as the engine finds them, and the workbench's own state. */
import type { Output, Parsed } from '../../shared/contract.ts'
import type { Deps } from '../deps.ts'
import { withEngine } from '../job-queue.ts'
import { chooseBundle, defaultBundle } from './choose-bundle.ts'
import { scorerId } from './scorer-in-use.ts'

export const listModels = async ({ engine, hooks }: Deps): Promise<Output<'models.list'>> => ({
  bundles: [...(await engine.bundles())],
  folders: [...(hooks.modelFolders ?? [])],
})

export const checkModel = (
  { engine, queue }: Deps,
  bundleId: string,
  signal: AbortSignal,
): Promise<Output<'models.check'>> =>
  withEngine(queue, signal, () => engine.check(bundleId, signal))

/** Fails with 'model-missing', 'model-mismatch' or 'bad-input' for one that cannot score. */
export async function useScorer(
  { engine, store }: Deps,
  { bundleId }: Parsed<'models.useScorer'>,
): Promise<Output<'models.useScorer'>> {
  store.captions.useScorer(chooseBundle(await engine.bundles(), 'scorer', bundleId).id)
  return {}
}

export async function countAltTokens(
  { engine }: Deps,
  { captionerId, text }: Parsed<'models.countAltTokens'>,
): Promise<Output<'models.countAltTokens'>> {
  const captioner = chooseBundle(await engine.bundles(), 'captioner', captionerId)
  return engine.countAltTokens(captioner.id, text.toWellFormed())
}

export async function appStatus(deps: Deps): Promise<Output<'app.status'>> {
  const { engine, store, queue, appVersion, hostName, hooks } = deps
  const bundles = await engine.bundles()
  const status = engine.status()
  return {
    version: appVersion,
    host: hostName,
    asksBeforeSending: hooks.confirmSending !== undefined,
    workspace: {
      name: store.name,
      ...store.counts(),
      revision: store.revision(),
      warnings: [...store.warnings],
    },
    defaultCaptioner: defaultBundle(bundles, 'captioner'),
    defaultScorer: scorerId(deps, bundles),
    engine: { ...status, queue: status.queue + queue.waiting },
    preparing: deps.preparing(),
  }
}
