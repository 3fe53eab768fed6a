/** What a file is that is refused as a picture, and what the name of an accepted one should say. */
import { brandsOf, notReadFormat, type PictureFormat } from '../../shared/picture-format.ts'
import { plainText } from '../../shared/plain-text.ts'

/** The next step for a picture in a format that is not read; a photograph stays a photograph as JPEG. */
export const SAVE_ANEW = 'Save it as JPEG or PNG in an image editor and add the copy.'
const READ_ARE = 'Add JPEG, PNG, WebP, GIF, TIFF or AVIF pictures.'

export interface Content {
  /** "a BMP picture, which is not read" */
  readonly words: string
  readonly hint: string
}

const OTHER_FILES: readonly (readonly [first: RegExp, words: string, hint?: string])[] = [
  [/^\s*<(!doctype html|html)/i, 'a web page'],
  [/^\s*<\?xml/i, 'an XML document'],
  [/^%PDF/, 'a PDF document'],
  [/^PK\x03\x04/, 'a ZIP archive', 'Unpack it and add the pictures in it.'],
  [
    /^(\x1f\x8b|7z\xbc\xaf|Rar!|\xfd7zXZ|BZh|\x28\xb5\x2f\xfd)/,
    'a compressed file',
    'Unpack it first.',
  ],
  [/^(\x1aE\xdf\xa3|RIFF[^]{4}AVI )/, 'a video', 'Save a frame of it as a picture and add that.'],
  [
    /^version https:\/\/git-lfs/,
    'a Git LFS pointer, not the picture itself',
    'Fetch the picture with git lfs pull, then add it again.',
  ],
]

/** A file that is refused: what it looks like instead of a picture, and the next step. */
export function describeContent(bytes: Uint8Array): Content {
  const head = String.fromCharCode(...bytes.subarray(0, 1000))
  const picture = notReadFormat(bytes)
  if (picture !== null)
    return {
      words: `${/^(Open|SVG)/.test(picture) ? 'an' : 'a'} ${picture} picture, which is not read`,
      hint: SAVE_ANEW,
    }
  if (brandsOf(bytes).length > 0)
    return { words: 'a video', hint: 'Save a frame of it as a picture and add that.' }
  const other = OTHER_FILES.find(([first]) => first.test(head))
  if (other) return { words: other[1], hint: other[2] ?? READ_ARE }
  return {
    words: plainText(bytes) !== null ? 'plain text' : 'not a picture this program knows',
    hint: READ_ARE,
  }
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
