/** Keeps a spreadsheet from reading text as a formula, by a rule that can be undone exactly. */

// What a spreadsheet skips before it looks for a formula: spaces, controls, zero width, byte order marks.
// eslint-disable-next-line no-control-regex
const SKIPPED =
  /^[\s\u0000-\u0020\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff]+/
const TRIGGER = /^[=+\-@|\uff1d\uff0b\uff0d\uff20\u2212]/
// eslint-disable-next-line no-control-regex
const FIRST = /^['\t\r\n\u0000]/

/** Puts one ' before text that a spreadsheet could take for a formula, and before text that starts with '. */
export const guardFormula = (text: string): string =>
  FIRST.test(text) || TRIGGER.test(text.replace(SKIPPED, '')) ? `'${text}` : text

/** Undoes guardFormula: exactly one leading ' goes. */
export const unguardFormula = (text: string): string =>
  text.startsWith("'") ? text.slice(1) : text
