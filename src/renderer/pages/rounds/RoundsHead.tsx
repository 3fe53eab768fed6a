/** Above the open annotation: its name, how far its round is, who sits here, and which side of it is shown. */
import { formatCount } from '../../format.ts'
import {
  annotatorOf,
  showRoundsView,
  sitDown,
  useRounds,
  type RoundsView,
} from '../../stores/rounds.ts'
import { Progress } from '../../ui/Progress.tsx'

const VIEWS: readonly { readonly view: RoundsView; readonly title: string }[] = [
  { view: 'rewrite', title: 'Rewrite' },
  { view: 'figures', title: 'Figures' },
]

function Sitting() {
  const names = useRounds((state) => state.detail?.annotators ?? [])
  const annotator = useRounds(annotatorOf)
  return (
    <label className="sitting">
      <span>I am</span>
      <select
        className="text-input"
        value={annotator ?? ''}
        onChange={(event) => sitDown(event.target.value === '' ? null : event.target.value)}
      >
        {names.length !== 1 && <option value="">choose a name</option>}
        {names.map((name) => (
          <option key={name} value={name}>
            {name}
          </option>
        ))}
      </select>
    </label>
  )
}

export function RoundsHead() {
  const detail = useRounds((state) => state.detail)
  const shown = useRounds((state) => state.view)
  const { name = 'Opening the rounds', openRound = 2, done = 0, images = 0 } = detail ?? {}
  return (
    <div className="page-head study-head rounds-head">
      <h2 className="grow wrap clamp" dir="auto" title={name}>
        {name}
      </h2>
      {detail && (
        <div className="round-progress" role="status">
          <span className="num">
            Round {openRound}: <b>{formatCount(done)}</b> of {formatCount(images)}
          </span>
          <Progress label={`Round ${openRound}`} fraction={images === 0 ? 0 : done / images} />
        </div>
      )}
      {detail && shown !== 'figures' && <Sitting />}
      <div className="segments" role="group" aria-label="View of the rounds">
        {VIEWS.map(({ view, title }) => (
          <button
            key={view}
            type="button"
            aria-pressed={(shown === 'figures') === (view === 'figures')}
            onClick={() => showRoundsView(view)}
          >
            {title}
          </button>
        ))}
      </div>
    </div>
  )
}
