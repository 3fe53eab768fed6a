/** Captions as numbered cards: same face, same width, nothing but their words. */
import type { Trial } from '../../shared/study-types.ts'
import type { Draft } from './draft.ts'
import { MarkWords, type Marking } from './MarkWords.tsx'

export function Cards(props: {
  readonly cards: Trial['cards']
  readonly draft: Draft
  /** What stands beside a card: its place, or '' where it has none. */
  readonly placeOf: (slot: number) => string
  /** Null where cards are not what is chosen. */
  readonly choose: ((slot: number) => void) | null
  /** The card whose words are being marked. */
  readonly marking: Marking | null
}) {
  const { cards, draft, placeOf, choose, marking } = props
  return (
    <ol className="rate-cards">
      {cards.map(({ slot, text }) => {
        const place = placeOf(slot)
        return (
          <li key={slot} className={place === '' ? undefined : 'placed-card'}>
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
            <span className="rate-place">{place}</span>
          </li>
        )
      })}
    </ol>
  )
}
