/** One channel between each window and the workbench; a window that goes takes its tasks with it. */
import { ipcMain, type WebContents } from 'electron'
import { servePort, type Invoke } from '../shared/rpc.ts'
import { isTrustedSender } from './trusted-sender.ts'

const CHANNEL = 'realign'

export function bridgeWindows(invoke: Invoke, log: (line: string) => void): void {
  const listeners = new Map<number, (message: unknown) => void>()

  const connect = (contents: WebContents) => {
    const server = servePort(
      {
        postMessage: (message) => {
          if (!contents.isDestroyed()) contents.send(CHANNEL, message)
        },
        onMessage: (listener) => void listeners.set(contents.id, listener),
      },
      invoke,
    )
    contents.once('destroyed', () => {
      server.dispose()
      listeners.delete(contents.id)
    })
  }

  ipcMain.on(CHANNEL, (event, message: unknown) => {
    if (!isTrustedSender(event.senderFrame)) {
      log(`refused a message from ${event.senderFrame?.url ?? 'an unknown frame'}`)
      return
    }
    if (!listeners.has(event.sender.id)) connect(event.sender)
    listeners.get(event.sender.id)?.(message)
  })
}
