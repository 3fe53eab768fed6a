/** How the next caption is made: captioner, sampling, pixels, seed. */
import { create } from 'zustand'
import type { GenerationSettings } from '../../shared/types.ts'
import { useStatus } from './status.ts'

interface SettingsState {
  /** null: the workbench's default captioner. */
  readonly captionerId: string | null
  readonly settings: GenerationSettings
  readonly seed: number
}

/** As the paper samples (temperature 0.2, top-p 0.7). Types only come from shared: zod stays out of the page. */
const PAPER: GenerationSettings = {
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

/** The captioner the next caption comes from, or null while none is there. */
export const chosenCaptioner = (): string | null =>
  useSettings.getState().captionerId ?? useStatus.getState().status?.defaultCaptioner ?? null
