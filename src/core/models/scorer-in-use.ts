/** The scorer of a workspace: the one that was chosen for it, else the first that can score. */
import { RealignError } from '../../shared/errors.ts'
import type { BundleSummary } from '../../shared/types.ts'
import type { Deps } from '../deps.ts'
import type { Store } from '../store-port.ts'
import { chooseBundle, usableBundle } from './choose-bundle.ts'

interface Choosing {
  readonly store: { readonly captions: Pick<Store['captions'], 'scorerInUse'> }
}

/** Fails with 'model-missing' or 'model-mismatch' where there is none, or the chosen one cannot be used. */
export function chosenScorer(
  { store }: Choosing,
  bundles: readonly BundleSummary[],
): BundleSummary {
  return chooseBundle(bundles, 'scorer', store.captions.scorerInUse() ?? undefined)
}

/** The scorer of a run. Where nothing can score, captions go unscored rather than not at all; a chosen one that is gone is said. */
export function scorerFor(
  deps: Choosing,
  bundles: readonly BundleSummary[],
  wanted: boolean,
): BundleSummary | null {
  if (!wanted) return null
  const chosen = deps.store.captions.scorerInUse()
  const any = chosen !== null || bundles.some(({ roles }) => roles.includes('scorer'))
  return any ? chosenScorer(deps, bundles) : null
}

export const scorerId = ({ store }: Choosing, bundles: readonly BundleSummary[]): string | null =>
  store.captions.scorerInUse() ?? usableBundle(bundles, 'scorer')?.id ?? null

/** None where no bundle can score: captions go without, rather than not at all. */
export async function usableScorer(deps: Deps): Promise<BundleSummary | null> {
  try {
    return scorerFor(deps, await deps.engine.bundles(), true)
  } catch (error) {
    if (error instanceof RealignError) return null
    throw error
  }
}
