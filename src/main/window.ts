/** Opens the workbench window: sandboxed, no navigation, no new windows, no permissions. */
import { BrowserWindow, session } from 'electron'
import { APP_ORIGIN } from './trusted-sender.ts'
import { mayNavigate, windowPreferences } from './window-preferences.ts'

export function denyPermissions(): void {
  session.defaultSession.setPermissionRequestHandler((_contents, _permission, answer) =>
    answer(false),
  )
  session.defaultSession.setPermissionCheckHandler(() => false)
}

export async function openWindow(preload: string): Promise<BrowserWindow> {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 1024,
    minHeight: 640,
    title: 'Realign',
    show: false,
    webPreferences: windowPreferences(preload),
  })
  window.once('ready-to-show', () => window.show())
  window.webContents.setWindowOpenHandler(() => ({ action: 'deny' }))
  for (const name of ['will-navigate', 'will-redirect'] as const)
    window.webContents.on(name as 'will-navigate', (event) => {
      if (!mayNavigate(event.url)) event.preventDefault()
    })
  window.webContents.on('will-attach-webview', (event) => event.preventDefault())
  await window.loadURL(`${APP_ORIGIN}index.html`)
  return window
}
