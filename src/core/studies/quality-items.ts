/** Hidden items that test the raters, made from the study's own data; they never count for a system. */
import { foldCaption } from './merge-cards.ts'
import type { Card, ItemKind, StudyItem } from './plan-types.ts'
import { seededOrder } from './seeded-order.ts'

export interface QualityShares {
  readonly wrongImage: number
  readonly plantedError: number
  readonly duplicate: number
}

const planted = (texts: readonly string[]): Card[] => texts.map((text) => ({ text, systems: [] }))

/** The first sentence of a text. */
export const firstSentence = (text: string): string =>
  (/^.*?[.!?](?=\s|$)/su.exec(text)?.[0] ?? text).trim()

const ended = (text: string): string => (/[.!?]$/u.test(text) ? text : `${text}.`)

/**
 * `shares` are items per 50. The stranger's words come from an image of another group, so that they are wrong
 * here. Items with too few different captions for a kind are passed over.
 */
export function makeQualityItems(
  main: readonly StudyItem[],
  shares: QualityShares,
  seed: number,
): StudyItem[] {
  const strangerOf = (item: StudyItem, salt: string): string | null => {
    const other = seededOrder(main, `${seed}/${salt}/${item.id}`).find(
      (one) => one.group !== item.group && one.imageId !== item.imageId,
    )
    const text = other?.cards[0]?.text ?? ''
    return text === '' || item.cards.some((card) => card.text === text) ? null : text
  }
  const made: StudyItem[] = []
  const make = (kind: ItemKind, per50: number, build: (item: StudyItem) => StudyItem | null) => {
    const wanted = Math.round((main.length * per50) / 50)
    let got = 0
    for (const item of seededOrder(main, `${seed}/${kind}`)) {
      if (got === wanted) return
      const one = build(item)
      if (!one) continue
      made.push(one)
      got++
    }
  }
  const base = (item: StudyItem, kind: ItemKind, texts: readonly string[]) => ({
    id: `${kind}-${item.id}`,
    imageId: item.imageId,
    altText: item.altText,
    group: item.group,
    ...(item.seenBy && { seenBy: item.seenBy }),
    kind,
    cards: planted(texts),
  })
  const others = (item: StudyItem, room: number) =>
    item.cards.slice(1, 1 + room).map(({ text }) => text)

  make('wrong-image', shares.wrongImage, (item) => {
    const wrong = strangerOf(item, 'wrong')
    if (wrong === null) return null
    const texts = [wrong, ...item.cards.slice(0, item.cards.length - 1).map(({ text }) => text)]
    return { ...base(item, 'wrong-image', texts), expected: [0] }
  })
  make('planted-error', shares.plantedError, (item) => {
    const clean = item.cards[0]?.text ?? ''
    const wrong = strangerOf(item, 'planted')
    if (wrong === null || clean === '') return null
    const twin = foldCaption(`${ended(clean)} ${ended(firstSentence(wrong))}`)
    const texts = [clean, twin, ...others(item, item.cards.length - 2)]
    return { ...base(item, 'planted-error', texts), expected: [0, 1] }
  })
  make('duplicate', shares.duplicate, (item) => {
    const text = item.cards[0]?.text ?? ''
    const texts = [text, text, ...others(item, item.cards.length - 2)]
    return { ...base(item, 'duplicate', texts), expected: [0, 1] }
  })
  return made
}
