/** The security settings of every window, as data that a test can hold against the checklist. */
import type { WebPreferences } from 'electron'

export const windowPreferences = (preload: string): WebPreferences => ({
  preload,
  sandbox: true,
  contextIsolation: true,
  nodeIntegration: false,
  nodeIntegrationInWorker: false,
  nodeIntegrationInSubFrames: false,
  webSecurity: true,
  allowRunningInsecureContent: false,
  experimentalFeatures: false,
  webviewTag: false,
  navigateOnDragDrop: false,
  spellcheck: false,
})

/** Where a window may go: only our own page. */
export const mayNavigate = (url: string): boolean => {
  try {
    const target = new URL(url)
    return target.protocol === 'app:' && target.host === 'realign'
  } catch {
    return false
  }
}
