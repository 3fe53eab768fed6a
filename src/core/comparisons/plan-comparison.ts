/** Conditions x samples of one image as cells to fill; equal computations are planned once. */
import type { Condition } from '../../shared/contract/comparisons.ts'
import type { Parsed } from '../../shared/contract.ts'
import type { AltKind, Branch, BundleSummary, GenerationSettings } from '../../shared/types.ts'
import { cleanText } from '../clean-text.ts'
import type { CellIdentity } from '../store-port.ts'
import { sampleSeed } from './sample-seed.ts'

/** Where a finished cell is shown: the request's condition and sample. */
export interface Place {
  readonly condition: number
  readonly sample: number
  readonly altKind: AltKind
}

export interface PlannedCell {
  /** Key of the engine's request, unique within the plan. */
  readonly key: string
  readonly identity: CellIdentity
  readonly places: readonly [Place, ...Place[]]
  readonly notes: readonly string[]
  /** Set together with `identity.prefix`. */
  readonly branch?: Branch
}

/** 'bundle' means the rule of this bundle: said by name, so that both ways of asking are the same cell. */
export function resolveSettings(
  settings: GenerationSettings,
  bundle: Pick<BundleSummary, 'resize'>,
): GenerationSettings {
  if (settings.resize !== 'bundle') return settings
  return bundle.resize === 'squash' || bundle.resize === 'centre-crop'
    ? { ...settings, resize: bundle.resize }
    : settings
}

/** Everything a run computes for one image, in the order in which it is asked for. */
export function planComparison(
  imageId: string,
  request: Pick<Parsed<'comparisons.run'>, 'seed' | 'samples' | 'settings'> & {
    readonly conditions: readonly Condition[]
  },
  bundle: Pick<BundleSummary, 'id' | 'bundleSha256' | 'resize'>,
): readonly PlannedCell[] {
  const settings = resolveSettings(request.settings, bundle)
  const cells = new Map<string, PlannedCell>()
  request.conditions.forEach((condition, index) => {
    const { text, notes } = cleanText(condition.text)
    for (let sample = 0; sample < request.samples; sample++) {
      const place: Place = { condition: index, sample, altKind: condition.altKind }
      // Greedy has no chance in it: every sample is the first one.
      const seed = settings.greedy ? request.seed : sampleSeed(request.seed, sample)
      const same = `${seed} ${text}`
      const planned = cells.get(same)
      cells.set(
        same,
        planned
          ? { ...planned, places: [...planned.places, place] }
          : {
              key: `${index}:${sample}`,
              identity: {
                imageId,
                altText: text,
                captionerId: bundle.id,
                bundleSha256: bundle.bundleSha256,
                settings,
                seed,
              },
              places: [place],
              notes: notes.map((note) => `alt-text: ${note}`),
            },
      )
    }
  })
  return [...cells.values()]
}
