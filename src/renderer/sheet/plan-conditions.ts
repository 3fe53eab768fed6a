/** The alt-texts a fresh image is asked under: empty, its own, its class name, a wrong one (Table 3 of the paper). */
import type { Condition } from '../../shared/contract/comparisons.ts'
import { fnv1a } from '../../shared/random.ts'
import type { AltKind, ImageCard, ImageDetail } from '../../shared/types.ts'

/** Newest text of a kind; older ones stay in the file for provenance. */
export const knownAltText = (image: ImageDetail, kind: AltKind): string | null =>
  image.altTexts.findLast((alt) => alt.kind === kind)?.text ??
  (kind === 'class-name' ? image.className : null)

/** Class name of another image, the same for the same image and seed; null while no other class is known. */
export function drawWrong(
  image: ImageDetail,
  others: readonly ImageCard[],
  seed: number,
): string | null {
  const known = knownAltText(image, 'wrong')
  if (known !== null) return known
  const own = knownAltText(image, 'class-name')
  const names = [...new Set(others.flatMap(({ className }) => className ?? []))]
    .filter((name) => name !== own)
    .sort()
  return names[fnv1a(`${image.id} ${seed}`) % names.length] ?? null
}

export function planConditions(
  image: ImageDetail,
  others: readonly ImageCard[],
  seed: number,
): readonly Condition[] {
  const own = knownAltText(image, 'own')
  const className = knownAltText(image, 'class-name')
  const wrong = drawWrong(image, others, seed)
  return [
    { altKind: 'empty', text: '' },
    ...(own ? [{ altKind: 'own' as const, text: own }] : []),
    ...(className ? [{ altKind: 'class-name' as const, text: className }] : []),
    ...(wrong ? [{ altKind: 'wrong' as const, text: wrong }] : []),
  ]
}

/** Offers for the alt-text field: what this image knows of itself, and a wrong one. */
export function fillOffers(
  image: ImageDetail,
  others: readonly ImageCard[],
  seed: number,
): readonly Condition[] {
  const planned = planConditions(image, others, seed)
  const kinds = [...new Set(image.altTexts.map(({ kind }) => kind))].filter(
    (kind) => !planned.some(({ altKind }) => altKind === kind),
  )
  const offers = kinds.map((kind) => ({ altKind: kind, text: knownAltText(image, kind) ?? '' }))
  return [...planned, ...offers.filter(({ text }) => text !== '')]
}

/** A text that is one of the offers is of its kind; anything typed is free text, nothing is empty. */
export function conditionOf(text: string, offers: readonly Condition[]): Condition {
  if (text === '') return { altKind: 'empty', text }
  return offers.find((offer) => offer.text === text) ?? { altKind: 'free', text }
}
