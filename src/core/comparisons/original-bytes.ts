/** The original bytes of an image, read again when they are needed and checked against their hash. */
import { RealignError } from '../../shared/errors.ts'
import type { Deps } from '../deps.ts'

/**
 * Bytes whose sha256 is `imageId`: from the workspace, else from the file they came from.
 * Fails with 'not-found' (no such image), 'image-unreadable' (gone, or its bytes are others now) or
 * 'store-corrupt' (the copy in the workspace was changed).
 */
export async function originalBytes(
  { store, files, sha256 }: Pick<Deps, 'store' | 'files' | 'sha256'>,
  imageId: string,
  signal?: AbortSignal,
): Promise<Uint8Array> {
  const original = store.images.original(imageId)
  if (original === undefined)
    throw new RealignError('not-found', 'This image is not in the workspace')
  if (original.bytes) {
    if (sha256(original.bytes) === imageId) return original.bytes
    throw new RealignError(
      'store-corrupt',
      'The picture kept in the workspace has changed on disk',
      {
        hint: 'Import the picture again; its captions are kept.',
      },
    )
  }
  if (original.path === null)
    throw new RealignError('image-unreadable', 'The original of this image was not kept')
  const { bytes } = await files.read(original.path, signal)
  if (sha256(bytes) !== imageId)
    throw new RealignError('image-unreadable', 'The file has changed since it was imported', {
      hint: 'Its captions are kept. Import the file again to caption what it shows now.',
    })
  return bytes
}
