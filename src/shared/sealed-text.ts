/** Words that may lie in a file but are not to be read by looking at it: a seal against eyes, not against effort. */
import { fnv1a, seededRandom } from './random.ts'

/** The key is as public as the seal. */
function mask(bytes: Uint8Array, key: string): Uint8Array {
  const random = seededRandom(fnv1a(key))
  return bytes.map((byte) => byte ^ Math.floor(random() * 256))
}

/** Sealed texts are padded to a multiple of this, so that their length says little. */
const BLOCK = 64

export function sealText(text: string, key: string): string {
  const bytes = new TextEncoder().encode(text)
  const padded = new Uint8Array(Math.ceil((bytes.length + 1) / BLOCK) * BLOCK)
  padded.set(bytes)
  padded[bytes.length] = 0xff // never part of UTF-8: the end of the text
  return btoa(String.fromCharCode(...mask(padded, key)))
}

export function openSealed(sealed: string, key: string): string {
  const bytes = mask(
    Uint8Array.from(atob(sealed), (c) => c.charCodeAt(0)),
    key,
  )
  return new TextDecoder().decode(bytes.subarray(0, bytes.lastIndexOf(0xff)))
}
