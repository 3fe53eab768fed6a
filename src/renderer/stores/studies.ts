/** The studies of the workspace: which one is open, how far its raters are, where their pages are. */
import { create } from 'zustand'
import type { Output } from '../../shared/contract.ts'
import type { RaterPages } from '../../shared/contract/studies.ts'
import { client } from '../api.ts'
import { note, showError } from './toasts.ts'

export type StudyView = 'plan' | 'run' | 'report'
export type StudyDetail = Output<'studies.get'>
export type RaterRow = StudyDetail['progress']['raters'][number]

interface StudiesState {
  readonly studies: Output<'studies.list'>['studies']
  /** False until the first list came. */
  readonly loaded: boolean
  readonly view: StudyView
  readonly openId: string | null
  readonly detail: StudyDetail | null
  readonly pages: RaterPages | null
}

export const useStudies = create<StudiesState>(() => ({
  studies: [],
  loaded: false,
  view: 'plan',
  openId: null,
  detail: null,
  pages: null,
}))

const isOpen = (studyId: string) => useStudies.getState().openId === studyId

export async function refreshStudy(): Promise<void> {
  const { openId } = useStudies.getState()
  if (openId === null) return
  try {
    const detail = await client.call('studies.get', { studyId: openId })
    if (isOpen(openId)) useStudies.setState({ detail })
  } catch (error) {
    if (isOpen(openId)) showError(error)
  }
}

export function openStudy(studyId: string, view: StudyView = 'run'): void {
  const same = isOpen(studyId)
  useStudies.setState({ openId: studyId, view, ...(!same && { detail: null }) })
  void refreshStudy()
}

export const planNew = (): void => useStudies.setState({ view: 'plan', openId: null, detail: null })

export const showView = (view: StudyView): void => useStudies.setState({ view })

/** Newest first. The newest one opens by itself when nothing is open yet. */
export async function refreshStudies(): Promise<void> {
  try {
    const { studies } = await client.call('studies.list', {})
    const newest = [...studies].sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    const first = !useStudies.getState().loaded
    useStudies.setState({ studies: newest, loaded: true })
    if (first && newest[0] && useStudies.getState().openId === null) openStudy(newest[0].id)
  } catch (error) {
    showError(error)
  }
}

export async function lookAtPages(
  action: 'look' | 'open' | 'close' = 'look',
  address: string | null = null,
): Promise<RaterPages | null> {
  try {
    const pages = await client.call('studies.pages', { action, address })
    useStudies.setState({ pages })
    return pages
  } catch (error) {
    showError(error)
    return null
  }
}

/** A new token; every older one of this rater stops working. */
export async function inviteRater(studyId: string, rater: number): Promise<string | null> {
  try {
    const { token } = await client.call('studies.invite', { studyId, rater })
    await refreshStudy()
    return token
  } catch (error) {
    showError(error)
    return null
  }
}

export async function revokeRater(studyId: string, rater: number): Promise<void> {
  try {
    await client.call('studies.revoke', { studyId, rater })
    await refreshStudy()
  } catch (error) {
    showError(error)
  }
}

export async function withdrawRater(studyId: string, rater: RaterRow): Promise<void> {
  try {
    await client.call('studies.withdraw', { studyId, rater: rater.rater, note: 'on request' })
    await client.call('studies.revoke', { studyId, rater: rater.rater })
    note(`${rater.name} is withdrawn`, 'Their answers leave every analysis and later export.')
    await refreshStudy()
  } catch (error) {
    showError(error)
  }
}

/** The plan is extended for them, never drawn again. */
export async function addRaters(studyId: string, names: readonly string[]): Promise<boolean> {
  try {
    await client.call('studies.addRaters', { studyId, names: [...names] })
    await refreshStudy()
    return true
  } catch (error) {
    showError(error)
    return false
  }
}

export type ImportedAnswers = Output<'studies.import'>

/** Answers of a task file, or a study of another workspace. */
export async function importAnswers(text: string): Promise<ImportedAnswers | null> {
  try {
    const done = await client.call('studies.import', { text })
    await refreshStudies()
    if (!isOpen(done.studyId)) openStudy(done.studyId)
    else await refreshStudy()
    return done
  } catch (error) {
    showError(error)
    return null
  }
}
