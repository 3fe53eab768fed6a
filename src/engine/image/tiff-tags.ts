/** What the decoder does not say of a TIFF picture, read from its first directory. */

const COMPRESSION = 259
const PHOTOMETRIC = 262
const YCBCR = 6
/** Old and new JPEG, of which the decoder makes RGB. */
const JPEG: readonly number[] = [6, 7]

/** YCbCr values without JPEG: the decoder takes them for RGB, and everything is the wrong colour. */
export function isPlainYcbcr(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const little = bytes[0] === 0x49
  const short = (at: number): number => (at + 2 <= view.byteLength ? view.getUint16(at, little) : 0)
  const directory = view.byteLength >= 8 ? view.getUint32(4, little) : 0
  const tags = new Map<number, number>()
  for (let entry = 0; entry < short(directory); entry++) {
    const at = directory + 2 + 12 * entry
    tags.set(short(at), short(at + 8)) // both tags hold one short
  }
  return tags.get(PHOTOMETRIC) === YCBCR && !JPEG.includes(tags.get(COMPRESSION) ?? 0)
}
