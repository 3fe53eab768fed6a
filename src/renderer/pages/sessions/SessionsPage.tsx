/** Human evaluation: plan a study, run it with its raters, read its report. */
import { Plus } from 'lucide-react'
import { useEffect } from 'react'
import { formatWhen } from '../../format.ts'
import {
  openStudy,
  planNew,
  refreshStudies,
  showView,
  useStudies,
  type StudyView,
} from '../../stores/studies.ts'
import { Button } from '../../ui/Button.tsx'
import { useTop } from '../../ui/use-top.ts'
import { PlanPage } from './plan/PlanPage.tsx'
import { ReportPage } from './report/ReportPage.tsx'
import { RunPage } from './run/RunPage.tsx'

function Studies() {
  const studies = useStudies((state) => state.studies)
  const openId = useStudies((state) => state.openId)
  return (
    <nav className="study-list" aria-label="Studies">
      <div className="page-head">
        <h1 className="grow">Sessions</h1>
      </div>
      <Button
        look={openId === null ? 'plain' : 'primary'}
        pressed={openId === null}
        icon={<Plus className="icon" aria-hidden="true" />}
        onPress={planNew}
      >
        Plan a study
      </Button>
      <ul>
        {studies.map(({ id, name, createdAt }) => (
          <li key={id}>
            <button
              type="button"
              aria-current={id === openId ? 'true' : undefined}
              onClick={() => openStudy(id)}
            >
              <span className="wrap clamp" dir="auto" title={name}>
                {name}
              </span>
              <span className="num dim">{formatWhen(createdAt)}</span>
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

const VIEWS: readonly { readonly view: StudyView; readonly title: string }[] = [
  { view: 'run', title: 'Run' },
  { view: 'report', title: 'Report' },
]

function StudyHead() {
  const detail = useStudies((state) => state.detail)
  const view = useStudies((state) => state.view)
  return (
    <div className="page-head study-head">
      <h2 className="grow wrap clamp" dir="auto" title={detail?.protocol.name}>
        {detail?.protocol.name ?? 'Opening the study'}
      </h2>
      <div className="segments" role="group" aria-label="View of the study">
        {VIEWS.map((one) => (
          <button
            key={one.view}
            type="button"
            aria-pressed={one.view === view}
            onClick={() => showView(one.view)}
          >
            {one.title}
          </button>
        ))}
      </div>
    </div>
  )
}

function Open() {
  const openId = useStudies((state) => state.openId)
  const view = useStudies((state) => state.view)
  if (openId === null) return <PlanPage />
  return (
    <>
      <StudyHead />
      {view === 'report' ? <ReportPage key={openId} /> : <RunPage key={openId} />}
    </>
  )
}

export function SessionsPage() {
  useEffect(() => void refreshStudies(), [])
  const openId = useStudies((state) => state.openId)
  const view = useStudies((state) => state.view)
  const page = useTop<HTMLElement>(`${openId} ${view}`)
  return (
    <div className="sessions">
      <Studies />
      <main className="sessions-main" tabIndex={-1} ref={page}>
        <Open />
      </main>
    </div>
  )
}
