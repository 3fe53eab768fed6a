/** The image that is being rewritten: what is in the box, what was seen of others, and what becomes of it. */
import { create } from 'zustand'
import type { AnnotationItem } from '../../shared/annotation.ts'
import { RealignError } from '../../shared/errors.ts'
import { MAX_CAPTION_CHARS } from '../../shared/tables.ts'
import { client } from '../api.ts'
import { formatCount } from '../format.ts'
import { tabStorage } from '../rate/storage.ts'
import type { DraftOf } from '../rounds/drafts.ts'
import {
  mayNotWrite,
  newestOf,
  prefill,
  previousOf,
  roundOfDraft,
  roundToWrite,
} from '../rounds/item-view.ts'
import { annotatorOf, refreshRounds, useRounds } from './rounds.ts'
import { dropTyped, keepTyped, keptDraft, secondsSpent, startClock } from './rounds-draft.ts'
import { neighbour, nextOpen, reloadQueue } from './rounds-queue.ts'
import { note as say, showError } from './toasts.ts'

export interface Box {
  readonly text: string
  /** Ids of the steps that are ticked. */
  readonly steps: readonly string[]
  readonly note: string
}

interface RewriteState {
  readonly imageId: string | null
  readonly item: AnnotationItem | null
  /** The round that a save would be of. */
  readonly round: number
  readonly box: Box
  /** What was taken back last, in case that was a slip. */
  readonly taken: Box | null
  /** Whether the box holds something that is not saved. */
  readonly typed: boolean
  /** Rewrites of the image that the box was written in the knowledge of. */
  readonly seen: number
  /** Where the draft is kept, which may be that of an earlier round. */
  readonly draft: DraftOf | null
  readonly saving: boolean
  /** Another image is being looked for: what is typed now is meant for that one. */
  readonly moving: boolean
  /** The browser has no room for what is typed. */
  readonly unkept: boolean
  /** Nothing waits for whoever sits here. */
  readonly finished: boolean
}

const NO_BOX: Box = { text: '', steps: [], note: '' }
const NOTHING: RewriteState = {
  ...{ imageId: null, item: null, round: 2, box: NO_BOX, taken: null, typed: false, seen: 0 },
  draft: null,
  ...{ saving: false, moving: false, unkept: false, finished: false },
}

export const useRewrite = create<RewriteState>(() => NOTHING)

const KEY = 'realign-rounds-image'
useRewrite.subscribe(({ item }) => {
  if (item) tabStorage.kept.setItem(KEY, `${item.annotationId} ${item.imageId}`)
})

export const closeItem = (): void => useRewrite.setState(NOTHING)

/** Somebody else wrote meanwhile: what they wrote and what stands in the box are both there to choose from. */
export const isBehind = ({ item, seen, typed }: RewriteState): boolean =>
  item !== null && typed && item.versions.length > seen

/** The newest draft of this round, else of an earlier one that was never saved. */
function findDraft(about: Omit<DraftOf, 'round'>, round: number) {
  for (let at = round; at > 1; at--) {
    const draft = keptDraft({ ...about, round: at })
    if (draft) return { draft, of: { ...about, round: at } }
  }
  return null
}

/** Puts an image before the annotator: its draft where there is one, else the text that the round begins from. */
function show(item: AnnotationItem): void {
  const { detail } = useRounds.getState()
  const open = detail?.openRound ?? 2
  const round = roundToWrite(item, open)
  const annotator = annotatorOf(useRounds.getState())
  const { annotationId, imageId } = item
  const common = { ...NOTHING, imageId, item, round }
  const about = annotator === null ? null : { annotationId, imageId, annotator }
  const found = about && findDraft(about, round)
  startClock(found?.draft.seconds ?? 0)
  if (found) {
    const { text, steps, note, versions } = found.draft
    const box = { text, steps, note }
    return useRewrite.setState({
      ...common,
      ...{ round: roundOfDraft(item, found.of.round, open), box, typed: true },
      ...{ seen: versions, draft: found.of },
    })
  }
  const own = newestOf(item, round)
  const box = { text: prefill(item, round), steps: own?.steps ?? [], note: own?.note ?? '' }
  const draft = about && { ...about, round }
  useRewrite.setState({ ...common, box, typed: false, seen: item.versions.length, draft })
}

/** As the contract has it; its schemas stay out of the page. */
const MOST_ROUNDS = 20

const isShown = (imageId: string): boolean => useRewrite.getState().imageId === imageId

async function fetchItem(imageId: string): Promise<AnnotationItem | null> {
  const { openId: annotationId } = useRounds.getState()
  if (annotationId === null) return null
  return client.call('annotations.item', { annotationId, imageId })
}

export async function openItem(imageId: string): Promise<void> {
  // The image before stays until this one is there, so that whoever types keeps the focus.
  useRewrite.setState({ imageId, finished: false })
  try {
    const item = await fetchItem(imageId)
    if (item && isShown(imageId)) show(item)
  } catch (error) {
    if (isShown(imageId)) showError(error)
  }
}

export async function openNext(after = -1): Promise<void> {
  useRewrite.setState({ moving: true })
  try {
    const next = await nextOpen(after)
    if (next) await openItem(next.imageId)
    else useRewrite.setState({ ...NOTHING, finished: true })
  } catch (error) {
    showError(error)
  } finally {
    useRewrite.setState({ moving: false })
  }
}

/** The image that this window had open, else the first that waits. */
export async function openFirst(): Promise<void> {
  const { openId } = useRounds.getState()
  const [annotationId, imageId] = (tabStorage.kept.getItem(KEY) ?? '').split(' ')
  if (imageId === undefined || annotationId !== openId) return openNext()
  const there = await fetchItem(imageId).catch(() => null)
  const annotator = annotatorOf(useRounds.getState())
  // It may have gone to somebody else since; what was typed about it comes first all the same.
  const draft =
    annotator !== null &&
    findDraft({ annotationId: openId, imageId, annotator }, there?.round ?? MOST_ROUNDS)
  const mine = there?.annotator === annotator || there?.annotator === null
  return there && (mine || draft) ? openItem(imageId) : openNext()
}

export async function stepItem(by: 1 | -1): Promise<void> {
  const { item } = useRewrite.getState()
  try {
    const next = await neighbour(item?.place ?? -1, by)
    if (next) await openItem(next.imageId)
  } catch (error) {
    showError(error)
  }
}

/** Every key is kept before the next one. */
export function changeBox(change: Partial<Box>): void {
  const { imageId, item, round, moving, draft, seen, typed, box: old } = useRewrite.getState()
  // A key that was meant for the image before the one that is on its way.
  if (!item || item.imageId !== imageId || moving) return
  const rounds = useRounds.getState()
  const about = { round, annotator: annotatorOf(rounds) }
  if (!rounds.detail || mayNotWrite(rounds.detail, item, about) !== null) return
  const box = { ...old, ...change }
  // What was typed before anybody else wrote is measured by what was known then.
  const knew = typed ? seen : item.versions.length
  const kept = !draft || keepTyped(draft, { ...box, seconds: secondsSpent(), versions: knew })
  useRewrite.setState({ box, taken: null, typed: true, seen: knew, unkept: !kept })
}

export function tickStep(id: string): void {
  const { steps } = useRewrite.getState().box
  changeBox({ steps: steps.includes(id) ? steps.filter((one) => one !== id) : [...steps, id] })
}

/** The first step of the guideline that is not ticked. */
export function tickNextStep(): void {
  const { steps } = useRewrite.getState().box
  const next = useRounds.getState().detail?.guideline.steps.find(({ id }) => !steps.includes(id))
  if (next) tickStep(next.id)
}

/** Why there is no saving now; null where there is. */
export function saveBlocked(state: RewriteState): string | null {
  const { item, box, saving, round } = state
  const rounds = useRounds.getState()
  if (!item || !rounds.detail) return 'Choose an image first'
  if (item.imageId !== state.imageId || state.moving) return 'The image is on its way'
  if (saving) return 'It is being saved'
  if (isBehind(state)) return 'Choose between the two texts first'
  const annotator = annotatorOf(rounds)
  const not = mayNotWrite(rounds.detail, item, { round, annotator })
  if (box.text.length > MAX_CAPTION_CHARS)
    return `A caption has at most ${formatCount(MAX_CAPTION_CHARS)} characters`
  return not ?? (box.text.trim() === '' ? 'Write something first' : null)
}

/** What is in the box is kept as the next version; then the next image comes. */
export async function saveRewrite(): Promise<void> {
  const state = useRewrite.getState()
  const { item, box, round, seen, draft, imageId } = state
  const annotator = annotatorOf(useRounds.getState())
  const blocked = saveBlocked(state)
  if (blocked !== null) return say('Not saved', `${blocked}.`)
  if (!item || annotator === null || imageId === null) return
  const { annotationId } = item
  const { text, steps, note } = box
  useRewrite.setState({ saving: true })
  try {
    const written = await client.call('annotations.rewrite', {
      ...{ annotationId, imageId, round, versions: seen, annotator, text },
      ...{ steps: [...steps], note, seconds: secondsSpent() },
    })
    if (draft) dropTyped(draft, text)
    await afterSaving(written, box)
  } catch (error) {
    await afterRefusal(imageId, error)
  } finally {
    if (isShown(imageId)) useRewrite.setState({ saving: false })
  }
}

async function afterSaving(written: AnnotationItem, saved: Box): Promise<void> {
  void refreshRounds()
  void reloadQueue()
  if (!isShown(written.imageId)) return
  const { box } = useRewrite.getState()
  if (box === saved) return openNext(written.place)
  // Typed on while it was being saved: that is the beginning of another version of this round.
  useRewrite.setState({ item: written, typed: false, saving: false })
  changeBox(box)
}

/** Refused because another window was first: the box stays, and the other text comes beside it. */
async function afterRefusal(imageId: string, error: unknown): Promise<void> {
  const fresh =
    error instanceof RealignError && error.code === 'bad-input'
      ? await fetchItem(imageId).catch(() => null)
      : null
  if (!isShown(imageId)) return showError(error)
  const { seen } = useRewrite.getState()
  if (!fresh || fresh.versions.length <= seen) return showError(error)
  takeFresh(fresh)
}

/** What others have written is known from now on; what was typed here stays as it is. */
function takeFresh(item: AnnotationItem): void {
  const { typed, box, draft, seen } = useRewrite.getState()
  if (!typed && item.versions.length === seen) return useRewrite.setState({ item })
  if (!typed) return show(item)
  const open = useRounds.getState().detail?.openRound ?? 2
  const round = draft ? roundOfDraft(item, draft.round, open) : roundToWrite(item, open)
  useRewrite.setState({ item, round })
  // Whoever saved in another window may have swept this draft away with their own.
  if (draft) keepTyped(draft, { ...box, seconds: secondsSpent(), versions: seen })
}

/** Another window's rewrite of the open image. */
export async function followItem(): Promise<void> {
  const { imageId, item, saving } = useRewrite.getState()
  if (imageId === null || item?.imageId !== imageId || saving) return
  try {
    const fresh = await fetchItem(imageId)
    const now = useRewrite.getState()
    if (!fresh || now.imageId !== imageId || now.saving) return
    if (fresh.versions.length !== now.item?.versions.length || fresh.round !== now.item.round)
      takeFresh(fresh)
  } catch (error) {
    showError(error)
  }
}

function showWithout(item: AnnotationItem, taken: Box): void {
  show(item)
  useRewrite.setState({ taken })
}

/** Which of two texts goes on: theirs is the newest there, ours becomes the version after it when it is saved. */
export function settle(which: 'theirs' | 'ours'): void {
  const { item, draft, box, round } = useRewrite.getState()
  if (!item) return
  if (draft && (which === 'theirs' || draft.round !== round)) dropTyped(draft, box.text)
  if (which === 'theirs') return showWithout(item, box)
  const { length: seen } = item.versions
  const now = draft && { ...draft, round }
  const kept = !now || keepTyped(now, { ...box, seconds: secondsSpent(), versions: seen })
  useRewrite.setState({ seen, draft: now, unkept: !kept })
}

/** Back to what stood there before anybody typed. */
export function takeBack(): void {
  const { item, draft, box } = useRewrite.getState()
  if (!item) return
  if (draft) dropTyped(draft, box.text)
  showWithout(item, box)
}

/** Once more what was taken back. */
export function bringBack(): void {
  const { taken } = useRewrite.getState()
  if (taken) changeBox(taken)
}

/** The text of the round before, for whoever leaves it as it is. */
export const previousText = ({ item, round }: RewriteState): string =>
  item ? previousOf(item, round) : ''

export const unchanged = (state: RewriteState): boolean =>
  state.box.text.trim() === previousText(state).trim()

export async function leaveAsItIs(): Promise<void> {
  const state = useRewrite.getState()
  if (unchanged(state)) return saveRewrite()
  say('Not saved', 'The text in the box was changed: save it, or take the changes back.')
}
