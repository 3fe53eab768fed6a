/** How each host starts the engine's own process: by fork on the command line, by its own means in Electron. */
import type { SpawnSettings, EngineProcess } from '../engine/engine-process.ts'
import type { Engine } from '../engine/engine.ts'
import { createForkedEngine } from '../engine/fork-engine.ts'
import { createRemoteEngine } from '../engine/remote-engine.ts'

export interface EnginePlaces {
  /** Folders that are bundles or hold bundles; missing ones are passed over. */
  readonly modelFolders: readonly string[]
}

/** `worker`: the engine's entry, as source or built. Nothing starts before the first call. */
export const openForkedEngine = (places: EnginePlaces & { readonly worker: string }): Engine =>
  createForkedEngine(places)

export const openSpawnedEngine = (
  places: EnginePlaces & { readonly spawn: (settings: SpawnSettings) => EngineProcess },
): Engine => createRemoteEngine(places)
