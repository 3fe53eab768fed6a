/** Everything a study leaves behind, as texts and tables; the host writes them. */
import type { Output, Parsed } from '../../../shared/contract.ts'
import type { Deps } from '../../deps.ts'
import { eventsThatCount, studyReport } from '../report/study-report.ts'
import { studyOf, unblind } from '../study-operations.ts'
import { anonymous } from './anonymous.ts'
import { figureSvg, toHtml, toLatex, toMarkdown } from './documents.ts'
import { judgementTable, reportTables } from './report-tables.ts'
import { toStudyFile } from './study-file.ts'

/** Names systems, so it counts as unblinding. The key of an anonymous export is never in the export. */
export function exportStudy(
  deps: Deps,
  { studyId, level, resamples }: Parsed<'studies.export'>,
): Output<'studies.export'> {
  unblind(deps, studyId)
  const stored = studyOf(deps, studyId)
  const all = {
    study: stored,
    events: deps.store.studies.eventsOf(studyId),
    log: deps.store.studies.logOf(studyId),
  }
  const salt = deps.sha256(new TextEncoder().encode(JSON.stringify(stored.plan.assignments[0])))
  const { study, events, log } =
    level === 'full'
      ? all
      : anonymous(all.study, all.events, all.log, { salt, sha256: deps.sha256 })
  const { appVersion, sha256 } = deps
  const report = studyReport({ study, events, log, resamples, appVersion, sha256 })
  const tables = reportTables(report)
  const judgements = judgementTable(study, eventsThatCount({ study, events, log }).events)
  return {
    files: [
      { name: 'study.jsonl', text: toStudyFile(study, events, log) },
      { name: 'report.json', text: `${JSON.stringify(report, null, 1)}\n` },
      { name: 'report.html', text: toHtml(report, tables) },
      { name: 'report.md', text: toMarkdown(report, tables) },
      { name: 'report.tex', text: toLatex(report, tables) },
      { name: 'figure-3.svg', text: `${figureSvg(report.criteria, report.systems)}\n` },
    ],
    tables: [judgements, ...tables].map((one) => ({ ...one, rows: [...one.rows] })),
  }
}
