/** Facts about a picture for the library: size, kind, what had to be changed to read it. */
import type { Metadata } from 'sharp'
import type { Picture } from '../../core/ports.ts'
import { throwIfAborted } from '../../shared/errors.ts'
import { encodeDisplay, encodePng, encodeThumbnail, readHeader } from './decode.ts'
import { extensionNote } from './formats.ts'

const EXTREME_ASPECT = 20
const THUMBNAIL_SIDE = 512
const MAX_DISPLAY_SIDE = 8192

/** Facts and a re-encoded display copy. @throws RealignError image-unreadable, cancelled */
export async function inspectPicture(
  bytes: Uint8Array,
  name: string,
  signal?: AbortSignal,
): Promise<Picture> {
  throwIfAborted(signal)
  const { format, metadata } = await readHeader(bytes)
  throwIfAborted(signal)
  const { width, height } = metadata.autoOrient
  const named = extensionNote(name, format)
  return {
    width,
    height,
    format,
    notes: [...(named === null ? [] : [named]), ...conversionNotes(metadata)],
    thumbnail: await encodeThumbnail(bytes, THUMBNAIL_SIDE, format),
  }
}

type Encode = (bytes: Uint8Array, maxSide: number) => Promise<Uint8Array>

const copied =
  (encode: Encode) =>
  async (bytes: Uint8Array, maxSide: number, signal?: AbortSignal): Promise<Uint8Array> => {
    throwIfAborted(signal)
    await readHeader(bytes)
    throwIfAborted(signal)
    return encode(bytes, Math.max(1, Math.min(MAX_DISPLAY_SIDE, Math.round(maxSide))))
  }

/** A display copy of any size. @throws RealignError image-unreadable, cancelled */
export const displayPicture = copied(encodeDisplay)
/** The same as PNG. @throws RealignError image-unreadable, cancelled */
export const pngPicture = copied(encodePng)

function conversionNotes(metadata: Metadata): readonly string[] {
  const notes: string[] = []
  if ((metadata.pages ?? 1) > 1) notes.push(`frame 1 of ${metadata.pages}`)
  if (metadata.orientation !== undefined && metadata.orientation > 1)
    notes.push(`turned upright (EXIF orientation ${metadata.orientation})`)
  if (metadata.space === 'cmyk') notes.push('CMYK converted to sRGB')
  else if (metadata.hasProfile) notes.push('colour profile converted to sRGB')
  if (/^(grey16|b-w)$/.test(metadata.space)) notes.push('grey shown as sRGB')
  if (metadata.depth !== 'uchar') notes.push(`${metadata.depth} values reduced to 8 bits`)
  if (metadata.hasAlpha) notes.push('alpha channel laid on white')
  const long = Math.max(metadata.width, metadata.height)
  if (long > EXTREME_ASPECT * Math.min(metadata.width, metadata.height))
    notes.push(`aspect over ${EXTREME_ASPECT} : 1`)
  return notes
}
