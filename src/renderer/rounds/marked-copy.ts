/** One copy of a text for reading: what is new and gone against the round before, and which hint is about which words. */
import type { LintHit, TextReview } from '../../shared/annotation.ts'

type Piece = TextReview['pieces'][number]

export interface CopyPart {
  readonly text: string
  readonly state: Piece['state']
  /** Numbers, from 1, of the hints about these words. */
  readonly hits: readonly number[]
  /** Hints whose words end with this part: their numbers are printed after it. */
  readonly ends: readonly number[]
}

const points = (text: string): readonly string[] => Array.from(text)

/** Pieces cut where a hint begins or ends. Spans count code points of the text as it is now: what is gone has none. */
export function copyParts(pieces: readonly Piece[], lint: readonly LintHit[]): readonly CopyPart[] {
  const spans = lint.flatMap(({ span }, index) => (span ? [{ ...span, number: index + 1 }] : []))
  const borders = new Set(spans.flatMap(({ start, end }) => [start, end]))
  const parts: CopyPart[] = []
  let at = 0
  for (const { text, state } of pieces) {
    if (state === 'gone') {
      if (text !== '') parts.push({ text, state, hits: [], ends: [] })
      continue
    }
    const all = points(text)
    for (let from = 0; from < all.length;) {
      let to = from + 1
      while (to < all.length && !borders.has(at + to)) to++
      const [start, end] = [at + from, at + to]
      const over = spans.filter((one) => one.start < end && start < one.end)
      parts.push({
        text: all.slice(from, to).join(''),
        state,
        hits: over.map(({ number }) => number),
        ends: over.filter((one) => one.end === end).map(({ number }) => number),
      })
      from = to
    }
    at += all.length
  }
  return parts
}

/** The text as the pieces have it now. */
export const joined = (pieces: readonly Piece[]): string =>
  pieces.map(({ text, state }) => (state === 'gone' ? '' : text)).join('')

export interface Changed {
  readonly fresh: number
  readonly gone: number
}

const words = (text: string): number => text.split(/\s+/u).filter(Boolean).length

/** Words in pieces that are new and in pieces that are gone. */
export function changedWords(pieces: readonly Piece[]): Changed {
  const count = (state: Piece['state']) =>
    pieces.reduce((sum, one) => (one.state === state ? sum + words(one.text) : sum), 0)
  return { fresh: count('new'), gone: count('gone') }
}

/** In the order in which they are read; those about the text as a whole come last. */
export const inOrder = (lint: readonly LintHit[]): readonly LintHit[] =>
  lint.toSorted((a, b) => (a.span?.start ?? Infinity) - (b.span?.start ?? Infinity) || 0)
