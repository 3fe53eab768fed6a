/** What the alt-text changed: the caption beside the one that the same captioner gave without it. */
import { diffArrays } from 'diff'
import type { ReadText } from './phrases.ts'
import { tokenise, type Run } from './tokens.ts'

export interface Change {
  /** In the caption. */
  readonly run: Run
  /** Code points of the words that stood here in the empty-alt caption; null where nothing did. */
  readonly instead: { readonly start: number; readonly end: number } | null
}

/** Runs of words that differ, in order. */
export function changesAgainst(caption: ReadText, emptyCaption: string): readonly Change[] {
  const empty = tokenise(emptyCaption)
  const parts = diffArrays(
    empty.map(({ folded }) => folded),
    caption.tokens.map(({ folded }) => folded),
  )
  const changes: Change[] = []
  let [at, old] = [0, 0]
  let removed: Run | null = null
  for (const { value, added, removed: gone } of parts) {
    const count = value.length
    if (gone) {
      removed = { from: old, to: old + count }
      old += count
    } else if (added) {
      const first = removed && empty[removed.from]
      const last = removed && empty[removed.to - 1]
      const instead = first && last ? { start: first.start, end: last.end } : null
      changes.push({ run: { from: at, to: at + count }, instead })
      at += count
      removed = null
    } else {
      at += count
      old += count
      removed = null
    }
  }
  return changes
}
