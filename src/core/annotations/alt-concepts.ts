/** Which concepts of the alt-text a text carries, by the matcher that marks captions, and the quick look that mostly spares it. */
import { matchConcept } from '../grounding/match-concept.ts'
import { noiseWords } from '../grounding/noise-words.ts'
import { conceptsOf, isGeneric, readText } from '../grounding/phrases.ts'
import { tokenise } from '../grounding/tokens.ts'
import type { Taxonomy } from '../probes/taxonomy.ts'

export interface AltConcept {
  readonly text: string
  readonly carried: boolean
}

/** In the order of the alt-text, each once. What the text names more exactly ("animal" of an owl) it has. */
export function altConcepts(text: string, altText: string, names: Taxonomy): AltConcept[] {
  const alt = readText(altText, names)
  const caption = readText(text, names)
  const found = new Map<string, AltConcept>()
  for (const concept of conceptsOf(alt, noiseWords(altText, alt.tokens))) {
    const [first, last] = [alt.tokens[concept.from]!, alt.tokens[concept.to - 1]!]
    const words = altText.slice(first.at, last.at + last.text.length)
    const { carried, implied } = matchConcept({ alt, caption }, concept, names)
    const here = carried.length > 0 || implied !== null
    const key = words.toLowerCase()
    found.set(key, { text: found.get(key)?.text ?? words, carried: here })
  }
  return [...found.values()]
}

/** Words that are found in any two texts. */
const COMMON = new Set(
  (
    'a an the this that these those its his her their of in on at by for from with without to into and or but is are ' +
    'was were be been has have it as than'
  ).split(' '),
)

/** True where the text has any word of the alt-text that says something: then nobody need ask the matcher. */
function sharesWord(text: string, altText: string): boolean {
  const tokens = tokenise(altText)
  const isNoise = noiseWords(altText, tokens)
  const words = new Set(tokenise(text).map(({ folded }) => folded))
  return tokens.some(
    (token, index) =>
      !isNoise(index) &&
      !isGeneric(token) &&
      !COMMON.has(token.text.toLowerCase()) &&
      words.has(token.folded),
  )
}

/** True where an alt-text that says something is passed over whole. */
export function passesOver(text: string, altText: string, names: Taxonomy): boolean {
  if (altText.trim() === '' || sharesWord(text, altText)) return false
  const concepts = altConcepts(text, altText, names)
  return concepts.length > 0 && !concepts.some(({ carried }) => carried)
}
