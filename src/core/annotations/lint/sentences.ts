/** Sentences, paragraphs and quoted lettering of a text, by UTF-16 offsets. */

export interface Stretch {
  readonly from: number
  readonly to: number
  readonly text: string
}

const trimmed = (whole: string, from: number, to: number): Stretch => {
  while (from < to && /\s/.test(whole[from]!)) from++
  while (to > from && /\s/.test(whole[to - 1]!)) to--
  return { from, to, text: whole.slice(from, to) }
}

const notEmpty = ({ text }: Stretch): boolean => text !== ''

function cutAt(text: string, border: RegExp): readonly Stretch[] {
  const out: Stretch[] = []
  let from = 0
  for (const match of text.matchAll(border)) {
    const to = match.index + match[0].length
    out.push(trimmed(text, from, to))
    from = to
  }
  out.push(trimmed(text, from, text.length))
  return out.filter(notEmpty)
}

/** A stop after one or two letters ("St. Bernard", "J. Smith") ends no sentence. */
export const sentencesOf = (text: string): readonly Stretch[] =>
  cutAt(text, /(?<=[^\s.]{3})[.!?…]+["”’')\]]*(?=\s|$)|[!?…]+(?=\s|$)|\n+/gu)

export const paragraphsOf = (text: string): readonly Stretch[] => cutAt(text, /\n+/g)

const QUOTED = /"[^"\n]{1,300}"|“[^”\n]{1,300}”|«[^»\n]{1,300}»/gu

/** Lettering that a caption transcribes is the picture's, not the writer's: blanked out, every offset kept. */
export const withoutQuotes = (text: string): string =>
  text.replace(QUOTED, (quoted) => ' '.repeat(quoted.length))
