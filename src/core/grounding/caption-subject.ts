/** What a caption says the picture is of: the noun phrase after "A drawing of a". */
import { isGeneric, type ReadText } from './phrases.ts'
import type { Run } from './tokens.ts'

/** The first phrase of the first sentence, after "a photo of" if it begins so. Null when there is none. */
export function subjectOf({ tokens, tags, names }: ReadText): Run | null {
  let from = 0
  const of = tokens.slice(0, 6).findIndex(({ text }) => text.toLowerCase() === 'of')
  if (of > 0 && tokens.slice(0, of).some(isGeneric)) from = of + 1
  while (from < tokens.length && tags[from]!.pos === 'determiner') from++
  if (tags[from]?.pos === 'number') from++
  let to = from
  while (to < tokens.length && (to === from || !tokens[to]!.breakBefore)) {
    // A name is in it whole, whatever its words are tagged as ("fighting conch").
    const hit = names.find((one) => one.from === to)
    if (hit) {
      to = hit.to
      continue
    }
    const pos = tags[to]!.pos
    if (pos !== 'noun' && pos !== 'adjective' && pos !== 'number') break
    to++
  }
  const inside = (i: number) => i >= from && i < to
  const named = names.some((hit) => inside(hit.from))
  return named || tags.some(({ pos }, i) => inside(i) && pos === 'noun') ? { from, to } : null
}
