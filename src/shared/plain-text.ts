/** Bytes of a text file to its text. Notepad and spreadsheets still write UTF-16 and older code pages. */

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  return bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : 'utf-8'
}

/** What to say of a file of which `plainText` is null, and the next step. */
export const NO_PLAIN_TEXT = 'it is not text in UTF-8 (or UTF-16 with a byte order mark)'
export const SAVE_AS_UTF8 = 'Save it as UTF-8 in a text editor.'

/** UTF-8, or UTF-16 with its mark; null for anything else: a code page guessed wrong gives other words. */
export function plainText(bytes: Uint8Array): string | null {
  try {
    const text = new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}
