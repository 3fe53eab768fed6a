/** A note while it is being written: kept over an item that goes on without it, and over a page that is loaded again. */
import { useState } from 'react'
import { tabStorage, type Kept } from './storage.ts'

export interface NoteDraft {
  readonly trialId: string
  /** What was noted on this item when the writing began. */
  readonly was: string
  readonly text: string
}

export interface NoteDrafts {
  readonly draft: NoteDraft | null
  /** null: it was kept, or is not wanted. */
  change(draft: NoteDraft | null): void
}

const placeOf = (seat: string | undefined): string => `realign-note-${seat ?? ''}`

export function readNoteDraft(store: Kept, seat: string | undefined): NoteDraft | null {
  try {
    const read: unknown = JSON.parse(store.getItem(placeOf(seat)) ?? 'null')
    const { trialId, was, text } = read as Record<keyof NoteDraft, unknown>
    if (typeof trialId !== 'string' || typeof was !== 'string' || typeof text !== 'string')
      return null
    return { trialId, was, text }
  } catch {
    return null // nothing there, or not ours
  }
}

export function keepNoteDraft(store: Kept, seat: string | undefined, draft: NoteDraft | null) {
  if (draft) store.setItem(placeOf(seat), JSON.stringify(draft))
  else store.removeItem(placeOf(seat))
}

/** Something that nobody has kept yet. */
export const isUnkept = ({ text, was }: NoteDraft): boolean => text.trim() !== was

/** A note of another page of this rater is not written over: both stay, the older one first. */
export function withNoteOfOthers({ text, was }: NoteDraft, there: string, most: number): string {
  const own = text.trim()
  if (there === was || there === '' || there === own) return own
  const both = `${there}\n${own}`
  return both.length > most ? own : both
}

export function useNoteDraft(seat: string | undefined): NoteDrafts {
  const [draft, setDraft] = useState(() => readNoteDraft(tabStorage.kept, seat))
  return {
    draft,
    change(next) {
      setDraft(next)
      keepNoteDraft(tabStorage.kept, seat, next)
    },
  }
}
