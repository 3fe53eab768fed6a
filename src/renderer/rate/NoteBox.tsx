/** A note on this item, for those who made the study; no other rater reads it. */
import type { NoteDraft, NoteDrafts } from './note-draft.ts'
import { isUnkept } from './note-draft.ts'

export const MOST_IN_NOTE = 2000

export function NoteBox(props: {
  readonly draft: NoteDraft
  readonly notes: NoteDrafts
  /** False where it cannot be kept now: the words stay. */
  readonly onSave: (draft: NoteDraft) => boolean
  /** Where closing means that the words are not wanted. */
  readonly left?: boolean
}) {
  const { draft, notes, onSave, left = false } = props
  const close = () => notes.change(null)
  const save = () => {
    if (!isUnkept(draft) || onSave(draft)) close()
  }
  return (
    <form
      className="rate-note"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !left) close()
      }}
    >
      <label>
        <span>Note on {left ? 'that' : 'this'} item; only those who made this study read it</span>
        <textarea
          value={draft.text}
          maxLength={MOST_IN_NOTE}
          rows={3}
          autoFocus={!left}
          onChange={(event) => notes.change({ ...draft, text: event.target.value })}
          onKeyDown={(event) => {
            // Shift and Enter make a new line; Enter that ends a composed letter is none of ours.
            if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
            event.preventDefault()
            save()
          }}
        />
      </label>
      <div className="actions">
        <button type="submit" className="primary">
          Keep the note {!left && <kbd>Enter</kbd>}
        </button>
        <button type="button" onClick={close}>
          {left ? 'Drop it' : 'Close'} {!left && <kbd>Esc</kbd>}
        </button>
      </div>
    </form>
  )
}
