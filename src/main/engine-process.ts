/** The engine in Electron: a utility process, so that a crash of native code costs one comparison, not the app. */
import { utilityProcess } from 'electron'
import type { EngineProcess } from '../engine/engine-process.ts'

export function spawnUtility(
  worker: string,
  settings: Readonly<Record<string, string>>,
): EngineProcess {
  const child = utilityProcess.fork(worker, [], {
    serviceName: 'Realign engine',
    env: { ...process.env, ...settings },
    stdio: 'inherit',
  })
  return {
    port: {
      postMessage: (message) => child.postMessage(message),
      onMessage: (listener) => void child.on('message', listener),
    },
    kill: () => void child.kill(),
    onExit: (listener) => void child.once('exit', (code) => listener(code)),
  }
}
