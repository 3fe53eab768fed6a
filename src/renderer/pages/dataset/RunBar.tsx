/** How far a run of probes is, or what came of it: captions a second, time left, thresholds. */
import { CircleCheck, TriangleAlert } from 'lucide-react'
import { formatCount, formatSeconds, plural } from '../../format.ts'
import { KIND_NAMES } from '../../kinds.ts'
import {
  cancelProbes,
  closeResult,
  useProbes,
  type ProbeProgress,
  type Result,
} from '../../stores/probe-run.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'

function Running({ name, phase, done, images, captions, fraction, ...pace }: ProbeProgress) {
  const { perSecond, secondsLeft } = pace
  return (
    <div className="progress" role="status">
      <b>{name}</b>
      <span className="dim">{phase}</span>
      <Progress label={`Running ${name}`} fraction={fraction} />
      <span className="num">
        {formatCount(done)} of {plural(images, 'image')}, {plural(captions, 'caption')}
        {perSecond !== null && `, ${perSecond.toFixed(2)} a second`}
        {secondsLeft !== null && `, ${formatSeconds(secondsLeft)} left`}
      </span>
      <Button look="quiet" keys="Esc" onPress={cancelProbes}>
        Cancel
      </Button>
    </div>
  )
}

const percent = (value: number): string => `${Math.round(value * 100)} %`

function Thresholds({ thresholds }: Pick<Result, 'thresholds'>) {
  return (
    <ul className="thresholds" aria-label="Thresholds of the pack">
      {thresholds.map(({ rate, kind, min, max, value, n, passed }, index) => (
        <li key={index} className="sound">
          {passed ? (
            <CircleCheck className="icon" aria-label="passed" />
          ) : (
            <TriangleAlert className="icon" aria-label="missed" />
          )}
          <span className="num">
            {rate} of {KIND_NAMES[kind as keyof typeof KIND_NAMES] ?? kind}:{' '}
            {value === null ? 'no cell could show it' : `${percent(value)} of ${formatCount(n)}`}
            {min !== null && `, at least ${percent(min)}`}
            {max !== null && `, at most ${percent(max)}`}
          </span>
        </li>
      ))}
    </ul>
  )
}

function Finished({ cells, reused, failed, captionsPerSecond, thresholds }: Result) {
  return (
    <>
      <div className="progress">
        <span className="grow">
          <b>{plural(cells, 'caption')}</b>
          {reused > 0 && `, ${formatCount(reused)} of them there before`}
          {failed > 0 && `, ${plural(failed, 'image')} failed`}
          {captionsPerSecond !== null && `, ${captionsPerSecond.toFixed(2)} new ones a second`}
        </span>
        <Button look="quiet" onPress={closeResult}>
          Close
        </Button>
      </div>
      {thresholds.length > 0 && <Thresholds thresholds={thresholds} />}
    </>
  )
}

export function RunBar() {
  const { progress, result } = useProbes()
  if (!progress && !result) return null
  return (
    <section className="panel" aria-label="Probe run">
      {progress ? <Running {...progress} /> : result && <Finished {...result} />}
    </section>
  )
}
