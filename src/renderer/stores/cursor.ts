/** The words one looks at: by key, by pointer, or by selecting them. Marks are decided and the lens reads here. */
import { create } from 'zustand'
import type { Mark } from '../../shared/contract/grounding.ts'
import { isElsewhere, writerOf } from '../../shared/elsewhere.ts'
import { isEndpoint } from '../../shared/endpoint-names.ts'
import { overlaps, sameStretch, type Stretch } from '../grounding/code-points.ts'
import { drawn, stands } from '../grounding/shown-marks.ts'
import { wordsIn } from '../grounding/words.ts'
import type { Fold } from '../sheet/sheet-model.ts'
import { select, useComparison } from './comparison.ts'
import { currentSheet, selectedFold } from './current-sheet.ts'
import { lens, setBranching } from './lens.ts'
import { decideOn, marksOfFold, useMarks, type Decision } from './marks.ts'
import { note } from './toasts.ts'

export interface Spot extends Stretch {
  /** Id of the fold that shows the words. */
  readonly foldId: string
  readonly place: Mark['place']
}

interface CursorState {
  /** Stays until it is moved. */
  readonly cursor: Spot | null
  /** What the pointer is on, with where that is drawn. */
  readonly hovered: (Spot & { readonly rect: DOMRect }) | null
  /** The cursor came from selected text: what can be said of it is offered at once. */
  readonly bySelection: boolean
}

const NOWHERE = { cursor: null, hovered: null, bySelection: false }
export const useCursor = create<CursorState>(() => NOWHERE)

type Hovered = NonNullable<CursorState['hovered']>
/** The way from the words to their card leads over a gap. */
const LINGER_MS = 180
let leaving: ReturnType<typeof setTimeout> | undefined

export function hover(hovered: Hovered | null): void {
  clearTimeout(leaving)
  if (hovered) useCursor.setState({ hovered })
  else leaving = setTimeout(() => useCursor.setState({ hovered: null }), LINGER_MS)
}

/** The pointer is on the card itself. */
export const stayHovered = (): void => clearTimeout(leaving)

export const leaveCursor = (): void => useCursor.setState(NOWHERE)

export function setCursor(cursor: Spot, bySelection = false): void {
  clearTimeout(leaving)
  useCursor.setState({ cursor, hovered: null, bySelection })
}

const foldsOf = (): readonly Fold[] =>
  currentSheet().rows.flatMap((row) => row.places.flatMap((place) => place.folds))

const foldOf = (id: string): Fold | undefined => foldsOf().find((fold) => fold.id === id)

const marksOf = (fold: Fold): readonly Mark[] =>
  marksOfFold(useMarks.getState().byCell, fold.cellIds)

const shownFold = (): Fold | undefined => {
  const id = selectedFold(currentSheet(), useComparison.getState().selected)
  return id === null ? undefined : foldOf(id)
}

/** Words first of the alt-text, then of the caption: the order in which one reads a row. */
const wordSpots = ({ id, cell }: Fold): readonly Spot[] =>
  (['alt-text', 'caption'] as const).flatMap((place) =>
    wordsIn(place === 'caption' ? cell.caption : cell.altText).map((word) => ({
      ...{ ...word, foldId: id, place },
    })),
  )

function markSpots(fold: Fold): readonly Spot[] {
  const marks = marksOf(fold)
  const spots = (['alt-text', 'caption'] as const).flatMap((place) => drawn(marks, place))
  const seen = new Set<string>()
  return spots.flatMap(({ place, start, end }) => {
    const key = `${place} ${start} ${end}`
    if (seen.has(key)) return []
    seen.add(key)
    return [{ foldId: fold.id, place, start, end }]
  })
}

const samePlace = (a: Spot, b: Spot): boolean => a.foldId === b.foldId && a.place === b.place

function goTo(spot: Spot): void {
  if (useComparison.getState().selected !== spot.foldId) select(spot.foldId)
  setCursor(spot)
  document.getElementById(`cell ${spot.foldId}`)?.focus({ preventScroll: true })
}

/** -1 or 1; from nowhere, the first word of the selected caption. */
export function stepWord(step: number): void {
  const fold = shownFold()
  if (!fold) return note('Select a caption first')
  const spots = wordSpots(fold)
  const { cursor } = useCursor.getState()
  const first = spots.findIndex(({ place }) => place === 'caption')
  const inside = cursor?.foldId === fold.id ? cursor : null
  const from = !inside
    ? first - step
    : step > 0
      ? spots.findLastIndex((spot) => samePlace(spot, inside) && spot.start < inside.end)
      : spots.findIndex((spot) => samePlace(spot, inside) && spot.end > inside.start)
  const next = spots[Math.max(0, Math.min(spots.length - 1, from + step))]
  if (next) goTo(next)
}

/** -1 or 1, through the marks of all rows; from nowhere, the first one of the selected caption. */
export function stepMark(step: number): void {
  useMarks.setState({ shown: true })
  const folds = foldsOf()
  const spots = folds.flatMap(markSpots)
  const { cursor } = useCursor.getState()
  const rank = ({ foldId }: Pick<Spot, 'foldId'>) => folds.findIndex(({ id }) => id === foldId)
  const row = shownFold()?.id ?? ''
  const here: Spot =
    cursor?.foldId === row ? cursor : { foldId: row, place: 'alt-text', start: -1, end: -1 }
  const compare = (a: Spot, b: Spot): number =>
    rank(a) - rank(b) || a.place.localeCompare(b.place) || a.start - b.start || a.end - b.end
  const next =
    step > 0
      ? spots.find((spot) => compare(spot, here) > 0)
      : spots.findLast((spot) => compare(spot, here) < 0)
  if (next) goTo(next)
  else note(spots.length === 0 ? 'No marks on these captions' : 'No further marks')
}

/** The cursor takes in one word more (1) or lets its last one go (-1). */
export function growCursor(step: number): void {
  const { cursor } = useCursor.getState()
  const fold = cursor && foldOf(cursor.foldId)
  if (!cursor || !fold) return stepWord(1)
  const words = wordSpots(fold).filter(({ place }) => place === cursor.place)
  const inside = words.filter((word) => overlaps(word, cursor))
  const last =
    step > 0 ? words.find(({ start }) => start >= cursor.end) : inside.at(inside.length - 2)
  if (last) setCursor({ ...cursor, end: last.end }, true)
}

/** The likeliest other tokens at the words looked at take the focus; they come with the lens. */
export function chooseAlternative(): void {
  const fold = shownFold()
  const { cursor } = useCursor.getState()
  if (!fold || cursor?.foldId !== fold.id || cursor.place !== 'caption')
    return note('Choose a word of the caption first', 'Step to one with ] and [.')
  if (isElsewhere(fold.cell.captionerId))
    return note(
      'Its tokens are not known',
      `${writerOf(fold.cell.captionerId)} wrote it elsewhere.`,
    )
  if (isEndpoint(fold.cell.captionerId))
    return note('Its tokens are not known', 'An endpoint tells no token probabilities.')
  const { results, running } = lens.use.getState()
  setBranching(true)
  if (!results[fold.id] && running?.cellId !== fold.id) void lens.start(fold.id)
}

/** What a key would decide now: what the pointer is on, else the cursor of the selected caption. */
export function target(): Spot | null {
  const { hovered, cursor } = useCursor.getState()
  if (hovered) return hovered
  return cursor && cursor.foldId === shownFold()?.id ? cursor : null
}

/** Marks that touch a spot, those of exactly its words first. */
export function marksAt(spot: Spot, marks: readonly Mark[]): readonly Mark[] {
  const here = marks.filter((mark) => mark.place === spot.place && overlaps(mark, spot))
  const exact = here.filter((mark) => sameStretch(mark, spot))
  return [...exact, ...here.filter((mark) => !exact.includes(mark))]
}

function refusal(spot: Spot, decision: Decision): string | null {
  if (decision === 'clear') return null
  if (decision === 'rejected')
    return spot.place === 'alt-text' ? null : 'Only words of the alt-text can be rejected'
  return spot.place === 'caption' ? null : 'Words of the alt-text can only be rejected or cleared'
}

/** A person's word on the words in view. `clear` where no mark has just these words clears those it touches. */
export async function decide(decision: Decision, spot: Spot | null = target()): Promise<void> {
  const fold = spot && foldOf(spot.foldId)
  if (!spot || !fold)
    return note('No words chosen', 'Go from mark to mark with . and , or select words.')
  const reason = refusal(spot, decision)
  if (reason !== null) return note(reason)
  useMarks.setState({ shown: true })
  const touched = marksAt(spot, marksOf(fold)).filter(stands)
  const exact = touched.some((mark) => sameStretch(mark, spot))
  const spans: readonly Stretch[] =
    decision === 'clear' && !exact && touched.length > 0 ? touched : [spot]
  const { place } = spot
  for (const { start, end } of spans) await decideOn(fold.cellIds, { place, start, end, decision })
}

/** Proposals on the same words as the first of them: only one can be said yes to. */
export function proposedAt(marks: readonly Mark[]): readonly Mark[] {
  const open = marks.filter(({ status }) => status === 'proposed')
  const [first] = open
  return first ? open.filter((mark) => sameStretch(mark, first)) : []
}

/** Yes to what the machine proposed here. */
export async function confirm(spot: Spot | null = target()): Promise<void> {
  const fold = spot && foldOf(spot.foldId)
  if (!spot || !fold)
    return note('No words chosen', 'Go from mark to mark with . and , or select words.')
  const [proposed, other] = proposedAt(marksAt(spot, marksOf(fold)))
  if (!proposed) return note('Nothing is proposed here')
  if (other) return note('More than one class is proposed', 'Say which one it is: B, R, V or X.')
  const { place, start, end, markClass } = proposed
  await decideOn(fold.cellIds, { place, start, end, decision: markClass })
}
