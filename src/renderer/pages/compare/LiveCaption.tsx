/** A caption while it is being made. */
import { isEndpoint } from '../../../shared/endpoint-names.ts'
import { Progress } from '../../ui/Progress.tsx'
import type { LiveCell } from '../../sheet/sheet-model.ts'
import { select } from '../../stores/comparison.ts'
import { cancelRuns } from '../../stores/runs.ts'

type Phases = Readonly<Record<LiveCell['phase'], string>>
const PHASES: Phases = {
  queued: 'waiting',
  loading: 'loading',
  encoding: 'looking at the image',
  captioning: 'captioning',
}
const ASKING: Phases = {
  queued: 'waiting',
  loading: 'waiting',
  encoding: 'sending the picture',
  captioning: 'answering',
}

export function LiveCaption({
  live,
  selected,
}: {
  readonly live: LiveCell
  readonly selected: boolean
}) {
  const { phase, note, fraction, text, tokens, tokensPerSecond, branches = false } = live
  const behind = isEndpoint(live.captionerId)
  const does = (behind ? ASKING : PHASES)[phase]
  const said = note === '' ? does : `${does}, ${note}`
  return (
    <div
      id={`cell ${live.key}`}
      className={branches ? 'cell live branch' : 'cell live'}
      role="group"
      aria-label="Caption being written"
      aria-busy="true"
      aria-current={selected}
      tabIndex={selected ? 0 : -1}
      onClick={() => select(live.key)}
      onFocus={() => select(live.key)}
    >
      <p className="caption" dir="auto">
        {text}
        <span className="caret" />
      </p>
      <div className="meta">
        <span className="tally">{said}</span>
        <Progress label={said} fraction={phase === 'loading' ? fraction : null} />
        {phase === 'captioning' && !behind && (
          <span className="tally num">
            <b>{tokens}</b> tokens
            {tokensPerSecond !== null && `, ${Math.round(tokensPerSecond)} a second`}
          </span>
        )}
        <span className="acts">
          <button type="button" onClick={cancelRuns}>
            <kbd aria-hidden="true">Esc</kbd> cancel
          </button>
        </span>
      </div>
    </div>
  )
}
