/** Practice before the first item: the same page and the same keys, with a word after each answer. */
import { useEffect, useMemo, useState } from 'react'
import type { RateState } from '../../shared/study-types.ts'
import type { RateBackend } from './backend.ts'
import { Cards } from './Cards.tsx'
import { EMPTY } from './draft.ts'
import { Item, type OwnKeys } from './Item.tsx'
import { PRACTICE_ITEMS, practiceFeedback, practiceState, practiceSvg } from './practice.ts'
import { createStopwatch } from './stopwatch.ts'
import type { Rating } from './use-rating.ts'

const nothing = (): void => {}

export function Practice(props: {
  readonly state: RateState
  readonly seat: string | undefined
  readonly keys: OwnKeys
  readonly onDone: () => void
}) {
  const { state, seat, keys, onDone } = props
  const [at, setAt] = useState(0)
  const [feedback, setFeedback] = useState<string | null>(null)
  const urls = useMemo(
    () =>
      Array.from({ length: PRACTICE_ITEMS }, (_, item) =>
        URL.createObjectURL(new Blob([practiceSvg(item)], { type: 'image/svg+xml' })),
      ),
    [],
  )
  useEffect(() => () => urls.forEach((url) => URL.revokeObjectURL(url)), [urls])
  const now = practiceState(state, at)
  const backend = useMemo(
    (): RateBackend => ({
      ...(seat !== undefined && { seat }),
      state: () => Promise.resolve(state),
      submit: () => Promise.resolve(state),
      picture: () => Promise.resolve(urls[at] ?? ''),
      ready: () => urls[at] ?? null,
    }),
    [at, seat, state, urls],
  )
  const watch = useMemo(() => createStopwatch(), [])
  const rating: Rating = {
    state: now,
    problem: null,
    waiting: null,
    busy: false,
    outdated: false,
    behind: null,
    tired: null,
    watch: () => watch,
    begun: nothing,
    confirm: (answer) => setFeedback(practiceFeedback(at, answer)),
    undo: nothing,
    note: () => true,
    rest: nothing,
    goOn: nothing,
    close: nothing,
    guess: nothing,
    settle: nothing,
  }
  const next = () => {
    setFeedback(null)
    if (at + 1 === PRACTICE_ITEMS) onDone()
    else setAt(at + 1)
  }
  if (feedback !== null)
    return (
      <main className="said">
        <h1>
          Practice {at + 1} of {PRACTICE_ITEMS}
        </h1>
        <p role="status">{feedback}</p>
        <button type="button" className="primary" autoFocus onClick={next}>
          {at + 1 === PRACTICE_ITEMS ? 'To the items' : 'Next'}
        </button>
        <div className="practised">
          <img src={urls[at]} alt="The picture of this practice item" />
          <Cards
            cards={now.trial.cards}
            draft={EMPTY}
            placeOf={() => ''}
            choose={null}
            marking={null}
          />
        </div>
      </main>
    )
  return (
    <Item
      key={now.trial.trialId}
      backend={backend}
      state={now}
      trial={now.trial}
      rating={rating}
      keys={keys}
      practice
      onBreak={onDone}
    />
  )
}
