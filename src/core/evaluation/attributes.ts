/** Reads visible facts out of a caption and says which are right. */
import { findPhrase, words } from './names.ts'
import type { AttributeTruth } from './truth.ts'

export interface AttributeVerdict {
  readonly kind: AttributeTruth['kind']
  readonly right: boolean
}

/**
 * Verdicts for the attributes that the caption speaks of; one it leaves out gets none. Right means: a
 * right phrase is there and no wrong phrase of the same kind. Phrases are found longest first over all
 * attributes together and each word counts once, so that "cream background" says nothing of the object.
 * `text`: folded words without names, as nameRemover gives them.
 */
export function judgeAttributes(
  text: readonly string[],
  attributes: readonly AttributeTruth[],
): readonly AttributeVerdict[] {
  const phrases = attributes
    .flatMap((attribute) => [
      ...attribute.right.map((phrase) => ({ attribute, phrase, right: true })),
      ...attribute.wrong.map((phrase) => ({ attribute, phrase, right: false })),
    ])
    .sort((a, b) => words(b.phrase).length - words(a.phrase).length)
  let rest = text
  const found = new Map<AttributeTruth, { right: boolean; wrong: boolean }>()
  for (const { attribute, phrase, right } of phrases)
    for (let at = findPhrase(rest, phrase); at; at = findPhrase(rest, phrase)) {
      const seen = found.get(attribute) ?? { right: false, wrong: false }
      found.set(attribute, { right: seen.right || right, wrong: seen.wrong || !right })
      rest = rest.map((word, i) => (i >= at[0] && i < at[1] ? '' : word))
    }
  return [...found].map(([{ kind }, seen]) => ({ kind, right: seen.right && !seen.wrong }))
}
