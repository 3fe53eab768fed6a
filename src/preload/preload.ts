/** Exposes one port to the page, nothing else: plain messages in, plain messages out. */
import { contextBridge, ipcRenderer } from 'electron'
import type { Port } from '../shared/rpc.ts'

const CHANNEL = 'realign'

const port: Port = {
  postMessage: (message) => ipcRenderer.send(CHANNEL, message),
  // The event object never reaches the page: it would carry ipcRenderer with it.
  onMessage: (listener) =>
    void ipcRenderer.on(CHANNEL, (_event, message: unknown) => listener(message)),
}

contextBridge.exposeInMainWorld(CHANNEL, port)
