/** Entry of the engine's own process: serves the local engine to the host that started it. */
import { createLocalEngine } from './local-engine.ts'
import { OPTIONS_VARIABLE } from './engine-process.ts'
import type { EngineOptions } from './engine.ts'
import { createEngineInvoke, type OpeningMessage } from './wire.ts'
import { servePort, type Port } from '../shared/rpc.ts'

/** What Electron adds to `process` in a utility process. */
interface ParentPort {
  postMessage(message: unknown): void
  on(event: 'message', listener: (message: { readonly data: unknown }) => void): void
}

function hostPort(): Port {
  const parent = (process as { parentPort?: ParentPort }).parentPort
  if (parent)
    return {
      postMessage: (message) => parent.postMessage(message),
      onMessage: (listener) => parent.on('message', ({ data }) => listener(data)),
    }
  return {
    // The callback takes the error of a host that has just gone; without it Node would throw.
    postMessage: (message) =>
      void (process.connected && process.send?.(message, undefined, {}, () => {})),
    onMessage: (listener) => void process.on('message', listener),
  }
}

const options: EngineOptions = JSON.parse(process.env[OPTIONS_VARIABLE] ?? '{"modelFolders":[]}')
const device = options.device ?? process.env['REALIGN_DEVICE']
const host = hostPort()
const engine = createLocalEngine(
  { ...options, device: device === '' ? undefined : device },
  (openingBytes) => host.postMessage({ openingBytes } satisfies OpeningMessage),
)
const server = servePort(host, createEngineInvoke(engine))

// Without its host the engine has no purpose: it must not linger, nor write to a dead port.
process.once('disconnect', () => {
  server.dispose()
  process.exit(0)
})
// Ctrl-C in a terminal reaches every process of the group; the host decides what ends.
process.on('SIGINT', () => {})
