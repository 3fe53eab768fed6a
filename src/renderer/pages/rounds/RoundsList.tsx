/** Every annotation of the workspace, newest first, and the way to a new one. */
import { Plus } from 'lucide-react'
import { formatCount, formatWhen } from '../../format.ts'
import { beginNew, openRounds, useRounds } from '../../stores/rounds.ts'
import { Button } from '../../ui/Button.tsx'

export function RoundsList() {
  const annotations = useRounds((state) => state.annotations)
  const openId = useRounds((state) => state.openId)
  const view = useRounds((state) => state.view)
  return (
    <>
      <div className="page-head">
        <h1 className="grow">Rounds</h1>
      </div>
      <Button
        look={openId === null ? 'plain' : 'primary'}
        pressed={openId === null}
        icon={<Plus className="icon" aria-hidden="true" />}
        onPress={beginNew}
      >
        Begin rounds
      </Button>
      <ul className="annotations">
        {annotations.map(({ id, name, createdAt, openRound, done, images }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === openId ? 'true' : undefined}
              onClick={() => void openRounds(id, view === 'figures' ? 'figures' : 'rewrite')}
            >
              <span className="wrap clamp" dir="auto" title={name}>
                {name}
              </span>
              <span className="num dim" title={formatWhen(createdAt)}>
                Round {openRound}, {formatCount(done)} of {formatCount(images)}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
