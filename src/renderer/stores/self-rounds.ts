/** Self-rounds: each caption is fed back as the next alt-text; what drifts is kept round by round. */
import { create } from 'zustand'
import type { SelfRound } from '../../shared/contract/probes.ts'
import { client } from '../api.ts'
import { refreshRuns } from './dataset.ts'
import { chosenCaptioner, settingsFor, useSettings } from './settings.ts'
import { showError } from './toasts.ts'

interface SelfRoundsState {
  /** Captions made so far of all that are asked for; null while nothing runs. */
  readonly progress: { readonly done: number; readonly total: number } | null
  readonly rounds: readonly SelfRound[]
}

export const useSelfRounds = create<SelfRoundsState>(() => ({ progress: null, rounds: [] }))

let abort: AbortController | null = null
export const cancelSelfRounds = (): void => abort?.abort()

export async function runSelfRounds(imageIds: readonly string[], rounds: number): Promise<void> {
  if (abort) return
  abort = new AbortController()
  const total = imageIds.length * rounds
  const captionerId = chosenCaptioner()
  const settings = settingsFor(captionerId)
  const { seed } = useSettings.getState()
  useSelfRounds.setState({ rounds: [], progress: { done: 0, total } })
  try {
    const work = client.run(
      'probes.selfRounds',
      {
        ...{ imageIds: [...imageIds], rounds, settings, seed },
        ...(captionerId !== null && { captionerId }),
      },
      { signal: abort.signal },
    )
    let done = 0
    let step = await work.next()
    for (; !step.done; step = await work.next())
      if (step.value.kind === 'saved') useSelfRounds.setState({ progress: { done: ++done, total } })
    useSelfRounds.setState({ rounds: step.value.rounds })
  } catch (error) {
    showError(error)
  } finally {
    abort = null
    useSelfRounds.setState({ progress: null })
    void refreshRuns()
  }
}
