/** A text in pieces beside the one before: kept, new, and gone where it stood. Kept and new together are the text, kept and gone the one before. */
import { diffWordsWithSpace } from 'diff'
import type { TextReview } from '../../shared/annotation.ts'

type Piece = TextReview['pieces'][number]

/** More changes than this are no edit any more, and finding the fewest of them would take seconds. */
const MOST_EDITS = 1000

/** A common stretch this short between two replaced ones reads as part of the change, as in Compare. */
const BRIDGE = /^\s*(?:[\p{P}\p{S}]|an?|the|of|and|in|on|with|at)?\s*$/iu

/** What is gone and what is new between two kept stretches. */
interface Change {
  gone: string
  new: string
}

function changesOf(previous: string, text: string): readonly (string | Change)[] {
  const found = diffWordsWithSpace(previous, text, { maxEditLength: MOST_EDITS })
  if (!found) return [{ gone: previous, new: text }]
  const out: (string | Change)[] = []
  for (const { value, added, removed } of found) {
    if (!added && !removed) {
      out.push(value)
      continue
    }
    const last = out.at(-1)
    const change = typeof last === 'object' ? last : { gone: '', new: '' }
    if (change !== last) out.push(change)
    if (added) change.new += value
    else change.gone += value
  }
  return out
}

const replaces = (one: string | Change | undefined): one is Change =>
  typeof one === 'object' && one.gone !== '' && one.new !== ''

/** "red cat of his" for "blue dog of hers" is one change, not two around an "of". */
function bridged(found: readonly (string | Change)[]): readonly (string | Change)[] {
  const out: (string | Change)[] = []
  for (const [index, one] of found.entries()) {
    const last = out.at(-1)
    const next = found[index + 1]
    if (typeof one === 'string' && BRIDGE.test(one) && replaces(last) && replaces(next)) {
      last.gone += one
      last.new += one
    } else if (typeof one === 'object' && typeof last === 'object') {
      last.gone += one.gone
      last.new += one.new
    } else out.push(typeof one === 'string' ? one : { ...one })
  }
  return out
}

export function textPieces(previous: string, text: string): Piece[] {
  return bridged(changesOf(previous, text))
    .flatMap((one): Piece[] =>
      typeof one === 'string'
        ? [{ text: one, state: 'kept' }]
        : [
            { text: one.gone, state: 'gone' },
            { text: one.new, state: 'new' },
          ],
    )
    .filter((piece) => piece.text !== '')
}
