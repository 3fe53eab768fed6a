/** Prints an exported page in a hidden window of its own: no script, no preload, no network, gone afterwards. */
import { BrowserWindow } from 'electron'
import { printThrough, type Send } from '../files/chromium.ts'
import type { Printer } from '../files/exporter.ts'
import { cancelled, throwIfAborted } from '../shared/errors.ts'

export const windowPrinter: Printer = {
  blocked: () => null,
  async print(html, format, signal) {
    throwIfAborted(signal)
    const window = new BrowserWindow({
      show: false,
      width: 1280,
      height: 800,
      webPreferences: { sandbox: true, javascript: false, partition: 'print' },
    })
    const stop = () => window.destroy()
    signal.addEventListener('abort', stop, { once: true })
    try {
      const { webContents } = window
      webContents.session.setPermissionRequestHandler((_contents, _permission, answer) =>
        answer(false),
      )
      await window.loadURL('about:blank')
      webContents.debugger.attach('1.3')
      const send: Send = (method, params) => webContents.debugger.sendCommand(method, params)
      return Buffer.from(await printThrough(send, html, format), 'base64')
    } catch (error) {
      throw signal.aborted ? cancelled() : error
    } finally {
      signal.removeEventListener('abort', stop)
      if (!window.isDestroyed()) window.destroy()
    }
  },
}
