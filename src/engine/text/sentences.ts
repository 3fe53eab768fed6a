/** Splits a caption into sentences for scoring each alone. Pure. */

/** A sentence ends at . ! or ? before a space and something that can start the next one. */
const END = /(?<=[.!?]["')\]]?)\s+(?=["'([]?[\p{Lu}\p{N}])/u

/** Initials and common short forms do not end a sentence. */
const SHORT = /(?:^|\s)(?:[A-Z]|e\.g|i\.e|cf|St|Mr|Mrs|Ms|Dr|No|vs|sp|var|c|ca)\.$/

export function splitSentences(text: string): readonly string[] {
  const sentences: string[] = []
  let open = ''
  for (const part of text.trim().split(END)) {
    open = open === '' ? part : `${open} ${part}`
    if (SHORT.test(open)) continue
    sentences.push(open)
    open = ''
  }
  if (open !== '') sentences.push(open)
  return sentences.filter((sentence) => sentence !== '')
}
