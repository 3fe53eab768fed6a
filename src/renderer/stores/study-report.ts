/** The report of the open study: asked for once, kept until new answers make it old. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { StudyReport } from '../../shared/study-report.ts'
import { client } from '../api.ts'
import { refreshStudy } from './studies.ts'
import { showError } from './toasts.ts'

interface ReportState {
  readonly studyId: string | null
  readonly report: StudyReport | null
  /** Events that the report was made of. */
  readonly events: number
  /** How far it is, 0 to 1; null while nothing is being made. */
  readonly working: number | null
}

export const useReport = create<ReportState>(() => ({
  studyId: null,
  report: null,
  events: 0,
  working: null,
}))

let abort = new AbortController()

export const cancelReport = (): void => abort.abort()

/** Names the systems; the first time is logged as the unblinding. */
export async function makeReport(studyId: string, events: number): Promise<void> {
  abort.abort()
  const mine = new AbortController()
  abort = mine
  useReport.setState({ studyId, report: null, events, working: 0 })
  try {
    const { signal } = mine
    const work = client.run('studies.analyse', { studyId, raterModels: true }, { signal })
    let step = await work.next()
    for (; !step.done; step = await work.next())
      if (abort === mine) useReport.setState({ working: step.value.fraction })
    if (abort === mine) useReport.setState({ report: step.value.report })
  } catch (error) {
    if (abort === mine) showError(error)
  } finally {
    if (abort === mine) useReport.setState({ working: null })
    await refreshStudy()
  }
}

export type Exported = Output<'studies.export'>

export async function exportStudy(
  studyId: string,
  level: 'full' | 'anonymous',
): Promise<Exported | null> {
  try {
    return await client.call('studies.export', { studyId, level })
  } catch (error) {
    showError(error)
    return null
  }
}

export type KeyRow = Output<'studies.key'>['rows'][number]

/** Who the numbers of the anonymous export are. */
export async function studyKey(studyId: string): Promise<readonly KeyRow[] | null> {
  try {
    return (await client.call('studies.key', { studyId })).rows
  } catch (error) {
    showError(error)
    return null
  }
}
