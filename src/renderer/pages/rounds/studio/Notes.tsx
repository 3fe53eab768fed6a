/** A note of the annotator that goes with the version. */
import { changeBox, useRewrite } from '../../../stores/rounds-rewrite.ts'
import { useMayWrite } from './use-may-write.ts'

export function Notes() {
  const note = useRewrite((state) => state.box.note)
  const may = useMayWrite()
  return (
    <label className="rounds-note">
      <span className="label">Note on this text, for whoever runs the rounds</span>
      <textarea
        className="text-input grows"
        dir="auto"
        rows={1}
        maxLength={2000}
        readOnly={!may}
        value={note}
        onChange={(event) => changeBox({ note: event.target.value })}
      />
    </label>
  )
}
