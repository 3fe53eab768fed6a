/** Where this window keeps what was typed, and the clock of the image that is open. */
import {
  dropDraft,
  keepDraft,
  readDraft,
  type DraftOf,
  type RewriteDraft,
} from '../rounds/drafts.ts'
import { createStopwatch } from '../rate/stopwatch.ts'
import { ownStorage, tabStorage } from '../rate/storage.ts'

/** Told apart from other windows of this browser, over a reload too. */
function windowId(): string {
  const key = 'realign-window'
  const known = tabStorage.kept.getItem(key)
  if (known !== null) return known
  const made = crypto.randomUUID()
  tabStorage.kept.setItem(key, made)
  return made
}

const me = windowId()

/** False in a browser that keeps nothing: then the page says so. */
export const draftsLast = ownStorage.lasts

export const keptDraft = (about: DraftOf): RewriteDraft | null =>
  readDraft(ownStorage.kept, about, me)
export const keepTyped = (about: DraftOf, draft: RewriteDraft): boolean =>
  keepDraft(ownStorage.kept, about, me, draft)
export const dropTyped = (about: DraftOf, text: string): void =>
  dropDraft(ownStorage.kept, about, me, text)

let watch = createStopwatch()
let before = 0

/** Another image is in front. `seconds` were spent on it earlier. */
export function startClock(seconds: number): void {
  before = seconds
  watch = createStopwatch()
  watch.setHidden(document.hidden)
}

export const touchClock = (): void => watch.touch(true)
export const restClock = (resting: boolean): void => watch.setResting(resting)

const DAY = 86_400
export const secondsSpent = (): number =>
  Math.min(DAY, Math.round(10 * (before + watch.read().activeMs / 1000)) / 10)

document.addEventListener('visibilitychange', () => watch.setHidden(document.hidden))
