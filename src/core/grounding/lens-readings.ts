/** Readings of the lens: from the workspace where they are kept, else by forward passes, a few contexts at a time. */
import type { TaskEvent } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { relay } from '../../shared/relay.ts'
import type { Cell } from '../../shared/types.ts'
import { assertTokens } from '../comparisons/made-here.ts'
import { originalBytes } from '../comparisons/original-bytes.ts'
import { timestamp, type Deps } from '../deps.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import type { ForcedImage } from '../ports.ts'
import type { StoredTokens } from '../store-port.ts'
import type { LensReading } from './store-port.ts'

/** Side by side in one pass; more would only need more memory. */
const CONTEXTS_AT_ONCE = 8
/** Kept with every full reading; a caller may ask for fewer. */
export const ALTERNATIVES = 20

type Loading = TaskEvent<'lens.compute'>

export interface WantedContext {
  readonly altText: string
  readonly image: ForcedImage
  /** Occlusions need only the numbers. */
  readonly alternatives: boolean
}

export interface LensSubject {
  readonly cell: Cell
  readonly stored: StoredTokens
}

/** Fails with 'not-found', or 'model-mismatch' where the captioner is not the one that wrote the caption. */
export async function lensSubject(deps: Deps, cellId: string): Promise<LensSubject> {
  const { captions } = deps.store
  const cell = captions.get(cellId)
  const stored = captions.tokens(cellId)
  if (!cell || !stored) throw new RealignError('not-found', 'There is no such cell')
  assertTokens(cell, 'look at its tokens')
  const bundle = chooseBundle(await deps.engine.bundles(), 'captioner', cell.captionerId)
  if (bundle.bundleSha256 !== cell.provenance.bundleSha256)
    throw new RealignError('model-mismatch', 'The captioner has changed since it wrote this', {
      hint: 'Caption the image again, then look at the new caption through the lens.',
    })
  return { cell, stored }
}

export const imageName = (image: ForcedImage): string =>
  typeof image === 'string' ? image : `occluded ${image.grid} ${image.cell}`

export const contextKey = ({ altText, image, alternatives }: WantedContext): string =>
  JSON.stringify(['lens-1', altText, imageName(image), alternatives])

/** Computes and keeps what is missing. Readings already kept stay when the rest is cancelled. */
export async function* readContexts(
  deps: Deps,
  {
    subject,
    contexts,
  }: { readonly subject: LensSubject; readonly contexts: readonly WantedContext[] },
  signal: AbortSignal,
): AsyncGenerator<Loading, readonly LensReading[]> {
  const { lens } = deps.store
  const { cell } = subject
  const missing = contexts.filter((one) => !lens.reading(cell.id, contextKey(one)))
  const fresh = new Map<string, LensReading>()
  if (missing.length > 0) {
    const leave = yield* relay(deps.queue.enter(signal), (position) => ({
      kind: 'loading' as const,
      phase: `waiting, place ${position}`,
      fraction: 0,
    }))
    try {
      for (let from = 0; from < missing.length; from += CONTEXTS_AT_ONCE) {
        yield { kind: 'loading', phase: 'reading contexts', fraction: from / missing.length }
        const some = missing.slice(from, from + CONTEXTS_AT_ONCE)
        const readings = await force(deps, { subject, contexts: some }, signal)
        some.forEach((context, i) => {
          const reading = readings[i]!
          fresh.set(contextKey(context), reading)
          lens.add(cell.id, contextKey(context), { ...reading, createdAt: timestamp(deps) })
        })
      }
    } finally {
      leave()
    }
  }
  return contexts.map(
    (context) => lens.reading(cell.id, contextKey(context)) ?? fresh.get(contextKey(context))!,
  )
}

async function force(
  deps: Deps,
  {
    subject,
    contexts,
  }: { readonly subject: LensSubject; readonly contexts: readonly WantedContext[] },
  signal: AbortSignal,
): Promise<readonly LensReading[]> {
  const { cell, stored } = subject
  const { settings } = cell.provenance
  const result = await deps.engine.force(
    {
      captionerId: cell.captionerId,
      imageId: cell.imageId,
      bytes: () => originalBytes(deps, cell.imageId, signal),
      tokenIds: stored.tokenIds,
      contexts: contexts.map(({ altText, image }, i) => ({ key: String(i), altText, image })),
      alternatives: contexts.some((one) => one.alternatives) ? ALTERNATIVES : 0,
      resize: settings.resize,
      variant: settings.variant,
    },
    signal,
  )
  return contexts.map(({ alternatives }, i) => {
    const tokens = result.contexts.find(({ key }) => key === String(i))?.tokens ?? []
    const logProbs = tokens.map(({ logProb }) => logProb)
    if (logProbs.length !== stored.tokenIds.length || !logProbs.every(Number.isFinite))
      throw new RealignError(
        'engine-crashed',
        'The engine gave probabilities that are no numbers',
        {
          hint: 'Try another device or precision in Models; nothing was saved.',
        },
      )
    return {
      logProbs,
      ranks: tokens.map(({ rank }) => rank),
      alternatives: alternatives ? tokens.map((token) => token.alternatives) : [],
    }
  })
}
