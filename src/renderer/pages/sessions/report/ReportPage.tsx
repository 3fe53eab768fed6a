/** What the judgements say. Nothing here is computed before somebody decides to look. */
import { useEffect, useState } from 'react'
import type { CriterionReport, StudyReport } from '../../../../shared/study-report.ts'
import { plural } from '../../../format.ts'
import { cancelReport, makeReport, useReport } from '../../../stores/study-report.ts'
import { useStudies, type StudyDetail } from '../../../stores/studies.ts'
import { Button } from '../../../ui/Button.tsx'
import { Progress } from '../../../ui/Progress.tsx'
import { Agreement } from './Agreement.tsx'
import { Disagreements } from './Disagreements.tsx'
import { Effects } from './Effects.tsx'
import { Exports } from './Exports.tsx'
import { Figure } from './Figure.tsx'
import { Marks } from './Marks.tsx'
import { Methods } from './Methods.tsx'
import { Pairs } from './Pairs.tsx'
import { ProtocolBox } from './ProtocolBox.tsx'
import { RaterQuality } from './RaterQuality.tsx'
import { Scores } from './Scores.tsx'
import { Strengths } from './Strengths.tsx'
import { Unblind } from './Unblind.tsx'

function Stale({ studyId, events }: { readonly studyId: string; readonly events: number }) {
  const old = useReport((state) => state.events)
  if (events === old) return null
  return (
    <p className="warn stale" role="status">
      <span className="grow">
        {events > old
          ? `${plural(events - old, 'event')} came in since this report was made.`
          : 'Answers left the study since this report was made.'}
      </span>
      <Button onPress={() => void makeReport(studyId, events)}>Make it again</Button>
    </p>
  )
}

function Working({ fraction }: { readonly fraction: number }) {
  return (
    <div className="centred">
      <div className="progress" role="status">
        Drawing resamples of images
        <Progress label="Report" fraction={fraction === 0 ? null : fraction} />
        <Button look="quiet" onPress={cancelReport}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

function QuestionTabs(props: {
  readonly criteria: readonly CriterionReport[]
  readonly chosen: string
  readonly choose: (id: string) => void
}) {
  if (props.criteria.length < 2) return null
  return (
    <div className="segments" role="group" aria-label="Question">
      {props.criteria.map(({ id }) => (
        <button
          key={id}
          type="button"
          aria-pressed={id === props.chosen}
          onClick={() => props.choose(id)}
        >
          {id}
        </button>
      ))}
    </div>
  )
}

function Whole({ report, detail }: { readonly report: StudyReport; readonly detail: StudyDetail }) {
  const [wanted, setWanted] = useState<string | null>(null)
  const one = report.criteria.find(({ id }) => id === wanted) ?? report.criteria[0]
  const { systems } = report
  return (
    <div className="report">
      <Stale studyId={detail.protocol.id} events={detail.progress.events} />
      <ProtocolBox report={report} protocol={detail.protocol} />
      <Figure report={report} />
      {one && (
        <section className="sheet report-part" aria-labelledby="by-question">
          <div className="report-head">
            <h3 id="by-question" className="grow">
              {one.question}
            </h3>
            <QuestionTabs criteria={report.criteria} chosen={one.id} choose={setWanted} />
          </div>
          <Strengths one={one} systems={systems} />
          <Pairs one={one} systems={systems} />
          <Marks one={one} systems={systems} resamples={report.resamples} />
        </section>
      )}
      <Agreement report={report} />
      <Effects report={report} />
      <RaterQuality report={report} raters={detail.protocol.raters} />
      <Scores report={report} />
      <Disagreements report={report} />
      <Methods report={report} />
      <Exports studyId={detail.protocol.id} />
    </div>
  )
}

export function ReportPage() {
  const detail = useStudies((state) => state.detail)
  const { studyId, report, working } = useReport()
  const id = detail?.protocol.id
  const looked = (detail?.progress.unblinded.length ?? 0) > 0
  const mine = studyId === id
  useEffect(() => {
    const { progress } = useStudies.getState().detail ?? {}
    if (id !== undefined && looked && useReport.getState().studyId !== id)
      void makeReport(id, progress?.events ?? 0)
  }, [id, looked])
  if (!detail) return <p className="dim">Opening the study</p>
  if (mine && report) return <Whole report={report} detail={detail} />
  if (mine && working !== null) return <Working fraction={working} />
  return <Unblind detail={detail} />
}
