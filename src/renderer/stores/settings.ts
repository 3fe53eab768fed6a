/** How the next caption is made: captioner, sampling, pixels, seed. */
import { create } from 'zustand'
import { isEndpoint } from '../../shared/endpoint-names.ts'
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

/**
 * The settings of the moment as far as this captioner knows them: what an endpoint is not told is left as it is for
 * everybody, or the same question would be asked twice.
 */
export function settingsFor(captionerId: string | null): GenerationSettings {
  const { settings } = useSettings.getState()
  if (captionerId === null || !isEndpoint(captionerId)) return settings
  const { resize, variant, topK } = PAPER
  return { ...settings, resize, variant, topK }
}

/** The captioner the next caption comes from, or null while none is there. One that was taken away is not chosen. */
export function chosenCaptioner(): string | null {
  const { captionerId } = useSettings.getState()
  const { bundles, status } = useStatus.getState()
  const gone = bundles.length > 0 && !bundles.some(({ id }) => id === captionerId)
  return (gone ? null : captionerId) ?? status?.defaultCaptioner ?? null
}
