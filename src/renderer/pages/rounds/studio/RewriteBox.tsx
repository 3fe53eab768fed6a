/** The box that the caption is rewritten in, and what can be done with it. */
import { MAX_CAPTION_CHARS } from '../../../../shared/tables.ts'
import { formatCount } from '../../../format.ts'
import { withOpening } from '../../../rounds/opening.ts'
import { newestOf } from '../../../rounds/item-view.ts'
import { annotatorOf, useRounds } from '../../../stores/rounds.ts'
import { draftsLast } from '../../../stores/rounds-draft.ts'
import {
  bringBack,
  changeBox,
  leaveAsItIs,
  saveBlocked,
  saveRewrite,
  takeBack,
  unchanged,
  useRewrite,
} from '../../../stores/rounds-rewrite.ts'
import { Button } from '../../../ui/Button.tsx'
import { BOX_ID } from './box.ts'
import { useMayWrite } from './use-may-write.ts'

function Openings() {
  const openings = useRounds((state) => state.detail?.guideline.openings ?? [])
  const text = useRewrite((state) => state.box.text)
  if (openings.length === 0) return null
  return (
    <select
      className="text-input openings"
      aria-label="Begin the caption with"
      value=""
      onChange={(event) => changeBox({ text: withOpening(text, event.target.value, openings) })}
    >
      <option value="">Begin with…</option>
      {openings.map((opening) => (
        <option key={opening} value={opening}>
          {opening}
        </option>
      ))}
    </select>
  )
}

function Keeping() {
  const typed = useRewrite((state) => state.typed)
  const unkept = useRewrite((state) => state.unkept)
  const saving = useRewrite((state) => state.saving)
  const written = useRewrite(({ item, round }) => item !== null && newestOf(item, round) !== null)
  if (saving) return <span className="dim">Saving</span>
  if (typed && (unkept || !draftsLast))
    return <b>This browser keeps no draft: save before you leave.</b>
  if (typed) return <span className="dim">Not saved yet; kept as a draft</span>
  return <span className="dim">{written ? 'As it was saved' : 'The text of the round before'}</span>
}

function Actions() {
  const state = useRewrite()
  const annotator = useRounds(annotatorOf)
  const { item } = state
  const dealt = item && item.annotator !== annotator ? item.annotator : null
  const blocked = saveBlocked(state)
  const changed = unchanged(state) ? null : 'The text differs from the round before'
  return (
    <>
      <div className="together">
        <Button
          look="primary"
          keys="Ctrl Enter"
          blocked={blocked}
          onPress={() => void saveRewrite()}
        >
          Save
        </Button>
        <Button blocked={blocked ?? changed} onPress={() => void leaveAsItIs()}>
          Leave as it is
        </Button>
        {state.taken ? (
          <Button look="quiet" onPress={bringBack}>
            Bring back what was typed
          </Button>
        ) : (
          <Button
            look="quiet"
            blocked={state.typed ? null : 'Nothing was typed'}
            onPress={takeBack}
          >
            Take changes back
          </Button>
        )}
      </div>
      {blocked !== null && <p className="why">{blocked}.</p>}
      {blocked === null && dealt !== null && (
        <p className="why">
          This round was dealt to {dealt}; what you save counts all the same, under your name.
        </p>
      )}
    </>
  )
}

export function RewriteBox() {
  const { box, item, round } = useRewrite()
  const may = useMayWrite()
  if (!item) return null
  return (
    <div className="rewrite-box">
      <div className="studio-head">
        <label className="grow" htmlFor={BOX_ID}>
          <h3>Round {round}</h3>
        </label>
        <span role="status">
          <Keeping />
        </span>
        {may && <Openings />}
      </div>
      <textarea
        id={BOX_ID}
        className="text-input"
        dir="auto"
        spellCheck
        aria-label={`Text of round ${round}`}
        aria-keyshortcuts="Control+Enter"
        readOnly={!may}
        value={box.text}
        onChange={(event) => changeBox({ text: event.target.value })}
        onKeyDown={(event) => {
          if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      {box.text.length > MAX_CAPTION_CHARS && (
        <p className="fault">
          {formatCount(box.text.length - MAX_CAPTION_CHARS)} characters too many.
        </p>
      )}
      <Actions />
    </div>
  )
}
