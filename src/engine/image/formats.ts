/** What a picture file really is: told by its first bytes, never by its name. */

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
  if (ascii(bytes, 4, 8) === 'ftyp' && /^avi[fs]$/.test(ascii(bytes, 8, 12))) return 'avif'
  return null
}

/** In words, for a file that is refused: what it looks like instead of a picture. */
export function describeContent(bytes: Uint8Array): string {
  const head = ascii(bytes, 0, 200).trimStart().toLowerCase()
  if (head.startsWith('<svg') || head.includes('<svg')) return 'an SVG drawing, which is not read'
  if (head.startsWith('<!doctype') || head.startsWith('<html')) return 'a web page'
  if (head.startsWith('%pdf')) return 'a PDF document'
  if (startsWith(bytes, 0x50, 0x4b, 3, 4)) return 'a ZIP archive'
  if (/ftyp(heic|heix|mif1)/.test(head)) return 'a HEIC picture, which is not read'
  if (/^[\t\n\r -~]+$/.test(head)) return 'plain text'
  return 'not a picture this program knows'
}

const EXTENSIONS: Readonly<Record<string, PictureFormat>> = {
  jpg: 'jpeg',
  jpeg: 'jpeg',
  jpe: 'jpeg',
  jfif: 'jpeg',
  png: 'png',
  webp: 'webp',
  gif: 'gif',
  tif: 'tiff',
  tiff: 'tiff',
  avif: 'avif',
}

/** A note when the name promises another kind of file than the content is. */
export function extensionNote(name: string, format: PictureFormat): string | null {
  const extension = /\.([A-Za-z0-9]{1,8})$/.exec(name)?.[1]?.toLowerCase()
  if (extension === undefined) return `no extension, content is ${format}`
  return EXTENSIONS[extension] === format
    ? null
    : `extension says ${extension}, content is ${format}`
}
