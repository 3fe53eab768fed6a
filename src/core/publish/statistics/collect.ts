/** Row by row of the Statistics table, what each image gives: read once, with no more kept than numbers. */
import type { AltKind } from '../../../shared/types.ts'
import { PAPER_OPENINGS } from '../../annotations/default-guideline.ts'
import { countedWords } from '../../metrics/caption-words.ts'
import { captionReader, countSentences } from '../../text-statistics/caption-measures.ts'
import { ENTITY_KINDS } from '../../text-statistics/entities.ts'
import type { Lexicon } from '../../text-statistics/vocabulary.ts'
import type { SelectedCell, SelectedImage } from '../selection.ts'

/** Means a caption, and shares of captions, entities or words. */
export const MEASURES = [
  ...(['words', 'tokens', 'sentences', 'opening', 'prompts', 'entities'] as const),
  ...(['names', 'numbers', 'dates', 'copied', 'verbatim', 'grounded'] as const),
] as const
export type MeasureName = (typeof MEASURES)[number]

export const isShare = (name: MeasureName): boolean =>
  name !== 'words' && name !== 'tokens' && name !== 'sentences'

const PLACE = Object.fromEntries(MEASURES.map((name, at) => [name, at])) as Readonly<
  Record<MeasureName, number>
>
const KIND_MEASURES = { name: 'names', number: 'numbers', date: 'dates' } as const

/** One image in one row. */
export interface Tally {
  /** Place of the image in the selection. */
  readonly image: number
  readonly counted: number[]
  readonly of: number[]
  /** The first words of each caption. */
  readonly openings: string[]
}

export interface Group {
  readonly altKind: AltKind
  /** null: the images' own alt-texts. */
  readonly captionerId: string | null
  readonly bundleSha256: string
  readonly tallies: Tally[]
  readonly imageIds: string[]
  /** The first caption of each image, as words of the lexicon. */
  readonly first: Uint32Array[]
  /** Words of each caption. */
  readonly lengths: number[]
}

const OPENING_WORDS = 3
const PROMPTS = PAPER_OPENINGS.map((prompt) => countedWords(prompt))

const beginsWithPrompt = (words: readonly string[]): boolean =>
  PROMPTS.some((prompt) => prompt.every((word, at) => words[at] === word))

export interface Collecting {
  readonly lexicon: Lexicon
  /** Own alt-texts by image. */
  readonly altTexts: ReadonlyMap<string, string>
  /** Words that name what can be seen; null where nobody gave them. */
  readonly visual: ReadonlySet<string> | null
  readonly breathe: () => Promise<void>
}

interface Said {
  readonly words: readonly string[]
  readonly sentences: number
}

function add(tally: Tally, name: MeasureName, counted: number, of = 1): void {
  const at = PLACE[name]
  tally.counted[at] = (tally.counted[at] ?? 0) + counted
  tally.of[at] = (tally.of[at] ?? 0) + of
}

function addText(
  group: Group,
  { words, sentences }: Said,
  {
    image,
    imageId,
    lexicon,
    visual,
  }: Pick<Collecting, 'lexicon' | 'visual'> & {
    readonly image: number
    readonly imageId: string
  },
): Tally {
  let tally = group.tallies.at(-1)
  if (tally?.image !== image) {
    tally = { image, counted: MEASURES.map(() => 0), of: MEASURES.map(() => 0), openings: [] }
    group.tallies.push(tally)
    group.imageIds.push(imageId)
    group.first.push(lexicon.idsOf(words))
  }
  group.lengths.push(words.length)
  tally.openings.push(words.slice(0, OPENING_WORDS).join(' '))
  add(tally, 'words', words.length)
  add(tally, 'sentences', sentences)
  add(tally, 'prompts', Number(beginsWithPrompt(words)))
  if (visual) add(tally, 'grounded', words.filter((word) => visual.has(word)).length, words.length)
  return tally
}

type Reader = ReturnType<typeof captionReader>

function addCaption(
  group: Group,
  { cell }: SelectedCell,
  place: { readonly image: number; readonly imageId: string },
  { read, ...how }: Collecting & { readonly read: Reader },
): void {
  const own = how.altTexts.get(place.imageId) ?? ''
  const measures = read(cell.caption, { given: cell.altText, own })
  const tally = addText(group, measures, { ...how, ...place })
  if (cell.tokenCount !== null) add(tally, 'tokens', cell.tokenCount)
  const { copied, entities } = measures
  if (copied) {
    add(tally, 'copied', Number(copied.whole))
    add(tally, 'verbatim', Number(copied.verbatim))
  }
  if (entities)
    for (const kind of ENTITY_KINDS) {
      const { kept, of } = entities[kind]
      add(tally, KIND_MEASURES[kind], kept, of)
      add(tally, 'entities', kept, of)
    }
}

const newGroup = (altKind: AltKind, captionerId: string | null, bundleSha256: string): Group => ({
  ...{ altKind, captionerId, bundleSha256 },
  ...{ tallies: [], imageIds: [], first: [], lengths: [] },
})

/** The alt-texts themselves first, then a group for every kind of alt-text, captioner and bundle. */
export async function collect(
  images: Iterable<SelectedImage>,
  how: Collecting,
): Promise<readonly Group[]> {
  const alt = newGroup('own', null, '')
  const groups = new Map<string, Group>()
  const read = captionReader()
  let image = 0
  for (const { image: card, cells } of images) {
    const place = { image, imageId: card.id }
    const text = how.altTexts.get(card.id)
    if (text !== undefined)
      addText(
        alt,
        { words: countedWords(text), sentences: countSentences(text) },
        { ...how, ...place },
      )
    for (const one of cells) {
      const { captionerId, provenance } = one.cell
      if (provenance.branch) continue // its beginning was forced: no sample of what the captioner says
      const key = [one.altKind, captionerId, provenance.bundleSha256].join(' ')
      const group = groups.get(key) ?? newGroup(one.altKind, captionerId, provenance.bundleSha256)
      groups.set(key, group)
      addCaption(group, one, place, { ...how, read })
      await how.breathe()
    }
    image++
  }
  return [...(alt.tallies.length > 0 ? [alt] : []), ...groups.values()]
}

/** The most frequent first words of a group, of equally frequent ones the first in the alphabet; counts them too. */
export function countOpening({ tallies }: Group): string {
  const counts = new Map<string, number>()
  for (const { openings } of tallies)
    for (const one of openings) counts.set(one, (counts.get(one) ?? 0) + 1)
  const [top] = [...counts].reduce(
    (best, one) => (one[1] > best[1] || (one[1] === best[1] && one[0] < best[0]) ? one : best),
    ['', 0] as [string, number],
  )
  for (const tally of tallies)
    add(tally, 'opening', tally.openings.filter((one) => one === top).length, tally.openings.length)
  return top
}
