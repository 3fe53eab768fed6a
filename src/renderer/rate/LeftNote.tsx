/** A note that was being written when its item was answered elsewhere: the rater says whether it is kept. */
import { useEffect, useRef } from 'react'
import type { RateBackend } from './backend.ts'
import { ItemPicture } from './ItemPicture.tsx'
import { NoteBox } from './NoteBox.tsx'
import type { NoteDraft, NoteDrafts } from './note-draft.ts'
import type { Rating } from './use-rating.ts'

export function LeftNote(props: {
  readonly backend: RateBackend
  readonly draft: NoteDraft
  readonly notes: NoteDrafts
  readonly rating: Rating
}) {
  const { backend, draft, notes, rating } = props
  // Not the field: whoever was typing on must not change it unseen.
  const title = useRef<HTMLHeadingElement>(null)
  useEffect(() => title.current?.focus(), [])
  return (
    <main className="said" aria-busy={rating.busy}>
      <h1 ref={title} tabIndex={-1}>
        A note that was not kept
      </h1>
      <p role="alert">
        While you were writing it, the item was answered in another tab or on another device. Your
        words are still here. Keep them with that item?
      </p>
      <NoteBox draft={draft} notes={notes} onSave={rating.note} left />
      <div className="practised">
        <ItemPicture
          backend={backend}
          trialId={draft.trialId}
          alt="The picture that the note is about"
        />
      </div>
    </main>
  )
}
