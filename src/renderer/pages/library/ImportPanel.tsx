/** An import while it runs and what came of it: nothing is dropped without its reason. */
import { TriangleAlert } from 'lucide-react'
import { passedOverInWords } from '../../../shared/no-picture.ts'
import { formatCount, formatSeconds, plural } from '../../format.ts'
import {
  cancelImport,
  closeReport,
  useImport,
  type Progress as Going,
  type Report,
} from '../../stores/import.ts'
import { Button } from '../../ui/Button.tsx'
import { Progress } from '../../ui/Progress.tsx'

function Running({ done, total, name, secondsLeft }: Going) {
  return (
    <section className="panel" aria-label="Import">
      <div className="progress" role="status">
        <b>Reading images</b>
        <Progress label="Reading images" fraction={total === 0 ? null : done / total} />
        <span className="num">
          {total === 0 ? 'looking for files' : `${formatCount(done)} of ${formatCount(total)}`}
          {secondsLeft !== null && `, ${formatSeconds(secondsLeft)} left`}
        </span>
        <Button look="quiet" keys="Esc" onPress={cancelImport}>
          Cancel
        </Button>
      </div>
      <div className="clip dim">{name}</div>
    </section>
  )
}

/** More rows than this help nobody; the count says how many there are. */
const MOST_ROWS = 500

function Refused({ refused }: { readonly refused: Report['refused'] }) {
  return (
    <div className="refused" tabIndex={0} role="region" aria-label="Refused files">
      <table>
        <thead>
          <tr>
            <th scope="col">File</th>
            <th scope="col">Reason</th>
            <th scope="col">What to do</th>
          </tr>
        </thead>
        <tbody>
          {refused.slice(0, MOST_ROWS).map((one, index) => (
            <tr key={index}>
              <td className="mono" dir="auto">
                {one.name}
              </td>
              <td>{one.reason}</td>
              <td className="mid">{one.hint}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {refused.length > MOST_ROWS && (
        <p className="dim">and {plural(refused.length - MOST_ROWS, 'file')} more</p>
      )}
    </div>
  )
}

export function ImportPanel() {
  const { progress, report } = useImport()
  if (progress) return <Running {...progress} />
  if (!report) return null
  const { added, duplicates, refused, passedOver } = report
  return (
    <section className="panel" aria-label="Import">
      <div className="progress">
        {refused.length > 0 && <TriangleAlert className="icon" aria-hidden="true" />}
        <span className="grow">
          <b>{plural(added.length, 'image')} added</b>
          {duplicates.length > 0 && `, ${duplicates.length} already here by content`}
          {refused.length > 0 && `, ${plural(refused.length, 'file')} refused`}
        </span>
        <Button look="quiet" onPress={closeReport}>
          Close
        </Button>
      </div>
      {passedOver.length > 0 && <p className="dim">{passedOverInWords(passedOver)}</p>}
      {refused.length > 0 && <Refused refused={refused} />}
    </section>
  )
}
