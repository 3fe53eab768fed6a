/** Text at the border: SQLite would silently change broken characters, so we replace them first and say so. */

export const REPLACED_NOTE = 'broken characters (lone surrogates) were replaced by U+FFFD'

export interface CleanText {
  readonly text: string
  /** What was done to the text; empty when nothing was. */
  readonly notes: readonly string[]
}

export function cleanText(text: string): CleanText {
  return text.isWellFormed()
    ? { text, notes: [] }
    : { text: text.toWellFormed(), notes: [REPLACED_NOTE] }
}
