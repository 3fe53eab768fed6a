/** Whether a caption begins as the guideline asks. */
import { shown, type Check } from './find.ts'

const fold = (text: string): string =>
  text.toLowerCase().replace(/[‐‑]/gu, '-').replace(/\s+/gu, ' ').trim()

/** "This image shows", "The picture depicts", "In this photo we can see", "There is". */
const VERBOSE =
  /^\s*(?:in )?(?:this|the|these)\s+(?:\p{L}+\s+)?(?:images?|photos?|photographs?|pictures?|drawings?|paintings?|illustrations?|scenes?)\b(?:,?\s+(?:is|are|shows?|depicts?|features?|displays?|contains?|presents?|captures?|portrays?|illustrates?|we|you|there|one)\b)?|^\s*this\s+is\b|^\s*here\s+(?:is|are)\b|^\s*(?:we|you|one)\s+can\s+see\b/iu

const FIRST_WORDS = /^\s*\S+(?:\s+\S+){0,3}/u

export const opening: Check = function* ({ text, guideline: { openings } }) {
  if (openings.length === 0 || text.trim() === '') return
  const begins = fold(text)
  const allowed = openings.some((one) => {
    const wanted = fold(one)
    return begins.startsWith(wanted) && !/^[\p{L}\p{N}]/u.test(begins.slice(wanted.length))
  })
  if (allowed) return
  const [start = ''] = VERBOSE.exec(text) ?? FIRST_WORDS.exec(text) ?? []
  const from = start.length - start.trimStart().length
  const verbose = VERBOSE.test(text) ? ', which says nothing of the picture' : ''
  yield {
    at: { from, to: start.trimEnd().length },
    message: `It begins with ${shown(start)}${verbose}; the guideline asks for an opening such as ${shown(openings[0]!)}.`,
  }
}
