/** A caption that begins as the guideline likes it: "A photo of …" instead of "This image shows …". */

const VERBOSE =
  /^(?:this|the|in this)\s+(?:image|picture|photo|photograph)(?:\s+(?:shows|depicts|is|of|features|contains|we see|there is|there are))*[\s,:]*/iu

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1)

/** With this opening before it, in place of another one of the list or of a wordy one. Nothing else is touched. */
export function withOpening(text: string, opening: string, openings: readonly string[]): string {
  const lower = text.trimStart().toLowerCase()
  const old = openings
    .filter((one) => lower.startsWith(`${one.toLowerCase()} `))
    .toSorted((a, b) => b.length - a.length)[0]
  const rest =
    old === undefined ? text.trimStart().replace(VERBOSE, '') : text.trimStart().slice(old.length)
  return `${capital(opening)} ${rest.trimStart()}`
}
