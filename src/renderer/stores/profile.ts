/** The grounding profile of the run that is looked at: rates with intervals, asked again when the run changes. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { ProfileRow } from '../../shared/contract/grounding.ts'
import { client } from '../api.ts'
import { reloadDataset, showBehind, useDataset } from './dataset.ts'
import { showError } from './toasts.ts'

export type Profile = Output<'grounding.profile'>
export type By = Profile['rows'][number]['by']
export type Measure = 'carry' | 'reject' | 'erroneous' | 'follow'

interface ProfileState {
  readonly by: By
  readonly profile: Profile | null
  /** The run that it is of; undefined: every cell. */
  readonly of: string | null | undefined
  readonly loading: boolean
  /** Cells whose marks are being proposed, 0 to 1; null when none are. */
  readonly proposing: number | null
}

export const useProfile = create<ProfileState>(() => ({
  by: 'kind',
  profile: null,
  of: undefined,
  loading: false,
  proposing: null,
}))

let asked = 0

export async function loadProfile(): Promise<void> {
  const mine = ++asked
  const { runId } = useDataset.getState().query
  const { by } = useProfile.getState()
  useProfile.setState({ loading: true, of: runId ?? null })
  try {
    const profile = await client.call('grounding.profile', { by, ...(runId && { runId }) })
    if (mine === asked) useProfile.setState({ profile })
  } catch (error) {
    if (mine === asked) showError(error)
  } finally {
    if (mine === asked) useProfile.setState({ loading: false })
  }
}

export function profileBy(by: By): void {
  useProfile.setState({ by })
  void loadProfile()
}

export const MEASURES: readonly {
  readonly measure: Measure
  readonly title: string
  readonly about: string
}[] = [
  { measure: 'carry', title: 'Carry', about: 'the caption takes concepts of the alt-text over' },
  { measure: 'reject', title: 'Reject', about: 'the caption leaves a concept of the alt-text out' },
  { measure: 'erroneous', title: 'Erroneous', about: 'the caption says what is not in the image' },
  { measure: 'follow', title: 'Follow', about: 'the caption follows an alt-text that is wrong' },
]

const BEHIND: Readonly<Record<Measure, string>> = {
  carry: 'carried',
  reject: 'rejected',
  erroneous: 'erroneous',
  follow: 'followed a wrong alt-text',
}

/** The table shows the cells behind one bar. */
export async function openBar(row: ProfileRow, showing: Measure, label: string): Promise<void> {
  const { runId } = useDataset.getState().query
  const { by, value, captionerId } = row
  try {
    const { cellIds } = await client.call('grounding.cells', {
      ...{ by, value, showing, limit: 10_000 },
      ...(captionerId !== null && { captionerId }),
      ...(runId && { runId }),
    })
    showBehind(`${label}: ${BEHIND[showing]}`, cellIds)
  } catch (error) {
    showError(error)
  }
}

let proposal: AbortController | null = null
export const cancelProposing = (): void => proposal?.abort()

/** Proposes marks for the cells that have none, so that the rates know of them. */
export async function proposeMarks(cellIds: readonly string[]): Promise<void> {
  if (proposal) return
  proposal = new AbortController()
  const STEP = 10_000
  try {
    for (let from = 0; from < cellIds.length; from += STEP) {
      const some = cellIds.slice(from, from + STEP)
      const work = client.run('marks.propose', { cellIds: some }, { signal: proposal.signal })
      for await (const { done } of work)
        if (done % 50 === 0) useProfile.setState({ proposing: (from + done) / cellIds.length })
    }
  } catch (error) {
    showError(error)
  } finally {
    proposal = null
    useProfile.setState({ proposing: null })
  }
  await Promise.all([loadProfile(), reloadDataset(true)])
}
