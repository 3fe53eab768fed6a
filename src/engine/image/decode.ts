/** The only door to sharp: untrusted pictures in, upright 8-bit sRGB pixels out. */
import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { RealignError } from '../../shared/errors.ts'
import { sniffFormat, type PictureFormat } from '../../shared/picture-format.ts'
import { nativeLibrary } from '../native-library.ts'
import { describeContent, SAVE_ANEW } from './formats.ts'
import type { SquareRule } from './preprocess.ts'
import { resampleToSquare } from './resample.ts'
import { isPlainYcbcr } from './tiff-tags.ts'

export const MAX_PICTURE_BYTES = 200 * 2 ** 20
const MAX_PIXELS = 64_000_000
const TIMEOUT_SECONDS = 10

type SharpModule = typeof import('sharp').default

/** Only these loaders run, and only from memory: a path could be a pipe that blocks a thread for ever. */
const LOADERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Tiff', 'Heif', 'Svg'].map(
  (name) => `VipsForeignLoad${name}Buffer`,
)

const load = nativeLibrary<SharpModule>(
  async () => {
    const { default: sharp } = await import('sharp')
    sharp.block({ operation: ['VipsForeignLoad'] })
    sharp.unblock({ operation: LOADERS })
    sharp.cache(false)
    return sharp
  },
  {
    message: 'The picture library could not be loaded',
    hint: 'Run npm install again for this platform; it needs sharp 0.35.',
  },
)

export async function decoderVersion(): Promise<string> {
  const { versions } = await load()
  return `sharp ${versions.sharp} (libvips ${versions.vips})`
}

const OPTIONS: SharpOptions = { limitInputPixels: MAX_PIXELS, failOn: 'error', autoOrient: true }

const unreadable = (message: string, hint: string, cause?: unknown): RealignError =>
  new RealignError('image-unreadable', message, { hint, cause })

/** libvips' text to a sentence and a next step. */
function decodeError(cause: unknown): RealignError {
  if (cause instanceof RealignError) return cause
  const said = (cause instanceof Error ? cause.message : String(cause)).split('\n')[0] ?? ''
  const text = said.replace(/^Input buffer has corrupt header:? ?|^Unknown error$/, '')
  if (/pixel limit|too large|exceeds|maximum supported image dimension/i.test(text))
    return unreadable(
      'The picture is larger than 64 megapixels',
      'Save a smaller copy and add that.',
      cause,
    )
  if (/timeout/i.test(text))
    return unreadable(
      `The picture took longer than ${TIMEOUT_SECONDS} seconds to read`,
      'Save it again in an image editor and add the copy.',
      cause,
    )
  if (/not configured|not implemented|unsupported jpeg data/i.test(text))
    return unreadable(
      `The picture uses what is not read here: ${text.slice(0, 160)}`,
      SAVE_ANEW,
      cause,
    )
  const detail = /contains unsupported image format/.test(text)
    ? 'nothing can be made of what follows its first bytes'
    : text.slice(0, 160) || 'its header cannot be right'
  return unreadable(
    `The picture is damaged: ${detail}`,
    'Open it in an image viewer; if it shows, save it again and add the copy.',
    cause,
  )
}

export interface OpenPicture {
  readonly format: PictureFormat
  readonly metadata: Metadata
}

/** Type by content, size limits, header. @throws RealignError image-unreadable */
export async function readHeader(bytes: Uint8Array): Promise<OpenPicture> {
  if (bytes.byteLength === 0)
    throw unreadable('The file is empty (0 bytes)', 'Copy it again from where it came from.')
  if (bytes.byteLength > MAX_PICTURE_BYTES)
    throw unreadable('The file is larger than 200 MB', 'Save a smaller copy and add that.')
  const format = sniffFormat(bytes)
  if (format === null) {
    const { words, hint } = describeContent(bytes)
    throw unreadable(`The file is ${words}`, hint)
  }
  if (format === 'tiff' && isPlainYcbcr(bytes))
    throw unreadable('The picture uses what is not read here: YCbCr without JPEG', SAVE_ANEW)
  const sharp = await load()
  const metadata = await sharp(bytes, OPTIONS)
    .metadata()
    .catch((cause: unknown) => {
      throw decodeError(cause)
    })
  const found = metadata.format === 'heif' ? 'avif' : metadata.format
  if (found !== format)
    throw unreadable(
      `The file starts as ${format} but reads as ${found}`,
      'Save it again in an image editor and add the copy.',
    )
  if (metadata.width * metadata.height > MAX_PIXELS)
    throw unreadable(
      `The picture is ${metadata.width} x ${metadata.height}, over 64 megapixels`,
      'Save a smaller copy and add that.',
    )
  if (!/^u(char|short)$/.test(metadata.depth))
    throw unreadable(
      `Its values are of the type ${metadata.depth}, and no one says which of them is white`,
      'Save it with 8 or 16 bits a channel and add the copy.',
    )
  return { format, metadata }
}

/** First frame, upright, on white, sRGB. */
function upright(sharp: SharpModule, bytes: Uint8Array): Sharp {
  return sharp(bytes, OPTIONS)
    .timeout({ seconds: TIMEOUT_SECONDS })
    .flatten({ background: '#ffffff' })
    .toColourspace('srgb')
}

/** RGB bytes [size, size, 3] of the square the model reads. @throws RealignError image-unreadable */
export async function decodeSquare(bytes: Uint8Array, rule: SquareRule): Promise<Uint8Array> {
  await readHeader(bytes)
  const sharp = await load()
  try {
    const { data, info } = await upright(sharp, bytes).raw().toBuffer({ resolveWithObject: true })
    if (info.channels !== 3) throw new Error(`${info.channels} channels where 3 were expected`)
    return resampleToSquare({ data, width: info.width, height: info.height }, rule)
  } catch (cause) {
    throw decodeError(cause)
  }
}

/** PNG of exactly the pixels of decodeSquare, so a person sees what the model saw. */
export async function encodeSquare(rgb: Uint8Array, size: number): Promise<Uint8Array> {
  const sharp = await load()
  return sharp(rgb, { raw: { width: size, height: size, channels: 3 } })
    .png()
    .toBuffer()
}

const ENCODERS = {
  // Effort 1 of 6: half the time of the default for a quarter more bytes.
  webp: (picture: Sharp) => picture.webp({ quality: 82, effort: 1 }),
  // A third of that time once more: a folder of thousands of photographs waits for it.
  jpeg: (picture: Sharp) => picture.jpeg({ quality: 86 }),
  png: (picture: Sharp) => picture.png(),
}

async function encoded(bytes: Uint8Array, maxSide: number, type: keyof typeof ENCODERS) {
  const sharp = await load()
  const small = upright(sharp, bytes).resize(maxSide, maxSide, {
    fit: 'inside',
    withoutEnlargement: true,
  })
  return ENCODERS[type](small)
    .toBuffer()
    .catch((cause: unknown) => {
      throw decodeError(cause)
    })
}

/** WebP of at most `maxSide` px, no metadata (no GPS, no names). @throws RealignError image-unreadable */
export const encodeDisplay = (bytes: Uint8Array, maxSide: number): Promise<Uint8Array> =>
  encoded(bytes, maxSide, 'webp')

/** The same; a JPEG stays one, drawings and whatever else has hard edges become WebP. */
export const encodeThumbnail = (
  bytes: Uint8Array,
  maxSide: number,
  format: PictureFormat,
): Promise<Uint8Array> => encoded(bytes, maxSide, format === 'jpeg' ? 'jpeg' : 'webp')

/** The same as PNG. @throws RealignError image-unreadable */
export const encodePng = (bytes: Uint8Array, maxSide: number): Promise<Uint8Array> =>
  encoded(bytes, maxSide, 'png')

/** PNG [size, size] of one of our own field guide drawings. Never give it a stranger's SVG. */
export async function renderSvg(svg: string, size: number): Promise<Uint8Array> {
  const sharp = await load()
  return sharp(new TextEncoder().encode(svg), { limitInputPixels: MAX_PIXELS })
    .timeout({ seconds: TIMEOUT_SECONDS })
    .resize(size, size, { fit: 'fill' })
    .flatten({ background: '#ffffff' })
    .png()
    .toBuffer()
    .catch((cause: unknown) => {
      throw decodeError(cause)
    })
}
