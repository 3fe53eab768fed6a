/** Which picture a file is: told by its first bytes, never by its name. */

export type PictureFormat = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'avif'

const startsWith = (bytes: Uint8Array, ...signature: readonly number[]): boolean =>
  signature.every((value, at) => bytes[at] === value)

const ascii = (bytes: Uint8Array, from: number, to: number): string =>
  String.fromCharCode(...bytes.subarray(from, to))

/** The accepted format these bytes announce, or null. */
export function sniffFormat(bytes: Uint8Array): PictureFormat | null {
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return 'jpeg'
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return 'png'
  if (ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 12) === 'WEBP') return 'webp'
  if (/^GIF8[79]a$/.test(ascii(bytes, 0, 6))) return 'gif'
  if (startsWith(bytes, 0x49, 0x49, 0x2a, 0) || startsWith(bytes, 0x4d, 0x4d, 0, 0x2a))
    return 'tiff'
  const [chief = '', ...others] = brandsOf(bytes)
  // Some writers put the family's name first: mif1, which HEIC pictures have as well.
  return chief === 'avif' || (chief === 'mif1' && others.includes('avif')) ? 'avif' : null
}

/** Four letters each: what an ISO media file (AVIF, HEIC, a video) says it is, the chief one first. */
export function brandsOf(bytes: Uint8Array): readonly string[] {
  if (ascii(bytes, 4, 8) !== 'ftyp') return []
  return [8, 16, 20, 24, 28].map((at) => ascii(bytes, at, at + 4))
}

/** Of formats that are not read. */
const FIRST_BYTES: readonly (readonly [first: RegExp, name: string])[] = [
  [/^BM[^]{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0/, 'BMP'],
  [/^(\xff\x0a|\0\0\0\x0cJXL )/, 'JPEG XL'],
  [/^(\xff\x4f\xff\x51|\0\0\0\x0cjP {2})/, 'JPEG 2000'],
  [/^II\xbc/, 'JPEG XR'],
  [/^(II\x2b\0|MM\0\x2b)/, 'BigTIFF'],
  [/^\0\0[\x01\x02]\0[^\0]\0/, 'Windows icon'],
  [/^icns/, 'Mac icon'],
  [/^8BPS/, 'Photoshop'],
  [/^DDS /, 'DDS'],
  [/^qoif/, 'QOI'],
  [/^\x76\x2f\x31\x01/, 'OpenEXR'],
  [/^#\?R(ADIANCE|GBE)/, 'Radiance HDR'],
  [/^P[1-7]\s/, 'PNM'],
  [/^%!PS/, 'PostScript'],
  [/^(\xef\xbb\xbf)?\s*(<\?xml[^]*)?(<!--[^]*)?<svg\b/i, 'SVG'],
]

/** The first thousand bytes say which picture a file is, an SVG behind its comments as well. */
export const HEAD_BYTES = 1000

/** The format these bytes announce that is not read ('BMP', 'HEIC'), or null. */
export function notReadFormat(bytes: Uint8Array): string | null {
  const brands = brandsOf(bytes)
  if (brands.some((brand) => /^(hei[cxms]|hev[cxms])$/.test(brand))) return 'HEIC'
  if (brands[0] === 'avis') return 'moving AVIF'
  if (/^m(if|sf)1$/.test(brands[0] ?? '')) return 'HEIF'
  if (brands.length > 0) return null
  const head = ascii(bytes, 0, HEAD_BYTES)
  return FIRST_BYTES.find(([first]) => first.test(head))?.[1] ?? null
}
