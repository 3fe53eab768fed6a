/** Everything a study leaves behind, as texts, tables and one database; the host writes them. */
import type { Table } from '../../../shared/contract/studies.ts'
import type { StudyReport } from '../../../shared/study-report.ts'
import { eventsThatCount, reportSteps } from '../report/study-report.ts'
import type { StudyJob, StudyJobTools } from '../study-work.ts'
import { anonymous, exportSalt } from './anonymous.ts'
import { toHtml, toLatex, toMarkdown } from './documents.ts'
import { figureSvg } from './figure-svg.ts'
import { anonymityWarnings } from './k-anonymity.ts'
import { PYTHON_LOADER, R_LOADER } from './loaders.ts'
import { judgementTable, reportTables } from './report-tables.ts'
import { notesTable, spansTable } from './side-tables.ts'
import { toStudyFile } from './study-file.ts'

export interface StudyFiles {
  readonly files: readonly { readonly name: string; readonly text: string }[]
  readonly binaries: readonly { readonly name: string; readonly bytes: Uint8Array }[]
  readonly tables: readonly Table[]
  /** What to think of before an anonymous export is given away. */
  readonly warnings: readonly string[]
}

export interface ExportJob extends Omit<StudyJob, 'what'> {
  readonly level: 'full' | 'anonymous'
}

/** The key of an anonymous export is never in the export. Yields how far the report is. */
export function* studyFiles(
  { level, ...job }: ExportJob,
  { sha256, sqlite }: StudyJobTools,
): Generator<number, { readonly report: StudyReport; readonly files: StudyFiles }> {
  const { study, events, log } =
    level === 'full'
      ? job
      : anonymous(job.study, job.events, job.log, { salt: exportSalt(job.study, sha256), sha256 })
  const report = yield* reportSteps({ ...job, study, events, log, sha256 })
  const about = reportTables(report)
  const figure = figureSvg(report.criteria, report.systems)
  const counted = eventsThatCount({ study, events, log }).events
  const notes = level === 'full' ? notesTable(study, counted) : []
  const spans = spansTable(study, counted)
  const tables = [judgementTable(study, counted), ...about, ...spans, ...notes]
  return {
    report,
    files: {
      files: [
        { name: 'study.jsonl', text: toStudyFile(study, events, log) },
        { name: 'report.json', text: `${JSON.stringify(report, null, 1)}\n` },
        { name: 'report.html', text: toHtml(report, about) },
        { name: 'report.md', text: toMarkdown(report, about) },
        { name: 'report.tex', text: toLatex(report, about) },
        ...(figure === '' ? [] : [{ name: 'figure-3.svg', text: `${figure}\n` }]),
        { name: 'load.py', text: PYTHON_LOADER },
        { name: 'load.R', text: R_LOADER },
      ],
      binaries: [{ name: 'study.sqlite', bytes: sqlite(tables) }],
      tables,
      warnings: level === 'anonymous' ? anonymityWarnings(study, events, log) : [],
    },
  }
}
