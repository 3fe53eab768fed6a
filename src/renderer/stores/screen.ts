/** Which screen is open and which sheet lies over it. */
import { create } from 'zustand'

export type Screen = 'compare' | 'dataset' | 'library' | 'sessions' | 'rounds' | 'models'
export type Sheet =
  | 'palette'
  | 'keys'
  | 'edit-image'
  | 'export'
  | 'run-probes'
  | 'self-rounds'
  | 'table'
  | 'endpoint'
  | 'allow-endpoint'
  | 'remove-endpoint'
  | 'send-away'
  | null

export const useScreen = create<{ readonly screen: Screen; readonly sheet: Sheet }>(() => ({
  screen: 'compare',
  sheet: null,
}))

export const showScreen = (screen: Screen): void => useScreen.setState({ screen, sheet: null })
export const showSheet = (sheet: Sheet): void => useScreen.setState({ sheet })
