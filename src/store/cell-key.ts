/** The key under which a computation is done once: a hash of everything that decides its outcome. */
import type { CellIdentity } from '../core/store-port.ts'
import type { GenerationSettings } from '../shared/types.ts'
import { sha256 } from './checksum.ts'

/** What of the settings decides the outcome: greedy knows no sampling, and no seed. */
function deciding({ settings, seed }: Pick<CellIdentity, 'settings' | 'seed'>): readonly unknown[] {
  const { greedy, temperature, topK, topP, maxNewTokens, resize, variant } = settings
  const sampling = greedy ? ['greedy'] : ['sampled', temperature, topK, topP, seed]
  return [...sampling, maxNewTokens ?? null, resize, variant]
}

export const cellKey = (identity: CellIdentity): string =>
  sha256(
    JSON.stringify([
      'realign-cell-1',
      identity.imageId,
      identity.altText,
      identity.captionerId,
      identity.bundleSha256,
      ...deciding(identity),
      // Free captions have no such member, so their keys are what they always were.
      ...(identity.prefix ? [['prefix', ...identity.prefix]] : []),
    ]),
  )

/** Settings as stored, keys in one fixed order. */
export const settingsText = (settings: GenerationSettings): string =>
  JSON.stringify(settings, Object.keys(settings).sort())
