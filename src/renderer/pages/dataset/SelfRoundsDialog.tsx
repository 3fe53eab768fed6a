/** Feeds captions back as alt-texts and shows whether they drift, grow or lose the picture. */
import { Download } from 'lucide-react'
import { useRef, useState } from 'react'
import { CaptionerField, useChosenCaptioner } from '../../components/CaptionerSelect.tsx'
import { SendingLine } from '../../components/SendAway.tsx'
import { formatCount, plural } from '../../format.ts'
import { useLibrary } from '../../stores/library.ts'
import { showSheet } from '../../stores/screen.ts'
import { cancelSelfRounds, runSelfRounds, useSelfRounds } from '../../stores/self-rounds.ts'
import { useStatus } from '../../stores/status.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'
import { Sheet } from '../../ui/Sheet.tsx'
import { RoundsChart } from './RoundsChart.tsx'
import { saveSvg } from './save-svg.ts'
import { endpointBlock } from '../../captioners.ts'

const MOST_ROUNDS = 20

/** The selected images, else those that the library shows so far. */
function useWhich(): readonly string[] {
  const selected = useLibrary((state) => state.selected)
  const images = useLibrary((state) => state.images)
  return selected.length > 0 ? selected : images.map(({ id }) => id)
}

export function SelfRoundsDialog() {
  const chart = useRef<SVGSVGElement>(null)
  const [count, setCount] = useState(5)
  const { progress, rounds } = useSelfRounds()
  const selected = useLibrary((state) => state.selected.length)
  const ids = useWhich()
  const captioner = useChosenCaptioner()
  const mayNot = useStatus(({ bundles }) => endpointBlock(bundles, captioner))
  return (
    <Sheet title="Self-rounds" wide onClose={() => showSheet(null)}>
      <p className="alt">
        Each caption becomes the next alt-text. A captioner that looks keeps to the picture; one
        that only reads drifts, grows or repeats itself.
      </p>
      <div className="settings">
        <CaptionerField />
        <label>
          <span>Rounds</span>
          <input
            type="number"
            className="text-input num"
            min={1}
            max={MOST_ROUNDS}
            value={count}
            onChange={({ target }) => {
              const next = target.valueAsNumber
              if (Number.isInteger(next) && next >= 1 && next <= MOST_ROUNDS) setCount(next)
            }}
          />
        </label>
      </div>
      {!progress && <SendingLine questions={ids.length * count} pictures={ids.length} />}
      {rounds.length > 0 && <RoundsChart rounds={rounds} chart={chart} />}
      {progress ? (
        <div className="progress" role="status">
          <b className="num">
            {formatCount(progress.done)} of {plural(progress.total, 'caption')}
          </b>
          <Progress label="Self-rounds" fraction={progress.done / Math.max(1, progress.total)} />
          <Button look="quiet" onPress={cancelSelfRounds}>
            Cancel
          </Button>
        </div>
      ) : (
        <div className="form-end">
          <span className="grow dim">
            {plural(ids.length, 'image')} {selected > 0 ? 'selected in Library' : 'of the library'}
          </span>
          <Button
            icon={<Download className="icon" aria-hidden="true" />}
            blocked={rounds.length > 0 ? null : 'There is no chart yet'}
            onPress={() => chart.current && saveSvg(chart.current, 'self-rounds.svg')}
          >
            Save chart as SVG
          </Button>
          <Button
            look="primary"
            blocked={mayNot ?? (ids.length > 0 ? null : 'There are no images')}
            onPress={() => void runSelfRounds(ids, count)}
          >
            Start
          </Button>
        </div>
      )}
    </Sheet>
  )
}
