/** Picture bytes for the screen: a stored thumbnail, a re-encoded full view, or the model's own square. */
import type { Output, Parsed } from '../../shared/contract.ts'
import { RealignError } from '../../shared/errors.ts'
import { originalBytes } from '../comparisons/original-bytes.ts'
import type { Deps } from '../deps.ts'
import { chooseBundle } from '../models/choose-bundle.ts'
import { thumbnailType } from './thumbnail-type.ts'

/** Longest side of the full view: sharp on any screen, small enough to be sent at once. */
const FULL_SIDE = 2048

export async function picture(
  deps: Deps,
  { imageId, size, captionerId, resize }: Parsed<'images.picture'>,
  signal: AbortSignal,
): Promise<Output<'images.picture'>> {
  if (size === 'thumbnail') {
    const bytes = deps.store.images.thumbnail(imageId)
    if (!bytes) throw new RealignError('not-found', 'This image is not in the workspace')
    return { type: thumbnailType(bytes), bytes: plain(bytes) }
  }
  const original = await originalBytes(deps, imageId, signal)
  if (size === 'full')
    return {
      type: 'image/webp',
      bytes: plain(await deps.pictures.display(original, FULL_SIDE, signal)),
    }
  const captioner = chooseBundle(await deps.engine.bundles(), 'captioner', captionerId)
  return {
    type: 'image/png',
    bytes: plain(await deps.engine.asSeen(captioner.id, original, resize)),
  }
}

/** A view that owns its memory, so that it can cross any border without dragging a pool along. */
function plain(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return new Uint8Array(bytes)
}
