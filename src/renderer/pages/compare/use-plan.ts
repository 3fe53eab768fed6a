/** What the open image can be asked, and why it cannot be asked now. */
import { useMemo } from 'react'
import type { Condition } from '../../../shared/contract/comparisons.ts'
import { fillOffers, planConditions } from '../../sheet/plan-conditions.ts'
import { useComparison } from '../../stores/comparison.ts'
import { useLibrary } from '../../stores/library.ts'
import { chosenCaptioner, useSettings } from '../../stores/settings.ts'
import { useStatus } from '../../stores/status.ts'
import { endpointBlock } from '../../captioners.ts'

function useBuilt(build: typeof planConditions): readonly Condition[] {
  const image = useComparison((state) => state.image)
  const images = useLibrary((state) => state.images)
  const seed = useSettings((state) => state.seed)
  return useMemo(() => (image ? build(image, images, seed) : []), [build, image, images, seed])
}

export const usePlan = () => useBuilt(planConditions)
export const useOffers = () => useBuilt(fillOffers)

/** Why nothing can be captioned now; null when it can. */
export function useCaptionBlock(): string | null {
  const status = useStatus((state) => state.status)
  const chosen = useSettings((state) => state.captionerId)
  const loaded = useComparison((state) => state.loaded)
  const behind = useStatus(({ bundles }) => endpointBlock(bundles, chosenCaptioner()))
  if (!status) return 'The workbench is starting'
  if ((chosen ?? status.defaultCaptioner) === null) return 'There is no captioner; see Models'
  return behind ?? (loaded ? null : 'The image is being opened')
}
