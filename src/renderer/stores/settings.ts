/** How the next caption is made: captioner, sampling, pixels, seed. */
import { create } from 'zustand'
import type { GenerationSettings } from '../../shared/types.ts'
import { useStatus } from './status.ts'

export interface SettingsState {
  /** null: the workbench's default captioner. */
  readonly captionerId: string | null
  readonly settings: GenerationSettings
  readonly seed: number
}

/** As the paper samples (temperature 0.2, top-p 0.7). Types only come from shared: zod stays out of the page. */
export const PAPER: GenerationSettings = {
  greedy: false,
  temperature: 0.2,
  topK: 50,
  topP: 0.7,
  resize: 'bundle',
  variant: 'fp32',
}

export const useSettings = create<SettingsState>(() => ({
  captionerId: null,
  settings: PAPER,
  seed: 7,
}))

export const changeSettings = (change: Partial<GenerationSettings>): void =>
  useSettings.setState(({ settings }) => ({ settings: { ...settings, ...change } }))

/** The captioner the next caption comes from, or null while none is there. One that was taken away is not chosen. */
export function chosenCaptioner(): string | null {
  const { captionerId } = useSettings.getState()
  const { bundles, status } = useStatus.getState()
  const gone = bundles.length > 0 && !bundles.some(({ id }) => id === captionerId)
  return (gone ? null : captionerId) ?? status?.defaultCaptioner ?? null
}
