/** The growth curves of a selection as a figure. */
import type { Output, Parsed } from '../../../shared/contract.ts'
import { RealignError } from '../../../shared/errors.ts'
import type { Deps } from '../../deps.ts'
import { bundleNames } from '../bundle-names.ts'
import { selectImages } from '../selection.ts'
import { statisticsFor } from './figures.ts'
import { growthSvg } from './growth-svg.ts'

/** Fails as base rows do that are not in the selection, and with 'not-found' where no row has a sample. */
export async function publishFigure(
  deps: Deps,
  input: Parsed<'publish.figure'>,
  signal: AbortSignal,
): Promise<Output<'publish.figure'>> {
  const names = await bundleNames(deps)
  const images = () => selectImages(deps.store, input.selection)
  const statistics = await statisticsFor(deps, { ...input, names, images }, signal)
  const sampled = statistics.rows.flatMap(({ vocabulary }) => vocabulary ?? [])
  if (sampled.length === 0)
    throw new RealignError('not-found', 'No row has as many images as the sample', {
      hint: 'Caption more images, or ask for a smaller sample.',
    })
  return {
    text: growthSvg(statistics, { names, appVersion: deps.appVersion }),
    curves: sampled.length,
    captions: sampled.reduce((sum, { captions }) => sum + captions, 0),
  }
}
