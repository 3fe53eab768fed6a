/** A study while it is rated: how far everybody is, and the three ways to let somebody rate. */
import { useEffect } from 'react'
import { formatCount, formatWhen, plural } from '../../../format.ts'
import { lookAtPages, refreshStudy, showView, useStudies } from '../../../stores/studies.ts'
import { Button } from '../../../ui/Button.tsx'
import { AnswersFile } from './AnswersFile.tsx'
import { PagesPanel } from './PagesPanel.tsx'
import { RaterTable } from './RaterTable.tsx'

/** Answers come from other pages and machines, so the progress is asked for again. */
const AGAIN_MS = 3000

function useProgress(): void {
  useEffect(() => {
    void lookAtPages()
    const timer = setInterval(() => void refreshStudy(), AGAIN_MS)
    return () => clearInterval(timer)
  }, [])
}

function Summary() {
  const detail = useStudies((state) => state.detail)
  if (!detail) return null
  const { protocol, progress } = detail
  const here = progress.raters.filter(({ withdrawn }) => !withdrawn)
  const done = here.reduce((sum, one) => sum + one.done, 0)
  const total = here.reduce((sum, one) => sum + one.total, 0)
  return (
    <div className="run-summary">
      <p className="grow">
        <span className="num">
          <b>{formatCount(done)}</b> of {formatCount(total)} items rated
        </span>
        <span className="dim">
          {' · '}
          {plural(protocol.systems.length, 'system')},{' '}
          {plural(protocol.criteria.length, 'question')}, planned {formatWhen(protocol.createdAt)},
          seed {protocol.seed}
        </span>
      </p>
      {total > 0 && done === total && (
        <Button look="primary" onPress={() => showView('report')}>
          Read the report
        </Button>
      )}
    </div>
  )
}

export function RunPage() {
  const detail = useStudies((state) => state.detail)
  useProgress()
  if (!detail) return <p className="dim">Opening the study</p>
  return (
    <div className="run">
      <Summary />
      <RaterTable detail={detail} />
      <div className="run-two">
        <PagesPanel />
        <AnswersFile />
      </div>
    </div>
  )
}
