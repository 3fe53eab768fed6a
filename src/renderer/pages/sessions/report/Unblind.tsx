/** Asked before anybody sees which system won: the moment is logged and printed. */
import { Eye } from 'lucide-react'
import { useState } from 'react'
import { formatCount, formatWhen } from '../../../format.ts'
import { makeReport } from '../../../stores/study-report.ts'
import type { StudyDetail } from '../../../stores/studies.ts'
import { Button } from '../../../ui/Button.tsx'
import { Sheet } from '../../../ui/Sheet.tsx'

export function Unblind({ detail }: { readonly detail: StudyDetail }) {
  const [asking, setAsking] = useState(false)
  const { protocol, progress } = detail
  const [first] = progress.unblinded
  const here = progress.raters.filter(({ withdrawn }) => !withdrawn)
  const done = here.reduce((sum, one) => sum + one.done, 0)
  const total = here.reduce((sum, one) => sum + one.total, 0)
  const early = done < total
  const show = () => {
    setAsking(false)
    void makeReport(protocol.id, progress.events)
  }
  return (
    <div className="centred">
      <div className="empty">
        <p>
          The report names the systems. {formatCount(done)} of {formatCount(total)} items are rated
          {early ? '; whoever stops when a difference shows finds too many.' : '.'}
        </p>
        <Button
          look="primary"
          icon={<Eye className="icon" aria-hidden="true" />}
          blocked={progress.events === 0 ? 'Nobody has answered yet' : null}
          onPress={() => (first === undefined ? setAsking(true) : show())}
        >
          {first === undefined ? 'Unblind and show the report' : 'Show the report'}
        </Button>
        {progress.events === 0 && <p className="why">Nobody has answered yet.</p>}
        {first !== undefined && (
          <p className="why">
            {first === ''
              ? 'Unblinded before it was exported; an anonymous export does not say when.'
              : `Unblinded ${formatWhen(first)}.`}
          </p>
        )}
      </div>
      {asking && (
        <Sheet title="Unblind this study" onClose={() => setAsking(false)}>
          <p>
            The time is logged and printed in the report and in the methods paragraph
            {early ? `, with ${formatCount(total - done)} items still open` : ''}. It cannot be
            taken back.
          </p>
          <div className="form-end">
            <Button onPress={() => setAsking(false)}>Stay blind</Button>
            <Button look="primary" onPress={show}>
              Unblind
            </Button>
          </div>
        </Sheet>
      )}
    </div>
  )
}
