/** Finds names in captions whatever their case, plural, hyphen or spacing. */

const IRREGULAR: Readonly<Record<string, string>> = {
  geese: 'goose',
  mice: 'mouse',
  lice: 'louse',
  feet: 'foot',
  teeth: 'tooth',
  men: 'man',
  women: 'woman',
  children: 'child',
  oxen: 'ox',
  people: 'person',
  cacti: 'cactus',
  fungi: 'fungus',
  octopi: 'octopus',
  larvae: 'larva',
}

/** One form for singular and plural; applied to both sides, so it need not be a real word. */
export function foldWord(word: string): string {
  const folded = word.length > 3 && /[^s]s$/.test(word) ? word.slice(0, -1) : word
  const known = Object.hasOwn(IRREGULAR, folded) ? IRREGULAR[folded] : undefined // "constructor" is a word too
  if (known !== undefined) return foldWord(known)
  if (folded.endsWith('ie')) return `${folded.slice(0, -2)}y`
  // "-is" and "-us" cannot be told from plurals of "-i" and "-u": irises, iris; zebus, zebu; houses, house.
  if (/ise$|..use$/.test(folded)) return folded.slice(0, -2)
  if (/(?:x|ch|sh|ss|us|z|o)e$/.test(folded)) return folded.slice(0, -1)
  if (/[^f]fe?$/.test(folded)) return folded.replace(/fe?$/, 've')
  return folded
}

/** Lower-case words of a text; hyphens, apostrophes and other marks part words or vanish. */
export function words(text: string): readonly string[] {
  const plain = text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
  return plain.replace(/['’]/gu, '').match(/[\p{L}\p{N}]+/gu) ?? []
}

const folded = (text: string): readonly string[] => words(text).map(foldWord)

/** Where a name (its folded words joined) stands in folded words: [from, to), or null. "tea pot", "tea-pot" and "teapots" match "teapot". */
function findIn(text: readonly string[], wanted: string): readonly [number, number] | null {
  if (wanted === '') return null
  for (let from = 0; from < text.length; from++) {
    let joined = ''
    for (let to = from; to < text.length && joined.length < wanted.length; to++) {
      joined += text[to] ?? ''
      if (joined === wanted) return [from, to + 1]
    }
  }
  return null
}

/** True when the caption contains the name as whole words. */
export const containsName = (caption: string, name: string): boolean =>
  findIn(folded(caption), folded(name).join('')) !== null

export const containsAny = (caption: string, names: readonly string[]): boolean => {
  const text = folded(caption)
  return names.some((name) => findIn(text, folded(name).join('')) !== null)
}

/** Takes names out of captions, longest first: "red fox" is no colour. A taken name leaves '' behind. */
export function nameRemover(names: readonly string[]): (caption: string) => readonly string[] {
  const wanted = [...new Set(names.map((name) => folded(name).join('')))]
    .filter((name) => name !== '')
    .sort((a, b) => b.length - a.length || (a < b ? -1 : 1))
  return (caption) => {
    let text = folded(caption)
    for (const name of wanted)
      for (let at = findIn(text, name); at; at = findIn(text, name))
        text = [...text.slice(0, at[0]), '', ...text.slice(at[1])]
    return text
  }
}

/** Where the phrase's words stand in a row in folded words: [from, to), or null. */
export function findPhrase(
  text: readonly string[],
  phrase: string,
): readonly [number, number] | null {
  const wanted = folded(phrase)
  if (wanted.length === 0) return null
  for (let from = 0; from + wanted.length <= text.length; from++)
    if (wanted.every((word, i) => text[from + i] === word)) return [from, from + wanted.length]
  return null
}

/** Dice coefficient of two captions' words, counted with repetition: 1 for the same words, 0 for none. */
export function similarity(a: string, b: string): number {
  const [left, right] = [folded(a), folded(b)]
  if (left.length + right.length === 0) return 1
  const counts = new Map<string, number>()
  for (const word of left) counts.set(word, (counts.get(word) ?? 0) + 1)
  let shared = 0
  for (const word of right) {
    const count = counts.get(word) ?? 0
    if (count > 0) shared++
    counts.set(word, count - 1)
  }
  return (2 * shared) / (left.length + right.length)
}
