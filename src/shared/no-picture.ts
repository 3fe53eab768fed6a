/** Which files of a folder are plainly no pictures, so that nobody hoped for one: told by name and first bytes. */
import { notReadFormat, sniffFormat } from './picture-format.ts'
import { plural } from './plural.ts'
import { isSpreadsheetName, isTableName } from './tables.ts'

/** Of pictures that are read, and of those that are not, which people are told. */
const PICTURE =
  /\.(jpe?g|jpe|jfif|jif|mpo|a?png|webp|giff?|tiff?|avifs?|hei[cf]s?|hif|jxl|jp[2xmf]|j2[kc]|jxr|wdp|bmp|dib|ico|cur|icns|svgz?|ps[db]|xcf|eps|tga|dds|exr|hdr|qoi|p[bgpna]m|pcx|raw|dng|cr[23w]|nef|nrw|arw|srf|sr2|orf|rw2|raf|pef|srw|3fr|x3f|iiq|kdc|mrw)$/i

/** A text may be the alt-text of a picture whose name is spelt otherwise; these never are. */
const ABOUT_THE_FOLDER =
  /(^|\/)(readme|licen[cs]e|copying|notice|authors|change(s|log)|citation)[^/]*\.txt$/i

/** By its name alone: a picture, a table or an alt-text is told of, whatever is in it. */
export const mayBePassedOver = (name: string): boolean =>
  !PICTURE.test(name) &&
  !isTableName(name) &&
  !isSpreadsheetName(name) &&
  (!/\.txt$/i.test(name) || ABOUT_THE_FOLDER.test(name))

/** By its first bytes (HEAD_BYTES of them). */
export const isNoPicture = (head: Uint8Array): boolean =>
  sniffFormat(head) === null && notReadFormat(head) === null

const MOST_NAMED = 5

/** "3 files that are no pictures were passed over: README.md, LICENSE, notes.pdf" */
export function passedOverInWords(names: readonly string[]): string {
  const said = names.slice(0, MOST_NAMED).join(', ')
  const more = names.length > MOST_NAMED ? ` and ${names.length - MOST_NAMED} more` : ''
  return names.length === 1
    ? `1 file that is no picture was passed over: ${said}`
    : `${plural(names.length, 'file')} that are no pictures were passed over: ${said}${more}`
}
