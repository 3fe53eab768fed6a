/** Light, dark, or as the system says; kept in this browser only. */
import { create } from 'zustand'

export type Theme = 'system' | 'light' | 'dark'
const ORDER: readonly Theme[] = ['system', 'light', 'dark']
const KEY = 'realign-theme'

const kept = ORDER.find((theme) => theme === localStorage.getItem(KEY)) ?? 'system'
export const useTheme = create<{ readonly theme: Theme }>(() => ({ theme: kept }))

function apply(theme: Theme): void {
  if (theme === 'system') delete document.documentElement.dataset['theme']
  else document.documentElement.dataset['theme'] = theme
}

apply(kept)

export function setTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  apply(theme)
  useTheme.setState({ theme })
}

export function nextTheme(): void {
  const at = ORDER.indexOf(useTheme.getState().theme)
  setTheme(ORDER[(at + 1) % ORDER.length] ?? 'system')
}
