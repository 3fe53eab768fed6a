/** The text once more, for reading only: what is new is boxed, what is gone is set in brackets, what a hint is about is numbered. */
import type { LintHit, TextReview } from '../../../../shared/annotation.ts'
import { plural } from '../../../format.ts'
import { changedWords, copyParts, joined, type CopyPart } from '../../../rounds/marked-copy.ts'

/** Spaces at its ends stay outside a box, where a line may break. */
const EDGES = /^(\s*)([\s\S]*?)(\s*)$/u

function Part({ part }: { readonly part: CopyPart }) {
  const { state, hits, ends } = part
  const [, before = '', text = '', after = ''] = EDGES.exec(part.text) ?? []
  const words = hits.length > 0 ? <span className="hinted">{text}</span> : text
  return (
    <>
      {before}
      {text === '' || state === 'kept' ? (
        words
      ) : state === 'new' ? (
        <ins className="piece-new">{words}</ins>
      ) : (
        <del className="piece-gone">{text}</del>
      )}
      {ends.map((number) => (
        <sup key={number} className="hint-number">
          {number}
        </sup>
      ))}
      {after}
    </>
  )
}

export function MarkedCopy({
  text,
  review,
  lint,
  round,
}: {
  readonly text: string
  readonly review: TextReview
  /** Numbered as they come. */
  readonly lint: readonly LintHit[]
  readonly round: number
}) {
  const { pieces } = review
  // Places of hints hold for the very text alone.
  const parts = copyParts(pieces, joined(pieces) === text ? lint : [])
  const { fresh, gone } = changedWords(pieces)
  return (
    <div className="marked-copy">
      <p className="label copy-legend">
        Against round {round - 1}:{' '}
        {fresh + gone === 0 ? (
          'the same text'
        ) : (
          <>
            <ins className="piece-new">new</ins> {plural(fresh, 'word')},{' '}
            <del className="piece-gone">gone</del> {plural(gone, 'word')}
          </>
        )}
      </p>
      <p className="caption" dir="auto">
        {parts.map((part, index) => (
          <Part key={index} part={part} />
        ))}
      </p>
    </div>
  )
}
