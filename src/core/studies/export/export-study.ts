/** Exports of a study, and the key of the anonymous one, which is a file of its own. */
import type { Output, Parsed } from '../../../shared/contract.ts'
import type { Deps } from '../../deps.ts'
import { withdrawnRaters } from '../report/who-counts.ts'
import { studyOf } from '../study-of.ts'
import { unblind } from '../study-operations.ts'
import { runStudyJob } from '../study-work.ts'
import { anonymousKey, exportSalt } from './anonymous.ts'

/** Names systems, so it counts as unblinding. */
export async function exportStudy(
  deps: Deps,
  { studyId, level, resamples, raterModels }: Parsed<'studies.export'>,
  signal: AbortSignal,
): Promise<Output<'studies.export'>> {
  await unblind(deps, studyId, signal)
  const request = { studyId, what: level, resamples, raterModels }
  const { files } = await runStudyJob(deps, request, { signal, progress: () => {} })
  const { tables = [], ...rest } = files ?? { files: [], binaries: [], warnings: [] }
  const bytes = await deps.hooks.exporter?.spreadsheet(tables)
  return {
    files: [...rest.files],
    binaries: [...rest.binaries, ...(bytes ? [{ name: 'study.xlsx', bytes }] : [])].map((one) => ({
      ...one,
      bytes: new Uint8Array(one.bytes),
    })),
    tables: tables.map((one) => ({ ...one, columns: [...one.columns], rows: [...one.rows] })),
    warnings: [...rest.warnings],
  }
}

/** Which person every number of the anonymous export is. Raters who withdrew are in no export, so not in here. */
export function studyKey(deps: Deps, { studyId }: Parsed<'studies.key'>): Output<'studies.key'> {
  const study = studyOf(deps, studyId)
  const gone = withdrawnRaters(deps.store.studies.logOf(studyId))
  return {
    rows: anonymousKey(study, exportSalt(study, deps.sha256)).flatMap(({ label, rater }) =>
      gone.has(rater) ? [] : [{ label, rater, name: study.protocol.raters[rater] ?? '' }],
    ),
  }
}
