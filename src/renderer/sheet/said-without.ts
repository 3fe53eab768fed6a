/** Whether the caption without alt-text says the same words: carried they may be, needed the alt-text was not. */
import { sliceCodePoints } from '../grounding/code-points.ts'
import { wordsIn } from '../grounding/words.ts'
import type { Place, SheetModel } from './sheet-model.ts'

const bare = (text: string): string =>
  ` ${wordsIn(text)
    .map(({ start, end }) => sliceCodePoints(text, start, end).toLowerCase())
    .join(' ')} `

const holds = (foldId: string) => (place: Place) => place.folds.some(({ id }) => id === foldId)

/** null where nothing without alt-text stands in the same column, or this is it. */
export function saidWithout(sheet: SheetModel, foldId: string, words: string): boolean | null {
  const row = sheet.rows.find(({ places }) => places.some(holds(foldId)))
  const column = row?.places.findIndex(holds(foldId)) ?? -1
  const empty = sheet.rows.find(({ altKind }) => altKind === 'empty')
  if (!row || row === empty) return null
  const drawn = empty?.places[column]?.folds.filter(({ branch }) => branch === null) ?? []
  if (drawn.length === 0) return null
  return drawn.some(({ cell }) => bare(cell.caption).includes(bare(words)))
}

export const saidWithoutWords = (said: boolean | null): string =>
  said === null
    ? ''
    : said
      ? 'Without alt-text the caption says it too.'
      : 'Without alt-text the caption does not say it.'
