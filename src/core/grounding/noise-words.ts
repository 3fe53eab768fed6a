/** Which words of an alt-text are the web's own noise: file names, dates, prices, credits, shop talk. */
import type { Token } from './tokens.ts'

const NOISE: readonly RegExp[] = [
  /\b(?:https?:\/\/|www\.)\S+/giu,
  /\b[\w-]*\d[\w-]*\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg)\b/giu,
  /\b[\w-]+\.(?:jpe?g|png|gif|webp|bmp|tiff?|heic|svg)\b/giu,
  /\b(?:IMG|DSC|DSCN|DSCF|PXL|MG|P|DCIM|image|photo|pic|screenshot)[ _-]?\d{2,}\w*\b/giu,
  /[$€£¥]\s?\d[\d.,]*|\b\d[\d.,]*\s?(?:USD|EUR|GBP|dollars|euros)\b/giu,
  /\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[./-]\d{1,2}[./-]\d{2,4}\b/gu,
  // A name after a credit: initials and one word, or two words; more would eat the concept that follows.
  /(?:©|\(c\)|copyright)\s*(?:\d{4})?(?:\s*(?:\p{Lu}\.\s*)+\p{Lu}[\p{L}'’-]+|(?:\s*\p{Lu}[\p{L}'’-]+){1,2})?/gu,
  /\b(?:[Pp]hoto|[Ii]mage|[Pp]icture|[Pp]hotograph|[Pp]hotography|[Ii]llustration|[Cc]redit|[Cc]ourtesy)s?\s*(?:by|:|©)\s*(?:(?:\p{Lu}\.\s*)+\p{Lu}[\p{L}'’-]+|(?=\p{Lu})(?:\p{Lu}[\p{L}'’-]+\s?){1,2})/gu,
  /\bstock (?:photo|image|vector|illustration)s?\b(?:\s*#?\s*\d+)?/giu,
  /#\s?\d+\b/gu,
  /\b(?:free shipping|click (?:to enlarge|here|for more)|buy now|for sale|sold out|in stock|best price|add to cart|order online|high resolution|royalty[- ]free|shutterstock|getty images|alamy|istock|download|wallpaper|thumbnail|hd|4k)\b/giu,
]

/** Stretches of noise as UTF-16 offsets [from, to), as the patterns find them; they may overlap. */
export const noiseSpans = (text: string): readonly (readonly [from: number, to: number])[] =>
  NOISE.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(({ index, 0: { length } }) => [index, index + length] as const),
  )

/** True for the words of `tokens` (of `text`) that stand for no concept. */
export function noiseWords(text: string, tokens: readonly Token[]): (index: number) => boolean {
  const spans = noiseSpans(text)
  const flags = tokens.map(({ at }) => spans.some(([from, to]) => at >= from && at < to))
  return (index) => flags[index] ?? false
}
