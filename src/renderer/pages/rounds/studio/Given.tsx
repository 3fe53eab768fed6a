/** What is known of the image: its alt-text with the concepts that the text has of it, and the text of the round before. */
import { Check, Circle } from 'lucide-react'
import type { AnnotationItem } from '../../../../shared/annotation.ts'
import { previousOf } from '../../../rounds/item-view.ts'
import { roundName } from '../../../rounds/words.ts'
import { useReview } from '../../../stores/rounds-review.ts'
import { useRewrite } from '../../../stores/rounds-rewrite.ts'

function Concepts({ imageId }: { readonly imageId: string }) {
  const reviewed = useReview((state) => state.reviewed)
  if (reviewed?.imageId !== imageId || reviewed.review.concepts.length === 0) return null
  return (
    <ul className="concepts" aria-label="Concepts of the alt-text">
      {reviewed.review.concepts.map(({ text, carried }, index) => (
        <li key={index} className={carried ? 'has' : 'lacks'}>
          {carried ? (
            <Check className="icon" aria-hidden="true" />
          ) : (
            <Circle className="icon" aria-hidden="true" />
          )}
          <span dir="auto">{text}</span>{' '}
          <span className="dim">{carried ? 'carried' : 'not there'}</span>
        </li>
      ))}
    </ul>
  )
}

export function Given({ item }: { readonly item: AnnotationItem }) {
  const round = useRewrite((state) => state.round)
  const { altText, imageId } = item
  const previous = previousOf(item, round)
  const same = round === 2 && previous === altText
  return (
    <dl className="given">
      <dt className="label">Alt-text</dt>
      <dd>
        {altText === '' ? (
          <p className="dim">This image has none.</p>
        ) : (
          <p className="caption" dir="auto">
            {altText}
          </p>
        )}
        <Concepts imageId={imageId} />
      </dd>
      <dt className="label">{roundName(round - 1)}, the text before</dt>
      <dd>
        {same ? (
          <p className="dim">The alt-text itself.</p>
        ) : previous === '' ? (
          <p className="dim">Nothing was written yet.</p>
        ) : (
          <p className="caption" dir="auto">
            {previous}
          </p>
        )}
      </dd>
    </dl>
  )
}
