/** Adding a model from a folder, choosing the scorer, and giving captions its scores. */
import { create } from 'zustand'
import type { BundleSummary } from '../../shared/types.ts'
import { client } from '../api.ts'
import { plural } from '../format.ts'
import { refreshCells } from './comparison.ts'
import { followDataset } from './dataset.ts'
import { refreshModels, refreshStatus } from './status.ts'
import { failure, note, showError } from './toasts.ts'

interface ModelWork {
  readonly adding: { readonly phase: string; readonly fraction: number } | null
  readonly scoring: { readonly done: number; readonly total: number } | null
}

export const useModelWork = create<ModelWork>(() => ({ adding: null, scoring: null }))

let addAbort: AbortController | null = null
let scoreAbort: AbortController | null = null
export const cancelAdding = (): void => addAbort?.abort()
export const cancelScoring = (): void => scoreAbort?.abort()

/** The host asks for the folder; a page cannot. */
export async function addModel(): Promise<void> {
  if (addAbort) return
  addAbort = new AbortController()
  try {
    const work = client.run('models.add', {}, { signal: addAbort.signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      const { phase, fraction } = step.value
      useModelWork.setState({ adding: { phase, fraction } })
    }
    const { bundle } = step.value
    if (bundle) note(`${bundle.name} was added`, `It is called ${bundle.id} here.`)
  } catch (error) {
    showError(error)
  } finally {
    addAbort = null
    useModelWork.setState({ adding: null })
    void refreshModels()
  }
}

/** What is shown of a caption is its newest score of the scorer in use: every screen looks again. */
function lookAgain(): void {
  void refreshStatus()
  void refreshCells()
  followDataset()
}

export async function scoreWith({ id, name }: BundleSummary): Promise<void> {
  try {
    await client.call('models.useScorer', { bundleId: id })
    note(`${name} scores from now on`, 'Score all gives the captions that are here its scores.')
  } catch (error) {
    showError(error)
  }
  lookAgain()
}

export async function scoreAll(): Promise<void> {
  if (scoreAbort) return
  scoreAbort = new AbortController()
  useModelWork.setState({ scoring: { done: 0, total: 0 } })
  try {
    const work = client.run('models.scoreAll', {}, { signal: scoreAbort.signal })
    let step = await work.next()
    for (; !step.done; step = await work.next()) {
      const { done, total } = step.value
      useModelWork.setState({ scoring: { done, total } })
    }
    const { scored, failed, problem } = step.value
    if (failed > 0)
      failure(
        `${plural(failed, 'caption')} got no score`,
        `${problem ?? 'No reason was given'}. ${plural(scored, 'caption')} did.`,
      )
    else if (scored === 0) note('Nothing to score', 'Every caption has a score of this scorer.')
    else note(`${plural(scored, 'caption')} scored`)
  } catch (error) {
    showError(error)
  } finally {
    scoreAbort = null
    useModelWork.setState({ scoring: null })
    lookAgain()
  }
}
