/** Keeps a spreadsheet from reading text as a formula, by a rule that can be undone exactly. */

/** What a spreadsheet may skip before it looks for a formula: spaces and everything that does not show. */
const SKIPPED = /^[\s\p{C}\p{Z}]+/u
const TRIGGER = /^[=+\-@|\uff1d\uff0b\uff0d\uff20\u2212]/
const FIRST = /^['\t\r\n\u0000]/

/** Puts one ' before text that a spreadsheet could take for a formula, and before text that starts with '. */
export const guardFormula = (text: string): string =>
  FIRST.test(text) || TRIGGER.test(text.replace(SKIPPED, '')) ? `'${text}` : text

/** Undoes guardFormula: exactly one leading ' goes. */
export const unguardFormula = (text: string): string =>
  text.startsWith("'") ? text.slice(1) : text

/** The same where an apostrophe may be one of the text's own: it goes only before what it guards. */
export const unguardFormulaOnly = (text: string): string =>
  text.startsWith("'") && TRIGGER.test(text.slice(1).replace(SKIPPED, '')) ? text.slice(1) : text
