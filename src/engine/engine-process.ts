/** The engine's own process as its host sees it: a port, a way to end it, and word when it has ended. */
import type { Port } from '../shared/rpc.ts'

export interface EngineProcess {
  /** Never throws: what is posted to a process that has ended is dropped. */
  readonly port: Port
  /** Ends it at once, whatever it is doing. */
  kill(): void
  /** Called once; `code` or `signal` as the platform gives them. */
  onExit(listener: (code: number | null, signal?: string | null) => void): void
}

/** Environment variables that tell the process what it is for; `spawn` must pass them on. */
export type SpawnSettings = Readonly<Record<string, string>>

/** Name of the variable that holds EngineOptions as JSON. */
export const OPTIONS_VARIABLE = 'REALIGN_ENGINE_OPTIONS'
