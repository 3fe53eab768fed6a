/** Whether a caption is the alt-text over again: word for word in it, and then with little else. */

/** A shorter alt-text is a name that any caption may say. */
export const FEWEST_WORDS = 3
/** Of the caption's words; what is copied whole has no more than the rest besides. */
export const LEAST_SHARE = 0.75

export interface Copied {
  /** All words of the alt-text stand in the caption in one run. */
  readonly verbatim: boolean
  /** Verbatim, and at least three quarters of the caption. */
  readonly whole: boolean
}

function hasRun<T>(words: readonly T[], run: readonly T[]): boolean {
  for (let at = 0; at + run.length <= words.length; at++)
    if (run.every((word, i) => words[at + i] === word)) return true
  return false
}

/** Null of an alt-text too short to tell. */
export function copiedOf(caption: readonly string[], altText: readonly string[]): Copied | null {
  if (altText.length < FEWEST_WORDS) return null
  const verbatim = hasRun(caption, altText)
  return { verbatim, whole: verbatim && altText.length >= LEAST_SHARE * caption.length }
}
