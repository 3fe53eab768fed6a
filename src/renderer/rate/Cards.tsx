/** Captions as numbered cards: same face, same width, nothing but their words. */
import type { Trial } from '../../shared/study-types.ts'
import { buckets, type Draft } from './draft.ts'
import { MarkWords, type Marking } from './MarkWords.tsx'

export function Cards(props: {
  readonly cards: Trial['cards']
  readonly draft: Draft
  /** Null where cards are not what is chosen. */
  readonly choose: ((slot: number) => void) | null
  /** The card whose words are being marked. */
  readonly marking: Marking | null
}) {
  const { cards, draft, choose, marking } = props
  const places = buckets(draft)
  return (
    <ol className="rate-cards">
      {cards.map(({ slot, text }) => {
        const place = places.findIndex((bucket) => bucket.includes(slot)) + 1
        return (
          <li key={slot} className={place > 0 ? 'placed-card' : undefined}>
            {choose ? (
              <button
                type="button"
                className="digit"
                onClick={() => choose(slot)}
                aria-label={`Place card ${slot}`}
              >
                {slot}
              </button>
            ) : (
              <span className="digit">{slot}</span>
            )}
            <p dir="auto">
              {marking?.slot === slot ? (
                <MarkWords text={text} spans={draft.spans} marking={marking} />
              ) : (
                text
              )}
            </p>
            <span className="rate-place">{place > 0 ? `place ${place}` : ''}</span>
          </li>
        )
      })}
    </ol>
  )
}
