/** One question, two answers: this page was behind another tab or device. The rater says which one counts. */
import { useEffect, useRef } from 'react'
import type { Answer, BehindAnswer, Criterion } from '../../shared/study-types.ts'
import type { RateBackend } from './backend.ts'
import { Cards } from './Cards.tsx'
import { EMPTY, inWords } from './draft.ts'
import { draftOf } from './draft-of.ts'
import { ItemPicture } from './ItemPicture.tsx'

const said = (answer: Answer, criterion: Criterion): string =>
  answer.format === 'cannot-judge' ? 'cannot judge' : inWords(draftOf(answer, criterion), criterion)

export function Behind(props: {
  readonly backend: RateBackend
  readonly criteria: readonly Criterion[]
  readonly behind: BehindAnswer
  readonly busy: boolean
  readonly onSettle: (which: 'stands' | 'given') => void
}) {
  const { backend, criteria, behind, busy, onSettle } = props
  const { event, stands, cards } = behind
  const criterion = criteria.find(({ id }) => id === event.criterion)
  const { answer } = event.payload
  // Not a button: whoever was typing on must not choose unseen.
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  if (!criterion || !answer) return null
  return (
    <main className="said" aria-busy={busy}>
      <h1 ref={title} tabIndex={-1}>
        Two answers to one question
      </h1>
      <p role="alert">
        This page was not up to date: the question below had been answered already, in another tab
        or on another device. Nothing was replaced. Which answer counts?
      </p>
      <h2>{criterion.question}</h2>
      <dl className="two-answers">
        <div>
          <dt>Saved already</dt>
          <dd>{said(stands.answer, criterion)}</dd>
        </div>
        <div>
          <dt>Given here</dt>
          <dd>{said(answer, criterion)}</dd>
        </div>
      </dl>
      <div className="actions">
        <button type="button" className="primary" onClick={() => !busy && onSettle('stands')}>
          Keep the one that is saved
        </button>
        <button type="button" onClick={() => !busy && onSettle('given')}>
          Use the one given here
        </button>
      </div>
      <div className="practised">
        <ItemPicture backend={backend} trialId={event.trialId} alt="The picture of this question" />
        <Cards cards={cards} draft={EMPTY} placeOf={() => ''} choose={null} marking={null} />
      </div>
    </main>
  )
}
