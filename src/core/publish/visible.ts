/** Characters that steer instead of showing (controls, writing direction, zero width) are written out. */

// C0 without tab and line ends, DEL and C1, direction marks, zero-width spaces, line separators, noncharacters.
const STEERING =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u180e\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff]|[\u{1fffe}\u{1ffff}\u{2fffe}\u{2ffff}\u{e0000}-\u{e0fff}\u{10fffe}\u{10ffff}]/gu

const codePoint = (character: string): string =>
  (character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')

/** Well-formed text in which nothing is hidden: "a\u202Eb" reads "a[U+202E]b". U+FFFD stays. */
export const visible = (text: string): string =>
  text
    .toWellFormed()
    .replace(STEERING, (character) =>
      character === '\uFFFD' ? character : `[U+${codePoint(character)}]`,
    )

/** The same on one line: tabs and line ends are spaces. */
export const visibleLine = (text: string): string => visible(text).replace(/[\t\n\r]+/g, ' ')
