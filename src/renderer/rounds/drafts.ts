/** What an annotator typed and has not saved: kept by the browser until it is saved or given up on purpose. */
import type { Kept } from '../rate/storage.ts'

export interface DraftOf {
  readonly annotationId: string
  readonly imageId: string
  readonly round: number
  readonly annotator: string
}

export interface RewriteDraft {
  readonly text: string
  readonly steps: readonly string[]
  readonly note: string
  /** Spent on it so far. */
  readonly seconds: number
  /** Rewrites of the image that its writer had seen. */
  readonly versions: number
}

/** One a window: two windows that write about one image never write over each other. Newest last. */
interface Entry extends RewriteDraft {
  readonly window: string
}

const place = ({ annotationId, imageId, round, annotator }: DraftOf): string =>
  `realign-rewrite ${annotationId} ${imageId} ${round} ${annotator}`

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false
  const { text, steps, note, seconds, versions, window } = value as Partial<Record<string, unknown>>
  return (
    [text, note, window].every((one) => typeof one === 'string') &&
    [seconds, versions].every((one) => typeof one === 'number') &&
    Array.isArray(steps) &&
    steps.every((one) => typeof one === 'string')
  )
}

function entries(store: Kept, of: DraftOf): readonly Entry[] {
  try {
    const kept: unknown = JSON.parse(store.getItem(place(of)) ?? '[]')
    return Array.isArray(kept) ? kept.filter(isEntry) : []
  } catch {
    return [] // not ours, or storage is closed to this page
  }
}

/** False where the browser has no room. */
function put(store: Kept, of: DraftOf, all: readonly Entry[]): boolean {
  try {
    if (all.length === 0) store.removeItem(place(of))
    else store.setItem(place(of), JSON.stringify(all))
    return true
  } catch {
    return false
  }
}

const of = ({ window: _window, ...draft }: Entry): RewriteDraft => draft

/** This window's own draft; else the newest of another one, which is this window's from then on. */
export function readDraft(store: Kept, about: DraftOf, window: string): RewriteDraft | null {
  const all = entries(store, about)
  const found = all.find((one) => one.window === window) ?? all.at(-1)
  if (!found) return null
  if (found.window !== window)
    put(store, about, [...all.filter((one) => one !== found), { ...found, window }])
  return of(found)
}

export const keepDraft = (
  store: Kept,
  about: DraftOf,
  window: string,
  draft: RewriteDraft,
): boolean =>
  put(store, about, [
    ...entries(store, about).filter((one) => one.window !== window),
    { ...draft, window },
  ])

/** This window's own, and any that says the same. What another window has typed stays. */
export function dropDraft(store: Kept, about: DraftOf, window: string, text: string): void {
  const left = entries(store, about).filter((one) => one.window !== window && one.text !== text)
  put(store, about, left)
}
