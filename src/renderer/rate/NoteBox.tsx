/** A note on this item, for those who made the study; no other rater reads it. */
import { useState } from 'react'

const MOST = 2000

export function NoteBox(props: {
  readonly note: string
  readonly onSave: (text: string) => void
  readonly onClose: () => void
}) {
  const { note, onSave, onClose } = props
  const [text, setText] = useState(note)
  const save = () => {
    if (text.trim() !== note) onSave(text.trim())
    onClose()
  }
  return (
    <form
      className="rate-note"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose()
      }}
    >
      <label>
        <span>Note on this item; only those who made this study read it</span>
        <textarea
          value={text}
          maxLength={MOST}
          rows={3}
          autoFocus
          onChange={(event) => setText(event.target.value)}
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
          Keep the note <kbd>Enter</kbd>
        </button>
        <button type="button" onClick={onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </div>
    </form>
  )
}
