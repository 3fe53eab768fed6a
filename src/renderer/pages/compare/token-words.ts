/** How a token reads in a sentence: without the space it begins with; a token that wrote nothing ended the caption. */
export function tokenWords(text: string): string {
  if (text === '') return 'end of caption'
  const trimmed = text.trim()
  return trimmed === '' ? '␣' : trimmed
}
